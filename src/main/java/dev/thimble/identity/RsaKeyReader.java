/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.identity;

import dev.thimble.crypto.RsaSigner;

/** Reads RSA keys in DER, private ones in PKCS #8 (RFC 5958) or PKCS #1 (RFC 8017 §A.1.2), unencrypted, into the form {@link RsaSigner} takes. */
/* package */ final class RsaKeyReader {

	private static final String MALFORMED = "The private key is neither PKCS #8 nor PKCS #1 in DER";
	/** The AlgorithmIdentifier of rsaEncryption (RFC 3279 §2.3.1). */
	private static final String RSA_ENCRYPTION = "\60\15\6\11\52\206\110\206\367\15\1\1\1\5\0";
	private static final int EXPONENT_LENGTH = 4;
	/** Bytes of a public key beside the modulus. */
	private static final int PUBLIC = 2 + EXPONENT_LENGTH;
	/** The parts of which there is half a modulus each: p, q, dP, dQ, qInv. */
	private static final int PARTS = 5;

	private final byte[] a;
	private int at;
	private int limit;

	private RsaKeyReader(byte[] der, int offset, int end) {
		this.a = der;
		this.at = offset;
		this.limit = end;
	}

	/**
	 * Reads a private key.
	 *
	 * @return a new array, to be wiped.
	 * @throws IllegalArgumentException
	 *             if it is something else.
	 */
	/* package */ static byte[] privateKey(byte[] der) {
		check(DerView.is(DerView.SEQUENCE, der, 0, der.length) && DerView.end(der, 0, der.length) == der.length, MALFORMED);
		int key = 0;
		int version = DerView.content(der, 0, der.length);
		check(!DerView.is(DerView.SEQUENCE, der, version, der.length), "The private key is encrypted; decrypt it first");
		int next = DerView.end(der, version, der.length);
		if (DerView.is(DerView.SEQUENCE, der, next, der.length)) {
			check(DerView.startsWith(der, next, der.length, RSA_ENCRYPTION), "The private key is not of RSA");
			int octets = DerView.end(der, next, der.length);
			check(DerView.is(DerView.OCTET_STRING, der, octets, der.length), MALFORMED);
			key = DerView.content(der, octets, der.length);
		}
		check(DerView.is(DerView.SEQUENCE, der, key, der.length) && DerView.end(der, key, der.length) >= 0, MALFORMED);
		RsaKeyReader reader = new RsaKeyReader(der, DerView.content(der, key, der.length), DerView.end(der, key, der.length));
		// version 0: two primes
		check(reader.integer() == 0, "The private key has more than two primes, or is none of RSA");
		int modulus = reader.at;
		int length = reader.integer();
		check(length > 0 && length < 0x10000, MALFORMED);
		int half = (length + 1) / 2;
		byte[] result = new byte[PUBLIC + length + PARTS * half];
		reader.at = modulus;
		reader.publicKey(result, length);
		// d, which nobody needs beside the others
		reader.integer();
		for (int i = 0; i < PARTS; i++) {
			reader.copy(result, PUBLIC + length + i * half, half);
		}
		return result;
	}

	/**
	 * Tells whether a certificate's public key is that of a private key which was read.
	 *
	 * @param der
	 *            holds the certificate.
	 * @param algorithm
	 *            its public key's AlgorithmIdentifier.
	 * @param offset
	 *            the first byte of the key, an RSAPublicKey (RFC 8017 §A.1.1).
	 * @param end
	 *            its end.
	 * @param key
	 *            the private key.
	 * @throws IllegalArgumentException
	 *             if the certificate's key is of another kind.
	 */
	/* package */ static boolean belongs(byte[] der, int algorithm, int offset, int end, byte[] key) {
		check(DerView.startsWith(der, algorithm, end, RSA_ENCRYPTION) && DerView.is(DerView.SEQUENCE, der, offset, end)
				&& DerView.end(der, offset, end) == end, "The private key is of another kind than the first certificate's");
		int length = (key[0] & 0xff) << 8 | key[1] & 0xff;
		byte[] other = new byte[PUBLIC + length];
		int modulus = DerView.content(der, offset, end);
		if (new RsaKeyReader(der, modulus, end).integer() != length) {
			return false;
		}
		new RsaKeyReader(der, modulus, end).publicKey(other, length);
		int difference = 0;
		for (int i = 0; i < other.length; i++) {
			difference |= other[i] ^ key[i];
		}
		return difference == 0;
	}

	/** Copies modulus and exponent, the length before them. */
	private void publicKey(byte[] output, int length) {
		output[0] = (byte) (length >> 8);
		output[1] = (byte) length;
		copy(output, 2, length);
		copy(output, 2 + length, EXPONENT_LENGTH);
	}

	/** Copies the next number, with zeros before it to fill length bytes. */
	private void copy(byte[] output, int offset, int length) {
		int n = integer();
		check(n <= length, MALFORMED);
		System.arraycopy(this.a, this.at - n, output, offset + length - n, n);
	}

	/** Passes the next number and gives its length, without the zero before a number whose top bit is set; 0 for 0. */
	private int integer() {
		int start = DerView.is(DerView.INTEGER, this.a, this.at, this.limit) ? DerView.content(this.a, this.at, this.limit) : -1;
		check(start >= 0, MALFORMED);
		int end = DerView.end(this.a, this.at, this.limit);
		while (start < end && this.a[start] == 0) {
			start++;
		}
		this.at = end;
		return end - start;
	}

	private static void check(boolean good, String otherwise) {
		if (!good) {
			throw new IllegalArgumentException(otherwise);
		}
	}
}
