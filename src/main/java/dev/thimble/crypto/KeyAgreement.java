/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * An ephemeral Diffie-Hellman agreement on an elliptic curve. The private key is made inside and never leaves.
 *
 * <p>Order of use: {@link #startKeyPair}, step, {@link #result} gives the public key; {@link #startAgreement}, step, {@link #result} gives the
 * shared secret and wipes the private key.
 */
public interface KeyAgreement {

	/** ECDH on P-256 (SP 800-56A); public keys are 65-byte uncompressed points. The number is TLS's NamedGroup. */
	int SECP256R1 = 0x0017;
	/** ECDH on P-384; public keys are 97-byte uncompressed points. */
	int SECP384R1 = 0x0018;
	/** X25519 (RFC 7748); public keys are 32 bytes, little-endian. */
	int X25519 = 0x001d;

	/**
	 * Gets the length of a public key, own or peer's.
	 *
	 * @return 32, 65 or 97 bytes.
	 */
	int publicKeyLength();

	/**
	 * Gets the length of the shared secret: the x coordinate, big-endian, or X25519's output, little-endian.
	 *
	 * @return 32 or 48 bytes.
	 */
	int secretLength();

	/**
	 * Starts to make a key pair.
	 *
	 * @param random
	 *            where the private key comes from; used before this method returns. If it fails, {@link #result} gives -1.
	 */
	void startKeyPair(Random random);

	/**
	 * Starts to compute the shared secret of the own private key and a peer's public key.
	 *
	 * @param peerKey
	 *            the peer's public key in the group's encoding. Copied before this method returns.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length; a length other than {@link #publicKeyLength()} makes {@link #result} give -1.
	 */
	void startAgreement(byte[] peerKey, int offset, int length);

	/**
	 * Works on the operation in progress for one slice.
	 *
	 * @return true once the operation is finished.
	 */
	boolean step();

	/**
	 * Writes what the finished operation produced.
	 *
	 * @param output
	 *            the caller's array.
	 * @param offset
	 *            where the first byte goes.
	 * @return the number of bytes written, or -1 if there was no randomness or the peer's key is invalid: wrong length or encoding, not on
	 *         the curve, infinity, or (X25519) a shared secret of zeros.
	 */
	int result(byte[] output, int offset);

	/** Wipes the private key and all intermediate values. */
	void wipe();
}
