/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * @file
 * Start-up of a Cortex-M, and what happens when it faults.
 *
 * The linker script gives: __StackTop, __StackLimit (the stack's ends); __data_start__, __data_end__, __data_load__ (initialised
 * data and where their values lie in flash); __bss_start__, __bss_end__. All are 4-byte aligned. A section .noinit is left alone.
 */

#include <stdint.h>

#include "LLTHIMBLE_SYSTEM_impl.h"

#include "board.h"
#include "clock.h"
#include "cortexm.h"
#include "retained.h"
#include "semihosting.h"
#include "vectors.h"

extern uint32_t __StackLimit[];
extern uint32_t __data_start__[];
extern uint32_t __data_end__[];
extern const uint32_t __data_load__[];
extern uint32_t __bss_start__[];
extern uint32_t __bss_end__[];

int main(int argc, char **argv);

enum {
	/** Same value as in the Java runtime's port, which looks for it. */
	STACK_PAINT = 0x5aa55aa5,
	/** "bkpt 0xab", the semihosting request. */
	SEMIHOSTING_INSTRUCTION = 0xbeab,
	INSTRUCTION_LENGTH = 2
};

/** What the core pushes on the stack when it takes an exception (ARM DDI 0403E, B1.5.6). */
struct exception_frame {
	uint32_t r0;
	uint32_t r1;
	uint32_t r2;
	uint32_t r3;
	uint32_t r12;
	uint32_t lr;
	uint32_t pc;
	uint32_t xpsr;
};

void fault(struct exception_frame *frame);

void Reset_Handler(void) {
	const uint32_t *value = __data_load__;
	for (uint32_t *word = __data_start__; word < __data_end__; word++) {
		*word = *value++;
	}
	for (uint32_t *word = __bss_start__; word < __bss_end__; word++) {
		*word = 0;
	}
	uint32_t *used;
	__asm volatile("mov %0, sp" : "=r"(used));
	for (uint32_t *word = __StackLimit; word < used - 1; word++) {
		*word = STACK_PAINT;
	}
#if defined(__ARM_FP)
	SCB->cpacr |= SCB_CPACR_CP10_CP11_FULL;
	cpu_barrier();
#endif
	SCB->vtor = (uint32_t)(uintptr_t)vectors;
	clock_start();
	board_start();
	LLTHIMBLE_SYSTEM_IMPL_exit(main(0, (char **)0));
}

/* Prints without interrupts or buffers: the faulting code may hold any of them. */
static void print(const char *text) {
	for (; *text != 0; text++) {
		/* Bounded by count, since time may stand still here. */
		for (uint32_t tries = 0; tries < 1000000 && uart_write(&board_console, (const uint8_t *)text, 1) == 0; tries++) {
		}
	}
}

static void print_hex(const char *name, uint32_t value) {
	char digits[9];
	for (int i = 0; i < 8; i++) {
		digits[i] = "0123456789abcdef"[(value >> (28 - 4 * i)) & 15];
	}
	digits[8] = 0;
	print(name);
	print(digits);
}

/**
 * Ends the program after a fault: a line on the console, a note for the next start, then the emulator's exit or a reset. A semihosting
 * request that nobody answers is not an end: it goes on with the result SEMIHOSTING_ABSENT.
 */
void fault(struct exception_frame *frame) {
	/* Without a cause of its own: silicon says DEBUGEVT here, QEMU says FORCED. */
	if (SCB->cfsr == 0 && *(const uint16_t *)(uintptr_t)frame->pc == SEMIHOSTING_INSTRUCTION) {
		SCB->hfsr = SCB->hfsr;
		frame->r0 = (uint32_t)SEMIHOSTING_ABSENT;
		frame->pc += INSTRUCTION_LENGTH;
		return;
	}
	print("\r\nfault:");
	print_hex(" pc ", frame->pc);
	print_hex(" lr ", frame->lr);
	print_hex(" cfsr ", SCB->cfsr);
	print_hex(" hfsr ", SCB->hfsr);
	print_hex(" address ", SCB->bfar);
	print_hex(" sp ", (uint32_t)(uintptr_t)frame);
	print("\r\n");
	reset_note(RESET_FAULT);
	SCB->aircr = SCB_AIRCR_SYSRESETREQ;
	for (;;) {
		cpu_barrier();
	}
}

/** Takes every fault and every interrupt nobody handles. */
__attribute__((naked)) void HardFault_Handler(void) {
	__asm volatile(
		"tst lr, #4\n\t"
		"ite eq\n\t"
		"mrseq r0, msp\n\t"
		"mrsne r0, psp\n\t"
		"b fault");
}
