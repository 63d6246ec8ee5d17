/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file Arm's PL011 as the Stellaris has it (DS-LM3S6965, "Universal Asynchronous Receivers/Transmitters"). */

#include "uart.h"

#include "cortexm.h"
#include "lm3s6965.h"

static struct lm3s_uart *registers_of(const struct uart *uart) {
	return uart->registers;
}

void uart_open(const struct uart *uart) {
	struct lm3s_uart *registers = registers_of(uart);
	/* In sixty-fourths of a bit's sixteenth. */
	uint32_t divisor = (uart->clock * 8u / uart->baud + 1) / 2;
	registers->ctl = 0;
	registers->ibrd = divisor / 64;
	registers->fbrd = divisor % 64;
	registers->lcrh = UART_LCRH_FEN | UART_LCRH_8_BITS;
	registers->ifls = UART_IFLS_RX_1_8;
	registers->icr = ~0u;
	registers->im = UART_INT_RX | UART_INT_RT;
	registers->ctl = UART_CTL_UARTEN | UART_CTL_TXE | UART_CTL_RXE;
	nvic_enable(uart->interrupt);
}

uint32_t uart_write(const struct uart *uart, const uint8_t *data, uint32_t length) {
	struct lm3s_uart *registers = registers_of(uart);
	uint32_t count = 0;
	while (count < length && (registers->fr & UART_FR_TXFF) == 0) {
		registers->dr = data[count++];
	}
	return count;
}

void uart_interrupt(const struct uart *uart) {
	struct lm3s_uart *registers = registers_of(uart);
	struct uart_ring *ring = uart->ring;
	registers->icr = UART_INT_RX | UART_INT_RT;
	while ((registers->fr & UART_FR_RXFE) == 0) {
		if (uart_ring_full(ring)) {
			registers->im = 0;
			return;
		}
		uint32_t byte = registers->dr;
		if ((byte & UART_DR_OVERRUN) != 0) {
			ring->overrun = true;
		}
		uart_ring_put(ring, (uint8_t)byte);
	}
}

void uart_resume(const struct uart *uart) {
	struct lm3s_uart *registers = registers_of(uart);
	if (registers->im != 0) {
		return;
	}
	uint32_t masked = irq_mask();
	registers->im = UART_INT_RX | UART_INT_RT;
	uart_interrupt(uart);
	irq_restore(masked);
}
