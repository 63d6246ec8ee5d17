/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_VECTORS_H
#define THIMBLE_VECTORS_H

/**
 * @file
 * The exception table. A board's vectors.c has the table: SYSTEM_VECTORS, then its interrupts by their CMSIS names, declared UNHANDLED:
 * a driver that defines one takes it, else it is a fault.
 */

#include <stdint.h>

typedef void (*vector)(void);

extern const vector vectors[];
extern uint32_t __StackTop[];

/** The vectors' own section, which the linker script puts first. */
#define VECTORS __attribute__((section(".vectors"), used))

/** Defines what UNHANDLED stands for; once in vectors.c. */
#define DEFINE_DEFAULT_HANDLER \
	__attribute__((naked, used)) static void Default_Handler(void) { \
		__asm volatile("b HardFault_Handler"); \
	} \
	UNHANDLED void NMI_Handler(void);

#define UNHANDLED __attribute__((weak, alias("Default_Handler")))

void Reset_Handler(void);
void HardFault_Handler(void);
void SysTick_Handler(void);

/** The first 16 entries (ARM DDI 0403E, B1.5.3). */
#define SYSTEM_VECTORS \
	(vector)(void *)__StackTop, Reset_Handler, NMI_Handler, HardFault_Handler, HardFault_Handler, HardFault_Handler, \
	HardFault_Handler, HardFault_Handler, 0, 0, 0, HardFault_Handler, HardFault_Handler, 0, HardFault_Handler, SysTick_Handler

#endif
