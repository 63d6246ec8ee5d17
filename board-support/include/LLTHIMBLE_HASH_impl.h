/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LLTHIMBLE_HASH_IMPL_H
#define LLTHIMBLE_HASH_IMPL_H

/**
 * @file
 * The hash unit: digests of data that lie whole in one array.
 *
 * The natives of dev.thimble.board.HashNatives: a board defines every function below. Arrays come as pointers to their first
 * element, valid until the function returns; the Java side has checked that offset and length lie inside.
 */

#include "thimble_sni.h"
#include "intern/LLTHIMBLE_HASH_impl.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Tells which algorithms the unit has.
 *
 * @return the sum of 1 (SHA-256), 2 (SHA-384), 4 (SHA-512); 0 if the board has no hash unit.
 */
jint LLTHIMBLE_HASH_IMPL_algorithms(void);

/**
 * Gets the longest input of digest.
 *
 * @return a number of bytes.
 */
jint LLTHIMBLE_HASH_IMPL_capacity(void);

/**
 * Computes a digest (FIPS 180-4).
 *
 * @param algorithm 1, 2 or 4 as in algorithms.
 * @param in the input.
 * @param offset its first byte.
 * @param length its length in bytes.
 * @param out receives the digest of 32, 48 or 64 bytes.
 * @param out_offset where the first byte goes.
 * @return 0, or -1 on a fault or timeout.
 */
jint LLTHIMBLE_HASH_IMPL_digest(jint algorithm, const jbyte *in, jint offset, jint length, jbyte *out, jint out_offset);

/**
 * Gets the number of digests computed since reset: the proof that the unit was used.
 *
 * @return a count that wraps.
 */
jint LLTHIMBLE_HASH_IMPL_operations(void);

#ifdef __cplusplus
}
#endif

#endif
