/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The CMSDK's UART (ARM DDI 0479, 4.3): one byte of buffer in each direction. */

#include "uart.h"

#include "cmsdk.h"
#include "cortexm.h"

static struct cmsdk_uart *registers_of(const struct uart *uart) {
	return uart->registers;
}

void uart_open(const struct uart *uart) {
	struct cmsdk_uart *registers = registers_of(uart);
	uint32_t divider = uart->clock / uart->baud;
	registers->bauddiv = divider < CMSDK_UART_BAUDDIV_MIN ? CMSDK_UART_BAUDDIV_MIN : divider;
	registers->ctrl = CMSDK_UART_CTRL_TX_EN | CMSDK_UART_CTRL_RX_EN | CMSDK_UART_CTRL_RX_INT;
	nvic_enable(uart->interrupt);
}

uint32_t uart_write(const struct uart *uart, const uint8_t *data, uint32_t length) {
	struct cmsdk_uart *registers = registers_of(uart);
	uint32_t count = 0;
	while (count < length && (registers->state & CMSDK_UART_STATE_TX_FULL) == 0) {
		registers->data = data[count++];
	}
	return count;
}

void uart_interrupt(const struct uart *uart) {
	struct cmsdk_uart *registers = registers_of(uart);
	struct uart_ring *ring = uart->ring;
	registers->interrupt = CMSDK_UART_INTERRUPT_RX;
	if ((registers->state & CMSDK_UART_STATE_RX_OVERRUN) != 0) {
		registers->state = CMSDK_UART_STATE_RX_OVERRUN;
		ring->overrun = true;
	}
	while ((registers->state & CMSDK_UART_STATE_RX_FULL) != 0) {
		if (uart_ring_full(ring)) {
			registers->ctrl &= ~(uint32_t)CMSDK_UART_CTRL_RX_INT;
			return;
		}
		uart_ring_put(ring, (uint8_t)registers->data);
	}
}

void uart_resume(const struct uart *uart) {
	struct cmsdk_uart *registers = registers_of(uart);
	if ((registers->ctrl & CMSDK_UART_CTRL_RX_INT) != 0) {
		return;
	}
	uint32_t masked = irq_mask();
	registers->ctrl |= CMSDK_UART_CTRL_RX_INT;
	uart_interrupt(uart);
	irq_restore(masked);
}
