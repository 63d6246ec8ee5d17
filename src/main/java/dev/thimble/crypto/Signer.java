/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Signs with a private key it holds: in RAM, or in a secure element.
 */
public interface Signer {

	/**
	 * Gets the algorithm.
	 *
	 * @return one of the constants of {@link SignatureVerifier}.
	 */
	int algorithm();

	/**
	 * Gets the largest length a signature can have.
	 *
	 * @return a number of bytes: 72 (P-256, DER), 104 (P-384, DER), 64 (Ed25519).
	 */
	int maxSignatureLength();

	/**
	 * Starts to sign.
	 *
	 * @param digest
	 *            the digest of the message; for Ed25519 the message itself. Must stay as it is until {@link #result}.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length in bytes.
	 */
	void start(byte[] digest, int offset, int length);

	/**
	 * Works on the operation in progress for one slice.
	 *
	 * @return true once it is finished.
	 */
	boolean step();

	/**
	 * Writes the signature. Before {@link #step} has given true this abandons the operation; either way its intermediate values are wiped, and
	 * the key stays.
	 *
	 * @param output
	 *            the caller's array.
	 * @param offset
	 *            where the first byte goes.
	 * @return the signature's length, or -1 if signing failed.
	 */
	int result(byte[] output, int offset);

	/** Wipes the private key, if it is held in RAM, and all intermediate values. */
	void wipe();
}
