/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The 16550 (National Semiconductor PC16550D data sheet), its registers four bytes apart. */

#include "uart.h"

#include "cortexm.h"

struct registers_16550 {
	/** Received byte; byte to send; divisor's low byte while LCR_DLAB is set. */
	volatile uint32_t data;
	/** Interrupt enable; divisor's high byte while LCR_DLAB is set. */
	volatile uint32_t ier;
	/** Read: interrupt identification; write: FIFO control. */
	volatile uint32_t fcr;
	volatile uint32_t lcr;
	volatile uint32_t mcr;
	volatile uint32_t lsr;
};

enum {
	IER_RECEIVED = 1 << 0,
	FCR_ENABLE = 1 << 0,
	FCR_CLEAR_RECEIVER = 1 << 1,
	FCR_CLEAR_TRANSMITTER = 1 << 2,
	LCR_8_BITS = 3,
	LCR_DLAB = 1 << 7,
	MCR_DTR_RTS = 3,
	LSR_DATA_READY = 1 << 0,
	LSR_OVERRUN = 1 << 1,
	LSR_TRANSMITTER_EMPTY = 1 << 5,
	FIFO = 16,
	CLOCKS_A_BIT = 16
};

static struct registers_16550 *registers_of(const struct uart *uart) {
	return uart->registers;
}

void uart_open(const struct uart *uart) {
	struct registers_16550 *registers = registers_of(uart);
	uint32_t rate = CLOCKS_A_BIT * uart->baud;
	uint32_t divisor = (uart->clock + rate / 2) / rate;
	registers->ier = 0;
	registers->lcr = LCR_8_BITS | LCR_DLAB;
	registers->data = divisor & 0xff;
	registers->ier = divisor >> 8;
	registers->lcr = LCR_8_BITS;
	registers->fcr = FCR_ENABLE | FCR_CLEAR_RECEIVER | FCR_CLEAR_TRANSMITTER;
	registers->mcr = MCR_DTR_RTS;
	registers->ier = IER_RECEIVED;
	nvic_enable(uart->interrupt);
}

uint32_t uart_write(const struct uart *uart, const uint8_t *data, uint32_t length) {
	struct registers_16550 *registers = registers_of(uart);
	/* Empty means the whole FIFO; there is no telling how full it is otherwise. */
	if ((registers->lsr & LSR_TRANSMITTER_EMPTY) == 0) {
		return 0;
	}
	uint32_t count = length < FIFO ? length : FIFO;
	for (uint32_t i = 0; i < count; i++) {
		registers->data = data[i];
	}
	return count;
}

void uart_interrupt(const struct uart *uart) {
	struct registers_16550 *registers = registers_of(uart);
	struct uart_ring *ring = uart->ring;
	uint32_t status;
	while (((status = registers->lsr) & LSR_DATA_READY) != 0) {
		if ((status & LSR_OVERRUN) != 0) {
			ring->overrun = true;
		}
		if (uart_ring_full(ring)) {
			registers->ier = 0;
			return;
		}
		uart_ring_put(ring, (uint8_t)registers->data);
	}
}

void uart_resume(const struct uart *uart) {
	struct registers_16550 *registers = registers_of(uart);
	if ((registers->ier & IER_RECEIVED) != 0) {
		return;
	}
	uint32_t masked = irq_mask();
	registers->ier = IER_RECEIVED;
	uart_interrupt(uart);
	irq_restore(masked);
}
