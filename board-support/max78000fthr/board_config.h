/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BOARD_CONFIG_H
#define BOARD_CONFIG_H

/** The internal secondary oscillator: the clock after reset, and the one QEMU's board has. */
#define BOARD_CLOCK_HZ 60000000

/**
 * Ten interrupts a millisecond are more than the time needs. QEMU's model of the UART does not tell its host side that the FIFO has
 * room again; the host side looks when a timer fires, so this rate times 8 bytes bounds what the wire carries there.
 */
#define BOARD_TICK_HZ 10000

#endif
