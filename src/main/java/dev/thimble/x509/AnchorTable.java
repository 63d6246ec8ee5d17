/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import dev.thimble.crypto.Hash;

/**
 * Makes a table of {@link TrustAnchors} of certificates, on the device. {@code thimble anchors} does the same on a desktop, where a bundle of roots
 * belongs; this is for the one or two roots a program brings as certificates.
 */
public final class AnchorTable {

	private static final int MAX_ANCHORS = 32;
	private static final int BIT_STRING = 0x03;
	private static final int UNCOMPRESSED = 4;
	private static final int MIN_MODULUS = 256;
	private static final int MAX_MODULUS = 512;
	private static final String UNUSABLE = "A CA certificate's key is of a kind that cannot be used";
	private static final String MALFORMED = "A CA certificate is not an X.509 certificate in DER";

	private final Hash sha256;
	private final byte[] digest = new byte[32];
	private byte[] a;
	private int subject;
	private int subjectEnd;
	private int info;
	private int infoEnd;
	private int type;
	/** Where the key begins, or for RSA its modulus, and how long it is. */
	private int key;
	private int keyLength;
	private int exponent;

	private AnchorTable(Hash sha256) {
		this.sha256 = sha256;
	}

	/**
	 * Makes a table.
	 *
	 * @param sha256
	 *            SHA-256, for this call.
	 * @param certificates
	 *            1 to 32 certificates in DER, each an array of its own.
	 * @return a new table.
	 * @throws IllegalArgumentException
	 *             if one of them cannot be read, or its key is of a kind there is no verifier for.
	 */
	public static byte[] of(Hash sha256, byte[][] certificates) {
		return new AnchorTable(sha256).make(certificates);
	}

	private byte[] make(byte[][] certificates) {
		int n = certificates.length;
		if (n < 1 || n > MAX_ANCHORS) {
			throw new IllegalArgumentException("A table is made of 1 to 32 certificates");
		}
		int length = TrustAnchors.HEADER_LENGTH;
		for (int i = 0; i < n; i++) {
			read(certificates[i]);
			length += TrustAnchors.ENTRY_LENGTH + recordLength();
		}
		byte[] table = new byte[length];
		put(table, 0, TrustAnchors.MAGIC, 2);
		table[2] = (byte) TrustAnchors.VERSION;
		put(table, 4, n, 2);
		int at = TrustAnchors.HEADER_LENGTH + n * TrustAnchors.ENTRY_LENGTH;
		for (int i = 0; i < n; i++) {
			read(certificates[i]);
			digest(this.subject, this.subjectEnd);
			insert(table, i, at);
			at = record(table, at);
		}
		return table;
	}

	/** Puts the subject whose digest is there into the index of so many, which stays sorted. */
	private void insert(byte[] table, int count, int offset) {
		int place = TrustAnchors.HEADER_LENGTH;
		int end = place + count * TrustAnchors.ENTRY_LENGTH;
		while (place < end && compare(table, place) <= 0) {
			place += TrustAnchors.ENTRY_LENGTH;
		}
		System.arraycopy(table, place, table, place + TrustAnchors.ENTRY_LENGTH, end - place);
		System.arraycopy(this.digest, 0, table, place, TrustAnchors.SUBJECT_LENGTH);
		put(table, place + TrustAnchors.SUBJECT_LENGTH, offset, 3);
	}

	private int compare(byte[] table, int place) {
		for (int i = 0; i < TrustAnchors.SUBJECT_LENGTH; i++) {
			int difference = (table[place + i] & 0xff) - (this.digest[i] & 0xff);
			if (difference != 0) {
				return difference;
			}
		}
		return 0;
	}

	private int recordLength() {
		boolean rsa = kind() == PublicKey.RSA || kind() == PublicKey.RSA_PSS;
		return 1 + TrustAnchors.KEY_DIGEST_LENGTH + this.keyLength + (rsa ? 2 + 4 : 0);
	}

	private int kind() {
		return this.type & 15;
	}

	/** Writes the key's record and gives the index behind it. */
	private int record(byte[] table, int offset) {
		int at = offset;
		table[at++] = (byte) this.type;
		digest(this.info, this.infoEnd);
		System.arraycopy(this.digest, 0, table, at, TrustAnchors.KEY_DIGEST_LENGTH);
		at += TrustAnchors.KEY_DIGEST_LENGTH;
		boolean rsa = kind() == PublicKey.RSA || kind() == PublicKey.RSA_PSS;
		if (rsa) {
			put(table, at, this.keyLength, 2);
			at += 2;
		}
		System.arraycopy(this.a, this.key, table, at, this.keyLength);
		at += this.keyLength;
		if (rsa) {
			put(table, at, this.exponent, 4);
			at += 4;
		}
		return at;
	}

	private void digest(int from, int to) {
		this.sha256.reset();
		this.sha256.update(this.a, from, to - from);
		this.sha256.digest(this.digest, 0);
	}

	/** Finds subject and key (RFC 5280 §4.1). */
	private void read(byte[] certificate) {
		this.a = certificate;
		int end = next(0, certificate.length);
		check(end == certificate.length, MALFORMED);
		int at = enter(0, end);
		int tbsEnd = next(at, end);
		at = enter(at, tbsEnd);
		if ((certificate[at] & 0xff) == 0xa0) {
			at = next(at, tbsEnd);
		}
		// Serial number, signature algorithm, issuer, validity.
		for (int i = 0; i < 4; i++) {
			at = next(at, tbsEnd);
		}
		this.subject = at;
		this.subjectEnd = next(at, tbsEnd);
		this.info = this.subjectEnd;
		this.infoEnd = next(this.info, tbsEnd);
		readKey();
	}

	private void readKey() {
		int algorithm = enter(this.info, this.infoEnd);
		int bits = next(algorithm, this.infoEnd);
		int id = AlgorithmIdentifier.key(this.a, algorithm, bits);
		int start = enter(bits, this.infoEnd) + 1;
		int end = next(bits, this.infoEnd);
		check(id >= 0 && this.a[bits] == BIT_STRING && start <= end, UNUSABLE);
		this.type = id & 15 | (id >> 8 & 15) << 4;
		this.key = start;
		this.keyLength = end - start;
		switch (kind()) {
		case PublicKey.EC_P256:
			check(this.keyLength == 65 && this.a[start] == UNCOMPRESSED, UNUSABLE);
			break;
		case PublicKey.EC_P384:
			check(this.keyLength == 97 && this.a[start] == UNCOMPRESSED, UNUSABLE);
			break;
		case PublicKey.ED25519:
			check(this.keyLength == 32, UNUSABLE);
			break;
		default:
			readRsaKey(enter(start, end), end);
			break;
		}
	}

	/** RSAPublicKey (RFC 8017 §A.1.1): modulus and exponent; a zero octet stands before a modulus whose first bit is set. */
	private void readRsaKey(int sequence, int end) {
		int modulusEnd = next(sequence, end);
		int modulus = enter(sequence, end);
		while (modulus < modulusEnd && this.a[modulus] == 0) {
			modulus++;
		}
		this.key = modulus;
		this.keyLength = modulusEnd - modulus;
		int exponentEnd = next(modulusEnd, end);
		int at = enter(modulusEnd, end);
		check(this.keyLength >= MIN_MODULUS && this.keyLength <= MAX_MODULUS && exponentEnd - at <= 4, UNUSABLE);
		this.exponent = 0;
		while (at < exponentEnd) {
			this.exponent = this.exponent << 8 | this.a[at++] & 0xff;
		}
		check((this.exponent & 1) == 1 && this.exponent > 1, UNUSABLE);
	}

	private int enter(int offset, int limit) {
		int at = DerView.content(this.a, offset, limit);
		check(at >= 0, MALFORMED);
		return at;
	}

	private int next(int offset, int limit) {
		int at = DerView.end(this.a, offset, limit);
		check(at >= 0, MALFORMED);
		return at;
	}

	private static void check(boolean good, String otherwise) {
		if (!good) {
			throw new IllegalArgumentException(otherwise);
		}
	}

	private static void put(byte[] out, int offset, int value, int bytes) {
		for (int i = 0; i < bytes; i++) {
			out[offset + i] = (byte) (value >> 8 * (bytes - 1 - i));
		}
	}
}
