/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INTERN_LLTHIMBLE_HASH_IMPL_H
#define INTERN_LLTHIMBLE_HASH_IMPL_H

/** @file The symbols SNI looks for. */

#define LLTHIMBLE_HASH_IMPL_algorithms Java_dev_thimble_board_HashNatives_algorithms
#define LLTHIMBLE_HASH_IMPL_capacity Java_dev_thimble_board_HashNatives_capacity
#define LLTHIMBLE_HASH_IMPL_digest Java_dev_thimble_board_HashNatives_digest
#define LLTHIMBLE_HASH_IMPL_operations Java_dev_thimble_board_HashNatives_operations

#endif
