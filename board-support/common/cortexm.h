/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_CORTEXM_H
#define THIMBLE_CORTEXM_H

/**
 * @file
 * The registers of an ARMv7-M or ARMv8-M core that the drivers use (ARM DDI 0403E, B3.2 System Control Space; the same addresses in
 * ARM DDI 0553), and its few instructions C has no words for.
 */

#include <stdint.h>

/** SysTick, B3.3.2. */
struct systick_registers {
	volatile uint32_t csr;
	volatile uint32_t rvr;
	volatile uint32_t cvr;
	volatile uint32_t calib;
};

enum {
	SYSTICK_CSR_ENABLE = 1 << 0,
	SYSTICK_CSR_TICKINT = 1 << 1,
	SYSTICK_CSR_CLKSOURCE_CORE = 1 << 2,
	SYSTICK_RVR_MAX = 0xffffff
};

/** System Control Block, B3.2.2. */
struct scb_registers {
	volatile uint32_t cpuid;
	volatile uint32_t icsr;
	volatile uint32_t vtor;
	volatile uint32_t aircr;
	volatile uint32_t scr;
	volatile uint32_t ccr;
	volatile uint32_t shpr[3];
	volatile uint32_t shcsr;
	volatile uint32_t cfsr;
	volatile uint32_t hfsr;
	volatile uint32_t dfsr;
	volatile uint32_t mmfar;
	volatile uint32_t bfar;
	volatile uint32_t afsr;
	volatile uint32_t id[18];
	volatile uint32_t cpacr;
};

enum {
	SCB_ICSR_PENDSTSET = 1 << 26,
	SCB_CPACR_CP10_CP11_FULL = 0xf << 20,
	SCB_AIRCR_SYSRESETREQ = 0x05fa0004,
	SCB_SHPR3_SYSTICK_LOWEST = (int)0xff000000u
};

/** NVIC: set-enable registers, B3.4.3. */
struct nvic_registers {
	volatile uint32_t iser[16];
	uint32_t reserved[16];
	volatile uint32_t icer[16];
};

#define SYSTICK ((struct systick_registers *)0xe000e010u)
#define SCB ((struct scb_registers *)0xe000ed00u)
#define NVIC ((struct nvic_registers *)0xe000e100u)

static inline void nvic_enable(uint32_t interrupt) {
	NVIC->iser[interrupt / 32] = 1u << (interrupt % 32);
}

/** Masks interrupts; gives what {@link irq_restore} wants back. */
static inline uint32_t irq_mask(void) {
	uint32_t primask;
	__asm volatile("mrs %0, primask\n\tcpsid i" : "=r"(primask) : : "memory");
	return primask;
}

static inline void irq_restore(uint32_t primask) {
	__asm volatile("msr primask, %0" : : "r"(primask) : "memory");
}

static inline void cpu_wait(void) {
	__asm volatile("dsb\n\twfi" : : : "memory");
}

static inline void cpu_barrier(void) {
	__asm volatile("dsb\n\tisb" : : : "memory");
}

/** Wipes memory in a way the compiler may not leave out. */
static inline void wipe(void *memory, uint32_t length) {
	volatile uint8_t *byte = memory;
	while (length-- != 0) {
		*byte++ = 0;
	}
}

#endif
