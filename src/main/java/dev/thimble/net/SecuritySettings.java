/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** The options of a socket that decide how its TLS engine is built. */
/* package */ final class SecuritySettings {

	private static final int[] NO_TAGS = {};
	private static final String[] NO_PROTOCOLS = {};

	/* package */ boolean server;
	/* package */ boolean sessionCache;
	/* package */ byte verification = PeerVerification.REQUIRED;
	/* package */ short recordInLimit;
	/* package */ short recordOutLimit;
	/* package */ int[] tags = NO_TAGS;
	/** Null: all the engine has. */
	/* package */ int[] cipherSuites;
	/* package */ String[] applicationProtocols = NO_PROTOCOLS;
	/* package */ byte[] pins;
	/* package */ VerificationCallback callback;

	/** Takes over the options of another. The arrays are not changed by anybody, so they can be shared. */
	/* package */ void set(SecuritySettings other) {
		this.server = other.server;
		this.sessionCache = other.sessionCache;
		this.verification = other.verification;
		this.recordInLimit = other.recordInLimit;
		this.recordOutLimit = other.recordOutLimit;
		this.tags = other.tags;
		this.cipherSuites = other.cipherSuites;
		this.applicationProtocols = other.applicationProtocols;
		this.pins = other.pins;
		this.callback = other.callback;
	}

	/** Tells whether these and other options trust the same peers, and prove the same identity to them. */
	/* package */ boolean sameTrust(SecuritySettings other) {
		return this.verification == other.verification && this.callback == other.callback && same(this.pins, other.pins)
				&& same(this.tags, other.tags);
	}

	/** Tells whether an engine that was built for these options serves those as well. */
	/* package */ boolean same(SecuritySettings other) {
		return this.server == other.server && this.sessionCache == other.sessionCache && this.verification == other.verification
				&& this.recordInLimit == other.recordInLimit && this.recordOutLimit == other.recordOutLimit && this.callback == other.callback
				&& same(this.tags, other.tags) && same(this.cipherSuites, other.cipherSuites) && same(this.pins, other.pins)
				&& same(this.applicationProtocols, other.applicationProtocols);
	}

	private static boolean same(int[] a, int[] b) {
		if (a == null || b == null || a.length != b.length) {
			return a == b;
		}
		for (int i = 0; i < a.length; i++) {
			if (a[i] != b[i]) {
				return false;
			}
		}
		return true;
	}

	private static boolean same(byte[] a, byte[] b) {
		if (a == null || b == null || a.length != b.length) {
			return a == b;
		}
		for (int i = 0; i < a.length; i++) {
			if (a[i] != b[i]) {
				return false;
			}
		}
		return true;
	}

	private static boolean same(String[] a, String[] b) {
		if (a.length != b.length) {
			return false;
		}
		for (int i = 0; i < a.length; i++) {
			if (!a[i].equals(b[i])) {
				return false;
			}
		}
		return true;
	}
}
