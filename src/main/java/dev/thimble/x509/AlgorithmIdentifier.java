/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.SignatureVerifier;

/**
 * Reads AlgorithmIdentifier structures of signatures (RFC 5758, RFC 4055, RFC 8410) and of public keys (RFC 3279, RFC 5480, RFC 4055,
 * RFC 8410).
 *
 * <p>Object identifiers are strings whose characters are the encoded bytes: strings live in flash.
 */
/* package */ final class AlgorithmIdentifier {

	/** An algorithm that is not known. */
	/* package */ static final int UNKNOWN = -1;
	/** A signature over MD2, MD4, MD5 or SHA-1. */
	/* package */ static final int WEAK = -2;

	/** ECDSA, whatever the curve: that follows from the issuer's key. */
	/* package */ static final int ECDSA = SignatureVerifier.ECDSA_P256;

	private static final int SEQUENCE = 0x30;
	private static final int OBJECT_IDENTIFIER = 0x06;
	private static final int INTEGER = 0x02;
	private static final int NULL = 0x05;

	/** 1.2.840.10045.4.3 */
	private static final String ECDSA_WITH_SHA2 = "\u002a\u0086\u0048\u00ce\u003d\u0004\u0003";
	/** 1.2.840.10045.4.1 */
	private static final String ECDSA_WITH_SHA1 = "\u002a\u0086\u0048\u00ce\u003d\u0004\u0001";
	/** 1.2.840.113549.1.1 */
	private static final String PKCS1 = "\u002a\u0086\u0048\u0086\u00f7\r\u0001\u0001";
	/** 1.3.14.3.2.29: sha1WithRSA of OIW */
	private static final String OIW_SHA1_WITH_RSA = "\u002b\u000e\u0003\u0002\u001d";
	/** 1.3.101.112 */
	private static final String ID_ED25519 = "\u002b\u0065\u0070";
	/** 2.16.840.1.101.3.4.2 */
	private static final String NIST_HASH = "\u0060\u0086\u0048\u0001\u0065\u0003\u0004\u0002";
	/** 1.2.840.10045.2.1 */
	private static final String EC_PUBLIC_KEY = "\u002a\u0086\u0048\u00ce\u003d\u0002\u0001";
	/** 1.2.840.10045.3.1.7 */
	private static final String PRIME256V1 = "\u002a\u0086\u0048\u00ce\u003d\u0003\u0001\u0007";
	/** 1.3.132.0.34 */
	private static final String SECP384R1 = "\u002b\u0081\u0004\u0000\"";

	private static final int RSA_ENCRYPTION = 1;
	private static final int SHA1_WITH_RSA = 5;
	private static final int MGF1 = 8;
	private static final int RSASSA_PSS = 10;
	private static final int SHA256_WITH_RSA = 11;
	private static final int SHA512_WITH_RSA = 13;

	private AlgorithmIdentifier() {
	}

	/**
	 * Reads the algorithm of a signature.
	 *
	 * @return a constant of {@link SignatureVerifier} ({@link #ECDSA} for every curve) and, shifted left by 8, one of {@link Hash} (0 for
	 *         Ed25519); or {@link #WEAK}, or {@link #UNKNOWN}.
	 */
	/* package */ static int signature(byte[] a, int offset, int end) {
		int oid = DerView.content(a, offset, end);
		int parameters = oid(a, oid, end);
		if (parameters < 0) {
			return UNKNOWN;
		}
		oid += 2;
		int arc = lastArc(a, oid, parameters, ECDSA_WITH_SHA2);
		if (arc >= 2 && arc <= 4) {
			return parameters == end ? ECDSA | arc + 2 << 8 : UNKNOWN;
		}
		if (DerView.equal(a, oid, parameters - oid, ID_ED25519)) {
			return parameters == end ? SignatureVerifier.ED25519 : UNKNOWN;
		}
		if (DerView.equal(a, oid, parameters - oid, ECDSA_WITH_SHA1) || DerView.equal(a, oid, parameters - oid, OIW_SHA1_WITH_RSA)) {
			return WEAK;
		}
		arc = lastArc(a, oid, parameters, PKCS1);
		if (arc >= 2 && arc <= SHA1_WITH_RSA) {
			return WEAK;
		}
		if (arc >= SHA256_WITH_RSA && arc <= SHA512_WITH_RSA) {
			return isNull(a, parameters, end) ? SignatureVerifier.RSA_PKCS1 | arc - SHA256_WITH_RSA + Hash.SHA_256 << 8 : UNKNOWN;
		}
		if (arc == RSASSA_PSS) {
			int hash = pssHash(a, parameters, end);
			return hash < 0 ? hash : SignatureVerifier.RSA_PSS | hash << 8;
		}
		return UNKNOWN;
	}

	/**
	 * Reads the algorithm of a public key.
	 *
	 * @return a constant of {@link PublicKey} and, shifted left by 8, the constant of {@link Hash} a PSS key is restricted to, or 0; or
	 * {@link #UNKNOWN}.
	 */
	/* package */ static int key(byte[] a, int offset, int end) {
		int oid = DerView.content(a, offset, end);
		int parameters = oid(a, oid, end);
		if (parameters < 0) {
			return UNKNOWN;
		}
		oid += 2;
		if (DerView.equal(a, oid, parameters - oid, EC_PUBLIC_KEY)) {
			if (oid(a, parameters, end) != end) {
				return UNKNOWN;
			}
			int curve = parameters + 2;
			if (DerView.equal(a, curve, end - curve, PRIME256V1)) {
				return PublicKey.EC_P256;
			}
			return DerView.equal(a, curve, end - curve, SECP384R1) ? PublicKey.EC_P384 : UNKNOWN;
		}
		if (DerView.equal(a, oid, parameters - oid, ID_ED25519)) {
			return parameters == end ? PublicKey.ED25519 : UNKNOWN;
		}
		int arc = lastArc(a, oid, parameters, PKCS1);
		if (arc == RSA_ENCRYPTION) {
			return isNull(a, parameters, end) ? PublicKey.RSA : UNKNOWN;
		}
		if (arc == RSASSA_PSS) {
			if (parameters == end) {
				return PublicKey.RSA_PSS;
			}
			int hash = pssHash(a, parameters, end);
			return hash < 0 ? UNKNOWN : PublicKey.RSA_PSS | hash << 8;
		}
		return UNKNOWN;
	}

	/**
	 * RSASSA-PSS-params (RFC 4055 §3.1): one of SHA-256, -384, -512, MGF1 with the same, a salt as long as the digest, the default trailer.
	 * What defaults to SHA-1 is weak.
	 */
	private static int pssHash(byte[] a, int offset, int end) {
		if (!is(a, offset, end, SEQUENCE) || DerView.end(a, offset, end) != end) {
			return UNKNOWN;
		}
		int p = DerView.content(a, offset, end);
		if (!is(a, p, end, 0xa0)) {
			return WEAK;
		}
		int next = DerView.end(a, p, end);
		int hash = hash(a, DerView.content(a, p, end), next);
		if (hash < 0 || !is(a, next, end, 0xa1)) {
			return hash < 0 ? hash : WEAK;
		}
		p = next;
		next = DerView.end(a, p, end);
		p = DerView.content(a, p, next);
		if (!is(a, p, next, SEQUENCE) || DerView.end(a, p, next) != next) {
			return UNKNOWN;
		}
		int oid = DerView.content(a, p, next);
		int parameters = oid(a, oid, next);
		if (parameters < 0 || lastArc(a, oid + 2, parameters, PKCS1) != MGF1 || hash(a, parameters, next) != hash) {
			return UNKNOWN;
		}
		p = next;
		// [2] { INTEGER salt length }, and no [3]: trailerField has only its default
		if (end - p != 5 || !is(a, p, end, 0xa2) || a[p + 1] != 3 || a[p + 2] != INTEGER || a[p + 3] != 1) {
			return UNKNOWN;
		}
		return a[p + 4] == (hash - Hash.SHA_256 + 2) * 16 ? hash : UNKNOWN;
	}

	/** AlgorithmIdentifier of a hash function that fills a range. */
	private static int hash(byte[] a, int offset, int end) {
		if (!is(a, offset, end, SEQUENCE) || DerView.end(a, offset, end) != end) {
			return UNKNOWN;
		}
		int oid = DerView.content(a, offset, end);
		int parameters = oid(a, oid, end);
		if (parameters < 0) {
			return UNKNOWN;
		}
		int arc = lastArc(a, oid + 2, parameters, NIST_HASH);
		return arc >= 1 && arc <= 3 && isNull(a, parameters, end) ? arc - 1 + Hash.SHA_256 : UNKNOWN;
	}

	private static boolean is(byte[] a, int offset, int end, int tag) {
		return offset >= 0 && offset < end && (a[offset] & 0xff) == tag;
	}

	/** The end of an object identifier with a length below 128, or -1. */
	private static int oid(byte[] a, int offset, int end) {
		return is(a, offset, end, OBJECT_IDENTIFIER) && DerView.content(a, offset, end) == offset + 2 ? DerView.end(a, offset, end) : -1;
	}

	/** The last byte of an identifier that is one arc below another, or -1. */
	private static int lastArc(byte[] a, int oid, int end, String parent) {
		return end - oid == parent.length() + 1 && DerView.equal(a, oid, end - oid - 1, parent) ? a[end - 1] & 0xff : -1;
	}

	/** NULL, or absent, which RFC 4055 §2.1 and §5 want accepted as well. */
	private static boolean isNull(byte[] a, int offset, int end) {
		return offset == end || end - offset == 2 && a[offset] == NULL && a[offset + 1] == 0;
	}
}
