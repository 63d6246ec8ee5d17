/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LLTHIMBLE_NET_IMPL_H
#define LLTHIMBLE_NET_IMPL_H

/**
 * @file
 * The board's own IP stack: DHCP, DNS and TCP, without waiting.
 *
 * The natives of dev.thimble.board.NetNatives: a board defines every function below. Arrays come as pointers to their first
 * element, valid until the function returns; the Java side has checked that offset and length lie inside.
 */

#include "thimble_sni.h"
#include "intern/LLTHIMBLE_NET_impl.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Tells whether the board has an IP stack.
 *
 * @return 1 or 0.
 */
jint LLTHIMBLE_NET_IMPL_available(void);

/**
 * Starts the interface and DHCP if that was not done, and drives the stack. To be called often.
 *
 * @return 1 once there is an address, 0 before, -1 on a fault (no cable).
 */
jint LLTHIMBLE_NET_IMPL_poll(void);

/**
 * Gets the own address.
 *
 * @return the IPv4 address, big-endian in an int; 0 if there is none.
 */
jint LLTHIMBLE_NET_IMPL_address(void);

/**
 * Gets which bits of the address are the network's.
 *
 * @return 255.255.255.0, for example, big-endian in an int; 0 if there is no address.
 */
jint LLTHIMBLE_NET_IMPL_subnetMask(void);

/**
 * Gets the router to other networks.
 *
 * @return its IPv4 address; 0 if there is none.
 */
jint LLTHIMBLE_NET_IMPL_gateway(void);

/**
 * Gets the first name server.
 *
 * @return its IPv4 address; 0 if there is none.
 */
jint LLTHIMBLE_NET_IMPL_nameServer(void);

/**
 * Looks a name up.
 *
 * @param name ASCII; a literal IPv4 address is answered at once.
 * @param length its length in bytes.
 * @return 0 if the query was started or answered, -1 if it cannot be.
 */
jint LLTHIMBLE_NET_IMPL_resolve(const jbyte *name, jint length);

/**
 * Gets the answer to resolve.
 *
 * @return the IPv4 address; 0 while it is not there; -1 if a name server says that there is none; -2 if no name server answers.
 */
jint LLTHIMBLE_NET_IMPL_resolved(void);

/**
 * Opens a TCP connection.
 *
 * @param address the IPv4 address.
 * @param port 1 to 65,535.
 * @return a handle from 0 up, -1 if there is no free one.
 */
jint LLTHIMBLE_NET_IMPL_connect(jint address, jint port);

/**
 * Gets the state of a connection.
 *
 * @param handle from connect.
 * @return 0: connecting; 1: connected; 2: the peer has closed its side (data may still be read); -1: refused, reset or timed out.
 */
jint LLTHIMBLE_NET_IMPL_state(jint handle);

/**
 * Writes without waiting.
 *
 * @param handle from connect.
 * @param data the bytes.
 * @param offset the first one.
 * @param length how many.
 * @return how many were taken; -1 if the connection is gone.
 */
jint LLTHIMBLE_NET_IMPL_write(jint handle, const jbyte *data, jint offset, jint length);

/**
 * Reads what has arrived, without waiting.
 *
 * @param handle from connect.
 * @param data receives the bytes.
 * @param offset where the first one goes.
 * @param length at most how many.
 * @return how many were read, 0 if there are none now; -1 if the connection is gone.
 */
jint LLTHIMBLE_NET_IMPL_read(jint handle, jbyte *data, jint offset, jint length);

/**
 * Closes a connection and frees its handle.
 *
 * @param handle from connect.
 */
void LLTHIMBLE_NET_IMPL_close(jint handle);

#ifdef __cplusplus
}
#endif

#endif
