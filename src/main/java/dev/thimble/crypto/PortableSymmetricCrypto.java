/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The portable hash functions and ciphers alone, without any public-key cryptography: for a device that knows its peer by a pre-shared key.
 */
public final class PortableSymmetricCrypto implements CryptoProvider {

	private final SymmetricPrimitives symmetric;

	/** Makes a provider for one engine. */
	public PortableSymmetricCrypto() {
		this.symmetric = new SymmetricPrimitives();
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
		return null;
	}

	@Override
	public SignatureVerifier newVerifier(int algorithm) {
		return null;
	}

	@Override
	public Signer newSigner(int algorithm, byte[] key, int offset) {
		return null;
	}

	@Override
	public int maxKeyLength() {
		return 0;
	}

	@Override
	public int maxSignatureLength() {
		return 0;
	}
}
