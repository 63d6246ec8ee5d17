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

enum {
	/** What start_cortexm.c fills the stack with. */
	STACK_PAINT = 0x5aa55aa5
};

int main(int argc, char **argv) {
	(void)argc;
	(void)argv;
	teavm_start();
	return 0;
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
