/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

#include "selftest.h"

#include "LLTHIMBLE_CLOCK_impl.h"
#include "LLTHIMBLE_SYSTEM_impl.h"

/** Reads of a clock that stands still before it is called broken: some seconds. */
enum { READS = 20000000, WAIT_MS = 50 };

const char *test_clock(void) {
	jlong start = LLTHIMBLE_CLOCK_IMPL_millis();
	uint32_t last = (uint32_t)LLTHIMBLE_CLOCK_IMPL_ticks();
	uint64_t ticks = 0;
	for (int32_t reads = 0; LLTHIMBLE_CLOCK_IMPL_millis() - start < WAIT_MS; reads++) {
		uint32_t now = (uint32_t)LLTHIMBLE_CLOCK_IMPL_ticks();
		if (now - last > 0x80000000u) {
			return "ticks() went back";
		}
		ticks += now - last;
		last = now;
		if (reads == READS) {
			return "millis() stands still: is SysTick running?";
		}
	}
	/* The two come from one counter: they must agree to a few milliseconds. */
	uint32_t expected = (uint32_t)LLTHIMBLE_CLOCK_IMPL_ticksPerSecond() / 1000 * WAIT_MS;
	if (ticks < expected * 9 / 10 || ticks > expected * 13 / 10) {
		return "ticks() and millis() disagree: is ticksPerSecond() right?";
	}
	LLTHIMBLE_SYSTEM_IMPL_idle();
	return 0;
}
