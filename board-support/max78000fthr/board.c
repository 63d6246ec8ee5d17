/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The MAX78000FTHR: clock, pins, lines, watchdog. */

#include "board.h"

#include "board_config.h"
#include "clock.h"
#include "max78000.h"
#include "wire.h"

enum {
	BAUD = 115200,
	/** P0.0 and P0.1 are UART0, which the board's debugger shows as a serial port; P0.12 and P0.13 are UART1. Alternate function 1. */
	UART_PINS = 1 << 0 | 1 << 1 | 1 << 12 | 1 << 13,
	START_MS = 10
};

const char board_name[] = "max78000fthr";

static uint8_t console_bytes[256];
static struct uart_ring console_ring = { .data = console_bytes, .capacity = sizeof console_bytes };
static uint8_t wire_bytes[1024];
static struct uart_ring wire_ring = { .data = wire_bytes, .capacity = sizeof wire_bytes };

const struct uart board_console = {
	.registers = UART0_REGISTERS, .interrupt = UART0_IRQ, .clock = BOARD_CLOCK_HZ / 2, .baud = BAUD, .ring = &console_ring
};
const struct uart board_wire = {
	.registers = UART1_REGISTERS, .interrupt = UART1_IRQ, .clock = BOARD_CLOCK_HZ / 2, .baud = BAUD, .ring = &wire_ring
};

void UART0_IRQHandler(void);
void UART1_IRQHandler(void);

void UART0_IRQHandler(void) {
	uart_interrupt(&board_console);
}

void UART1_IRQHandler(void) {
	uart_interrupt(&board_wire);
}

/* Waits for bits to be set, but not for ever: what comes next works, or a self-test tells. */
static void await(volatile uint32_t *word, uint32_t bits) {
	struct deadline deadline = deadline_in(START_MS);
	while ((*word & bits) != bits && !deadline_over(&deadline)) {
	}
}

static void start_clock(void) {
	/* A warm start may come from another clock. */
	GCR->clkctrl |= GCR_CLKCTRL_ISO_EN;
	await(&GCR->clkctrl, GCR_CLKCTRL_ISO_RDY);
	GCR->clkctrl = (GCR->clkctrl & ~(uint32_t)GCR_CLKCTRL_SYSCLK_SEL) | GCR_CLKCTRL_SYSCLK_SEL_ISO;
	await(&GCR->clkctrl, GCR_CLKCTRL_SYSCLK_RDY);
	ICC0->invalidate = 1;
	await(&ICC0->ctrl, ICC_CTRL_RDY);
	ICC0->ctrl |= ICC_CTRL_EN;
	await(&ICC0->ctrl, ICC_CTRL_RDY);
}

void board_start(void) {
	start_clock();
	GCR->pclkdis0 &= ~(uint32_t)(GCR_PCLKDIS0_GPIO0 | GCR_PCLKDIS0_UART0 | GCR_PCLKDIS0_UART1);
	GCR->pclkdis1 &= ~(uint32_t)(GCR_PCLKDIS1_TRNG | GCR_PCLKDIS1_AES | GCR_PCLKDIS1_WDT0);
	GPIO0->en2_clr = UART_PINS;
	GPIO0->en1_clr = UART_PINS;
	GPIO0->en0_clr = UART_PINS;
	uart_open(&board_console);
	uart_open(&board_wire);
}

enum reset_cause board_reset_cause(void) {
	/* The chip keeps no record of other causes. QEMU has no watchdog here and reads 0. */
	if ((WDT0->ctrl & (uint32_t)WDT_CTRL_RST_LATE) != 0) {
		WDT0->ctrl &= ~(uint32_t)WDT_CTRL_RST_LATE;
		return RESET_WATCHDOG;
	}
	return RESET_UNKNOWN;
}

void board_watchdog_feed(void) {
	static bool running;
	WDT0->rst = WDT_RST_FIRST;
	WDT0->rst = WDT_RST_SECOND;
	if (!running) {
		running = true;
		WDT0->clksel = WDT_CLKSEL_PCLK;
		WDT0->ctrl = WDT_CTRL_RST_LATE_2_28 | WDT_CTRL_RST_EN;
		WDT0->ctrl |= WDT_CTRL_EN;
	}
}
