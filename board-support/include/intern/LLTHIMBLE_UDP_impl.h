/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INTERN_LLTHIMBLE_UDP_IMPL_H
#define INTERN_LLTHIMBLE_UDP_IMPL_H

/** @file The symbols SNI looks for. */

#define LLTHIMBLE_UDP_IMPL_open Java_dev_thimble_board_UdpNatives_open
#define LLTHIMBLE_UDP_IMPL_send Java_dev_thimble_board_UdpNatives_send
#define LLTHIMBLE_UDP_IMPL_receive Java_dev_thimble_board_UdpNatives_receive
#define LLTHIMBLE_UDP_IMPL_close Java_dev_thimble_board_UdpNatives_close

#endif
