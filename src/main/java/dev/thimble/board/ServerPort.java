/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** A TCP port of the board's own IP stack at which clients connect. {@link Network#poll()} drives it too. */
public final class ServerPort {

	/** Answer to {@link #accept()}: nobody waits. */
	public static final int NOBODY = -1;

	private static final int NO_HANDLE = -1;

	private int handle = NO_HANDLE;

	/** Creates a port that is closed. */
	public ServerPort() {
		// see the field
	}

	/**
	 * Begins to listen; if the port is open it is closed before.
	 *
	 * @param port
	 *            1 to 65,535.
	 * @return false if that cannot be: the port is taken, all listening is in use, or the board cannot listen.
	 */
	public boolean open(int port) {
		close();
		this.handle = ListenNatives.open(port);
		return this.handle >= 0;
	}

	/**
	 * Gets the next client that waits, the first one first. One or two clients wait, further ones are refused.
	 *
	 * @return a handle of a connection that is open, for the methods of {@link Network}; {@link #NOBODY}.
	 */
	public int accept() {
		return this.handle < 0 ? NOBODY : ListenNatives.accept(this.handle);
	}

	/** Stops listening; whoever waits is cut off. Connections that were given by {@link #accept} go on. */
	public void close() {
		if (this.handle >= 0) {
			ListenNatives.close(this.handle);
			this.handle = NO_HANDLE;
		}
	}
}
