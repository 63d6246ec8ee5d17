/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

#include "selftest.h"

#include "LLTHIMBLE_STORAGE_impl.h"

/** The last slot: the first ones belong to the application. */
static jint slot;
static uint8_t data[64];

static const char *write_and_read(jint length, uint8_t first) {
	for (int i = 0; i < length; i++) {
		data[i] = (uint8_t)(first + i);
	}
	if (LLTHIMBLE_STORAGE_IMPL_write(slot, (const jbyte *)data, 0, length) != 0) {
		return "write() reports a fault";
	}
	for (int i = 0; i < length; i++) {
		data[i] = 0;
	}
	if (LLTHIMBLE_STORAGE_IMPL_read(slot, (jbyte *)data, 0, sizeof data) != length) {
		return "read() gives another length";
	}
	for (int i = 0; i < length; i++) {
		if (data[i] != (uint8_t)(first + i)) {
			return "read() gives other bytes";
		}
	}
	return 0;
}

const char *test_storage(void) {
	slot = LLTHIMBLE_STORAGE_IMPL_slots() - 1;
	const char *why = write_and_read(sizeof data, 1);
	/* More often than there are cells. */
	for (int i = 0; why == 0 && i < 20; i++) {
		why = write_and_read(i % 7 + 1, (uint8_t)i);
	}
	if (why == 0 && LLTHIMBLE_STORAGE_IMPL_write(slot, (const jbyte *)data, 0, LLTHIMBLE_STORAGE_IMPL_slotLength() + 1) == 0) {
		why = "write() takes more than slotLength()";
	}
	if (why == 0) {
		why = write_and_read(0, 0);
	}
	return why;
}
