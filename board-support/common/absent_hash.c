/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file For boards without a hash unit. */

#include "LLTHIMBLE_HASH_impl.h"

jint LLTHIMBLE_HASH_IMPL_algorithms(void) {
	return 0;
}

jint LLTHIMBLE_HASH_IMPL_capacity(void) {
	return 0;
}

jint LLTHIMBLE_HASH_IMPL_digest(jint algorithm, const jbyte *in, jint offset, jint length, jbyte *out, jint out_offset) {
	(void)algorithm;
	(void)in;
	(void)offset;
	(void)length;
	(void)out;
	(void)out_offset;
	return -1;
}

jint LLTHIMBLE_HASH_IMPL_operations(void) {
	return 0;
}
