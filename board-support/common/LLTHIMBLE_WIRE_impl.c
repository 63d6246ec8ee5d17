/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The wire on a second serial line; for boards that define board_wire. */

#include "LLTHIMBLE_WIRE_impl.h"

#include "board.h"
#include "wire.h"

jint LLTHIMBLE_WIRE_IMPL_available(void) {
	return 1;
}

jint LLTHIMBLE_WIRE_IMPL_write(const jbyte *data, jint offset, jint length) {
	return (jint)uart_write(&board_wire, (const uint8_t *)data + offset, (uint32_t)length);
}

jint LLTHIMBLE_WIRE_IMPL_read(jbyte *data, jint offset, jint length) {
	jint count = (jint)uart_read(&board_wire, (uint8_t *)data + offset, (uint32_t)length);
	/* What came before the gap is still good. */
	return count == 0 && uart_overrun(&board_wire) ? -1 : count;
}
