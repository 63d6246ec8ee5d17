/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * @file
 * Randomness from the emulator's host, for emulated boards without a TRNG: /dev/urandom, opened by semihosting.
 *
 * This is no source for a device: who answers the request knows every secret. So the application says on its boot line where its
 * entropy came from (TrngNatives.kind() is 2), and an image for real hardware does not compile with this file.
 */

#ifdef THIMBLE_REAL_HARDWARE
#error "An image for real hardware must not take its entropy from a debugger or emulator: give the board a TRNG driver."
#endif

#include "LLTHIMBLE_TRNG_impl.h"

#include "semihosting.h"

enum { FAULT = -1 };

jint LLTHIMBLE_TRNG_IMPL_kind(void) {
	return 2;
}

jint LLTHIMBLE_TRNG_IMPL_read(jbyte *out, jint offset, jint length) {
	static const char name[] = "/dev/urandom";
	static int32_t file = FAULT;
	if (file < 0) {
		const uint32_t open[] = { (uint32_t)(uintptr_t)name, SEMIHOSTING_MODE_READ, sizeof name - 1 };
		file = semihosting(SEMIHOSTING_OPEN, open);
		if (file < 0) {
			return FAULT;
		}
	}
	const uint32_t read[] = { (uint32_t)file, (uint32_t)(uintptr_t)(out + offset), (uint32_t)length };
	/* The answer is the number of bytes that were not read. */
	int32_t missing = semihosting(SEMIHOSTING_READ, read);
	return missing < 0 || missing > length ? FAULT : length - missing;
}
