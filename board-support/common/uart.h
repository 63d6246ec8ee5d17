/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_UART_H
#define THIMBLE_UART_H

/**
 * @file
 * A serial line: 8 bits, no parity, 1 stop bit. Each board links one implementation (uart_*.c), whose interrupts fill a ring, so that
 * a receiver with a FIFO of a few bytes outlives a long computation. When the ring is full the interrupt is switched off: the FIFO
 * fills up and the line's flow control, or the emulator, holds the sender back.
 */

#include <stdbool.h>
#include <stdint.h>

/** Received bytes on their way from the interrupt to the reader. */
struct uart_ring {
	/** The bytes; the caller's. */
	uint8_t *data;
	/** How many bytes there are room for: a power of two. */
	uint32_t capacity;
	/** Counts what was put in, and what was taken out; both wrap. */
	volatile uint32_t put;
	volatile uint32_t taken;
	/** The receiver had to drop bytes. */
	volatile bool overrun;
};

/** A line: its registers, interrupt number and ring. */
struct uart {
	void *registers;
	uint32_t interrupt;
	/** The clock the baud rate is divided from, in Hz. */
	uint32_t clock;
	uint32_t baud;
	struct uart_ring *ring;
};

/** Sets the line up and begins to receive. */
void uart_open(const struct uart *uart);

/** Hands bytes to the transmitter as long as it takes them at once; gives how many. */
uint32_t uart_write(const struct uart *uart, const uint8_t *data, uint32_t length);

/** Takes received bytes, at most so many; gives how many. */
uint32_t uart_read(const struct uart *uart, uint8_t *data, uint32_t length);

/** Tells whether received bytes were lost since the last call. */
bool uart_overrun(const struct uart *uart);

/** Moves received bytes to the ring; to be called by the line's interrupt. */
void uart_interrupt(const struct uart *uart);

/** Lets the interrupt come again after the ring was full; for uart_read. */
void uart_resume(const struct uart *uart);

static inline bool uart_ring_full(const struct uart_ring *ring) {
	return ring->put - ring->taken == ring->capacity;
}

static inline void uart_ring_put(struct uart_ring *ring, uint8_t byte) {
	uint32_t put = ring->put;
	ring->data[put & (ring->capacity - 1)] = byte;
	ring->put = put + 1;
}

#endif
