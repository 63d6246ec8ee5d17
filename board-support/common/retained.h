/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_RETAINED_H
#define THIMBLE_RETAINED_H

/**
 * @file
 * Memory that start-up does not clear: it outlives every reset, but no loss of power. The linker script keeps the section .noinit out
 * of .bss.
 */

#include "board.h"

#define RETAINED __attribute__((section(".noinit")))

/** Leaves a note for the next start. */
void reset_note(enum reset_cause cause);

/** Takes the note of the last run, RESET_UNKNOWN if there is none; to be called once. */
enum reset_cause reset_note_take(void);

#endif
