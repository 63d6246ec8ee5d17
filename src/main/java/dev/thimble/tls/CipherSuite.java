/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.Hash;

/** Cipher suites, numbered and named as in IANA's registry: of TLS 1.3 (RFC 8446 §B.4), and those of TLS 1.2 that have forward secrecy or a PSK. */
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

	/** TLS 1.2: a pre-shared key alone, AES-128 in GCM (RFC 5487). No forward secrecy. */
	public static final int TLS_PSK_WITH_AES_128_GCM_SHA256 = 0x00a8;
	/** TLS 1.2: a pre-shared key alone, AES-256 in GCM (RFC 5487). No forward secrecy. */
	public static final int TLS_PSK_WITH_AES_256_GCM_SHA384 = 0x00a9;
	/** TLS 1.2: AES-128 in GCM (RFC 5289). */
	public static final int TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 = 0xc02b;
	/** TLS 1.2: AES-256 in GCM (RFC 5289). */
	public static final int TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 = 0xc02c;
	/** TLS 1.2: AES-128 in GCM (RFC 5289). */
	public static final int TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 = 0xc02f;
	/** TLS 1.2: AES-256 in GCM (RFC 5289). */
	public static final int TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 = 0xc030;
	/** TLS 1.2: a pre-shared key alone, AES-128 in CCM (RFC 6655). No forward secrecy. */
	public static final int TLS_PSK_WITH_AES_128_CCM = 0xc0a4;
	/** TLS 1.2: a pre-shared key alone, AES-128 in CCM with a tag of 8 bytes (RFC 6655, RFC 7925); never offered by default. No forward secrecy. */
	public static final int TLS_PSK_WITH_AES_128_CCM_8 = 0xc0a8;
	/** TLS 1.2: AES-128 in CCM (RFC 7251). */
	public static final int TLS_ECDHE_ECDSA_WITH_AES_128_CCM = 0xc0ac;
	/** TLS 1.2: AES-128 in CCM with a tag of 8 bytes (RFC 7251, RFC 7925); never offered by default. */
	public static final int TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 = 0xc0ae;
	/** TLS 1.2: ChaCha20-Poly1305 (RFC 7905). */
	public static final int TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 = 0xcca8;
	/** TLS 1.2: ChaCha20-Poly1305 (RFC 7905). */
	public static final int TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 = 0xcca9;
	/** TLS 1.2: a pre-shared key alone, ChaCha20-Poly1305 (RFC 7905). No forward secrecy. */
	public static final int TLS_PSK_WITH_CHACHA20_POLY1305_SHA256 = 0xccab;
	/** TLS 1.2: a pre-shared key, ChaCha20-Poly1305 (RFC 7905). */
	public static final int TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256 = 0xccac;
	/** TLS 1.2: a pre-shared key, AES-128 in GCM (RFC 8442). */
	public static final int TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256 = 0xd001;
	/** TLS 1.2: a pre-shared key, AES-256 in GCM (RFC 8442). */
	public static final int TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384 = 0xd002;
	/** TLS 1.2: a pre-shared key, AES-128 in CCM with a tag of 8 bytes (RFC 8442); never offered by default. */
	public static final int TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256 = 0xd003;
	/** TLS 1.2: a pre-shared key, AES-128 in CCM (RFC 8442). */
	public static final int TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256 = 0xd005;

	private CipherSuite() {
	}

	/** Gets the AEAD of a suite of TLS 1.3, a constant of {@link Aead}; -1 for any other suite. */
	/* package */ static int aead13(int suite) {
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
		switch (suite) {
		case TLS_AES_256_GCM_SHA384:
		case TLS_PSK_WITH_AES_256_GCM_SHA384:
		case TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384:
		case TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384:
		case TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384:
			return Hash.SHA_384;
		default:
			return Hash.SHA_256;
		}
	}

	/**
	 * Gets the AEAD of a suite.
	 *
	 * @param suite
	 *            a constant of this class.
	 * @return a constant of {@link Aead}, or -1 for an unknown suite.
	 */
	public static int aead(int suite) {
		return version(suite) == Handshake.VERSION_13 ? aead13(suite) : CipherSuite12.aead(suite);
	}

	/** Gets the version of TLS a suite belongs to, as on the wire. */
	/* package */ static int version(int suite) {
		return suite >> 8 == 0x13 ? Handshake.VERSION_13 : Handshake.VERSION_12;
	}

	/**
	 * Gets IANA's name of a suite. A firmware that asks {@link TlsEngine#cipherSuiteName()} instead carries the names of its own versions only.
	 *
	 * @param suite
	 *            any number.
	 * @return the name, or "unknown".
	 */
	public static String name(int suite) {
		return version(suite) == Handshake.VERSION_13 ? name13(suite) : CipherSuite12.name(suite);
	}

	/** Gets IANA's name of a suite of TLS 1.3; "unknown" for any other suite. */
	/* package */ static String name13(int suite) {
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
	 * Gets the suites of TLS 1.3 offered by default: without an AES unit ChaCha20-Poly1305 comes first, and CCM_8 is not offered (RFC 8446 §B.4 does not
	 * recommend its short tag).
	 *
	 * @return a new array.
	 */
	/* package */ static int[] defaults() {
		return new int[] { TLS_CHACHA20_POLY1305_SHA256, TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384, TLS_AES_128_CCM_SHA256 };
	}
}
