/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INTERN_LLTHIMBLE_AES_IMPL_H
#define INTERN_LLTHIMBLE_AES_IMPL_H

/** @file The symbols SNI looks for. */

#define LLTHIMBLE_AES_IMPL_capacity Java_dev_thimble_board_AesNatives_capacity
#define LLTHIMBLE_AES_IMPL_start Java_dev_thimble_board_AesNatives_start
#define LLTHIMBLE_AES_IMPL_poll Java_dev_thimble_board_AesNatives_poll
#define LLTHIMBLE_AES_IMPL_wipe Java_dev_thimble_board_AesNatives_wipe
#define LLTHIMBLE_AES_IMPL_operations Java_dev_thimble_board_AesNatives_operations

#endif
