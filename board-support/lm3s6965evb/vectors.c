/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The exception table, as far as interrupts are used; the others are never enabled. */

#include "vectors.h"

#include "lm3s6965.h"

DEFINE_DEFAULT_HANDLER

UNHANDLED void UART0_IRQHandler(void);
UNHANDLED void WATCHDOG_IRQHandler(void);

VECTORS const vector vectors[16 + WATCHDOG_IRQ + 1] = {
	SYSTEM_VECTORS,
	[16 + UART0_IRQ] = UART0_IRQHandler,
	[16 + WATCHDOG_IRQ] = WATCHDOG_IRQHandler
};
