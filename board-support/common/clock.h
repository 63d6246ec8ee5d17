/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_CLOCK_H
#define THIMBLE_CLOCK_H

/** @file Time since reset, from SysTick. */

#include <stdbool.h>
#include <stdint.h>

/** Starts SysTick with BOARD_TICK_HZ interrupts a second. */
void clock_start(void);

/** Gets milliseconds since reset; wraps after 49 days, so compare differences. */
uint32_t clock_millis(void);

/** The end of a wait. */
struct deadline {
	uint32_t start;
	uint32_t length;
};

static inline struct deadline deadline_in(uint32_t millis) {
	struct deadline deadline = { clock_millis(), millis };
	return deadline;
}

/** Tells whether the time is over; at least the whole number of milliseconds has gone by then. */
static inline bool deadline_over(const struct deadline *deadline) {
	return clock_millis() - deadline->start > deadline->length;
}

#endif
