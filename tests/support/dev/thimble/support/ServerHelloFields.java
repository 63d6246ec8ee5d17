/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.Arrays;

/** A ServerHello or HelloRetryRequest to be changed by a test before it is encoded (RFC 8446 §4.1.3). */
public final class ServerHelloFields {

	/** The random that makes a ServerHello a HelloRetryRequest. */
	public static final byte[] RETRY_RANDOM = Octets.unhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

	public int version = 0x0303;
	public byte[] random;
	public byte[] sessionId;
	public int suite;
	public int compression;
	public final ExtensionList extensions = new ExtensionList();
	/** Appended behind the extensions, inside the message. */
	public byte[] trailing = new byte[0];
	/** Leaves out even the length of the extensions, as TLS 1.2 could. */
	public boolean noExtensions;

	/** Ends the random as a server does that was talked down from TLS 1.3 (RFC 8446 §4.1.3). */
	public void downgradeSentinel(boolean tls12) {
		byte[] sentinel = Octets.unhex(tls12 ? "444f574e47524401" : "444f574e47524400");
		this.random = Arrays.copyOf(this.random, 32);
		System.arraycopy(sentinel, 0, this.random, 24, 8);
	}

	public byte[] toMessage() {
		Octets body = new Octets().u16(this.version).add(this.random).vector8(this.sessionId).u16(this.suite).u8(this.compression);
		if (!this.noExtensions) {
			body.vector16(this.extensions.toBytes());
		}
		return Octets.message(TlsNumbers.SERVER_HELLO, body.add(this.trailing).toBytes());
	}
}
