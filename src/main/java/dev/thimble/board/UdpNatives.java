/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** Datagrams of the board's own IP stack, to and from one peer at a time. C: {@code LLTHIMBLE_UDP_impl.h}. */
/* package */ final class UdpNatives {

	private UdpNatives() {
	}

	/**
	 * Opens the one socket there is, from a port nobody can guess; if it is open it is closed before.
	 *
	 * @param address
	 *            the peer's IPv4 address.
	 * @param port
	 *            its port, 1 to 65,535.
	 * @return 0; -1 if there is no address yet, or no memory.
	 */
	/* package */ static native int open(int address, int port);

	/**
	 * Sends a datagram.
	 *
	 * @param data
	 *            the bytes.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 * @return 1 if it is on its way, 0 if it cannot be sent now, -1 if the socket is not open.
	 */
	/* package */ static native int send(byte[] data, int offset, int length);

	/**
	 * Takes the next datagram of the peer.
	 *
	 * @param data
	 *            the bytes.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            at most how many; the rest is lost.
	 * @return how many, 0 if there is none.
	 */
	/* package */ static native int receive(byte[] data, int offset, int length);

	/** Closes the socket. */
	/* package */ static native void close();
}
