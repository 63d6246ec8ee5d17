/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INTERN_LLTHIMBLE_TRNG_IMPL_H
#define INTERN_LLTHIMBLE_TRNG_IMPL_H

/** @file The symbols SNI looks for. */

#define LLTHIMBLE_TRNG_IMPL_kind Java_dev_thimble_board_TrngNatives_kind
#define LLTHIMBLE_TRNG_IMPL_read Java_dev_thimble_board_TrngNatives_read

#endif
