/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file For boards without memory to keep. */

#include "LLTHIMBLE_STORAGE_impl.h"

jint LLTHIMBLE_STORAGE_IMPL_slots(void) {
	return 0;
}

jint LLTHIMBLE_STORAGE_IMPL_slotLength(void) {
	return 0;
}

jint LLTHIMBLE_STORAGE_IMPL_read(jint slot, jbyte *out, jint offset, jint length) {
	(void)slot;
	(void)out;
	(void)offset;
	(void)length;
	return -1;
}

jint LLTHIMBLE_STORAGE_IMPL_write(jint slot, const jbyte *data, jint offset, jint length) {
	(void)slot;
	(void)data;
	(void)offset;
	(void)length;
	return -1;
}
