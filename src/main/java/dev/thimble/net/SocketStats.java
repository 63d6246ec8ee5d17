/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** Figures of all sockets of a {@link SecureContext} since start. */
public final class SocketStats {

	private int connections;
	private int handshakes;
	private int resumed;
	private int unverified;
	private int offloaded;
	private int failures;

	/* package */ SocketStats() {
		// The context's only.
	}

	/* package */ synchronized void connected() {
		this.connections++;
	}

	/* package */ synchronized void secured(boolean session, boolean verified) {
		this.handshakes++;
		this.resumed += session ? 1 : 0;
		this.unverified += verified ? 0 : 1;
	}

	/* package */ synchronized void offloaded(boolean verified) {
		this.offloaded++;
		this.unverified += verified ? 0 : 1;
	}

	/* package */ synchronized void failed() {
		this.failures++;
	}

	/**
	 * Gets how many connections were made, plain and secure.
	 *
	 * @return a count.
	 */
	public synchronized int connections() {
		return this.connections;
	}

	/**
	 * Gets how many TLS handshakes were completed by engines of our own.
	 *
	 * @return a count.
	 */
	public synchronized int handshakes() {
		return this.handshakes;
	}

	/**
	 * Gets how many of the handshakes resumed a session or stood on a pre-shared key.
	 *
	 * @return a count.
	 */
	public synchronized int resumed() {
		return this.resumed;
	}

	/**
	 * Gets how many TLS connections were made to peers that were not verified: anything but 0 is no state for a product.
	 *
	 * @return a count.
	 */
	public synchronized int unverified() {
		return this.unverified;
	}

	/**
	 * Gets how many TLS connections a modem made for us.
	 *
	 * @return a count.
	 */
	public synchronized int offloaded() {
		return this.offloaded;
	}

	/**
	 * Gets how many connections failed, before or after they were made.
	 *
	 * @return a count.
	 */
	public synchronized int failures() {
		return this.failures;
	}
}
