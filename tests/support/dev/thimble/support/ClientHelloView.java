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
	/** psk_key_exchange_modes. */
	public final List<Integer> pskModes = new ArrayList<>();
	/** What pre_shared_key offers (RFC 8446 §4.2.11). */
	public final List<byte[]> pskIdentities = new ArrayList<>();
	public final List<Long> pskAges = new ArrayList<>();
	public final List<byte[]> pskBinders = new ArrayList<>();

	private int bindersLength;

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
		list = this.extensions.get(TlsNumbers.PSK_KEY_EXCHANGE_MODES);
		if (list != null) {
			require(list.length == 1 + list[0] && list.length > 1, "psk_key_exchange_modes");
			for (at = 1; at < list.length; at++) {
				this.pskModes.add(list[at] & 0xff);
			}
		}
		list = this.extensions.get(TlsNumbers.PRE_SHARED_KEY);
		if (list != null && offersTls13()) {
			preSharedKeys(list);
		}
		require(!this.extensions.containsKey(TlsNumbers.EARLY_DATA) || list != null, "early_data without pre_shared_key");
	}

	private void preSharedKeys(byte[] list) {
		require(new ArrayList<>(this.extensions.keySet()).indexOf(TlsNumbers.PRE_SHARED_KEY) == this.extensions.size() - 1,
				"pre_shared_key is not the last extension");
		require(!this.pskModes.isEmpty(), "pre_shared_key without psk_key_exchange_modes");
		int at = 2;
		int end = 2 + Octets.u16At(list, 0);
		while (at < end) {
			int length = Octets.u16At(list, at);
			require(length > 0, "empty identity");
			this.pskIdentities.add(Arrays.copyOfRange(list, at + 2, at + 2 + length));
			this.pskAges.add(Octets.u32At(list, at + 2 + length));
			at += 2 + length + 4;
		}
		require(at == end && end > 2, "identities");
		this.bindersLength = list.length - end;
		require(this.bindersLength == 2 + Octets.u16At(list, at), "binders' length");
		for (at += 2; at < list.length;) {
			int length = list[at] & 0xff;
			require(length >= 32, "short binder");
			this.pskBinders.add(Arrays.copyOfRange(list, at + 1, at + 1 + length));
			at += 1 + length;
		}
		require(at == list.length && this.pskBinders.size() == this.pskIdentities.size(), "binders");
	}

	/** The message up to its binders, which they are computed over. */
	public byte[] truncated() {
		return Arrays.copyOf(this.message, this.message.length - this.bindersLength);
	}

	/** Whether supported_versions has TLS 1.3. */
	public boolean offersTls13() {
		byte[] versions = this.extensions.get(TlsNumbers.SUPPORTED_VERSIONS);
		for (int at = 1; versions != null && at < versions.length; at += 2) {
			if (Octets.u16At(versions, at) == 0x0304) {
				return true;
			}
		}
		return false;
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
		require(!this.extensions.containsKey(TlsNumbers.EARLY_DATA), "early_data after HelloRetryRequest");
		// Keys whose hash is not that of the suite may go; ages and binders change.
		int last = -1;
		for (byte[] identity : this.pskIdentities) {
			int at = 0;
			while (at < first.pskIdentities.size() && !Arrays.equals(identity, first.pskIdentities.get(at))) {
				at++;
			}
			require(at < first.pskIdentities.size() && at > last, "pre-shared keys changed");
			last = at;
		}
		for (int type : new int[] { TlsNumbers.KEY_SHARE, TlsNumbers.COOKIE, 21, TlsNumbers.EARLY_DATA, TlsNumbers.PRE_SHARED_KEY }) {
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
