/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * A hash function of the SHA-2 family (FIPS 180-4) with a running state that can be forked.
 */
public interface Hash {

	/** SHA-256: 32 bytes. The number is the one of TLS's HashAlgorithm registry. */
	int SHA_256 = 4;
	/** SHA-384: 48 bytes. */
	int SHA_384 = 5;
	/** SHA-512: 64 bytes. */
	int SHA_512 = 6;

	/**
	 * Gets the algorithm.
	 *
	 * @return {@link #SHA_256}, {@link #SHA_384} or {@link #SHA_512}.
	 */
	int algorithm();

	/**
	 * Gets the length of the digest.
	 *
	 * @return 32, 48 or 64 bytes.
	 */
	int length();

	/**
	 * Gets the length of the compression function's input block, which HMAC needs.
	 *
	 * @return 64 or 128 bytes.
	 */
	int blockLength();

	/** Returns to the initial state; what the state held is wiped. */
	void reset();

	/**
	 * Hashes more input.
	 *
	 * @param input
	 *            the caller's array.
	 * @param offset
	 *            the first byte to hash.
	 * @param length
	 *            the number of bytes to hash, 0 allowed.
	 */
	void update(byte[] input, int offset, int length);

	/**
	 * Writes the digest of everything hashed since the last reset, then resets.
	 *
	 * @param output
	 *            the caller's array.
	 * @param offset
	 *            where the first of {@link #length()} bytes goes.
	 */
	void digest(byte[] output, int offset);

	/**
	 * Makes this object's running state a copy of another's (a fork of a transcript, for example).
	 *
	 * @param other
	 *            an object made for the same algorithm by the same provider; it is not changed.
	 */
	void copyFrom(Hash other);
}
