/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The exception table, as far as interrupts are used; the others are never enabled. */

#include "vectors.h"

#include "board_config.h"

DEFINE_DEFAULT_HANDLER

UNHANDLED void UARTRX0_Handler(void);
UNHANDLED void UARTRX1_Handler(void);

VECTORS const vector vectors[16 + BOARD_UART1_RX_IRQ + 1] = {
	SYSTEM_VECTORS,
	[16 + BOARD_UART0_RX_IRQ] = UARTRX0_Handler,
	[16 + BOARD_UART1_RX_IRQ] = UARTRX1_Handler
};
