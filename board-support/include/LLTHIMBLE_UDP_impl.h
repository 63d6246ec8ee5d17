/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LLTHIMBLE_UDP_IMPL_H
#define LLTHIMBLE_UDP_IMPL_H

/**
 * @file
 * Datagrams of the board's own IP stack, to and from one peer at a time.
 *
 * The natives of dev.thimble.board.UdpNatives: a board defines every function below. Arrays come as pointers to their first
 * element, valid until the function returns; the Java side has checked that offset and length lie inside.
 */

#include "thimble_sni.h"
#include "intern/LLTHIMBLE_UDP_impl.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Opens the one socket there is, from a port nobody can guess; if it is open it is closed before.
 *
 * @param address the peer's IPv4 address.
 * @param port its port, 1 to 65,535.
 * @return 0; -1 if there is no address yet, or no memory.
 */
jint LLTHIMBLE_UDP_IMPL_open(jint address, jint port);

/**
 * Sends a datagram.
 *
 * @param data the bytes.
 * @param offset the first one.
 * @param length how many.
 * @return 1 if it is on its way, 0 if it cannot be sent now, -1 if the socket is not open.
 */
jint LLTHIMBLE_UDP_IMPL_send(const jbyte *data, jint offset, jint length);

/**
 * Takes the next datagram of the peer.
 *
 * @param data the bytes.
 * @param offset the first one.
 * @param length at most how many; the rest is lost.
 * @return how many, 0 if there is none.
 */
jint LLTHIMBLE_UDP_IMPL_receive(jbyte *data, jint offset, jint length);

/** Closes the socket. */
void LLTHIMBLE_UDP_IMPL_close(void);

#ifdef __cplusplus
}
#endif

#endif
