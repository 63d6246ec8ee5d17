/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LM3S6965_H
#define LM3S6965_H

/** @file The LM3S6965's registers (data sheet DS-LM3S6965; the chapters are named at each block). */

#include <stdint.h>

/** "System Control". */
struct lm3s_sysctl {
	volatile uint32_t did0;
	volatile uint32_t did1;
	volatile uint32_t dc[5];
	uint32_t reserved01c[5];
	volatile uint32_t pborctl;
	volatile uint32_t ldopctl;
	uint32_t reserved038[2];
	volatile uint32_t srcr[3];
	uint32_t reserved04c;
	volatile uint32_t ris;
	volatile uint32_t imc;
	volatile uint32_t misc;
	volatile uint32_t resc;
	volatile uint32_t rcc;
	volatile uint32_t pllcfg;
	uint32_t reserved068[2];
	volatile uint32_t rcc2;
	uint32_t reserved074[35];
	volatile uint32_t rcgc[3];
	uint32_t reserved10c[53];
	volatile uint32_t user[2];
};

enum {
	SYSCTL_RIS_PLLLRIS = 1 << 6,
	SYSCTL_RESC_EXT = 1 << 0,
	SYSCTL_RESC_POR = 1 << 1,
	SYSCTL_RESC_WDT = 1 << 3,
	SYSCTL_RESC_SW = 1 << 4,
	SYSCTL_RCC_MOSCDIS = 1 << 0,
	SYSCTL_RCC_OSCSRC = 3 << 4,
	SYSCTL_RCC_XTAL = 15 << 6,
	SYSCTL_RCC_XTAL_8_MHZ = 14 << 6,
	SYSCTL_RCC_BYPASS = 1 << 11,
	SYSCTL_RCC_PWRDN = 1 << 13,
	SYSCTL_RCC_USESYSDIV = 1 << 22,
	SYSCTL_RCC_SYSDIV = 15 << 23,
	SYSCTL_RCC_SYSDIV_4 = 3 << 23,
	SYSCTL_RCGC0_WDT = 1 << 3,
	SYSCTL_RCGC1_UART0 = 1 << 0,
	SYSCTL_RCGC2_GPIOA = 1 << 0,
	SYSCTL_RCGC2_EMAC0 = 1 << 28,
	SYSCTL_RCGC2_EPHY0 = 1 << 30
};

/** "General-Purpose Input/Outputs (GPIOs)", from 0x400 up. */
struct lm3s_gpio_control {
	uint32_t reserved400[8];
	volatile uint32_t afsel;
	uint32_t reserved424[62];
	volatile uint32_t den;
};

/** "Universal Asynchronous Receivers/Transmitters (UARTs)": Arm's PL011. */
struct lm3s_uart {
	volatile uint32_t dr;
	volatile uint32_t ecr;
	uint32_t reserved008[4];
	volatile uint32_t fr;
	uint32_t reserved01c[2];
	volatile uint32_t ibrd;
	volatile uint32_t fbrd;
	volatile uint32_t lcrh;
	volatile uint32_t ctl;
	volatile uint32_t ifls;
	volatile uint32_t im;
	volatile uint32_t ris;
	volatile uint32_t mis;
	volatile uint32_t icr;
};

enum {
	UART_DR_OVERRUN = 1 << 11,
	UART_FR_RXFE = 1 << 4,
	UART_FR_TXFF = 1 << 5,
	UART_LCRH_FEN = 1 << 4,
	UART_LCRH_8_BITS = 3 << 5,
	UART_CTL_UARTEN = 1 << 0,
	UART_CTL_TXE = 1 << 8,
	UART_CTL_RXE = 1 << 9,
	/** Interrupts when an eighth of the FIFO is full, or when nothing has come for a while. */
	UART_IFLS_RX_1_8 = 0 << 3,
	UART_INT_RX = 1 << 4,
	UART_INT_RT = 1 << 6
};

/** "Ethernet Controller". */
struct lm3s_mac {
	/** Read: raw status; write 1: acknowledge. */
	volatile uint32_t ris;
	volatile uint32_t im;
	volatile uint32_t rctl;
	volatile uint32_t tctl;
	volatile uint32_t data;
	volatile uint32_t ia[2];
	volatile uint32_t thr;
	volatile uint32_t mctl;
	volatile uint32_t mdv;
	uint32_t reserved028;
	volatile uint32_t mtxd;
	volatile uint32_t mrxd;
	volatile uint32_t np;
	volatile uint32_t tr;
};

enum {
	MAC_RCTL_RXEN = 1 << 0,
	MAC_RCTL_BADCRC = 1 << 3,
	MAC_RCTL_RSTFIFO = 1 << 4,
	MAC_TCTL_TXEN = 1 << 0,
	MAC_TCTL_PADEN = 1 << 1,
	MAC_TCTL_CRC = 1 << 2,
	MAC_TCTL_DUPLEX = 1 << 4,
	MAC_MCTL_START = 1 << 0,
	MAC_MCTL_REGADR_1 = 1 << 3,
	MAC_MDV_2_5_MHZ = 9,
	MAC_NP_COUNT = 0x3f,
	MAC_TR_NEWTX = 1 << 0,
	/** IEEE 802.3, 22.2.4.2. */
	MAC_PHY_STATUS_LINK = 1 << 2
};

#define SYSCTL ((struct lm3s_sysctl *)0x400fe000u)
#define GPIOA_CONTROL ((struct lm3s_gpio_control *)0x40004400u)
#define UART0_REGISTERS ((void *)0x4000c000u)
#define MAC ((struct lm3s_mac *)0x40048000u)
#define WATCHDOG_REGISTERS ((struct watchdog_registers *)0x40000000u)

/** "Interrupts". */
enum {
	UART0_IRQ = 5,
	WATCHDOG_IRQ = 18
};

#endif
