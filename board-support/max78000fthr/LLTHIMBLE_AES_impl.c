/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * @file
 * The MAX78000's AES unit (UG7456, "AES"), worked by polling.
 *
 * The unit has room for one block. A call of start hands over the first one, each poll fetches what is ready and hands over the next:
 * between two polls the unit and the core work side by side. The interrupt is not used: a block takes about as many cycles as entering
 * and leaving a handler, and QEMU's model raises none. A poll moves at most BLOCKS_A_POLL blocks, so that its time is bounded and the
 * caller does see "not yet", also where the emulated unit takes no time at all.
 *
 * Byte order: the unit sees a block as one 128-bit number. The first word into the FIFO holds its lowest 32 bits, the last four bytes of
 * the block, and so does the first word out and the first key register.
 */

#include "LLTHIMBLE_AES_impl.h"

#include <stdbool.h>

#include "clock.h"
#include "cortexm.h"
#include "max78000.h"

enum {
	BLOCK = 16,
	CAPACITY = 16,
	BLOCKS_A_POLL = 4,
	/** A block takes a few microseconds at most. */
	PATIENCE_MS = 10,
	FAULT = -1,
	NOT_YET = 0,
	DONE = 1
};

/* The blocks of the running operation: plain from "fetched" on, encrypted before it. */
static uint8_t buffer[CAPACITY * BLOCK];
static uint32_t blocks;
static uint32_t fetched;
static struct deadline deadline;
static uint32_t operations;

static uint32_t load_big_endian(const uint8_t *from) {
	return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

static void store_big_endian(uint8_t *to, uint32_t word) {
	to[0] = (uint8_t)(word >> 24);
	to[1] = (uint8_t)(word >> 16);
	to[2] = (uint8_t)(word >> 8);
	to[3] = (uint8_t)word;
}

static void hand_over(const uint8_t *block) {
	AES->intfl = AES_INTFL_DONE;
	for (int i = AES_BLOCK_WORDS - 1; i >= 0; i--) {
		AES->fifo = load_big_endian(block + 4 * i);
	}
	deadline = deadline_in(PATIENCE_MS);
}

static void fetch(uint8_t *block) {
	for (int i = AES_BLOCK_WORDS - 1; i >= 0; i--) {
		store_big_endian(block + 4 * i, AES->fifo);
	}
	operations++;
}

jint LLTHIMBLE_AES_IMPL_capacity(void) {
	return CAPACITY;
}

jint LLTHIMBLE_AES_IMPL_start(const jbyte *key, jint key_offset, jint key_length, const jbyte *data, jint offset, jint count) {
	if (count < 1 || count > CAPACITY || (key_length != 16 && key_length != 32)) {
		return FAULT;
	}
	struct deadline free = deadline_in(PATIENCE_MS);
	while ((AES->status & AES_STATUS_BUSY) != 0) {
		if (deadline_over(&free)) {
			return FAULT;
		}
	}
	const uint8_t *key_bytes = (const uint8_t *)key + key_offset;
	const uint8_t *plain = (const uint8_t *)data + offset;
	/* The unit takes settings only while it is off. */
	AES->ctrl = 0;
	AES->ctrl = AES_CTRL_INPUT_FLUSH | AES_CTRL_OUTPUT_FLUSH;
	for (jint i = 0; i < key_length / 4; i++) {
		AES_KEY[i] = load_big_endian(key_bytes + key_length - 4 - 4 * i);
	}
	AES->ctrl = (key_length == 16 ? AES_CTRL_KEY_SIZE_128 : AES_CTRL_KEY_SIZE_256) | AES_CTRL_TYPE_ENCRYPT;
	AES->ctrl |= AES_CTRL_EN;
	for (jint i = 0; i < count * BLOCK; i++) {
		buffer[i] = plain[i];
	}
	blocks = (uint32_t)count;
	fetched = 0;
	hand_over(buffer);
	return 0;
}

jint LLTHIMBLE_AES_IMPL_poll(jbyte *data, jint offset) {
	if (blocks == 0) {
		return FAULT;
	}
	for (int i = 0; i < BLOCKS_A_POLL; i++) {
		if ((AES->intfl & AES_INTFL_DONE) == 0) {
			if (deadline_over(&deadline)) {
				LLTHIMBLE_AES_IMPL_wipe();
				return FAULT;
			}
			return NOT_YET;
		}
		fetch(buffer + fetched * BLOCK);
		if (++fetched == blocks) {
			for (uint32_t k = 0; k < blocks * BLOCK; k++) {
				data[offset + (jint)k] = (jbyte)buffer[k];
			}
			blocks = 0;
			return DONE;
		}
		hand_over(buffer + fetched * BLOCK);
	}
	return NOT_YET;
}

void LLTHIMBLE_AES_IMPL_wipe(void) {
	blocks = 0;
	wipe(buffer, sizeof buffer);
	AES->ctrl = AES_CTRL_INPUT_FLUSH | AES_CTRL_OUTPUT_FLUSH;
	AES->ctrl = 0;
	for (int i = 0; i < AES_KEY_WORDS; i++) {
		AES_KEY[i] = 0;
	}
}

jint LLTHIMBLE_AES_IMPL_operations(void) {
	return (jint)operations;
}
