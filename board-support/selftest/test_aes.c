/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

#include "selftest.h"

#include "LLTHIMBLE_AES_impl.h"

enum { BLOCK = 16, POLLS = 1000000 };

/* FIPS 197, appendix C.1 and C.3: the keys are the first bytes of 00 01 02 ... */
static const uint8_t plain[BLOCK] = {
	0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff
};
static const uint8_t cipher_128[BLOCK] = {
	0x69, 0xc4, 0xe0, 0xd8, 0x6a, 0x7b, 0x04, 0x30, 0xd8, 0xcd, 0xb7, 0x80, 0x70, 0xb4, 0xc5, 0x5a
};
static const uint8_t cipher_256[BLOCK] = {
	0x8e, 0xa2, 0xb7, 0xca, 0x51, 0x67, 0x45, 0xbf, 0xea, 0xfc, 0x49, 0x90, 0x4b, 0x49, 0x60, 0x89
};

static const char *encrypt(int32_t key_length, const uint8_t *expected, int32_t blocks) {
	static uint8_t key[1 + 32];
	static uint8_t data[1 + BLOCK * 64];
	for (int i = 0; i < key_length; i++) {
		key[1 + i] = (uint8_t)i;
	}
	for (int i = 0; i < blocks * BLOCK; i++) {
		data[1 + i] = plain[i % BLOCK];
	}
	if (LLTHIMBLE_AES_IMPL_start((const jbyte *)key, 1, key_length, (const jbyte *)data, 1, blocks) != 0) {
		return "start() reports a fault";
	}
	for (int i = 0; i < blocks * BLOCK; i++) {
		data[1 + i] = 0;
	}
	jint done = 0;
	for (int32_t polls = 0; done == 0; polls++) {
		if (polls == POLLS) {
			return "poll() never ends";
		}
		done = LLTHIMBLE_AES_IMPL_poll((jbyte *)data, 1);
	}
	if (done < 0) {
		return "poll() reports a fault";
	}
	for (int i = 0; i < blocks * BLOCK; i++) {
		if (data[1 + i] != expected[i % BLOCK]) {
			return key_length == 16 ? "AES-128 gives a wrong block: byte order?" : "AES-256 gives a wrong block: key order?";
		}
	}
	return 0;
}

const char *test_aes(void) {
	jint capacity = LLTHIMBLE_AES_IMPL_capacity();
	if (capacity > 64) {
		capacity = 64;
	}
	jint before = LLTHIMBLE_AES_IMPL_operations();
	const char *why = encrypt(16, cipher_128, 1);
	if (why == 0) {
		why = encrypt(32, cipher_256, capacity);
	}
	if (why == 0) {
		why = encrypt(16, cipher_128, capacity);
	}
	LLTHIMBLE_AES_IMPL_wipe();
	if (why == 0 && LLTHIMBLE_AES_IMPL_operations() - before != 1 + 2 * capacity) {
		why = "operations() does not count blocks";
	}
	return why;
}
