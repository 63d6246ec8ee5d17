/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INTERN_LLTHIMBLE_SYSTEM_IMPL_H
#define INTERN_LLTHIMBLE_SYSTEM_IMPL_H

/** @file The symbols SNI looks for. */

#define LLTHIMBLE_SYSTEM_IMPL_name Java_dev_thimble_board_SystemNatives_name
#define LLTHIMBLE_SYSTEM_IMPL_resetCause Java_dev_thimble_board_SystemNatives_resetCause
#define LLTHIMBLE_SYSTEM_IMPL_allocatedBytes Java_dev_thimble_board_SystemNatives_allocatedBytes
#define LLTHIMBLE_SYSTEM_IMPL_heapSize Java_dev_thimble_board_SystemNatives_heapSize
#define LLTHIMBLE_SYSTEM_IMPL_stackHighWater Java_dev_thimble_board_SystemNatives_stackHighWater
#define LLTHIMBLE_SYSTEM_IMPL_idle Java_dev_thimble_board_SystemNatives_idle
#define LLTHIMBLE_SYSTEM_IMPL_exit Java_dev_thimble_board_SystemNatives_exit

#endif
