/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

#include "selftest.h"

#include "LLTHIMBLE_TRNG_impl.h"

enum { LENGTH = 256, WORD = 4, GUARD = 0x5a };

const char *test_trng(void) {
	static uint8_t noise[1 + LENGTH + 1];
	noise[0] = GUARD;
	noise[1 + LENGTH] = GUARD;
	if (LLTHIMBLE_TRNG_IMPL_read((jbyte *)noise, 1, LENGTH) != LENGTH) {
		return "gives fewer bytes than asked for";
	}
	if (noise[0] != GUARD || noise[1 + LENGTH] != GUARD) {
		return "writes outside of its part of the array";
	}
	/* Two of 64 honest words are equal once in two million runs. */
	for (int i = 0; i < LENGTH; i += WORD) {
		for (int k = i + WORD; k < LENGTH; k += WORD) {
			int same = 0;
			for (int n = 0; n < WORD; n++) {
				same += noise[1 + i + n] == noise[1 + k + n];
			}
			if (same == WORD) {
				return "repeats a word: stuck, or read faster than it works";
			}
		}
	}
	/* 1024 +- 23 of 2048 bits are set. */
	int bits = 0;
	for (int i = 0; i < LENGTH; i++) {
		for (int bit = 0; bit < 8; bit++) {
			bits += noise[1 + i] >> bit & 1;
		}
	}
	if (bits < 1024 - 160 || bits > 1024 + 160) {
		return "is biased";
	}
	return 0;
}
