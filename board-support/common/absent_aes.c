/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file For boards without an AES unit. */

#include "LLTHIMBLE_AES_impl.h"

jint LLTHIMBLE_AES_IMPL_capacity(void) {
	return 0;
}

jint LLTHIMBLE_AES_IMPL_start(const jbyte *key, jint key_offset, jint key_length, const jbyte *data, jint offset, jint blocks) {
	(void)key;
	(void)key_offset;
	(void)key_length;
	(void)data;
	(void)offset;
	(void)blocks;
	return -1;
}

jint LLTHIMBLE_AES_IMPL_poll(jbyte *data, jint offset) {
	(void)data;
	(void)offset;
	return -1;
}

void LLTHIMBLE_AES_IMPL_wipe(void) {
}

jint LLTHIMBLE_AES_IMPL_operations(void) {
	return 0;
}
