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
 * input where it lies, and writes the digest to memory of its own alignment.
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
	switch (algorithm) {
	case SHA256:
		command = HACE_COMMAND_SHA256;
		digest_length = 32;
		break;
	case SHA384:
		command = HACE_COMMAND_SHA512_SERIES | HACE_COMMAND_SHA384;
		digest_length = 48;
		break;
	case SHA512:
		command = HACE_COMMAND_SHA512_SERIES | HACE_COMMAND_SHA512;
		digest_length = 64;
		break;
	default:
		return FAULT;
	}
	if (length < 0 || length > HACE_LENGTH_MAX) {
		return FAULT;
	}
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
	for (jint i = 0; i < digest_length; i++) {
		out[out_offset + i] = (jbyte)result[i];
	}
	wipe(digest, sizeof digest);
	operations++;
	return 0;
}

jint LLTHIMBLE_HASH_IMPL_operations(void) {
	return (jint)operations;
}
