/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import dev.thimble.crypto.Hash;

/**
 * Trusted roots as (subject, key) pairs in one flat, read-only table (RFC 5280 §6.1.1 d), which can lie in flash.
 *
 * <p>The table, numbers big-endian:
 * <pre>
 * 0   2  'T' 'A'
 * 2   1  version: 1
 * 3   1  0
 * 4   2  number of anchors n, at least 1
 * 6   11n  index, sorted by subject (unsigned): first 8 bytes of the SHA-256 of the subject's DER Name,
 *          then 3 bytes: offset of the anchor's key in the table
 * ...    keys; each: 1 byte: constant of PublicKey, plus 16 times the constant of Hash a PSS key is restricted to (0: none),
 *        16 bytes: the first of the SHA-256 of the SubjectPublicKeyInfo,
 *        the key as SignatureVerifier's constants encode it: 65, 97, 32 bytes, or for RSA 2 bytes (length), modulus, 4 bytes
 * </pre>
 * Eight bytes of a subject are enough: they only choose the key to try. A certificate under a name that collides still has to be signed by
 * the anchor's key. Of a key 16 bytes of digest are enough for pins: making a second key with the same 128 bits is as hard as breaking
 * P-256. Anchors with the same key share it.
 */
public final class TrustAnchors {

	/** First two bytes of a table. */
	public static final int MAGIC = 0x5441;
	/** Version of the format. */
	public static final int VERSION = 1;
	/** Length of the header in bytes. */
	public static final int HEADER_LENGTH = 6;
	/** Length of a subject's digest in the index. */
	public static final int SUBJECT_LENGTH = 8;
	/** Length of an entry of the index. */
	public static final int ENTRY_LENGTH = SUBJECT_LENGTH + 3;
	/** Length of a SubjectPublicKeyInfo's digest before a key. */
	public static final int KEY_DIGEST_LENGTH = 16;

	private static final int KEY_OFFSET = 1 + KEY_DIGEST_LENGTH;
	private static final int PIN_LENGTH = 32;

	private final byte[] table;
	private final int count;

	/**
	 * Creates a view of a table.
	 *
	 * @param table
	 *            the table; kept by reference, never written to.
	 * @throws IllegalArgumentException
	 *             if the table is damaged or of another version.
	 */
	public TrustAnchors(byte[] table) {
		if (table.length < HEADER_LENGTH || two(table, 0) != MAGIC) {
			throw new IllegalArgumentException("Not a table of trust anchors: make one with 'thimble anchors'");
		}
		if (table[2] != VERSION || table[3] != 0) {
			throw new IllegalArgumentException("The table of trust anchors is of another version: make it anew with 'thimble anchors'");
		}
		int n = two(table, 4);
		int keys = HEADER_LENGTH + n * ENTRY_LENGTH;
		if (n == 0 || table.length < keys) {
			throw new IllegalArgumentException("The table of trust anchors is empty or cut off");
		}
		this.table = table;
		this.count = n;
		for (int i = 0; i < n; i++) {
			int key = record(i);
			if (key < keys || table.length - key < KEY_OFFSET + 2 || keyLength(i) < 0 || keyLength(i) > table.length - key - KEY_OFFSET) {
				throw new IllegalArgumentException("The table of trust anchors is damaged: a key lies outside");
			}
			if (i > 0 && compare(i - 1, table, HEADER_LENGTH + i * ENTRY_LENGTH) > 0) {
				throw new IllegalArgumentException("The table of trust anchors is damaged: it is not sorted");
			}
		}
	}

	/**
	 * Gets the number of anchors.
	 *
	 * @return 1 to 65,535.
	 */
	public int count() {
		return this.count;
	}

	/**
	 * Finds the first anchor with a subject.
	 *
	 * @param digest
	 *            holds the SHA-256 of the subject's DER Name, of which 8 bytes are read.
	 * @param offset
	 *            its first byte.
	 * @return its index, or -1.
	 */
	public int find(byte[] digest, int offset) {
		int low = 0;
		int high = this.count;
		while (low < high) {
			int middle = low + high >>> 1;
			if (compare(middle, digest, offset) < 0) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		return low < this.count && compare(low, digest, offset) == 0 ? low : -1;
	}

	/**
	 * Finds the next anchor with the same subject.
	 *
	 * @param index
	 *            an anchor's index.
	 * @return index + 1, or -1.
	 */
	public int next(int index) {
		int next = index + 1;
		return next < this.count && compare(index, this.table, HEADER_LENGTH + next * ENTRY_LENGTH) == 0 ? next : -1;
	}

	/**
	 * Enters into a hash who is trusted: two tables with the same anchors give the same.
	 *
	 * @param hash
	 *            receives the index and the digest of each key.
	 */
	public void fingerprint(Hash hash) {
		hash.update(this.table, HEADER_LENGTH, this.count * ENTRY_LENGTH);
		for (int i = 0; i < this.count; i++) {
			hash.update(this.table, record(i) + 1, KEY_DIGEST_LENGTH);
		}
	}

	private int compare(int index, byte[] digest, int offset) {
		int start = HEADER_LENGTH + index * ENTRY_LENGTH;
		for (int i = 0; i < SUBJECT_LENGTH; i++) {
			int difference = (this.table[start + i] & 0xff) - (digest[offset + i] & 0xff);
			if (difference != 0) {
				return difference;
			}
		}
		return 0;
	}

	private int record(int index) {
		int p = HEADER_LENGTH + index * ENTRY_LENGTH + SUBJECT_LENGTH;
		return (this.table[p] & 0xff) << 16 | two(this.table, p + 1);
	}

	private static int two(byte[] a, int offset) {
		return (a[offset] & 0xff) << 8 | a[offset + 1] & 0xff;
	}

	/** Gets a key's algorithm: a constant of {@link PublicKey}. */
	/* package */ int keyAlgorithm(int index) {
		return this.table[record(index)] & 0x0f;
	}

	/** Gets the constant of {@link Hash} a PSS key is restricted to, or 0. */
	/* package */ int keyHash(int index) {
		return this.table[record(index)] >> 4 & 0x0f;
	}

	/** Gets the array keys lie in. */
	/* package */ byte[] bytes() {
		return this.table;
	}

	/* package */ int key(int index) {
		return record(index) + KEY_OFFSET;
	}

	/* package */ int keyLength(int index) {
		switch (keyAlgorithm(index)) {
		case PublicKey.EC_P256:
			return 65;
		case PublicKey.EC_P384:
			return 97;
		case PublicKey.ED25519:
			return 32;
		case PublicKey.RSA:
		case PublicKey.RSA_PSS:
			return 2 + two(this.table, key(index)) + 4;
		default:
			return -1;
		}
	}

	/** Tells whether an anchor's key is among pins of 32 bytes each. */
	/* package */ boolean isPinned(int index, byte[] pins) {
		int digest = record(index) + 1;
		for (int i = 0; i < pins.length; i += PIN_LENGTH) {
			if (DerView.equal(this.table, digest, pins, i, KEY_DIGEST_LENGTH)) {
				return true;
			}
		}
		return false;
	}
}
