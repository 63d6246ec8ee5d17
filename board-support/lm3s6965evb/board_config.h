/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BOARD_CONFIG_H
#define BOARD_CONFIG_H

/** The PLL's 200 MHz by 4. */
#define BOARD_CLOCK_HZ 50000000
#define BOARD_TICK_HZ 1000

/** Sizes of the IP stack, for 64 KB of RAM in all: lwip/lwipopts.h. */
#define NET_CONNECTIONS 1
#define NET_SEGMENT 536
#define NET_SEGMENTS_IN 4
#define NET_SEGMENTS_OUT 2

#endif
