/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MAX78000_H
#define MAX78000_H

/** @file The MAX78000's registers, from the MAX78000 User Guide (UG7456): the chapters are named at each block. */

#include <stdint.h>

/** Global control, "System, Power, Clocks, Reset". */
struct max78000_gcr {
	volatile uint32_t sysctrl;
	volatile uint32_t rst0;
	volatile uint32_t clkctrl;
	volatile uint32_t pm;
	uint32_t reserved10[2];
	volatile uint32_t pclkdiv;
	uint32_t reserved1c[2];
	volatile uint32_t pclkdis0;
	volatile uint32_t memctrl;
	volatile uint32_t memz;
	uint32_t reserved30[4];
	volatile uint32_t sysst;
	volatile uint32_t rst1;
	volatile uint32_t pclkdis1;
};

enum {
	GCR_CLKCTRL_SYSCLK_SEL = 7 << 9,
	GCR_CLKCTRL_SYSCLK_SEL_ISO = 0 << 9,
	GCR_CLKCTRL_SYSCLK_RDY = 1 << 13,
	GCR_CLKCTRL_ISO_EN = 1 << 18,
	GCR_CLKCTRL_ISO_RDY = 1 << 26,
	GCR_PCLKDIS0_GPIO0 = 1 << 0,
	GCR_PCLKDIS0_UART0 = 1 << 9,
	GCR_PCLKDIS0_UART1 = 1 << 10,
	GCR_PCLKDIS1_TRNG = 1 << 2,
	GCR_PCLKDIS1_AES = 1 << 15,
	GCR_PCLKDIS1_WDT0 = 1 << 27
};

/** Pins, "General-Purpose I/O and Alternate Function Pins". */
struct max78000_gpio {
	volatile uint32_t en0;
	volatile uint32_t en0_set;
	volatile uint32_t en0_clr;
	uint32_t reserved0c[23];
	volatile uint32_t en1;
	volatile uint32_t en1_set;
	volatile uint32_t en1_clr;
	volatile uint32_t en2;
	volatile uint32_t en2_set;
	volatile uint32_t en2_clr;
};

/** "Universal Asynchronous Receiver/Transmitter". */
struct max78000_uart {
	volatile uint32_t ctrl;
	volatile uint32_t status;
	volatile uint32_t int_en;
	volatile uint32_t int_fl;
	volatile uint32_t clkdiv;
	volatile uint32_t osr;
	volatile uint32_t txpeek;
	volatile uint32_t pnr;
	volatile uint32_t fifo;
};

enum {
	UART_CTRL_RX_THD_1 = 1 << 0,
	UART_CTRL_TX_FLUSH = 1 << 8,
	UART_CTRL_RX_FLUSH = 1 << 9,
	UART_CTRL_CHAR_SIZE_8 = 3 << 10,
	UART_CTRL_BCLKEN = 1 << 15,
	UART_CTRL_BCLKRDY = 1 << 19,
	UART_STATUS_RX_EM = 1 << 4,
	UART_STATUS_TX_FULL = 1 << 7,
	UART_INT_RX_OV = 1 << 3,
	UART_INT_RX_THD = 1 << 4,
	/** Oversampling by 4: the least error at the usual rates. */
	UART_OSR_4X = 5
};

/** "True Random Number Generator (TRNG)". */
struct max78000_trng {
	volatile uint32_t ctrl;
	volatile uint32_t status;
	volatile uint32_t data;
};

enum {
	TRNG_STATUS_RDY = 1 << 0
};

/** "AES". */
struct max78000_aes {
	volatile uint32_t ctrl;
	volatile uint32_t status;
	volatile uint32_t intfl;
	volatile uint32_t inten;
	volatile uint32_t fifo;
};

enum {
	AES_CTRL_EN = 1 << 0,
	AES_CTRL_INPUT_FLUSH = 1 << 4,
	AES_CTRL_OUTPUT_FLUSH = 1 << 5,
	AES_CTRL_KEY_SIZE_128 = 0 << 6,
	AES_CTRL_KEY_SIZE_256 = 2 << 6,
	AES_CTRL_TYPE_ENCRYPT = 0 << 8,
	AES_STATUS_BUSY = 1 << 0,
	AES_INTFL_DONE = 1 << 0,
	AES_BLOCK_WORDS = 4,
	AES_KEY_WORDS = 8
};

/** "Watchdog Timer (WDT)". */
struct max78000_wdt {
	volatile uint32_t ctrl;
	volatile uint32_t rst;
	volatile uint32_t clksel;
	volatile uint32_t cnt;
};

enum {
	/** 2^28 cycles of the 30 MHz peripheral clock: 8.9 s. */
	WDT_CTRL_RST_LATE_2_28 = 3 << 4,
	WDT_CTRL_EN = 1 << 8,
	WDT_CTRL_RST_EN = 1 << 11,
	WDT_CTRL_RST_LATE = (int)(1u << 31),
	WDT_CLKSEL_PCLK = 0,
	WDT_RST_FIRST = 0xa5,
	WDT_RST_SECOND = 0x5a
};

/** "Instruction Cache Controller". */
struct max78000_icc {
	volatile uint32_t info;
	volatile uint32_t sz;
	uint32_t reserved008[62];
	volatile uint32_t ctrl;
	uint32_t reserved104[383];
	volatile uint32_t invalidate;
};

enum {
	ICC_CTRL_EN = 1 << 0,
	ICC_CTRL_RDY = 1 << 16
};

/* Addresses: "Memory, Register Mapping, and Access". */
#define GCR ((struct max78000_gcr *)0x40000000u)
#define WDT0 ((struct max78000_wdt *)0x40003000u)
#define AES ((struct max78000_aes *)0x40007400u)
#define AES_KEY ((volatile uint32_t *)0x40007800u)
#define GPIO0 ((struct max78000_gpio *)0x40008000u)
#define ICC0 ((struct max78000_icc *)0x4002a000u)
#define UART0_REGISTERS ((void *)0x40042000u)
#define UART1_REGISTERS ((void *)0x40043000u)
#define TRNG ((struct max78000_trng *)0x4004d000u)

/** Interrupt numbers, "Interrupts and Exceptions". */
enum {
	UART0_IRQ = 14,
	UART1_IRQ = 15
};

#endif
