/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BOARD_CONFIG_H
#define BOARD_CONFIG_H

/** @file The MPS2 with the FPGA image of Arm Application Note AN385: a Cortex-M3. */

#define BOARD_NAME "mps2-an385"
#define BOARD_CLOCK_HZ 25000000
#define BOARD_TICK_HZ 1000

/** AN385/AN386, "Memory map" and "Interrupts". */
#define BOARD_UART0 0x40004000u
#define BOARD_UART1 0x40005000u
#define BOARD_UART0_RX_IRQ 0
#define BOARD_UART1_RX_IRQ 2
#define BOARD_WATCHDOG 0x40008000u
#define BOARD_WATCHDOG_HZ BOARD_CLOCK_HZ
#define BOARD_ETHERNET 0x40200000u

/** Sizes of the IP stack: lwip/lwipopts.h. */
#define NET_CONNECTIONS 4
#define NET_LISTENERS 2
#define NET_SEGMENT 1460
#define NET_SEGMENTS_IN 4
#define NET_SEGMENTS_OUT 2

#endif
