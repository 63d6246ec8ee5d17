/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The board as such. allocatedBytes, heapSize and stackHighWater belong to the Java runtime's port. */

#include "LLTHIMBLE_SYSTEM_impl.h"

#include "board.h"
#include "clock.h"
#include "cortexm.h"
#include "retained.h"
#include "semihosting.h"

/** "note" and its complement, so that memory after power-on is no note. */
enum { NOTE_MAGIC = 0x6e6f7465 };

static struct {
	uint32_t magic;
	uint32_t cause;
	uint32_t check;
} note RETAINED;

void reset_note(enum reset_cause cause) {
	note.magic = NOTE_MAGIC;
	note.cause = (uint32_t)cause;
	note.check = ~(uint32_t)cause;
	cpu_barrier();
}

enum reset_cause reset_note_take(void) {
	bool valid = note.magic == NOTE_MAGIC && note.cause == ~note.check;
	note.magic = 0;
	return valid ? (enum reset_cause)note.cause : RESET_UNKNOWN;
}

jint LLTHIMBLE_SYSTEM_IMPL_name(jbyte *out) {
	jint length = 0;
	while (board_name[length] != 0) {
		out[length] = (jbyte)board_name[length];
		length++;
	}
	return length;
}

jint LLTHIMBLE_SYSTEM_IMPL_resetCause(void) {
	static bool known;
	static enum reset_cause cause;
	if (!known) {
		known = true;
		/* What the program itself noted is more exact than the hardware, which sees a reset by software either way. */
		enum reset_cause hardware = board_reset_cause();
		enum reset_cause noted = reset_note_take();
		cause = noted == RESET_UNKNOWN || hardware == RESET_WATCHDOG ? hardware : noted;
	}
	return cause;
}

void LLTHIMBLE_SYSTEM_IMPL_idle(void) {
	board_watchdog_feed();
	cpu_wait();
}

void LLTHIMBLE_SYSTEM_IMPL_exit(jint code) {
	const uint32_t reason[] = { SEMIHOSTING_APPLICATION_EXIT, (uint32_t)code };
	semihosting(SEMIHOSTING_EXIT_EXTENDED, reason);
	/* Nobody there: this is a board. */
	reset_note(RESET_SOFTWARE);
	SCB->aircr = SCB_AIRCR_SYSRESETREQ;
	for (;;) {
		cpu_barrier();
	}
}
