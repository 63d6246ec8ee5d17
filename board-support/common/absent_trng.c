/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file For boards without a source of randomness: no handshake will be made. */

#include "LLTHIMBLE_TRNG_impl.h"

jint LLTHIMBLE_TRNG_IMPL_kind(void) {
	return 0;
}

jint LLTHIMBLE_TRNG_IMPL_read(jbyte *out, jint offset, jint length) {
	(void)out;
	(void)offset;
	(void)length;
	return -1;
}
