/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LLTHIMBLE_STORAGE_IMPL_H
#define LLTHIMBLE_STORAGE_IMPL_H

/**
 * @file
 * Non-volatile slots.
 *
 * The natives of dev.thimble.board.StorageNatives: a board defines every function below. Arrays come as pointers to their first
 * element, valid until the function returns; the Java side has checked that offset and length lie inside.
 */

#include "thimble_sni.h"
#include "intern/LLTHIMBLE_STORAGE_impl.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Gets the number of slots.
 *
 * @return 0 if the board has no non-volatile memory for us.
 */
jint LLTHIMBLE_STORAGE_IMPL_slots(void);

/**
 * Gets the largest content of a slot.
 *
 * @return a number of bytes.
 */
jint LLTHIMBLE_STORAGE_IMPL_slotLength(void);

/**
 * Reads a slot.
 *
 * @param slot 0 to slots - 1.
 * @param out receives the content.
 * @param offset where the first byte goes.
 * @param length at most how many bytes.
 * @return the content's length, 0 if the slot is empty; -1 on a fault.
 */
jint LLTHIMBLE_STORAGE_IMPL_read(jint slot, jbyte *out, jint offset, jint length);

/**
 * Replaces the content of a slot, all or nothing: after a loss of power either the old or the new content is there.
 *
 * @param slot 0 to slots - 1.
 * @param data the content.
 * @param offset its first byte.
 * @param length its length, 0 to erase.
 * @return 0, or -1 on a fault.
 */
jint LLTHIMBLE_STORAGE_IMPL_write(jint slot, const jbyte *data, jint offset, jint length);

#ifdef __cplusplus
}
#endif

#endif
