/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INTERN_LLTHIMBLE_WIRE_IMPL_H
#define INTERN_LLTHIMBLE_WIRE_IMPL_H

/** @file The symbols SNI looks for. */

#define LLTHIMBLE_WIRE_IMPL_available Java_dev_thimble_board_WireNatives_available
#define LLTHIMBLE_WIRE_IMPL_write Java_dev_thimble_board_WireNatives_write
#define LLTHIMBLE_WIRE_IMPL_read Java_dev_thimble_board_WireNatives_read

#endif
