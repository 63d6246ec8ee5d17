/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The board's own IP stack: DHCP, DNS and TCP, without waiting. C: {@code LLTHIMBLE_NET_impl.h}. */
/* package */ final class NetNatives {

	private NetNatives() {
	}

	/**
	 * Tells whether the board has an IP stack.
	 *
	 * @return 1 or 0.
	 */
	/* package */ static native int available();

	/**
	 * Starts the interface and DHCP if that was not done, and drives the stack. To be called often.
	 *
	 * @return 1 once there is an address, 0 before, -1 on a fault (no cable).
	 */
	/* package */ static native int poll();

	/**
	 * Gets the own address.
	 *
	 * @return the IPv4 address, big-endian in an int; 0 if there is none.
	 */
	/* package */ static native int address();

	/**
	 * Gets which bits of the address are the network's.
	 *
	 * @return 255.255.255.0, for example, big-endian in an int; 0 if there is no address.
	 */
	/* package */ static native int subnetMask();

	/**
	 * Gets the router to other networks.
	 *
	 * @return its IPv4 address; 0 if there is none.
	 */
	/* package */ static native int gateway();

	/**
	 * Gets the first name server.
	 *
	 * @return its IPv4 address; 0 if there is none.
	 */
	/* package */ static native int nameServer();

	/**
	 * Looks a name up.
	 *
	 * @param name
	 *            ASCII; a literal IPv4 address is answered at once.
	 * @param length
	 *            its length in bytes.
	 * @return 0 if the query was started or answered, -1 if it cannot be.
	 */
	/* package */ static native int resolve(byte[] name, int length);

	/**
	 * Gets the answer to {@link #resolve}.
	 *
	 * @return the IPv4 address; 0 while it is not there; -1 if a name server says that there is none; -2 if no name server answers.
	 */
	/* package */ static native int resolved();

	/**
	 * Opens a TCP connection.
	 *
	 * @param address
	 *            the IPv4 address.
	 * @param port
	 *            1 to 65,535.
	 * @return a handle from 0 up, -1 if there is no free one.
	 */
	/* package */ static native int connect(int address, int port);

	/**
	 * Gets the state of a connection.
	 *
	 * @param handle
	 *            from {@link #connect}.
	 * @return 0: connecting; 1: connected; 2: the peer has closed its side (data may still be read); -1: refused, reset or timed out.
	 */
	/* package */ static native int state(int handle);

	/**
	 * Writes without waiting.
	 *
	 * @param handle
	 *            from {@link #connect}.
	 * @param data
	 *            the bytes.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 * @return how many were taken; -1 if the connection is gone.
	 */
	/* package */ static native int write(int handle, byte[] data, int offset, int length);

	/**
	 * Reads what has arrived, without waiting.
	 *
	 * @param handle
	 *            from {@link #connect}.
	 * @param data
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            at most how many.
	 * @return how many were read, 0 if there are none now; -1 if the connection is gone.
	 */
	/* package */ static native int read(int handle, byte[] data, int offset, int length);

	/**
	 * Closes a connection and frees its handle.
	 *
	 * @param handle
	 *            from {@link #connect}.
	 */
	/* package */ static native void close(int handle);
}
