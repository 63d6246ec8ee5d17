/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** TCP ports at which clients of the board's own IP stack connect. C: {@code LLTHIMBLE_LISTEN_impl.h}. */
/* package */ final class ListenNatives {

	private ListenNatives() {
	}

	/**
	 * Begins to listen. Starts the interface, if that was not done.
	 *
	 * @param port
	 *            1 to 65,535.
	 * @return a handle from 0 up; -1 if the port is taken, there is no free handle, or the board cannot listen.
	 */
	/* package */ static native int open(int port);

	/**
	 * Gets the next client that waits, the first one first.
	 *
	 * @param handle
	 *            from {@link #open}.
	 * @return a handle of a connection that is open, for {@link NetNatives}; -1 if nobody waits.
	 */
	/* package */ static native int accept(int handle);

	/**
	 * Stops listening, and closes the connections of clients that wait. Those that were given by {@link #accept} go on.
	 *
	 * @param handle
	 *            from {@link #open}.
	 */
	/* package */ static native void close(int handle);
}
