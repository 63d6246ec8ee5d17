/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A parsed ClientHello (RFC 8446 §4.1.2). A malformed one is the client's fault and ends the test. */
public final class ClientHelloView {

	public final byte[] message;
	public final byte[] random;
	public final byte[] sessionId;
	public final List<Integer> suites = new ArrayList<>();
	/** Extensions by type, in the order sent. */
	public final Map<Integer, byte[]> extensions = new LinkedHashMap<>();
	/** Key shares by group, in the order sent. */
	public final Map<Integer, byte[]> shares = new LinkedHashMap<>();
	public final List<Integer> groups = new ArrayList<>();

	public ClientHelloView(byte[] message) {
		this.message = message;
		require(message[0] == TlsNumbers.CLIENT_HELLO && Octets.u24At(message, 1) == message.length - 4, "header");
		require(Octets.u16At(message, 4) == 0x0303, "legacy_version");
		this.random = Arrays.copyOfRange(message, 6, 38);
		int at = 38;
		int length = message[at++];
		require(length >= 0 && length <= 32, "session id");
		this.sessionId = Arrays.copyOfRange(message, at, at + length);
		at += length;
		length = Octets.u16At(message, at);
		at += 2;
		for (int end = at + length; at < end; at += 2) {
			this.suites.add(Octets.u16At(message, at));
		}
		require(message[at] == 1 && message[at + 1] == 0, "compression methods");
		at += 2;
		require(Octets.u16At(message, at) == message.length - at - 2, "extensions' length");
		at += 2;
		while (at < message.length) {
			int type = Octets.u16At(message, at);
			length = Octets.u16At(message, at + 2);
			byte[] old = this.extensions.put(type, Arrays.copyOfRange(message, at + 4, at + 4 + length));
			require(old == null, "extension twice");
			at += 4 + length;
		}
		require(at == message.length, "extensions");
		byte[] list = this.extensions.get(TlsNumbers.KEY_SHARE);
		if (list != null) {
			for (at = 2; at < list.length;) {
				length = Octets.u16At(list, at + 2);
				this.shares.put(Octets.u16At(list, at), Arrays.copyOfRange(list, at + 4, at + 4 + length));
				at += 4 + length;
			}
		}
		list = this.extensions.get(TlsNumbers.SUPPORTED_GROUPS);
		if (list != null) {
			for (at = 2; at < list.length; at += 2) {
				this.groups.add(Octets.u16At(list, at));
			}
		}
	}

	/** The largest TLSInnerPlaintext the client takes (RFC 8449), or 16,385. */
	public int recordSizeLimit() {
		byte[] limit = this.extensions.get(TlsNumbers.RECORD_SIZE_LIMIT);
		return limit == null ? 16385 : Octets.u16At(limit, 0);
	}

	/** What may change between a first and a second ClientHello, and nothing else (RFC 8446 §4.1.2). */
	public void requireFollows(ClientHelloView first) {
		require(Arrays.equals(this.random, first.random), "random changed");
		require(Arrays.equals(this.sessionId, first.sessionId), "session id changed");
		require(this.suites.equals(first.suites), "suites changed");
		Map<Integer, byte[]> before = new LinkedHashMap<>(first.extensions);
		Map<Integer, byte[]> after = new LinkedHashMap<>(this.extensions);
		for (int type : new int[] { TlsNumbers.KEY_SHARE, TlsNumbers.COOKIE, 21 }) {
			before.remove(type);
			after.remove(type);
		}
		require(new ArrayList<>(before.keySet()).equals(new ArrayList<>(after.keySet())), "extensions changed");
		before.forEach((type, data) -> require(Arrays.equals(data, after.get(type)), "extension " + type + " changed"));
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new IllegalStateException("ClientHello: " + what);
		}
	}
}
