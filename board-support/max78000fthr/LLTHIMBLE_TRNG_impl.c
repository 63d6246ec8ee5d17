/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The MAX78000's noise source (UG7456, "True Random Number Generator (TRNG)"). */

#include "LLTHIMBLE_TRNG_impl.h"

#include "clock.h"
#include "max78000.h"

/** A word takes some 128 cycles of the source's own clock; a source that gives none for so long is broken. */
enum { PATIENCE_MS = 10 };

jint LLTHIMBLE_TRNG_IMPL_kind(void) {
	return 1;
}

jint LLTHIMBLE_TRNG_IMPL_read(jbyte *out, jint offset, jint length) {
	jint done = 0;
	while (done < length) {
		struct deadline deadline = deadline_in(PATIENCE_MS);
		while ((TRNG->status & TRNG_STATUS_RDY) == 0) {
			if (deadline_over(&deadline)) {
				return done;
			}
		}
		uint32_t word = TRNG->data;
		for (int i = 0; i < 4 && done < length; i++) {
			out[offset + done++] = (jbyte)word;
			word >>= 8;
		}
	}
	return done;
}
