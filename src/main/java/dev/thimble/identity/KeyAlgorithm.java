/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.identity;

import dev.thimble.crypto.SignatureVerifier;

/** The AlgorithmIdentifier structures of keys (RFC 5480 §2.1.1, RFC 8410 §3), as DER. */
/* package */ final class KeyAlgorithm {

	private static final String P256 = "\60\23\6\7\52\206\110\316\75\2\1\6\10\52\206\110\316\75\3\1\7";
	private static final String P384 = "\60\20\6\7\52\206\110\316\75\2\1\6\5\53\201\4\0\42";
	private static final String ED25519 = "\60\5\6\3\53\145\160";
	/** The parameters of P-256 and P-384 alone. */
	private static final String CURVE_P256 = "\6\10\52\206\110\316\75\3\1\7";
	private static final String CURVE_P384 = "\6\5\53\201\4\0\42";

	private KeyAlgorithm() {
	}

	/** Gets the algorithm of a key, a constant of {@link SignatureVerifier}; 0 for one no signer here has. */
	/* package */ static int of(byte[] a, int offset, int limit) {
		return DerView.startsWith(a, offset, limit, P256) ? SignatureVerifier.ECDSA_P256
				: DerView.startsWith(a, offset, limit, P384) ? SignatureVerifier.ECDSA_P384
						: DerView.startsWith(a, offset, limit, ED25519) ? SignatureVerifier.ED25519 : 0;
	}

	/** Gets the structure of an algorithm, a character a byte. */
	/* package */ static String identifier(int algorithm) {
		return algorithm == SignatureVerifier.ECDSA_P256 ? P256 : algorithm == SignatureVerifier.ECDSA_P384 ? P384 : ED25519;
	}

	/** Gets the algorithm of an EC key by its curve, 0 for another curve. */
	/* package */ static int ofCurve(byte[] a, int offset, int limit) {
		return DerView.startsWith(a, offset, limit, CURVE_P256) ? SignatureVerifier.ECDSA_P256
				: DerView.startsWith(a, offset, limit, CURVE_P384) ? SignatureVerifier.ECDSA_P384 : 0;
	}

	/** Gets the length of a private key in bytes. */
	/* package */ static int privateLength(int algorithm) {
		return algorithm == SignatureVerifier.ECDSA_P384 ? 48 : 32;
	}

	/** Gets the length of a public key as {@link SignatureVerifier} takes it, in bytes. */
	/* package */ static int publicLength(int algorithm) {
		return algorithm == SignatureVerifier.ED25519 ? 32 : 1 + 2 * privateLength(algorithm);
	}
}
