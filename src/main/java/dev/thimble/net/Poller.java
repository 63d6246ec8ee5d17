/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * Drives several sockets from one loop: each call of {@link #poll()} does one slice of work for one socket, in turn, at most about 250,000
 * instructions of a Cortex-M4, so the loop keeps its period while handshakes go on. The table is fixed at start.
 *
 * <pre>
 * while (true) {
 *     int at = poller.poll();
 *     if (at >= 0 && (poller.events(at) &amp; SecureSocket.READABLE) != 0) {
 *         int count = poller.socket(at).receive(buffer, 0, buffer.length);
 *         ...
 *     }
 *     blink();
 * }
 * </pre>
 */
public final class Poller {

	/** Answer of {@link #poll()}: there is no socket. */
	public static final int EMPTY = -1;

	private final SecureSocket[] sockets;
	private final int[] events;
	private int next;

	/**
	 * Creates a poller.
	 *
	 * @param capacity
	 *            the most sockets it drives.
	 */
	public Poller(int capacity) {
		this.sockets = new SecureSocket[capacity];
		this.events = new int[capacity];
	}

	/**
	 * Adds a socket. It becomes non-blocking.
	 *
	 * @param socket
	 *            the socket, connected or not.
	 * @return its place; -1 if the table is full, see {@link NetError#POLLER_FULL}.
	 */
	public int add(SecureSocket socket) {
		for (int i = 0; i < this.sockets.length; i++) {
			if (this.sockets[i] == null) {
				this.sockets[i] = socket.blocking(false);
				this.events[i] = 0;
				return i;
			}
		}
		return -1;
	}

	/**
	 * Removes a socket; it is not closed, and stays non-blocking.
	 *
	 * @param socket
	 *            the socket.
	 * @return false if it was not in the table.
	 */
	public boolean remove(SecureSocket socket) {
		for (int i = 0; i < this.sockets.length; i++) {
			if (this.sockets[i] == socket) {
				this.sockets[i] = null;
				this.events[i] = 0;
				return true;
			}
		}
		return false;
	}

	/**
	 * Does a slice of work for the next socket.
	 *
	 * @return the socket's place in the table; {@link #EMPTY} if there is none.
	 */
	public int poll() {
		int n = this.sockets.length;
		for (int i = 0; i < n; i++) {
			int at = this.next;
			this.next = at + 1 == n ? 0 : at + 1;
			if (this.sockets[at] != null) {
				this.events[at] = this.sockets[at].poll();
				return at;
			}
		}
		return EMPTY;
	}

	/**
	 * Gets a socket.
	 *
	 * @param at
	 *            its place.
	 * @return the socket; null if there is none.
	 */
	public SecureSocket socket(int at) {
		return this.sockets[at];
	}

	/**
	 * Gets what the last poll of a socket found.
	 *
	 * @param at
	 *            its place.
	 * @return events of {@link SecureSocket}.
	 */
	public int events(int at) {
		return this.events[at];
	}

	/**
	 * Tells whether no socket has work to do at once, so that the loop may rest until something arrives.
	 *
	 * @return true if so, by the last poll of each.
	 */
	public boolean idle() {
		int all = 0;
		for (int i = 0; i < this.events.length; i++) {
			all |= this.events[i];
		}
		return (all & SecureSocket.BUSY) == 0;
	}
}
