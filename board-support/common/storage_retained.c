/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * @file
 * Slots in memory that outlives a reset (retained.h), for boards whose flash cannot be written: of what an emulated board has, and of a
 * device that would rather not wear its flash out. A loss of power empties them; it never leaves half a content.
 *
 * There is one cell more than slots. A write fills the free cell, then makes it valid with its check sum, then frees the old one: a reset
 * in between leaves the old content, the new one, or both, of which the later wins.
 */

#include "LLTHIMBLE_STORAGE_impl.h"

#include <stdbool.h>
#include <stddef.h>

#include "retained.h"

enum {
	SLOTS = 4,
	SLOT_LENGTH = 1012,
	CELLS = SLOTS + 1,
	NONE = -1,
	FAULT = -1
};

struct cell {
	uint32_t check;
	uint32_t sequence;
	uint16_t slot;
	uint16_t length;
	uint8_t data[SLOT_LENGTH];
};

static struct cell cells[CELLS] RETAINED;

/* CRC-32 of IEEE 802.3, bit by bit: slots are small and seldom. */
static uint32_t check_of(const struct cell *cell) {
	const uint8_t *bytes = (const uint8_t *)&cell->sequence;
	size_t length = offsetof(struct cell, data) - offsetof(struct cell, sequence) + cell->length;
	uint32_t crc = ~0u;
	for (size_t i = 0; i < length; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++) {
			crc = crc >> 1 ^ (0xedb88320u & (0u - (crc & 1)));
		}
	}
	return ~crc;
}

static bool valid(const struct cell *cell) {
	return cell->slot < SLOTS && cell->length <= SLOT_LENGTH && cell->check == check_of(cell);
}

/* Gets the latest valid cell of a slot. */
static int find(jint slot) {
	int found = NONE;
	for (int i = 0; i < CELLS; i++) {
		if (cells[i].slot == slot && valid(&cells[i]) && (found == NONE || (int32_t)(cells[i].sequence - cells[found].sequence) > 0)) {
			found = i;
		}
	}
	return found;
}

/* Gets a cell that is not the latest of any slot: there are more cells than slots. */
static int find_free(void) {
	for (int i = 0; i < CELLS; i++) {
		if (!valid(&cells[i]) || find(cells[i].slot) != i) {
			return i;
		}
	}
	return NONE;
}

jint LLTHIMBLE_STORAGE_IMPL_slots(void) {
	return SLOTS;
}

jint LLTHIMBLE_STORAGE_IMPL_slotLength(void) {
	return SLOT_LENGTH;
}

jint LLTHIMBLE_STORAGE_IMPL_read(jint slot, jbyte *out, jint offset, jint length) {
	if (slot < 0 || slot >= SLOTS) {
		return FAULT;
	}
	int found = find(slot);
	if (found == NONE) {
		return 0;
	}
	const struct cell *cell = &cells[found];
	for (jint i = 0; i < cell->length && i < length; i++) {
		out[offset + i] = (jbyte)cell->data[i];
	}
	return cell->length;
}

jint LLTHIMBLE_STORAGE_IMPL_write(jint slot, const jbyte *data, jint offset, jint length) {
	if (slot < 0 || slot >= SLOTS || length < 0 || length > SLOT_LENGTH) {
		return FAULT;
	}
	int old = find(slot);
	int free = find_free();
	if (free == NONE) {
		return FAULT;
	}
	struct cell *cell = &cells[free];
	cell->sequence = old == NONE ? 1 : cells[old].sequence + 1;
	cell->slot = (uint16_t)slot;
	cell->length = (uint16_t)length;
	for (jint i = 0; i < length; i++) {
		cell->data[i] = (uint8_t)data[offset + i];
	}
	cell->check = check_of(cell);
	if (old != NONE) {
		cells[old].slot = SLOTS;
		for (int i = 0; i < SLOT_LENGTH; i++) {
			cells[old].data[i] = 0;
		}
	}
	return valid(cell) ? 0 : FAULT;
}
