/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_SEMIHOSTING_H
#define THIMBLE_SEMIHOSTING_H

/**
 * @file
 * Requests to a debugger or an emulator (Arm IHI 0100, Semihosting for AArch32 and AArch64). Without either, every request fails with
 * SEMIHOSTING_ABSENT: the fault handler in start_cortexm.c skips the breakpoint.
 */

#include <stdint.h>

enum semihosting_operation {
	SEMIHOSTING_OPEN = 0x01,
	SEMIHOSTING_CLOSE = 0x02,
	SEMIHOSTING_READ = 0x06,
	SEMIHOSTING_EXIT_EXTENDED = 0x20
};

enum {
	/** The reason of an ordinary end, for SEMIHOSTING_EXIT_EXTENDED. */
	SEMIHOSTING_APPLICATION_EXIT = 0x20026,
	/** fopen's "rb". */
	SEMIHOSTING_MODE_READ = 1,
	SEMIHOSTING_ABSENT = -2
};

/** Makes a request; gives its result. */
static inline int32_t semihosting(enum semihosting_operation operation, const void *arguments) {
	register uint32_t r0 __asm("r0") = (uint32_t)operation;
	register uint32_t r1 __asm("r1") = (uint32_t)(uintptr_t)arguments;
	__asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
	return (int32_t)r0;
}

#endif
