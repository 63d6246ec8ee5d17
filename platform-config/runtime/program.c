/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The beginning of the Java program, its clock and its stack. */

#include "thimble_runtime.h"

/* From the linker script. */
extern uint32_t __StackLimit[];
extern uint32_t __StackTop[];

int64_t Java_dev_thimble_board_ClockNatives_millis(void) __attribute__((weak));

/** The core's Configuration and Control Register (ARM DDI 0403E, B3.2.8). */
static volatile uint32_t *const ccr = (volatile uint32_t *)0xe000ed14u;

enum {
	/** A division by zero faults; without this its result is 0. */
	CCR_DIV_0_TRP = 1 << 4,
	/** What start_cortexm.c fills the stack with. */
	STACK_PAINT = 0x5aa55aa5
};

int main(int argc, char **argv) {
	(void)argc;
	(void)argv;
	*ccr |= CCR_DIV_0_TRP;
	teavm_start();
	return 0;
}

/* What libgcc's division of 64-bit numbers calls for a divisor of zero. */
int64_t __aeabi_ldiv0(int64_t result) {
	(void)result;
	thimble_trap("ArithmeticException", __builtin_return_address(0));
}

/* There is one thread: nobody to wait for. */

void meth_jl_Object_monitorEnter(void *object) {
	teavm_nullCheck(object);
}

void meth_jl_Object_monitorEnterSync(void *object) {
	teavm_nullCheck(object);
}

void meth_jl_Object_monitorExit(void *object) {
	(void)object;
}

void meth_jl_Object_monitorExitSync(void *object) {
	(void)object;
}

/** Milliseconds since reset: firmware has no calendar below TimeSource. */
int64_t meth_jl_System_currentTimeMillis(void) {
	return Java_dev_thimble_board_ClockNatives_millis != NULL ? Java_dev_thimble_board_ClockNatives_millis() : 0;
}

int64_t meth_jl_System_nanoTime(void) {
	return meth_jl_System_currentTimeMillis() * 1000000;
}

/** dev.thimble.board.SystemNatives */
int32_t Java_dev_thimble_board_SystemNatives_stackHighWater(void) {
	const uint32_t *word = __StackLimit;
	while (word < __StackTop && *word == (uint32_t)STACK_PAINT) {
		word++;
	}
	return (int32_t)((const char *)__StackTop - (const char *)word);
}
