/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * Datagrams to a peer and back (UDP). No method waits, and none allocates after construction; the one exception says so.
 *
 * <p>{@link #open}, then {@link #poll} until {@link #OPEN}, then datagrams both ways, then {@link #close}, after which it can be opened again.
 */
public interface DatagramTransport {

	/** State: not there yet: the network comes up, the name is looked up. */
	int OPENING = 0;
	/** State: datagrams can be sent. */
	int OPEN = 1;

	/**
	 * Begins to open, from a port nobody can guess. What was open is closed before.
	 *
	 * @param host
	 *            the peer's name or address, ASCII; copied if needed later.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length in bytes, 1 to 255.
	 * @param port
	 *            the peer's port, 1 to 65,535.
	 */
	void open(byte[] host, int offset, int length, int port);

	/**
	 * Drives the transport; to be called often.
	 *
	 * @return {@link #OPENING}, {@link #OPEN}, or, negative, minus a code of {@link NetError}.
	 */
	int poll();

	/**
	 * Sends a datagram.
	 *
	 * @param data
	 *            the bytes' array.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many, at most 512.
	 * @return false if it could not be sent now. That it was sent does not mean that it arrives.
	 */
	boolean send(byte[] data, int offset, int length);

	/**
	 * Gets the next datagram of the peer, and of nobody else, that has arrived.
	 *
	 * @param data
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            at most how many; the rest of a longer datagram is lost.
	 * @return how many there were; 0 for none.
	 */
	int receive(byte[] data, int offset, int length);

	/** Closes. */
	void close();
}
