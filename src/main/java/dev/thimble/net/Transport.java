/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * A byte stream to a peer. No method but {@link #rest} waits, and none allocates after construction.
 *
 * <p>A transport belongs to one socket. {@link #open}, then {@link #poll} until {@link #OPEN}, then bytes both ways, then {@link #close}, after which
 * it can be opened again.
 */
public interface Transport {

	/** State: not there yet. */
	int OPENING = 0;
	/** State: bytes flow. */
	int OPEN = 1;
	/** State: the peer will send no more; what it has sent can still be read. */
	int ENDED = 2;

	/**
	 * Begins to open a connection. What was open is closed before.
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
	 * @return {@link #OPENING}, {@link #OPEN}, {@link #ENDED}, or, negative, minus a code of {@link NetError}: the connection is gone.
	 */
	int poll();

	/**
	 * Writes what can be written now.
	 *
	 * @param data
	 *            the bytes' array.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 * @return how many were taken, perhaps 0. That the connection is gone is told by {@link #poll}.
	 */
	int write(byte[] data, int offset, int length);

	/**
	 * Reads what is there now.
	 *
	 * @param data
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            at most how many.
	 * @return how many there were, perhaps 0.
	 */
	int read(byte[] data, int offset, int length);

	/**
	 * Waits until something may have changed. The only method that may be called while another thread is in one of the others.
	 *
	 * @param millis
	 *            at most how long; it may be less.
	 */
	void rest(int millis);

	/** Closes the connection, if there is one. */
	void close();
}
