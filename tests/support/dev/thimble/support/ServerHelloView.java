/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A parsed ServerHello or HelloRetryRequest (RFC 8446 §4.1.3). A malformed one is the server's fault and ends the test. */
public final class ServerHelloView {

	public final byte[] message;
	public final int version;
	public final byte[] random;
	public final byte[] sessionId;
	public final int suite;
	/** Extensions by type, in the order sent. */
	public final Map<Integer, byte[]> extensions;

	public ServerHelloView(byte[] message) {
		this.message = message;
		require(Octets.u24At(message, 1) == message.length - 4, "header");
		this.version = Octets.u16At(message, 4);
		this.random = Arrays.copyOfRange(message, 6, 38);
		int length = message[38];
		require(length >= 0 && length <= 32, "session id");
		int at = 39 + length;
		this.sessionId = Arrays.copyOfRange(message, 39, at);
		this.suite = Octets.u16At(message, at);
		require(message[at + 2] == 0, "compression method");
		// TLS 1.2 may leave out all.
		this.extensions = at + 3 == message.length ? Map.of() : extensions(message, at + 3, message.length);
	}

	/** A list of extensions with the length before it, which reaches up to the end. */
	static Map<Integer, byte[]> extensions(byte[] from, int offset, int end) {
		Map<Integer, byte[]> all = new LinkedHashMap<>();
		require(Octets.u16At(from, offset) == end - offset - 2, "extensions' length");
		int at = offset + 2;
		while (at < end) {
			int length = Octets.u16At(from, at + 2);
			require(at + 4 + length <= end, "an extension's length");
			require(all.put(Octets.u16At(from, at), Arrays.copyOfRange(from, at + 4, at + 4 + length)) == null, "extension twice");
			at += 4 + length;
		}
		return all;
	}

	/** Whether this is a HelloRetryRequest. */
	public boolean isRetry() {
		return Arrays.equals(this.random, ServerHelloFields.RETRY_RANDOM);
	}

	/** Whether the random ends as that of a server that was talked down (RFC 8446 §4.1.3). */
	public boolean hasDowngradeSentinel() {
		String end = Octets.hex(Arrays.copyOfRange(this.random, 24, 32));
		return end.equals("444f574e47524401") || end.equals("444f574e47524400");
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new IllegalStateException("server: extensions or hello: " + what);
		}
	}
}
