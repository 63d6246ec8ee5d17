/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * All portable primitives but RSA: for a device whose servers have certificates with elliptic-curve keys.
 */
public final class PortableEcCrypto implements CryptoProvider {

	private static final int MAX_KEY_LENGTH = 97;
	private static final int MAX_SIGNATURE_LENGTH = 104;

	private final SymmetricPrimitives symmetric;
	private final CurvePrimitives curves;

	/** Makes a provider for one engine. */
	public PortableEcCrypto() {
		this.symmetric = new SymmetricPrimitives();
		this.curves = new CurvePrimitives(0, this.symmetric);
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
		return this.curves.newVerifier(algorithm);
	}

	@Override
	public Signer newSigner(int algorithm, byte[] key, int offset) {
		return this.curves.newSigner(algorithm, key, offset);
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
