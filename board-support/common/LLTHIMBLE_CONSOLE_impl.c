/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The console on the board's first serial line. */

#include "LLTHIMBLE_CONSOLE_impl.h"

#include "board.h"
#include "clock.h"

/** A line that takes nothing for so long has nobody at its other end: what is left is dropped, so that a device runs on without it. */
enum { PATIENCE_MS = 200 };

void LLTHIMBLE_CONSOLE_IMPL_write(const jbyte *data, jint offset, jint length) {
	const uint8_t *bytes = (const uint8_t *)data + offset;
	uint32_t left = (uint32_t)length;
	struct deadline deadline = deadline_in(PATIENCE_MS);
	while (left != 0) {
		uint32_t count = uart_write(&board_console, bytes, left);
		bytes += count;
		left -= count;
		if (count != 0) {
			deadline = deadline_in(PATIENCE_MS);
		} else if (deadline_over(&deadline)) {
			return;
		}
	}
}

jint LLTHIMBLE_CONSOLE_IMPL_read(jbyte *data, jint offset, jint length) {
	return (jint)uart_read(&board_console, (uint8_t *)data + offset, (uint32_t)length);
}
