/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LLTHIMBLE_CLOCK_IMPL_H
#define LLTHIMBLE_CLOCK_IMPL_H

/**
 * @file
 * Time since reset.
 *
 * The natives of dev.thimble.board.ClockNatives: a board defines every function below. Arrays come as pointers to their first
 * element, valid until the function returns; the Java side has checked that offset and length lie inside.
 */

#include "thimble_sni.h"
#include "intern/LLTHIMBLE_CLOCK_impl.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Gets the time since reset.
 *
 * @return milliseconds; never goes back.
 */
jlong LLTHIMBLE_CLOCK_IMPL_millis(void);

/**
 * Reads a free-running counter for measurements.
 *
 * @return ticks, which wrap at 2^32.
 */
jint LLTHIMBLE_CLOCK_IMPL_ticks(void);

/**
 * Gets the frequency of ticks.
 *
 * @return ticks a second.
 */
jint LLTHIMBLE_CLOCK_IMPL_ticksPerSecond(void);

#ifdef __cplusplus
}
#endif

#endif
