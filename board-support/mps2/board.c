/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * @file
 * The MPS2 and MPS2+ boards: what their FPGA images have in common. Each image's board_config.h has its name, addresses and numbers from
 * Arm's application note for it.
 */

#include "board.h"

#include "board_config.h"
#include "watchdog_cmsdk.h"
#include "wire.h"

enum {
	BAUD = 115200,
	WATCHDOG_SECONDS = 10
};

const char board_name[] = BOARD_NAME;

static uint8_t console_bytes[256];
static struct uart_ring console_ring = { .data = console_bytes, .capacity = sizeof console_bytes };
static uint8_t wire_bytes[1024];
static struct uart_ring wire_ring = { .data = wire_bytes, .capacity = sizeof wire_bytes };

const struct uart board_console = {
	.registers = (void *)BOARD_UART0, .interrupt = BOARD_UART0_RX_IRQ, .clock = BOARD_CLOCK_HZ, .baud = BAUD, .ring = &console_ring
};
const struct uart board_wire = {
	.registers = (void *)BOARD_UART1, .interrupt = BOARD_UART1_RX_IRQ, .clock = BOARD_CLOCK_HZ, .baud = BAUD, .ring = &wire_ring
};

void UARTRX0_Handler(void);
void UARTRX1_Handler(void);
void NMI_Handler(void);

void UARTRX0_Handler(void) {
	uart_interrupt(&board_console);
}

void UARTRX1_Handler(void) {
	uart_interrupt(&board_wire);
}

void NMI_Handler(void) {
	watchdog_cmsdk_interrupt();
}

void board_start(void) {
	uart_open(&board_console);
	uart_open(&board_wire);
}

enum reset_cause board_reset_cause(void) {
	return RESET_UNKNOWN;
}

void board_watchdog_feed(void) {
	watchdog_cmsdk_feed((struct watchdog_registers *)BOARD_WATCHDOG, WATCHDOG_SECONDS * BOARD_WATCHDOG_HZ);
}
