/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LLTHIMBLE_TRNG_IMPL_H
#define LLTHIMBLE_TRNG_IMPL_H

/**
 * @file
 * The true random number generator.
 *
 * The natives of dev.thimble.board.TrngNatives: a board defines every function below. Arrays come as pointers to their first
 * element, valid until the function returns; the Java side has checked that offset and length lie inside.
 */

#include "thimble_sni.h"
#include "intern/LLTHIMBLE_TRNG_impl.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Names the source.
 *
 * @return 0: none; 1: hardware; 2: the emulator's host (semihosting), never in an image for real hardware.
 */
jint LLTHIMBLE_TRNG_IMPL_kind(void);

/**
 * Reads raw noise, unconditioned.
 *
 * @param out receives the bytes.
 * @param offset where the first one goes.
 * @param length how many are wanted.
 * @return how many were read: fewer when the source gave no more within its time limit; -1 if it reports a fault.
 */
jint LLTHIMBLE_TRNG_IMPL_read(jbyte *out, jint offset, jint length);

#ifdef __cplusplus
}
#endif

#endif
