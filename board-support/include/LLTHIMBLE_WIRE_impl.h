/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LLTHIMBLE_WIRE_IMPL_H
#define LLTHIMBLE_WIRE_IMPL_H

/**
 * @file
 * A serial line that carries a byte stream to the network (or to a modem).
 *
 * The natives of dev.thimble.board.WireNatives: a board defines every function below. Arrays come as pointers to their first
 * element, valid until the function returns; the Java side has checked that offset and length lie inside.
 */

#include "thimble_sni.h"
#include "intern/LLTHIMBLE_WIRE_impl.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Tells whether the board has a wire besides its console.
 *
 * @return 1 or 0.
 */
jint LLTHIMBLE_WIRE_IMPL_available(void);

/**
 * Writes without waiting.
 *
 * @param data the bytes.
 * @param offset the first one.
 * @param length how many.
 * @return how many were taken, 0 if the line is busy; -1 on a fault.
 */
jint LLTHIMBLE_WIRE_IMPL_write(const jbyte *data, jint offset, jint length);

/**
 * Reads what has arrived, without waiting.
 *
 * @param data receives the bytes.
 * @param offset where the first one goes.
 * @param length at most how many.
 * @return how many were read, 0 if there are none; -1 on a fault (overrun).
 */
jint LLTHIMBLE_WIRE_IMPL_read(jbyte *data, jint offset, jint length);

#ifdef __cplusplus
}
#endif

#endif
