/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INTERN_LLTHIMBLE_STORAGE_IMPL_H
#define INTERN_LLTHIMBLE_STORAGE_IMPL_H

/** @file The symbols SNI looks for. */

#define LLTHIMBLE_STORAGE_IMPL_slots Java_dev_thimble_board_StorageNatives_slots
#define LLTHIMBLE_STORAGE_IMPL_slotLength Java_dev_thimble_board_StorageNatives_slotLength
#define LLTHIMBLE_STORAGE_IMPL_read Java_dev_thimble_board_StorageNatives_read
#define LLTHIMBLE_STORAGE_IMPL_write Java_dev_thimble_board_StorageNatives_write

#endif
