/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_WIRE_H
#define THIMBLE_WIRE_H

#include "uart.h"

/** @file The second serial line, on boards that link LLTHIMBLE_WIRE_impl.c. */

extern const struct uart board_wire;

#endif
