/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The AST1030 evaluation board: lines and watchdog. Its boot ROM leaves clocks and pins ready. */

#include "board.h"

#include "ast1030.h"
#include "board_config.h"
#include "cortexm.h"
#include "wire.h"

enum {
	BAUD = 115200,
	/** The lines' own clock: 24 MHz / 13. */
	UART_CLOCK_HZ = 24000000 / 13,
	WATCHDOG_SECONDS = 10
};

const char board_name[] = "ast1030-evb";

static uint8_t console_bytes[256];
static struct uart_ring console_ring = { .data = console_bytes, .capacity = sizeof console_bytes };
static uint8_t wire_bytes[1024];
static struct uart_ring wire_ring = { .data = wire_bytes, .capacity = sizeof wire_bytes };

/* UART5 is the console by convention, also in QEMU. */
const struct uart board_console = {
	.registers = UART5_REGISTERS, .interrupt = UART5_IRQ, .clock = UART_CLOCK_HZ, .baud = BAUD, .ring = &console_ring
};
const struct uart board_wire = {
	.registers = UART1_REGISTERS, .interrupt = UART1_IRQ, .clock = UART_CLOCK_HZ, .baud = BAUD, .ring = &wire_ring
};

void UART1_IRQHandler(void);
void UART5_IRQHandler(void);

void UART1_IRQHandler(void) {
	uart_interrupt(&board_wire);
}

void UART5_IRQHandler(void) {
	uart_interrupt(&board_console);
}

void board_start(void) {
	uart_open(&board_console);
	uart_open(&board_wire);
}

enum reset_cause board_reset_cause(void) {
	return RESET_UNKNOWN;
}

void board_watchdog_feed(void) {
	if ((WDT0->ctrl & WDT_CTRL_ENABLE) == 0) {
		WDT0->reload = WATCHDOG_SECONDS * WDT_CYCLES_PER_SECOND;
		WDT0->ctrl = WDT_CTRL_ENABLE | WDT_CTRL_RESET_SYSTEM;
	}
	WDT0->restart = WDT_RESTART_MAGIC;
}
