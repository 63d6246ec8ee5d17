/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.identity;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;

/** Reads a private key in DER, PKCS #8 (RFC 5958) or SEC 1 (RFC 5915), unencrypted. */
/* package */ final class PrivateKeyReader {

	private static final int PARAMETERS = 0xa0;
	private static final String MALFORMED = "The private key is neither PKCS #8 nor SEC 1 in DER";
	private static final String UNSUPPORTED = "The private key is of a kind that cannot be used; use EC P-256, EC P-384 or Ed25519 "
			+ "(RSA by Identity.rsa)";

	private Signer signer;
	private int key;

	/**
	 * Reads a key and makes its signer.
	 *
	 * @throws IllegalArgumentException
	 *             if that is not possible; the text says why.
	 */
	/* package */ PrivateKeyReader(CryptoProvider crypto, byte[] a) {
		int limit = DerView.end(a, 0, a.length);
		int version = DerView.content(a, 0, a.length);
		check(DerView.is(DerView.SEQUENCE, a, 0, a.length) && limit == a.length, MALFORMED);
		check(!DerView.is(DerView.SEQUENCE, a, version, limit), "The private key is encrypted; decrypt it first");
		int at = DerView.is(DerView.INTEGER, a, version, limit) ? DerView.end(a, version, limit) : -1;
		check(at >= 0, MALFORMED);
		if (DerView.is(DerView.SEQUENCE, a, at, limit)) {
			pkcs8(crypto, a, at, limit);
		} else {
			check(!DerView.is(DerView.INTEGER, a, at, limit), UNSUPPORTED);
			sec1(crypto, a, 0, limit, 0);
		}
	}

	/* package */ Signer signer() {
		return this.signer;
	}

	/** Gets where the key itself begins, in the array given to the constructor. */
	/* package */ int key() {
		return this.key;
	}

	private void pkcs8(CryptoProvider crypto, byte[] a, int algorithmAt, int limit) {
		int algorithm = KeyAlgorithm.of(a, algorithmAt, limit);
		check(algorithm != 0, UNSUPPORTED);
		int octets = DerView.end(a, algorithmAt, limit);
		int key = DerView.content(a, octets, limit);
		int end = DerView.end(a, octets, limit);
		check(DerView.is(DerView.OCTET_STRING, a, octets, limit) && key >= 0, MALFORMED);
		if (algorithm != SignatureVerifier.ED25519) {
			sec1(crypto, a, key, end, algorithm);
		} else {
			// RFC 8410 §7: an OCTET STRING within the OCTET STRING
			check(DerView.is(DerView.OCTET_STRING, a, key, end), MALFORMED);
			makeSigner(crypto, algorithm, a, DerView.content(a, key, end), DerView.end(a, key, end));
		}
	}

	/** Reads an ECPrivateKey; the algorithm is 0 if the key says itself of what curve it is. */
	private void sec1(CryptoProvider crypto, byte[] a, int offset, int limit, int known) {
		int version = DerView.is(DerView.SEQUENCE, a, offset, limit) ? DerView.content(a, offset, limit) : -1;
		int octets = DerView.end(a, version, limit);
		check(octets >= 0 && DerView.is(DerView.OCTET_STRING, a, octets, limit), MALFORMED);
		int end = DerView.end(a, octets, limit);
		int algorithm = known;
		if (algorithm == 0) {
			check(DerView.is(PARAMETERS, a, end, limit), "The private key does not name its curve");
			algorithm = KeyAlgorithm.ofCurve(a, DerView.content(a, end, limit), limit);
			check(algorithm != 0, UNSUPPORTED);
		}
		makeSigner(crypto, algorithm, a, DerView.content(a, octets, limit), end);
	}

	private void makeSigner(CryptoProvider crypto, int algorithm, byte[] a, int offset, int end) {
		check(offset >= 0 && end - offset == KeyAlgorithm.privateLength(algorithm), MALFORMED);
		this.key = offset;
		this.signer = crypto.newSigner(algorithm, a, offset);
		check(this.signer != null, UNSUPPORTED);
	}

	private static void check(boolean good, String otherwise) {
		if (!good) {
			throw new IllegalArgumentException(otherwise);
		}
	}
}
