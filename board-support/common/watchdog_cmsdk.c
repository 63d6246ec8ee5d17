/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file Arm's watchdog. */

#include "watchdog_cmsdk.h"

#include "cortexm.h"
#include "retained.h"

void watchdog_cmsdk_feed(struct watchdog_registers *registers, uint32_t cycles) {
	registers->lock = WATCHDOG_UNLOCK;
	if ((registers->control & WATCHDOG_CONTROL_RESEN) == 0) {
		registers->load = cycles;
		registers->control = WATCHDOG_CONTROL_INTEN | WATCHDOG_CONTROL_RESEN;
	} else {
		/* Clearing the interrupt reloads the counter. */
		registers->intclr = 1;
	}
	registers->lock = 0;
}

void watchdog_cmsdk_interrupt(void) {
	reset_note(RESET_WATCHDOG);
	SCB->aircr = SCB_AIRCR_SYSRESETREQ;
	for (;;) {
		cpu_barrier();
	}
}
