/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.x509.PathValidator;

/** What a client offers in every ClientHello: fixed when the engine is constructed. */
/* package */ final class Offer {

	/* package */ final int[] cipherSuites;
	/* package */ final int[] groups;
	/** The ProtocolNameList of RFC 7301 §3.1 without its length; empty: no ALPN. */
	/* package */ final byte[] protocols;
	/** The longest name in it, in bytes. */
	/* package */ final short longestProtocol;
	/* package */ final short recordInLimit;
	/* package */ final boolean middleboxCompatibility;
	private final byte verifiers;

	/* package */ Offer(EngineConfig config, int[] cipherSuites, int[] groups, PathValidator path) {
		this.cipherSuites = cipherSuites;
		this.groups = groups;
		this.recordInLimit = (short) config.recordInLimit;
		this.middleboxCompatibility = config.middleboxCompatibility;
		int length = 0;
		int longest = 0;
		for (int i = 0; i < config.alpn.length; i++) {
			int n = config.alpn[i].length();
			length += 1 + n;
			longest = n > longest ? n : longest;
		}
		this.longestProtocol = (short) longest;
		this.protocols = new byte[length];
		int at = 0;
		for (int i = 0; i < config.alpn.length; i++) {
			String name = config.alpn[i];
			this.protocols[at++] = (byte) name.length();
			for (int j = 0; j < name.length(); j++) {
				this.protocols[at++] = (byte) name.charAt(j);
			}
		}
		int mask = 0;
		for (int v = SignatureVerifier.ECDSA_P256; v <= SignatureVerifier.RSA_PSS; v++) {
			if (path.verifier(v) != null) {
				mask |= 1 << v;
			}
		}
		this.verifiers = (byte) mask;
	}

	/** Tells whether a scheme of {@link SignatureScheme#at} is offered. */
	/* package */ boolean offersScheme(int scheme) {
		int v = SignatureScheme.verifier(scheme);
		return v > 0 && (this.verifiers & 1 << v) != 0;
	}

	/** Finds a suite's index, -1 if it is not offered. */
	/* package */ int suiteIndex(int suite) {
		return index(this.cipherSuites, suite);
	}

	/** Finds a group's index, -1 if it is not offered. */
	/* package */ int groupIndex(int group) {
		return index(this.groups, group);
	}

	/** Finds the index of a protocol name, -1 if it is not offered. */
	/* package */ int protocolIndex(byte[] name, int length) {
		int at = 0;
		for (int i = 0; at < this.protocols.length; i++) {
			int n = this.protocols[at++] & 0xff;
			if (n == length && equal(name, this.protocols, at, n)) {
				return i;
			}
			at += n;
		}
		return -1;
	}

	/** Gets the code of RFC 6066 §4 for the largest fragment that fits; 0: nothing to ask for. */
	/* package */ int maxFragmentLengthCode() {
		int limit = this.recordInLimit;
		if (limit >= EngineConfig.MAX_RECORD_LIMIT) {
			return 0;
		}
		return limit >= 4096 ? 4 : limit >= 2048 ? 3 : limit >= 1024 ? 2 : 1;
	}

	private static int index(int[] values, int value) {
		for (int i = 0; i < values.length; i++) {
			if (values[i] == value) {
				return i;
			}
		}
		return -1;
	}

	private static boolean equal(byte[] name, byte[] list, int at, int length) {
		for (int i = 0; i < length; i++) {
			if (name[i] != list[at + i]) {
				return false;
			}
		}
		return true;
	}
}
