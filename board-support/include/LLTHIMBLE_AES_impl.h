/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LLTHIMBLE_AES_IMPL_H
#define LLTHIMBLE_AES_IMPL_H

/**
 * @file
 * The AES unit: encryption of whole blocks.
 *
 * The natives of dev.thimble.board.AesNatives: a board defines every function below. Arrays come as pointers to their first
 * element, valid until the function returns; the Java side has checked that offset and length lie inside.
 */

#include "thimble_sni.h"
#include "intern/LLTHIMBLE_AES_impl.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Gets how many 16-byte blocks one start takes.
 *
 * @return 0 if the board has no AES unit.
 */
jint LLTHIMBLE_AES_IMPL_capacity(void);

/**
 * Starts to encrypt blocks (FIPS 197, ECB). The data are copied; the unit works on by interrupt or by polling.
 *
 * @param key the key's array.
 * @param key_offset its first byte.
 * @param key_length 16 or 32 bytes.
 * @param data the blocks.
 * @param offset the first byte.
 * @param blocks how many blocks, 1 to capacity.
 * @return 0, or -1 on a fault.
 */
jint LLTHIMBLE_AES_IMPL_start(const jbyte *key, jint key_offset, jint key_length, const jbyte *data, jint offset, jint blocks);

/**
 * Fetches the result if it is there; drives a unit that works by polling.
 *
 * @param data receives the blocks.
 * @param offset where the first byte goes.
 * @return 1: done and written; 0: not yet; -1: fault or timeout.
 */
jint LLTHIMBLE_AES_IMPL_poll(jbyte *data, jint offset);

/**
 * Wipes key registers and buffers.
 */
void LLTHIMBLE_AES_IMPL_wipe(void);

/**
 * Gets the number of blocks the unit has processed since reset: the proof that it was used.
 *
 * @return a count that wraps.
 */
jint LLTHIMBLE_AES_IMPL_operations(void);

#ifdef __cplusplus
}
#endif

#endif
