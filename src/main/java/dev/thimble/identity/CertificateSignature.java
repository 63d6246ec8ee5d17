/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.identity;

/**
 * How certificates are signed, as bits that can be joined: what a peer's signature_algorithms_cert (RFC 8446 §4.2.3) has to allow before a chain
 * is sent to it.
 */
public final class CertificateSignature {

	/** Some other way: no peer is told to accept it. */
	public static final int OTHER = 1;
	/** ECDSA with SHA-256. */
	public static final int ECDSA_SHA256 = 1 << 1;
	/** ECDSA with SHA-384. */
	public static final int ECDSA_SHA384 = 1 << 2;
	/** ECDSA with SHA-512. */
	public static final int ECDSA_SHA512 = 1 << 3;
	/** Ed25519. */
	public static final int ED25519 = 1 << 4;
	/** RSASSA-PKCS1-v1_5 with SHA-256. */
	public static final int RSA_PKCS1_SHA256 = 1 << 5;
	/** RSASSA-PKCS1-v1_5 with SHA-384. */
	public static final int RSA_PKCS1_SHA384 = 1 << 6;
	/** RSASSA-PKCS1-v1_5 with SHA-512. */
	public static final int RSA_PKCS1_SHA512 = 1 << 7;
	/** RSASSA-PSS with SHA-256. */
	public static final int RSA_PSS_SHA256 = 1 << 8;
	/** RSASSA-PSS with SHA-384. */
	public static final int RSA_PSS_SHA384 = 1 << 9;
	/** RSASSA-PSS with SHA-512. */
	public static final int RSA_PSS_SHA512 = 1 << 10;

	/** 1.2.840.10045.4.3 without its last number, which is 2, 3 or 4. */
	private static final String ECDSA = "\6\10\52\206\110\316\75\4\3";
	/** 1.2.840.113549.1.1 without its last number, which is 10 (PSS), 11, 12 or 13. */
	private static final String RSA = "\6\11\52\206\110\206\367\15\1\1";
	private static final String EDWARDS = "\6\3\53\145\160";
	/** 2.16.840.1.101.3.4.2 without its last number, which is 1, 2 or 3. */
	private static final String SHA2 = "\6\11\140\206\110\1\145\3\4\2";

	private CertificateSignature() {
	}

	/** Reads a signature's AlgorithmIdentifier (RFC 5280 §4.1.1.2). */
	/* package */ static int of(byte[] a, int offset, int limit) {
		int at = DerView.content(a, offset, limit);
		if (at < 0) {
			return OTHER;
		}
		if (DerView.startsWith(a, at, limit - 1, ECDSA)) {
			return nth(ECDSA_SHA256, a[at + ECDSA.length()] - 2);
		}
		if (DerView.startsWith(a, at, limit, EDWARDS)) {
			return ED25519;
		}
		if (DerView.startsWith(a, at, limit - 1, RSA)) {
			int last = a[at + RSA.length()];
			return last == 10 ? pss(a, at + RSA.length() + 1, limit) : nth(RSA_PKCS1_SHA256, last - 11);
		}
		return OTHER;
	}

	/** RFC 4055 §3.1: the parameters begin with [0] hashAlgorithm; without it the hash is SHA-1. */
	private static int pss(byte[] a, int offset, int limit) {
		int tagged = DerView.content(a, offset, limit);
		int hash = DerView.content(a, DerView.content(a, tagged, limit), limit);
		return DerView.startsWith(a, hash, limit - 1, SHA2) ? nth(RSA_PSS_SHA256, a[hash + SHA2.length()] - 1) : OTHER;
	}

	private static int nth(int first, int index) {
		return index < 0 || index > 2 ? OTHER : first << index;
	}
}
