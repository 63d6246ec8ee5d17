/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/** The hashes and AEADs of a portable provider, and the memory they share. */
final class SymmetricPrimitives {

	private static final int AES_128_KEY_LENGTH = 16;
	private static final int AES_256_KEY_LENGTH = 32;
	private static final int TAG_LENGTH = 16;
	private static final int SHORT_TAG_LENGTH = 8;

	private final AeadOperation operation = new AeadOperation();

	// what only some suites need is made for the first of them
	private Aes aes;
	private ChaCha20Poly1305 chaCha;
	private Sha256 work256;
	private Sha512Role work384;
	private Sha512Role work512;

	Hash newHash(int algorithm) {
		switch (algorithm) {
		case Hash.SHA_256:
			return new Sha256();
		case Hash.SHA_384:
		case Hash.SHA_512:
			return new Sha512(algorithm);
		default:
			return null;
		}
	}

	Hash workHash(int algorithm) {
		if (algorithm == Hash.SHA_256) {
			if (this.work256 == null) {
				this.work256 = new Sha256();
			}
			return this.work256;
		}
		if (this.work384 == null) {
			Sha512 shared = new Sha512(Hash.SHA_384);
			this.work384 = new Sha512Role(Hash.SHA_384, shared);
			this.work512 = new Sha512Role(Hash.SHA_512, shared);
		}
		return algorithm == Hash.SHA_384 ? this.work384 : this.work512;
	}

	Aead newAead(int algorithm) {
		switch (algorithm) {
		case Aead.AES_128_GCM:
			return new AesGcm(aes(), AES_128_KEY_LENGTH);
		case Aead.AES_256_GCM:
			return new AesGcm(aes(), AES_256_KEY_LENGTH);
		case Aead.AES_128_CCM:
			return new AesCcm(aes(), TAG_LENGTH);
		case Aead.AES_128_CCM_8:
			return new AesCcm(aes(), SHORT_TAG_LENGTH);
		case Aead.CHACHA20_POLY1305:
			if (this.chaCha == null) {
				this.chaCha = new ChaCha20Poly1305(this.operation);
			}
			return this.chaCha;
		default:
			return null;
		}
	}

	private Aes aes() {
		if (this.aes == null) {
			this.aes = new Aes(this.operation);
		}
		return this.aes;
	}
}
