/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

/** A byte stream to a server. No method waits. */
interface Link {

	/** State: not there yet. */
	int OPENING = 0;
	/** State: bytes flow. */
	int OPEN = 1;
	/** State: the server will send no more. */
	int ENDED = 2;

	/**
	 * Begins to open.
	 *
	 * @param name
	 *            the server's name, ASCII; copied.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length.
	 * @param port
	 *            the server's port.
	 */
	void open(byte[] name, int offset, int length, int port);

	/** Drives the link; gives a state or, negative, a constant of {@link Failure}. */
	int poll();

	/** Writes; gives how many bytes were taken, perhaps 0. */
	int write(byte[] data, int offset, int length);

	/** Reads; gives how many bytes there were, perhaps 0. */
	int read(byte[] data, int offset, int length);

	/** Closes. */
	void close();
}
