/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LLTHIMBLE_LISTEN_IMPL_H
#define LLTHIMBLE_LISTEN_IMPL_H

/**
 * @file
 * TCP ports at which clients of the board's own IP stack connect. LLTHIMBLE_NET_IMPL_poll() drives them too.
 *
 * The natives of dev.thimble.board.ListenNatives: a board defines every function below.
 */

#include "thimble_sni.h"
#include "intern/LLTHIMBLE_LISTEN_impl.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Begins to listen. Starts the interface, if that was not done.
 *
 * @param port 1 to 65,535.
 * @return a handle from 0 up; -1 if the port is taken, there is no free handle, or the board cannot listen.
 */
jint LLTHIMBLE_LISTEN_IMPL_open(jint port);

/**
 * Gets the next client that waits, the first one first.
 *
 * @param handle from open.
 * @return a handle of a connection that is open, for the functions of LLTHIMBLE_NET_impl.h; -1 if nobody waits.
 */
jint LLTHIMBLE_LISTEN_IMPL_accept(jint handle);

/**
 * Stops listening, and closes the connections of clients that wait. Those that were given by accept go on.
 *
 * @param handle from open.
 */
void LLTHIMBLE_LISTEN_IMPL_close(jint handle);

#ifdef __cplusplus
}
#endif

#endif
