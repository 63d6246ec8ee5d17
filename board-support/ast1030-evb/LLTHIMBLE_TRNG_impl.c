/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The random number register of the AST1030's System Control Unit: it always has a word, and no sign of a fault. */

#include "LLTHIMBLE_TRNG_impl.h"

#include "ast1030.h"

jint LLTHIMBLE_TRNG_IMPL_kind(void) {
	return 1;
}

jint LLTHIMBLE_TRNG_IMPL_read(jbyte *out, jint offset, jint length) {
	for (jint done = 0; done < length;) {
		uint32_t word = RNG->data;
		for (int i = 0; i < 4 && done < length; i++) {
			out[offset + done++] = (jbyte)word;
			word >>= 8;
		}
	}
	return length;
}
