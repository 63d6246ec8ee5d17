/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INTERN_LLTHIMBLE_NET_IMPL_H
#define INTERN_LLTHIMBLE_NET_IMPL_H

/** @file The symbols SNI looks for. */

#define LLTHIMBLE_NET_IMPL_available Java_dev_thimble_board_NetNatives_available
#define LLTHIMBLE_NET_IMPL_poll Java_dev_thimble_board_NetNatives_poll
#define LLTHIMBLE_NET_IMPL_address Java_dev_thimble_board_NetNatives_address
#define LLTHIMBLE_NET_IMPL_resolve Java_dev_thimble_board_NetNatives_resolve
#define LLTHIMBLE_NET_IMPL_resolved Java_dev_thimble_board_NetNatives_resolved
#define LLTHIMBLE_NET_IMPL_connect Java_dev_thimble_board_NetNatives_connect
#define LLTHIMBLE_NET_IMPL_state Java_dev_thimble_board_NetNatives_state
#define LLTHIMBLE_NET_IMPL_write Java_dev_thimble_board_NetNatives_write
#define LLTHIMBLE_NET_IMPL_read Java_dev_thimble_board_NetNatives_read
#define LLTHIMBLE_NET_IMPL_close Java_dev_thimble_board_NetNatives_close

#endif
