/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_WATCHDOG_CMSDK_H
#define THIMBLE_WATCHDOG_CMSDK_H

/**
 * @file
 * Arm's watchdog (ARM DDI 0479, 4.8; the same as the SP805 and the Stellaris'): the first time-out makes an interrupt, the second a reset.
 */

#include <stdint.h>

struct watchdog_registers {
	volatile uint32_t load;
	volatile uint32_t value;
	volatile uint32_t control;
	volatile uint32_t intclr;
	volatile uint32_t ris;
	volatile uint32_t mis;
	uint32_t reserved018[762];
	volatile uint32_t lock;
};

enum {
	WATCHDOG_CONTROL_INTEN = 1 << 0,
	WATCHDOG_CONTROL_RESEN = 1 << 1,
	WATCHDOG_UNLOCK = 0x1acce551
};

/** Starts the watchdog with a time-out in its clock's cycles, or feeds it if it runs. */
void watchdog_cmsdk_feed(struct watchdog_registers *registers, uint32_t cycles);

/** To be called by its interrupt: leaves a note for the next start and resets. */
void watchdog_cmsdk_interrupt(void);

#endif
