/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.SignatureVerifier;

/** What the cipher suites of TLS 1.2 consist of, apart from {@link CipherSuite} so that an image without TLS 1.2 has none of it. */
/* package */ final class CipherSuite12 {

	/** A pre-shared key alone (RFC 4279 §2). */
	/* package */ static final int PSK = 1;
	/** A pre-shared key and an ephemeral agreement (RFC 5489). */
	/* package */ static final int ECDHE_PSK = 2;
	/** An ephemeral agreement signed by an EC or Edwards key (RFC 8422 §2.1). */
	/* package */ static final int ECDHE_ECDSA = 3;
	/** An ephemeral agreement signed by an RSA key (RFC 8422 §2.2). */
	/* package */ static final int ECDHE_RSA = 4;

	private CipherSuite12() {
	}

	/** Gets the AEAD of a suite, a constant of {@link Aead}; -1 for an unknown suite. */
	/* package */ static int aead(int suite) {
		switch (suite) {
		case CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256:
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256:
		case CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256:
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256:
			return Aead.AES_128_GCM;
		case CipherSuite.TLS_PSK_WITH_AES_256_GCM_SHA384:
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384:
		case CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384:
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384:
			return Aead.AES_256_GCM;
		case CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256:
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256:
		case CipherSuite.TLS_PSK_WITH_CHACHA20_POLY1305_SHA256:
		case CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256:
			return Aead.CHACHA20_POLY1305;
		case CipherSuite.TLS_PSK_WITH_AES_128_CCM:
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM:
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256:
			return Aead.AES_128_CCM;
		case CipherSuite.TLS_PSK_WITH_AES_128_CCM_8:
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8:
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256:
			return Aead.AES_128_CCM_8;
		default:
			return -1;
		}
	}

	/** Gets how a suite agrees on a premaster secret, a constant of this class. */
	/* package */ static int keyExchange(int suite) {
		switch (suite) {
		case CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256:
		case CipherSuite.TLS_PSK_WITH_AES_256_GCM_SHA384:
		case CipherSuite.TLS_PSK_WITH_AES_128_CCM:
		case CipherSuite.TLS_PSK_WITH_AES_128_CCM_8:
		case CipherSuite.TLS_PSK_WITH_CHACHA20_POLY1305_SHA256:
			return PSK;
		case CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256:
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256:
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384:
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256:
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256:
			return ECDHE_PSK;
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256:
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384:
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM:
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8:
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256:
			return ECDHE_ECDSA;
		default:
			return ECDHE_RSA;
		}
	}

	/** Tells whether a suite needs a pre-shared key. */
	/* package */ static boolean preShared(int suite) {
		return keyExchange(suite) <= ECDHE_PSK;
	}

	/** Tells whether a suite has an ephemeral agreement. */
	/* package */ static boolean ephemeral(int suite) {
		return keyExchange(suite) != PSK;
	}

	/**
	 * Tells whether one can take part in a suite.
	 *
	 * @param verifiers
	 *            the signature verifiers there are, as bits by the constants of {@link SignatureVerifier}.
	 * @param hashes
	 *            the hash functions of the pre-shared keys there are, as bits by the constants of {@link Hash}.
	 */
	/* package */ static boolean possible(int suite, int verifiers, int hashes) {
		switch (keyExchange(suite)) {
		case ECDHE_ECDSA:
			return (verifiers & (1 << SignatureVerifier.ECDSA_P256 | 1 << SignatureVerifier.ECDSA_P384 | 1 << SignatureVerifier.ED25519)) != 0;
		case ECDHE_RSA:
			return (verifiers & (1 << SignatureVerifier.RSA_PKCS1 | 1 << SignatureVerifier.RSA_PSS)) != 0;
		default:
			return (hashes & 1 << CipherSuite.hash(suite)) != 0;
		}
	}

	/**
	 * Gets IANA's name of a suite.
	 *
	 * @param suite
	 *            any number.
	 * @return the name, or "unknown".
	 */
	/* package */ static String name(int suite) {
		switch (suite) {
		case CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256:
			return "TLS_PSK_WITH_AES_128_GCM_SHA256";
		case CipherSuite.TLS_PSK_WITH_AES_256_GCM_SHA384:
			return "TLS_PSK_WITH_AES_256_GCM_SHA384";
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256:
			return "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384:
			return "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
		case CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256:
			return "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
		case CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384:
			return "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
		case CipherSuite.TLS_PSK_WITH_AES_128_CCM:
			return "TLS_PSK_WITH_AES_128_CCM";
		case CipherSuite.TLS_PSK_WITH_AES_128_CCM_8:
			return "TLS_PSK_WITH_AES_128_CCM_8";
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM:
			return "TLS_ECDHE_ECDSA_WITH_AES_128_CCM";
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8:
			return "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8";
		case CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256:
			return "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256";
		case CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256:
			return "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256";
		case CipherSuite.TLS_PSK_WITH_CHACHA20_POLY1305_SHA256:
			return "TLS_PSK_WITH_CHACHA20_POLY1305_SHA256";
		case CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256:
			return "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256";
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256:
			return "TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256";
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384:
			return "TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384";
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256:
			return "TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256";
		case CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256:
			return "TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256";
		default:
			return "unknown";
		}
	}

	/**
	 * Gets the suites offered by default: those with a pre-shared key if there is one, first with and last without forward secrecy; CCM_8 must be
	 * asked for.
	 *
	 * @return a new array.
	 */
	/* package */ static int[] defaults() {
		return new int[] { CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
				CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256,
				CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
				CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
				CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
				CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM, CipherSuite.TLS_PSK_WITH_CHACHA20_POLY1305_SHA256,
				CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_PSK_WITH_AES_256_GCM_SHA384,
				CipherSuite.TLS_PSK_WITH_AES_128_CCM };
	}
}
