/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The LM3S6965 evaluation board: clock, pins, console, watchdog. */

#include "board.h"

#include "board_config.h"
#include "clock.h"
#include "cortexm.h"
#include "lm3s6965.h"
#include "watchdog_cmsdk.h"

enum {
	BAUD = 115200,
	/** PA0 and PA1 are UART0, which the board's debugger shows as a serial port. */
	UART_PINS = 3,
	PLL_MS = 10,
	WATCHDOG_SECONDS = 10
};

const char board_name[] = "lm3s6965evb";

static uint8_t console_bytes[256];
static struct uart_ring console_ring = { .data = console_bytes, .capacity = sizeof console_bytes };

const struct uart board_console = {
	.registers = UART0_REGISTERS, .interrupt = UART0_IRQ, .clock = BOARD_CLOCK_HZ, .baud = BAUD, .ring = &console_ring
};

void UART0_IRQHandler(void);
void WATCHDOG_IRQHandler(void);

void UART0_IRQHandler(void) {
	uart_interrupt(&board_console);
}

void WATCHDOG_IRQHandler(void) {
	watchdog_cmsdk_interrupt();
}

/* The order of the data sheet's "Initialization and Configuration": the PLL settles while the oscillator still drives the core. */
static void start_clock(void) {
	uint32_t rcc = (SYSCTL->rcc | SYSCTL_RCC_BYPASS) & ~(uint32_t)SYSCTL_RCC_USESYSDIV;
	SYSCTL->rcc = rcc;
	rcc = (rcc & ~(uint32_t)(SYSCTL_RCC_XTAL | SYSCTL_RCC_OSCSRC | SYSCTL_RCC_MOSCDIS | SYSCTL_RCC_PWRDN)) | SYSCTL_RCC_XTAL_8_MHZ;
	SYSCTL->misc = SYSCTL_RIS_PLLLRIS;
	SYSCTL->rcc = rcc;
	rcc = (rcc & ~(uint32_t)SYSCTL_RCC_SYSDIV) | SYSCTL_RCC_SYSDIV_4 | SYSCTL_RCC_USESYSDIV;
	SYSCTL->rcc = rcc;
	struct deadline deadline = deadline_in(PLL_MS);
	while ((SYSCTL->ris & SYSCTL_RIS_PLLLRIS) == 0 && !deadline_over(&deadline)) {
	}
	SYSCTL->rcc = rcc & ~(uint32_t)SYSCTL_RCC_BYPASS;
}

void board_start(void) {
	start_clock();
	SYSCTL->rcgc[0] |= SYSCTL_RCGC0_WDT;
	SYSCTL->rcgc[1] |= SYSCTL_RCGC1_UART0;
	SYSCTL->rcgc[2] |= SYSCTL_RCGC2_GPIOA | SYSCTL_RCGC2_EMAC0 | SYSCTL_RCGC2_EPHY0;
	/* A block answers three cycles after its clock is on: reading does not come sooner. */
	(void)SYSCTL->rcgc[2];
	GPIOA_CONTROL->afsel |= UART_PINS;
	GPIOA_CONTROL->den |= UART_PINS;
	uart_open(&board_console);
	nvic_enable(WATCHDOG_IRQ);
}

enum reset_cause board_reset_cause(void) {
	uint32_t causes = SYSCTL->resc;
	SYSCTL->resc = 0;
	if ((causes & SYSCTL_RESC_POR) != 0) {
		return RESET_POWER_ON;
	}
	if ((causes & SYSCTL_RESC_WDT) != 0) {
		return RESET_WATCHDOG;
	}
	if ((causes & SYSCTL_RESC_SW) != 0) {
		return RESET_SOFTWARE;
	}
	return (causes & SYSCTL_RESC_EXT) != 0 ? RESET_PIN : RESET_UNKNOWN;
}

void board_watchdog_feed(void) {
	watchdog_cmsdk_feed(WATCHDOG_REGISTERS, WATCHDOG_SECONDS * BOARD_CLOCK_HZ);
}
