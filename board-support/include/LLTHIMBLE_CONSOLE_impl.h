/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LLTHIMBLE_CONSOLE_IMPL_H
#define LLTHIMBLE_CONSOLE_IMPL_H

/**
 * @file
 * The console: a serial line for people.
 *
 * The natives of dev.thimble.board.ConsoleNatives: a board defines every function below. Arrays come as pointers to their first
 * element, valid until the function returns; the Java side has checked that offset and length lie inside.
 */

#include "thimble_sni.h"
#include "intern/LLTHIMBLE_CONSOLE_impl.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Writes all bytes, waiting for the line.
 *
 * @param data the bytes.
 * @param offset the first one.
 * @param length how many.
 */
void LLTHIMBLE_CONSOLE_IMPL_write(const jbyte *data, jint offset, jint length);

/**
 * Reads what has arrived, without waiting.
 *
 * @param data receives the bytes.
 * @param offset where the first one goes.
 * @param length at most how many.
 * @return how many were read, 0 if there are none.
 */
jint LLTHIMBLE_CONSOLE_IMPL_read(jbyte *data, jint offset, jint length);

#ifdef __cplusplus
}
#endif

#endif
