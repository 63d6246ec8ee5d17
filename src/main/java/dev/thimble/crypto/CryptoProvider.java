/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Makes the primitives one engine uses, once, while the engine is constructed.
 *
 * <p>One provider serves one engine: the objects it makes share scratch memory, so at most one sliced operation may be in progress among
 * them, and one key agreement has a key pair. What an implementation does not name is not linked into a firmware: a profile without RSA is a provider that never mentions RSA.
 */
public interface CryptoProvider {

	/**
	 * Makes a hash.
	 *
	 * @param algorithm
	 *            a constant of {@link Hash}.
	 * @return a new object, or null if the provider has no such algorithm.
	 */
	Hash newHash(int algorithm);

	/**
	 * Gets the hash for work that ends before anything else begins: within a single call, or while nothing else is done. Everybody who asks gets
	 * the same object, verifiers of this provider included, and SHA-384 and SHA-512 share their state; so {@link Hash#reset()} or
	 * {@link Hash#copyFrom} comes before each use.
	 *
	 * @param algorithm
	 *            a constant of {@link Hash}.
	 * @return the object, or null if the provider has no such algorithm.
	 */
	Hash workHash(int algorithm);

	/**
	 * Makes an AEAD. All AEADs of a provider may share the memory of the key: only the one initialised last is usable. Who has two keys, as
	 * a connection has, initialises anew whenever it goes from one to the other.
	 *
	 * @param algorithm
	 *            a constant of {@link Aead}.
	 * @return an object, or null if the provider has no such algorithm.
	 */
	Aead newAead(int algorithm);

	/**
	 * Makes a key agreement.
	 *
	 * @param group
	 *            a constant of {@link KeyAgreement}.
	 * @return an object, or null if the provider has no such group.
	 */
	KeyAgreement newKeyAgreement(int group);

	/**
	 * Makes a signature verifier.
	 *
	 * @param algorithm
	 *            a constant of {@link SignatureVerifier}.
	 * @return an object, or null if the provider has no such algorithm.
	 */
	SignatureVerifier newVerifier(int algorithm);

	/**
	 * Makes a signer of a private key held in RAM. Like everything else of this provider it serves the one engine.
	 *
	 * @param algorithm
	 *            a constant of {@link SignatureVerifier}.
	 * @param key
	 *            the private key, copied; the caller wipes its own. For {@link SignatureVerifier#ECDSA_P256} and
	 *            {@link SignatureVerifier#ECDSA_P384} the number, 32 or 48 bytes big-endian; for {@link SignatureVerifier#ED25519} the seed of
	 *            32 bytes.
	 * @param offset
	 *            its first byte.
	 * @return a new object, or null if the provider has no such algorithm.
	 * @throws IllegalArgumentException
	 *             if the key is out of range.
	 */
	Signer newSigner(int algorithm, byte[] key, int offset);

	/**
	 * Gets the largest public key a verifier of this provider takes, which decides how much memory a path validation reserves.
	 *
	 * @return a number of bytes: 97 with P-384 only, 518 with RSA-4096 (2 + 512 + 4).
	 */
	int maxKeyLength();

	/**
	 * Gets the largest signature a verifier of this provider takes.
	 *
	 * @return a number of bytes: 104 with P-384 only, 512 with RSA-4096.
	 */
	int maxSignatureLength();
}
