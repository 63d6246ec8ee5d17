/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CMSDK_H
#define CMSDK_H

/** @file Registers of Arm's Cortex-M System Design Kit (ARM DDI 0479, chapter 4, "APB components"). */

#include <stdint.h>

/** APB UART, 4.3. */
struct cmsdk_uart {
	volatile uint32_t data;
	volatile uint32_t state;
	volatile uint32_t ctrl;
	/** Read: status; write 1: clear. */
	volatile uint32_t interrupt;
	volatile uint32_t bauddiv;
};

enum {
	CMSDK_UART_STATE_TX_FULL = 1 << 0,
	CMSDK_UART_STATE_RX_FULL = 1 << 1,
	CMSDK_UART_STATE_TX_OVERRUN = 1 << 2,
	CMSDK_UART_STATE_RX_OVERRUN = 1 << 3,
	CMSDK_UART_CTRL_TX_EN = 1 << 0,
	CMSDK_UART_CTRL_RX_EN = 1 << 1,
	CMSDK_UART_CTRL_RX_INT = 1 << 3,
	CMSDK_UART_INTERRUPT_RX = 1 << 1,
	CMSDK_UART_BAUDDIV_MIN = 16
};

#endif
