/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Authenticated encryption with associated data (RFC 5116), in place, in slices.
 *
 * <p>An object belongs to one direction of one connection: it holds one key. A call of {@code startSeal} or {@code startOpen} is followed by
 * {@link #step()} until that returns true, then by {@link #result()}.
 */
public interface Aead {

	/** AES-128 in Galois/Counter Mode (SP 800-38D), 16-byte tag. Number: IANA AEAD registry. */
	int AES_128_GCM = 1;
	/** AES-256 in Galois/Counter Mode, 16-byte tag. */
	int AES_256_GCM = 2;
	/** AES-128 in Counter with CBC-MAC mode (SP 800-38C, RFC 3610), 16-byte tag, 3-byte length field. */
	int AES_128_CCM = 3;
	/** AES-128-CCM with a tag of 8 bytes (RFC 6655). */
	int AES_128_CCM_8 = 18;
	/** ChaCha20 and Poly1305 (RFC 8439), 16-byte tag. */
	int CHACHA20_POLY1305 = 29;
	/** Length of every nonce here, in bytes. */
	int NONCE_LENGTH = 12;

	/**
	 * Gets the length of a key.
	 *
	 * @return 16 or 32 bytes.
	 */
	int keyLength();

	/**
	 * Gets the length of the tag.
	 *
	 * @return 16 or 8 bytes.
	 */
	int tagLength();

	/**
	 * Sets the key. The key is copied; the caller wipes its own.
	 *
	 * @param key
	 *            the caller's array.
	 * @param offset
	 *            the first of {@link #keyLength()} bytes.
	 */
	void init(byte[] key, int offset);

	/**
	 * Starts to encrypt in place. The tag follows the ciphertext.
	 *
	 * @param nonce
	 *            the nonce of {@value #NONCE_LENGTH} bytes, from index 0; never used twice with one key. Read before this method returns.
	 * @param aad
	 *            the associated data's array. Read before this method returns.
	 * @param aadOffset
	 *            the first byte of the associated data.
	 * @param aadLength
	 *            its length: at most 32 bytes.
	 * @param data
	 *            holds the plaintext and receives ciphertext and tag; kept until {@link #result()}.
	 * @param offset
	 *            the first byte of the plaintext.
	 * @param length
	 *            the plaintext's length, 0 allowed; {@link #tagLength()} more bytes must exist behind it.
	 */
	void startSeal(byte[] nonce, byte[] aad, int aadOffset, int aadLength, byte[] data, int offset, int length);

	/**
	 * Starts to decrypt in place.
	 *
	 * @param nonce
	 *            as in {@link #startSeal}.
	 * @param aad
	 *            as in {@link #startSeal}.
	 * @param aadOffset
	 *            as in {@link #startSeal}.
	 * @param aadLength
	 *            as in {@link #startSeal}.
	 * @param data
	 *            holds ciphertext and, right behind it, the tag; receives the plaintext; kept until {@link #result()}.
	 * @param offset
	 *            the first byte of the ciphertext.
	 * @param length
	 *            the length of the ciphertext without the tag, 0 allowed.
	 */
	void startOpen(byte[] nonce, byte[] aad, int aadOffset, int aadLength, byte[] data, int offset, int length);

	/**
	 * Works on the operation in progress for one slice.
	 *
	 * @return true once the operation is finished.
	 */
	boolean step();

	/**
	 * Tells how the finished operation ended. The tag is compared in constant time.
	 *
	 * @return true if sealed, or if opened and the tag was right. False: the tag was wrong and the whole output has been overwritten with
	 *         zeros.
	 */
	boolean result();

	/** Wipes the key and everything derived from it. */
	void wipe();
}
