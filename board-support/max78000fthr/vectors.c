/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The exception table, as far as interrupts are used (UG7456, "Interrupt Vector Table"); the others are never enabled. */

#include "vectors.h"

#include "max78000.h"

DEFINE_DEFAULT_HANDLER

UNHANDLED void UART0_IRQHandler(void);
UNHANDLED void UART1_IRQHandler(void);

VECTORS const vector vectors[16 + UART1_IRQ + 1] = {
	SYSTEM_VECTORS,
	[16 + UART0_IRQ] = UART0_IRQHandler,
	[16 + UART1_IRQ] = UART1_IRQHandler
};
