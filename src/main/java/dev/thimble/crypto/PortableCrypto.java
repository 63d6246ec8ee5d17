/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * All portable primitives: every AEAD, hash, group and signature algorithm, RSA with up to 4096 bits included.
 */
public final class PortableCrypto implements CryptoProvider {

	/** A modulus of 4096 bits with its length and exponent, as {@link SignatureVerifier#RSA_PKCS1} has it. */
	private static final int MAX_KEY_LENGTH = 518;
	private static final int MAX_SIGNATURE_LENGTH = 512;
	/** The work array of {@link RsaPkcs1Verifier} for 4096 bits. */
	private static final int RSA_WORDS = 516;

	private final SymmetricPrimitives symmetric;
	private final CurvePrimitives curves;

	/** Makes a provider for one engine. */
	public PortableCrypto() {
		this.symmetric = new SymmetricPrimitives();
		this.curves = new CurvePrimitives(RSA_WORDS, this.symmetric);
	}

	@Override
	public Hash newHash(int algorithm) {
		return this.symmetric.newHash(algorithm);
	}

	@Override
	public Hash workHash(int algorithm) {
		return this.symmetric.workHash(algorithm);
	}

	@Override
	public Aead newAead(int algorithm) {
		return this.symmetric.newAead(algorithm);
	}

	@Override
	public KeyAgreement newKeyAgreement(int group) {
		return this.curves.newKeyAgreement(group);
	}

	@Override
	public SignatureVerifier newVerifier(int algorithm) {
		switch (algorithm) {
		case SignatureVerifier.RSA_PKCS1:
			return new RsaPkcs1Verifier(this.curves.scratch.words);
		case SignatureVerifier.RSA_PSS:
			return new RsaPssVerifier(this.curves.scratch.words, workHash(Hash.SHA_256), workHash(Hash.SHA_384), workHash(Hash.SHA_512));
		default:
			return this.curves.newVerifier(algorithm);
		}
	}

	@Override
	public Signer newSigner(int algorithm, byte[] key, int offset) {
		return this.curves.newSigner(algorithm, key, offset);
	}

	/**
	 * Makes a signer of an RSA key held in RAM. It is a method of its own and no case of {@link #newSigner}, so that an image whose keys are of
	 * other kinds has nothing of it.
	 *
	 * @param algorithm
	 *            {@link SignatureVerifier#RSA_PSS} or {@link SignatureVerifier#RSA_PKCS1}.
	 * @param key
	 *            as {@link RsaSigner} says, copied; the caller wipes its own.
	 * @param offset
	 *            its first byte.
	 * @return a new object.
	 * @throws IllegalArgumentException
	 *             if the key cannot be used.
	 */
	public RsaSigner newRsaSigner(int algorithm, byte[] key, int offset) {
		return new RsaSigner(algorithm, key, offset, this, this.curves.scratch.words);
	}

	@Override
	public int maxKeyLength() {
		return MAX_KEY_LENGTH;
	}

	@Override
	public int maxSignatureLength() {
		return MAX_SIGNATURE_LENGTH;
	}
}
