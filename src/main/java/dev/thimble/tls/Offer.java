/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.x509.PathValidator;

/** What an engine offers in every ClientHello, or accepts in one: fixed when it is constructed. */
/* package */ final class Offer {

	/* package */ final char[] cipherSuites;
	/* package */ final char[] groups;
	/** The ProtocolNameList of RFC 7301 §3.1 without its length; empty: no ALPN. */
	/* package */ final byte[] protocols;
	/** The longest name in it, in bytes. */
	/* package */ final short longestProtocol;
	/* package */ final short recordInLimit;
	/* package */ final boolean middleboxCompatibility;
	private final byte verifiers;

	/** Creates an offer; path: what verifies signatures, null if nothing does. */
	/* package */ Offer(EngineConfig config, PathValidator path) {
		int mask = 0;
		for (int v = SignatureVerifier.ECDSA_P256; v <= SignatureVerifier.RSA_PSS; v++) {
			if (path != null && path.verifier(v) != null) {
				mask |= 1 << v;
			}
		}
		this.verifiers = (byte) mask;
		this.cipherSuites = suites(config, mask);
		this.groups = groups(config);
		if (this.cipherSuites.length == 0 || this.groups.length == 0 && !config.pskOnly) {
			throw new IllegalArgumentException("No cipher suite or no group is both wanted and provided");
		}
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
	}

	/** Picks of the suites wanted those the provider and the protocols have; without a wish the protocols' defaults, one behind the other. */
	private static char[] suites(EngineConfig config, int verifiers) {
		int[] wanted = config.cipherSuites;
		if (wanted == null) {
			wanted = new int[0];
			for (int i = 0; i < config.protocols.length; i++) {
				wanted = join(wanted, config.protocols[i].defaultSuites());
			}
		}
		boolean[] has = new boolean[wanted.length];
		for (int i = 0; i < wanted.length; i++) {
			int aead = aead(config, wanted[i]);
			has[i] = aead >= 0 && possible(config, wanted[i], verifiers) && config.crypto.newAead(aead) != null;
		}
		return pick(wanted, has);
	}

	/** Gets the AEAD of a suite, a constant of {@link dev.thimble.crypto.Aead}; -1 for a suite of a version that is not spoken. */
	/* package */ static int aead(EngineConfig config, int suite) {
		for (int i = 0; i < config.protocols.length; i++) {
			int aead = config.protocols[i].aead(suite);
			if (aead >= 0) {
				return aead;
			}
		}
		return -1;
	}

	private static boolean possible(EngineConfig config, int suite, int verifiers) {
		for (int i = 0; i < config.protocols.length; i++) {
			if (config.protocols[i].version() == CipherSuite.version(suite)) {
				return config.protocols[i].possible(suite, config, verifiers);
			}
		}
		return false;
	}

	/** Picks of the groups wanted those the provider has. */
	private static char[] groups(EngineConfig config) {
		int[] wanted = config.groups;
		if (wanted == null) {
			wanted = new int[] { KeyAgreement.X25519, KeyAgreement.SECP256R1, KeyAgreement.SECP384R1 };
		}
		boolean[] has = new boolean[wanted.length];
		for (int i = 0; i < wanted.length; i++) {
			has[i] = config.crypto.newKeyAgreement(wanted[i]) != null;
		}
		return pick(wanted, has);
	}

	private static int[] join(int[] a, int[] b) {
		int[] joined = new int[a.length + b.length];
		System.arraycopy(a, 0, joined, 0, a.length);
		System.arraycopy(b, 0, joined, a.length, b.length);
		return joined;
	}

	private static char[] pick(int[] values, boolean[] which) {
		int count = 0;
		for (int i = 0; i < which.length; i++) {
			count += which[i] ? 1 : 0;
		}
		char[] picked = new char[count];
		int at = 0;
		for (int i = 0; i < which.length; i++) {
			if (which[i]) {
				picked[at++] = (char) values[i];
			}
		}
		return picked;
	}

	/** Tells whether a scheme of {@link SignatureScheme#at} is offered. */
	/* package */ boolean offersScheme(int scheme) {
		int v = SignatureScheme.verifier(scheme);
		return v > 0 && (this.verifiers & 1 << v) != 0;
	}

	/** Tells whether a suite with a hash is offered. */
	/* package */ boolean offersHash(int hash) {
		for (int i = 0; i < this.cipherSuites.length; i++) {
			if (CipherSuite.hash(this.cipherSuites[i]) == hash) {
				return true;
			}
		}
		return false;
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

	/** Finds where the length of a protocol's name stands in {@link #protocols}. */
	/* package */ int protocolOffset(int index) {
		int at = 0;
		for (int i = 0; i < index; i++) {
			at += 1 + (this.protocols[at] & 0xff);
		}
		return at;
	}

	/** Gets the code of RFC 6066 §4 for the largest fragment that fits; 0: nothing to ask for. */
	/* package */ int maxFragmentLengthCode() {
		int limit = this.recordInLimit;
		if (limit >= EngineConfig.MAX_RECORD_LIMIT) {
			return 0;
		}
		return limit >= 4096 ? 4 : limit >= 2048 ? 3 : limit >= 1024 ? 2 : 1;
	}

	private static int index(char[] values, int value) {
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
