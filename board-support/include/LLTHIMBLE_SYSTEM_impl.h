/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LLTHIMBLE_SYSTEM_IMPL_H
#define LLTHIMBLE_SYSTEM_IMPL_H

/**
 * @file
 * The board as such.
 *
 * The natives of dev.thimble.board.SystemNatives: a board defines every function below. Arrays come as pointers to their first
 * element, valid until the function returns; the Java side has checked that offset and length lie inside.
 */

#include "thimble_sni.h"
#include "intern/LLTHIMBLE_SYSTEM_impl.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Gets the board's name.
 *
 * @param out receives ASCII, at least 24 bytes.
 * @return its length in bytes.
 */
jint LLTHIMBLE_SYSTEM_IMPL_name(jbyte *out);

/**
 * Gets why the board started.
 *
 * @return 0: power on; 1: reset pin or debugger; 2: watchdog; 3: software; 4: fault; -1: unknown.
 */
jint LLTHIMBLE_SYSTEM_IMPL_resetCause(void);

/**
 * Gets the number of bytes the Java heap has handed out since reset (on a JVM: the thread's).
 *
 * @return a count of bytes.
 */
jlong LLTHIMBLE_SYSTEM_IMPL_allocatedBytes(void);

/**
 * Gets the size of the Java heap.
 *
 * @return a number of bytes, 0 if unknown.
 */
jint LLTHIMBLE_SYSTEM_IMPL_heapSize(void);

/**
 * Gets the greatest depth the C stack has had since reset, from its paint.
 *
 * @return a number of bytes, 0 if unknown.
 */
jint LLTHIMBLE_SYSTEM_IMPL_stackHighWater(void);

/**
 * Sleeps until the next interrupt, at most a millisecond; feeds the watchdog.
 */
void LLTHIMBLE_SYSTEM_IMPL_idle(void);

/**
 * Ends: an emulator exits with the code, a board resets.
 *
 * @param code 0 for success.
 */
void LLTHIMBLE_SYSTEM_IMPL_exit(jint code);

#ifdef __cplusplus
}
#endif

#endif
