/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The MAX78000's UART (UG7456, "Universal Asynchronous Receiver/Transmitter"). */

#include "uart.h"

#include "clock.h"
#include "cortexm.h"
#include "max78000.h"

enum { START_MS = 10 };

static struct max78000_uart *registers_of(const struct uart *uart) {
	return uart->registers;
}

void uart_open(const struct uart *uart) {
	struct max78000_uart *registers = registers_of(uart);
	registers->ctrl = UART_CTRL_RX_THD_1 | UART_CTRL_CHAR_SIZE_8 | UART_CTRL_TX_FLUSH | UART_CTRL_RX_FLUSH;
	registers->osr = UART_OSR_4X;
	registers->clkdiv = (uart->clock + uart->baud / 2) / uart->baud;
	registers->ctrl |= UART_CTRL_BCLKEN;
	struct deadline deadline = deadline_in(START_MS);
	while ((registers->ctrl & UART_CTRL_BCLKRDY) == 0 && !deadline_over(&deadline)) {
	}
	registers->int_fl = ~0u;
	registers->int_en = UART_INT_RX_THD | UART_INT_RX_OV;
	nvic_enable(uart->interrupt);
}

uint32_t uart_write(const struct uart *uart, const uint8_t *data, uint32_t length) {
	struct max78000_uart *registers = registers_of(uart);
	uint32_t count = 0;
	while (count < length && (registers->status & UART_STATUS_TX_FULL) == 0) {
		registers->fifo = data[count++];
	}
	return count;
}

void uart_interrupt(const struct uart *uart) {
	struct max78000_uart *registers = registers_of(uart);
	struct uart_ring *ring = uart->ring;
	if ((registers->int_fl & UART_INT_RX_OV) != 0) {
		ring->overrun = true;
	}
	/* First the flag, then the bytes: one that comes in between sets it anew. */
	registers->int_fl = UART_INT_RX_THD | UART_INT_RX_OV;
	while ((registers->status & UART_STATUS_RX_EM) == 0) {
		if (uart_ring_full(ring)) {
			registers->int_en = 0;
			return;
		}
		uart_ring_put(ring, (uint8_t)registers->fifo);
	}
}

void uart_resume(const struct uart *uart) {
	struct max78000_uart *registers = registers_of(uart);
	if (registers->int_en != 0) {
		return;
	}
	uint32_t masked = irq_mask();
	registers->int_en = UART_INT_RX_THD | UART_INT_RX_OV;
	uart_interrupt(uart);
	irq_restore(masked);
}
