/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;

/**
 * Public keys that are trusted as they are, without a certificate (RFC 7250): a peer proves that it has one of them. Who a key belongs to, and
 * until when, is for whoever put it here to know.
 */
public final class TrustedKeys {

	/** Length of the digest of a key. */
	public static final int DIGEST_LENGTH = 32;

	private static final int SEQUENCE = 0x30;

	private final byte[] digests;

	/**
	 * Creates a list of digests, as they are used for pins.
	 *
	 * @param digests
	 *            SHA-256 digests of SubjectPublicKeyInfo structures (RFC 5280 §4.1.2.7) in DER, {@value #DIGEST_LENGTH} bytes each, one or more;
	 *            kept by reference.
	 * @throws IllegalArgumentException
	 *             if the length is not a multiple of 32.
	 */
	public TrustedKeys(byte[] digests) {
		if (digests.length == 0 || digests.length % DIGEST_LENGTH != 0) {
			throw new IllegalArgumentException("Digests of trusted keys have 32 bytes each");
		}
		this.digests = digests;
	}

	/**
	 * Creates a list of keys.
	 *
	 * @param crypto
	 *            what has SHA-256; used before this method returns only.
	 * @param keys
	 *            SubjectPublicKeyInfo structures in DER, as {@code openssl pkey -pubout -outform DER} makes them, one or more; not kept.
	 * @return a new list, of their digests.
	 * @throws IllegalArgumentException
	 *             if there is none, or something else.
	 */
	public static TrustedKeys of(CryptoProvider crypto, byte[]... keys) {
		byte[] digests = new byte[keys.length * DIGEST_LENGTH];
		Hash hash = crypto.workHash(Hash.SHA_256);
		for (int i = 0; i < keys.length; i++) {
			byte[] key = keys[i];
			if (DerView.end(key, 0, key.length) != key.length || (key[0] & 0xff) != SEQUENCE) {
				throw new IllegalArgumentException("A trusted key is not a SubjectPublicKeyInfo in DER");
			}
			hash.reset();
			hash.update(key, 0, key.length);
			hash.digest(digests, i * DIGEST_LENGTH);
		}
		return new TrustedKeys(digests);
	}

	/**
	 * Gets the digests.
	 *
	 * @return {@value #DIGEST_LENGTH} bytes each; not to be changed.
	 */
	public byte[] digests() {
		return this.digests;
	}
}
