/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BOARD_CONFIG_H
#define BOARD_CONFIG_H

/** @file The MPS2+ with the FPGA image of Arm Application Note AN505: a Cortex-M33, all of it in the secure state. */

#define BOARD_NAME "mps2-an505"
#define BOARD_CLOCK_HZ 20000000
#define BOARD_TICK_HZ 1000

/** AN505, "Memory map" (secure addresses) and "Interrupts". */
#define BOARD_UART0 0x50200000u
#define BOARD_UART1 0x50201000u
#define BOARD_UART0_RX_IRQ 32
#define BOARD_UART1_RX_IRQ 34
/** The S32K watchdog, whose first time-out is the NMI. */
#define BOARD_WATCHDOG 0x5002e000u
#define BOARD_WATCHDOG_HZ 32000
#define BOARD_ETHERNET 0x52000000u

/** Sizes of the IP stack: lwip/lwipopts.h. */
#define NET_CONNECTIONS 4
#define NET_LISTENERS 2
#define NET_SEGMENT 1460
#define NET_SEGMENTS_IN 4
#define NET_SEGMENTS_OUT 2

#endif
