/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Verifies signatures. Everything it sees is public, so it may take variable time.
 */
public interface SignatureVerifier {

	/** ECDSA on P-256 (FIPS 186-5 §6.4); key: 65-byte uncompressed point; signature: DER {@code SEQUENCE { r, s }} (RFC 3279). */
	int ECDSA_P256 = 1;
	/** ECDSA on P-384; key: 97-byte uncompressed point; signature: DER. */
	int ECDSA_P384 = 2;
	/** Ed25519 (RFC 8032 §5.1); key: 32 bytes; signature: 64 bytes; the "digest" is the whole message. */
	int ED25519 = 3;
	/**
	 * RSASSA-PKCS1-v1_5 (RFC 8017 §8.2). Key: modulus length in bytes as 2 bytes, modulus, public exponent as 4 bytes, all big-endian. The
	 * hash function follows from the digest's length (32, 48, 64).
	 */
	int RSA_PKCS1 = 4;
	/** RSASSA-PSS (RFC 8017 §8.1) with MGF1 over the same hash and a salt of the digest's length; key as {@link #RSA_PKCS1}. */
	int RSA_PSS = 5;

	/**
	 * Starts a verification. All arrays are the caller's and must stay as they are until {@link #result()}.
	 *
	 * @param key
	 *            the public key, encoded as the constant of the algorithm says.
	 * @param keyOffset
	 *            its first byte.
	 * @param keyLength
	 *            its length in bytes.
	 * @param digest
	 *            the digest of the message (for {@link #ED25519} the message).
	 * @param digestOffset
	 *            its first byte.
	 * @param digestLength
	 *            its length: 32, 48 or 64 bytes (any for {@link #ED25519}).
	 * @param signature
	 *            the signature.
	 * @param signatureOffset
	 *            its first byte.
	 * @param signatureLength
	 *            its length in bytes.
	 */
	void start(byte[] key, int keyOffset, int keyLength, byte[] digest, int digestOffset, int digestLength, byte[] signature,
			int signatureOffset, int signatureLength);

	/**
	 * Works on the verification in progress for one slice.
	 *
	 * @return true once it is finished.
	 */
	boolean step();

	/**
	 * Tells how the finished verification ended.
	 *
	 * @return true only if the signature is valid; false also for a malformed key or signature.
	 */
	boolean result();
}
