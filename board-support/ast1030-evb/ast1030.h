/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef AST1030_H
#define AST1030_H

/**
 * @file
 * The AST1030's registers. ASPEED gives its manual to customers only: this is from QEMU's models (hw/arm/aspeed_ast10x0.c,
 * hw/misc/aspeed_scu.c, hw/misc/aspeed_hace.c, hw/watchdog/wdt_aspeed.c) and has not met a real board.
 */

#include <stdint.h>

/** System Control Unit: the random number generator. (QEMU had its data at 0x540 once; Linux and QEMU 11 have them at 0x524.) */
struct ast1030_rng {
	volatile uint32_t ctrl;
	volatile uint32_t data;
};

/** Hash and Crypto Engine: its hash half. */
struct ast1030_hace {
	uint32_t crypt[7];
	volatile uint32_t status;
	volatile uint32_t hash_source;
	volatile uint32_t hash_digest;
	volatile uint32_t hash_key_buffer;
	volatile uint32_t hash_length;
	volatile uint32_t hash_command;
};

enum {
	HACE_STATUS_HASH_DONE = 1 << 9,
	HACE_COMMAND_SHA_SWAP = 2 << 2,
	HACE_COMMAND_SHA256 = 5 << 4,
	HACE_COMMAND_SHA512_SERIES = 6 << 4,
	HACE_COMMAND_SHA512 = 0 << 10,
	HACE_COMMAND_SHA384 = 1 << 10,
	/** The engine is given 28 bits of length. */
	HACE_LENGTH_MAX = 0x0fffffff,
	/** The digest's address must be a multiple of this. */
	HACE_DIGEST_ALIGNMENT = 8
};

/** Watchdog. */
struct ast1030_wdt {
	volatile uint32_t status;
	volatile uint32_t reload;
	volatile uint32_t restart;
	volatile uint32_t ctrl;
};

enum {
	WDT_CTRL_ENABLE = 1 << 0,
	WDT_CTRL_RESET_SYSTEM = 1 << 1,
	WDT_RESTART_MAGIC = 0x4755,
	/** Its counter runs at 1 MHz. */
	WDT_CYCLES_PER_SECOND = 1000000
};

#define RNG ((struct ast1030_rng *)0x7e6e2520u)
#define HACE ((struct ast1030_hace *)0x7e6d0000u)
#define WDT0 ((struct ast1030_wdt *)0x7e785000u)
#define UART1_REGISTERS ((void *)0x7e783000u)
#define UART5_REGISTERS ((void *)0x7e784000u)

enum {
	UART5_IRQ = 8,
	UART1_IRQ = 47
};

#endif
