/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file Randomness for lwIP. */

#include "net.h"

#include "LLTHIMBLE_CLOCK_impl.h"
#include "LLTHIMBLE_TRNG_impl.h"

uint32_t net_random(void) {
	static uint32_t count;
	uint32_t word = 0;
	if (LLTHIMBLE_TRNG_IMPL_read((jbyte *)&word, 0, sizeof word) != sizeof word) {
		/* Without a source there will be no handshake; an address and the time may still be had. */
		word = (uint32_t)LLTHIMBLE_CLOCK_IMPL_ticks() + ++count * 0x9e3779b9u;
	}
	return word;
}
