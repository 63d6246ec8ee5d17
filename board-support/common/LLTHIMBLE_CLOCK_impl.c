/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file Time since reset, from SysTick (ARM DDI 0403E, B3.3). One counter serves milliseconds and measurements. */

#include "LLTHIMBLE_CLOCK_impl.h"

#include "board_config.h"
#include "clock.h"
#include "cortexm.h"

enum { RELOAD = BOARD_CLOCK_HZ / BOARD_TICK_HZ };

_Static_assert(BOARD_CLOCK_HZ % BOARD_TICK_HZ == 0, "the tick must divide the clock");
_Static_assert(BOARD_TICK_HZ % 1000 == 0, "the tick must be a number of interrupts a millisecond");
_Static_assert(RELOAD <= SYSTICK_RVR_MAX + 1, "SysTick has 24 bits");

static volatile uint32_t interrupts;
static volatile uint64_t millis;
static uint32_t interrupts_left = BOARD_TICK_HZ / 1000;

void SysTick_Handler(void);

void SysTick_Handler(void) {
	interrupts++;
	if (--interrupts_left == 0) {
		interrupts_left = BOARD_TICK_HZ / 1000;
		millis++;
	}
}

void clock_start(void) {
	SYSTICK->csr = 0;
	SYSTICK->rvr = RELOAD - 1;
	SYSTICK->cvr = 0;
	SYSTICK->csr = SYSTICK_CSR_ENABLE | SYSTICK_CSR_TICKINT | SYSTICK_CSR_CLKSOURCE_CORE;
}

uint32_t clock_millis(void) {
	return (uint32_t)millis;
}

jlong LLTHIMBLE_CLOCK_IMPL_millis(void) {
	uint32_t masked = irq_mask();
	uint64_t now = millis;
	irq_restore(masked);
	return (jlong)now;
}

jint LLTHIMBLE_CLOCK_IMPL_ticks(void) {
	static uint32_t last;
	uint32_t masked = irq_mask();
	uint32_t value = SYSTICK->cvr;
	uint32_t count = interrupts;
	if ((SCB->icsr & SCB_ICSR_PENDSTSET) != 0) {
		/* The counter has wrapped, perhaps since it was read, and the handler has not run. */
		value = SYSTICK->cvr;
		count++;
	}
	/* 0 comes with the interrupt, RELOAD - 1 a cycle later. */
	uint32_t now = count * (uint32_t)RELOAD + (value == 0 ? 0 : (uint32_t)RELOAD - value);
	/* QEMU also reads 0 while it is late with an interrupt whose time has come: no step back for that. */
	if (last - now <= (uint32_t)RELOAD) {
		now = last;
	}
	last = now;
	irq_restore(masked);
	return (jint)now;
}

jint LLTHIMBLE_CLOCK_IMPL_ticksPerSecond(void) {
	return BOARD_CLOCK_HZ;
}
