/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_BOARD_H
#define THIMBLE_BOARD_H

/**
 * @file
 * What a board gives to the shared sources. Its folder defines everything here once, and has a board_config.h with
 * BOARD_CLOCK_HZ (the core's clock after board_start), BOARD_TICK_HZ (SysTick interrupts a second) and, if it likes,
 * BOARD_WATCHDOG_MS.
 */

#include <stdbool.h>
#include <stdint.h>

#include "uart.h"

/** Why the board started: SystemNatives.resetCause(). */
enum reset_cause {
	RESET_UNKNOWN = -1,
	RESET_POWER_ON = 0,
	RESET_PIN = 1,
	RESET_WATCHDOG = 2,
	RESET_SOFTWARE = 3,
	RESET_FAULT = 4
};

/** The name of the board's folder, ASCII, at most 24 bytes. */
extern const char board_name[];

/** The line for people. */
extern const struct uart board_console;

/** Brings clocks, pins and lines up; called once with .data and .bss ready and SysTick running, before main. */
void board_start(void);

/** Reads and clears what the hardware knows of the last reset; RESET_UNKNOWN if it knows nothing. */
enum reset_cause board_reset_cause(void);

/** Starts the watchdog if it does not run yet, else feeds it; does nothing on a board without one. */
void board_watchdog_feed(void);

#endif
