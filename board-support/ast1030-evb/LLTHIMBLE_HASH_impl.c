/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * @file
 * The AST1030's hash engine, for data that lie whole in memory.
 *
 * The engine pads by itself and gives no state back, so it cannot fork a running hash: transcripts stay in software. It reads the
 * input where it lies, and writes the digest to memory of its own alignment. It does nothing at all for an input of no bytes, and says
 * "done" even if it has written nothing: the former is answered from a table, the latter is found out.
 */

#include "LLTHIMBLE_HASH_impl.h"

#include "ast1030.h"
#include "clock.h"
#include "cortexm.h"

enum {
	SHA256 = 1,
	SHA384 = 2,
	SHA512 = 4,
	/** More than the longest input wants. */
	PATIENCE_MS = 100,
	FAULT = -1
};

/* The digests of nothing; SHA-384's is no prefix of SHA-512's. */
static const uint8_t empty_256[] = {
	0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
	0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55
};
static const uint8_t empty_384[] = {
	0x38, 0xb0, 0x60, 0xa7, 0x51, 0xac, 0x96, 0x38, 0x4c, 0xd9, 0x32, 0x7e, 0xb1, 0xb1, 0xe3, 0x6a,
	0x21, 0xfd, 0xb7, 0x11, 0x14, 0xbe, 0x07, 0x43, 0x4c, 0x0c, 0xc7, 0xbf, 0x63, 0xf6, 0xe1, 0xda,
	0x27, 0x4e, 0xde, 0xbf, 0xe7, 0x6f, 0x65, 0xfb, 0xd5, 0x1a, 0xd2, 0xf1, 0x48, 0x98, 0xb9, 0x5b
};
static const uint8_t empty_512[] = {
	0xcf, 0x83, 0xe1, 0x35, 0x7e, 0xef, 0xb8, 0xbd, 0xf1, 0x54, 0x28, 0x50, 0xd6, 0x6d, 0x80, 0x07,
	0xd6, 0x20, 0xe4, 0x05, 0x0b, 0x57, 0x15, 0xdc, 0x83, 0xf4, 0xa9, 0x21, 0xd3, 0x6c, 0xe9, 0xce,
	0x47, 0xd0, 0xd1, 0x3c, 0x5d, 0x85, 0xf2, 0xb0, 0xff, 0x83, 0x18, 0xd2, 0x87, 0x7e, 0xec, 0x2f,
	0x63, 0xb9, 0x31, 0xbd, 0x47, 0x41, 0x7a, 0x81, 0xa5, 0x38, 0x32, 0x7a, 0xf9, 0x27, 0xda, 0x3e
};

static uint8_t digest[64] __attribute__((aligned(HACE_DIGEST_ALIGNMENT)));
static uint32_t operations;

jint LLTHIMBLE_HASH_IMPL_algorithms(void) {
	return SHA256 | SHA384 | SHA512;
}

jint LLTHIMBLE_HASH_IMPL_capacity(void) {
	return HACE_LENGTH_MAX;
}

jint LLTHIMBLE_HASH_IMPL_digest(jint algorithm, const jbyte *in, jint offset, jint length, jbyte *out, jint out_offset) {
	uint32_t command;
	jint digest_length;
	const uint8_t *empty;
	switch (algorithm) {
	case SHA256:
		command = HACE_COMMAND_SHA256;
		digest_length = 32;
		empty = empty_256;
		break;
	case SHA384:
		command = HACE_COMMAND_SHA512_SERIES | HACE_COMMAND_SHA384;
		digest_length = 48;
		empty = empty_384;
		break;
	case SHA512:
		command = HACE_COMMAND_SHA512_SERIES | HACE_COMMAND_SHA512;
		digest_length = 64;
		empty = empty_512;
		break;
	default:
		return FAULT;
	}
	if (length < 0 || length > HACE_LENGTH_MAX) {
		return FAULT;
	}
	if (length == 0) {
		for (jint i = 0; i < digest_length; i++) {
			out[out_offset + i] = (jbyte)empty[i];
		}
		return 0;
	}
	wipe(digest, sizeof digest);
	HACE->status = HACE_STATUS_HASH_DONE;
	HACE->hash_source = (uint32_t)(uintptr_t)(in + offset);
	HACE->hash_digest = (uint32_t)(uintptr_t)digest;
	HACE->hash_length = (uint32_t)length;
	cpu_barrier();
	HACE->hash_command = command | HACE_COMMAND_SHA_SWAP;
	struct deadline deadline = deadline_in(PATIENCE_MS);
	while ((HACE->status & HACE_STATUS_HASH_DONE) == 0) {
		if (deadline_over(&deadline)) {
			return FAULT;
		}
	}
	HACE->status = HACE_STATUS_HASH_DONE;
	cpu_barrier();
	const volatile uint8_t *result = digest;
	uint8_t bits = 0;
	for (jint i = 0; i < digest_length; i++) {
		out[out_offset + i] = (jbyte)result[i];
		bits |= result[i];
	}
	wipe(digest, sizeof digest);
	if (bits == 0) {
		return FAULT;
	}
	operations++;
	return 0;
}

jint LLTHIMBLE_HASH_IMPL_operations(void) {
	return (jint)operations;
}
