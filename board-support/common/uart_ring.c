/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The reader's end of a line: the same for every kind of UART. */

#include "uart.h"

uint32_t uart_read(const struct uart *uart, uint8_t *data, uint32_t length) {
	struct uart_ring *ring = uart->ring;
	uint32_t taken = ring->taken;
	uint32_t count = ring->put - taken;
	if (count > length) {
		count = length;
	}
	for (uint32_t i = 0; i < count; i++) {
		data[i] = ring->data[(taken + i) & (ring->capacity - 1)];
	}
	ring->taken = taken + count;
	uart_resume(uart);
	return count;
}

bool uart_overrun(const struct uart *uart) {
	bool overrun = uart->ring->overrun;
	uart->ring->overrun = false;
	return overrun;
}
