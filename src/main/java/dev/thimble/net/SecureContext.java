/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** What the sockets of a device share: made once at start. */
public final class SecureContext {

	private final Clock clock;
	private final Credentials credentials;
	private final EnginePool pool;
	private final SocketStats stats = new SocketStats();

	/**
	 * Creates a context for plain sockets, and for sockets whose TLS is a modem's.
	 *
	 * @param clock
	 *            time for timeouts.
	 * @param credentials
	 *            certificates and keys by tag.
	 */
	public SecureContext(Clock clock, Credentials credentials) {
		this(clock, credentials, null);
	}

	/**
	 * Creates a context.
	 *
	 * @param clock
	 *            time for timeouts.
	 * @param credentials
	 *            certificates and keys by tag.
	 * @param pool
	 *            the TLS engines.
	 */
	public SecureContext(Clock clock, Credentials credentials, EnginePool pool) {
		this.clock = clock;
		this.credentials = credentials;
		this.pool = pool;
	}

	/**
	 * Gets the certificates and keys.
	 *
	 * @return as given.
	 */
	public Credentials credentials() {
		return this.credentials;
	}

	/**
	 * Gets the engines.
	 *
	 * @return as given, perhaps null.
	 */
	public EnginePool pool() {
		return this.pool;
	}

	/**
	 * Gets the figures of all sockets.
	 *
	 * @return a live object.
	 */
	public SocketStats stats() {
		return this.stats;
	}

	/* package */ Clock clock() {
		return this.clock;
	}
}
