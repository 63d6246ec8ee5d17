/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INTERN_LLTHIMBLE_CLOCK_IMPL_H
#define INTERN_LLTHIMBLE_CLOCK_IMPL_H

/** @file The symbols SNI looks for. */

#define LLTHIMBLE_CLOCK_IMPL_millis Java_dev_thimble_board_ClockNatives_millis
#define LLTHIMBLE_CLOCK_IMPL_ticks Java_dev_thimble_board_ClockNatives_ticks
#define LLTHIMBLE_CLOCK_IMPL_ticksPerSecond Java_dev_thimble_board_ClockNatives_ticksPerSecond

#endif
