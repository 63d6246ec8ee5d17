/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

/** A host and a port, written {@code host:port} or {@code [IPv6]:port}. */
public final class Endpoint {

	private static final int MAX_PORT = 65535;

	private final String host;
	private final int port;

	private Endpoint(String host, int port) {
		this.host = host;
		this.port = port;
	}

	/**
	 * Reads an endpoint.
	 *
	 * @throws IllegalArgumentException
	 *             with a sentence for the user if it is none.
	 */
	public static Endpoint parse(String text) {
		int colon = text.lastIndexOf(':');
		String host = colon < 0 ? "" : text.substring(0, colon);
		if (host.startsWith("[") && host.endsWith("]")) {
			host = host.substring(1, host.length() - 1);
		} else if (host.indexOf(':') >= 0) {
			throw new IllegalArgumentException("'" + text + "': write an IPv6 address in brackets, as in [::1]:443");
		}
		int port = -1;
		try {
			port = Integer.parseInt(text.substring(colon + 1));
		} catch (NumberFormatException e) {
			// told below
		}
		if (host.isEmpty() || port < 1 || port > MAX_PORT) {
			throw new IllegalArgumentException("'" + text + "' is not HOST:PORT, as in example.com:443");
		}
		return new Endpoint(host, port);
	}

	/** Gets the host: a name or an address, without brackets. */
	public String host() {
		return this.host;
	}

	/** Gets the port. */
	public int port() {
		return this.port;
	}

	@Override
	public String toString() {
		return (this.host.indexOf(':') >= 0 ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}
}
