/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.identity;

/** Where the parts of a certificate are that lies in an array (RFC 5280 §4.1). */
/* package */ final class CertificateView {

	private static final int VERSION = 0xa0;
	private static final String MALFORMED = "The certificate chain is not a row of X.509 certificates in DER";

	/** The index behind the certificate. */
	/* package */ final int end;
	/** The issuer's name. */
	/* package */ final int issuer;
	/* package */ final int issuerEnd;
	/** How the certificate is signed, a constant of {@link CertificateSignature}; 0 if it is issued by itself, where nobody cares. */
	/* package */ final int signature;
	/** The AlgorithmIdentifier of the public key. */
	/* package */ final int algorithm;
	/** The public key, without the count of unused bits. */
	/* package */ final int key;
	/* package */ final int keyEnd;

	/**
	 * Finds the parts.
	 *
	 * @throws IllegalArgumentException
	 *             if there is no certificate at offset.
	 */
	/* package */ CertificateView(byte[] a, int offset, int limit) {
		this.end = next(a, offset, limit, DerView.SEQUENCE);
		int at = enter(a, offset, this.end);
		int tbsEnd = next(a, at, this.end, DerView.SEQUENCE);
		at = enter(a, at, tbsEnd);
		if (DerView.is(VERSION, a, at, tbsEnd)) {
			at = next(a, at, tbsEnd, VERSION);
		}
		int signed = next(a, at, tbsEnd, DerView.INTEGER);
		this.issuer = next(a, signed, tbsEnd, DerView.SEQUENCE);
		this.issuerEnd = next(a, this.issuer, tbsEnd, DerView.SEQUENCE);
		int subject = next(a, this.issuerEnd, tbsEnd, DerView.SEQUENCE);
		int keyInfo = next(a, subject, tbsEnd, DerView.SEQUENCE);
		boolean own = DerView.equal(a, this.issuer, this.issuerEnd, subject, keyInfo);
		this.signature = own ? 0 : CertificateSignature.of(a, signed, this.issuer);
		this.keyEnd = next(a, keyInfo, tbsEnd, DerView.SEQUENCE);
		this.algorithm = enter(a, keyInfo, this.keyEnd);
		int bits = next(a, this.algorithm, this.keyEnd, DerView.SEQUENCE);
		next(a, bits, this.keyEnd, DerView.BIT_STRING);
		this.key = enter(a, bits, this.keyEnd) + 1;
	}

	private static int enter(byte[] a, int offset, int limit) {
		int at = DerView.content(a, offset, limit);
		if (at < 0) {
			throw new IllegalArgumentException(MALFORMED);
		}
		return at;
	}

	/** Passes an element of a tag. */
	private static int next(byte[] a, int offset, int limit, int tag) {
		int at = DerView.is(tag, a, offset, limit) ? DerView.end(a, offset, limit) : -1;
		if (at < 0) {
			throw new IllegalArgumentException(MALFORMED);
		}
		return at;
	}
}
