/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * The cookie of a HelloRetryRequest (RFC 8446 §4.2.2): what was decided on the first ClientHello, and its hash, sealed. The second one is good only
 * with the cookie that was made for the first.
 */
/* package */ final class HelloCookie {

	private static final int HASH = TicketKeys.HEADER + 2 + 2;

	private final TicketKeys keys;

	/* package */ HelloCookie(TicketKeys keys) {
		this.keys = keys;
	}

	/** Gets the length of a cookie in bytes; at most 88, so that a field array has room for it. */
	/* package */ int length(int hashLength) {
		return TicketKeys.OVERHEAD + 2 + 2 + hashLength;
	}

	/**
	 * Makes a cookie.
	 *
	 * @param hash
	 *            the hash of the first ClientHello, at index 0.
	 * @param out
	 *            receives the cookie from index 0 on.
	 * @return false if there is no entropy.
	 */
	/* package */ boolean seal(int suite, int group, byte[] hash, int hashLength, byte[] out) {
		put(suite, out, TicketKeys.HEADER);
		put(group, out, TicketKeys.HEADER + 2);
		System.arraycopy(hash, 0, out, HASH, hashLength);
		return this.keys.seal(TicketKeys.COOKIE, out, 0, 2 + 2 + hashLength);
	}

	/** Tells whether a cookie, which is opened in place from index 0 on, says this. */
	/* package */ boolean matches(int suite, int group, byte[] hash, int hashLength, byte[] cookie) {
		boolean same = this.keys.open(TicketKeys.COOKIE, cookie, 0, length(hashLength)) && get(cookie, TicketKeys.HEADER) == suite && get(cookie, TicketKeys.HEADER + 2) == group;
		for (int i = 0; i < hashLength; i++) {
			same &= cookie[HASH + i] == hash[i];
		}
		return same;
	}

	private static void put(int value, byte[] out, int offset) {
		out[offset] = (byte) (value >> 8);
		out[offset + 1] = (byte) value;
	}

	private static int get(byte[] in, int offset) {
		return (in[offset] & 0xff) << 8 | in[offset + 1] & 0xff;
	}
}
