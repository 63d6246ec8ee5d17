/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BOARD_CONFIG_H
#define BOARD_CONFIG_H

/** The clock of the core in QEMU's board (hw/arm/aspeed.c), and of the chip after its boot. */
#define BOARD_CLOCK_HZ 200000000
#define BOARD_TICK_HZ 1000

#endif
