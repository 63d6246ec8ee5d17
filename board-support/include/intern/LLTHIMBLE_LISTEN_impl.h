/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INTERN_LLTHIMBLE_LISTEN_IMPL_H
#define INTERN_LLTHIMBLE_LISTEN_IMPL_H

/** @file The symbols SNI looks for. */

#define LLTHIMBLE_LISTEN_IMPL_open Java_dev_thimble_board_ListenNatives_open
#define LLTHIMBLE_LISTEN_IMPL_accept Java_dev_thimble_board_ListenNatives_accept
#define LLTHIMBLE_LISTEN_IMPL_close Java_dev_thimble_board_ListenNatives_close

#endif
