/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.Hash;

/** The cipher suites of TLS 1.3, numbered and named as in IANA's registry (RFC 8446 §B.4). */
public final class CipherSuite {

	/** AES-128 in GCM with SHA-256. */
	public static final int TLS_AES_128_GCM_SHA256 = 0x1301;
	/** AES-256 in GCM with SHA-384. */
	public static final int TLS_AES_256_GCM_SHA384 = 0x1302;
	/** ChaCha20-Poly1305 with SHA-256. */
	public static final int TLS_CHACHA20_POLY1305_SHA256 = 0x1303;
	/** AES-128 in CCM with SHA-256. */
	public static final int TLS_AES_128_CCM_SHA256 = 0x1304;
	/** AES-128 in CCM with a tag of 8 bytes, with SHA-256; for constrained networks only, never offered by default. */
	public static final int TLS_AES_128_CCM_8_SHA256 = 0x1305;

	private CipherSuite() {
	}

	/**
	 * Gets the AEAD of a suite.
	 *
	 * @param suite
	 *            a constant of this class.
	 * @return a constant of {@link Aead}, or -1 for an unknown suite.
	 */
	public static int aead(int suite) {
		switch (suite) {
		case TLS_AES_128_GCM_SHA256:
			return Aead.AES_128_GCM;
		case TLS_AES_256_GCM_SHA384:
			return Aead.AES_256_GCM;
		case TLS_CHACHA20_POLY1305_SHA256:
			return Aead.CHACHA20_POLY1305;
		case TLS_AES_128_CCM_SHA256:
			return Aead.AES_128_CCM;
		case TLS_AES_128_CCM_8_SHA256:
			return Aead.AES_128_CCM_8;
		default:
			return -1;
		}
	}

	/**
	 * Gets the hash of a suite.
	 *
	 * @param suite
	 *            a constant of this class.
	 * @return a constant of {@link Hash}.
	 */
	public static int hash(int suite) {
		return suite == TLS_AES_256_GCM_SHA384 ? Hash.SHA_384 : Hash.SHA_256;
	}

	/** Gets the version of TLS a suite belongs to, as on the wire. */
	/* package */ static int version(int suite) {
		return suite >> 8 == 0x13 ? Handshake.VERSION_13 : Handshake.VERSION_12;
	}

	/**
	 * Gets IANA's name of a suite.
	 *
	 * @param suite
	 *            any number.
	 * @return the name, or "unknown".
	 */
	public static String name(int suite) {
		switch (suite) {
		case TLS_AES_128_GCM_SHA256:
			return "TLS_AES_128_GCM_SHA256";
		case TLS_AES_256_GCM_SHA384:
			return "TLS_AES_256_GCM_SHA384";
		case TLS_CHACHA20_POLY1305_SHA256:
			return "TLS_CHACHA20_POLY1305_SHA256";
		case TLS_AES_128_CCM_SHA256:
			return "TLS_AES_128_CCM_SHA256";
		case TLS_AES_128_CCM_8_SHA256:
			return "TLS_AES_128_CCM_8_SHA256";
		default:
			return "unknown";
		}
	}

	/**
	 * Gets the suites offered by default: without an AES unit ChaCha20-Poly1305 comes first, and CCM_8 is not offered (RFC 8446 §B.4 does not
	 * recommend its short tag).
	 *
	 * @return a new array.
	 */
	/* package */ static int[] defaults() {
		return new int[] { TLS_CHACHA20_POLY1305_SHA256, TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384, TLS_AES_128_CCM_SHA256 };
	}
}
