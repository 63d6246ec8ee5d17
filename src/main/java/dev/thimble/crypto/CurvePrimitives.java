/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/** The elliptic-curve primitives of a portable provider, and the memory they share. */
final class CurvePrimitives {

	/** The memory all of them work in, and RSA too where there is RSA. */
	final EcScratch scratch;

	private final SymmetricPrimitives symmetric;

	// made when first asked for
	private EcCurve p256;
	private EcCurve p384;
	private Edwards25519 edwards25519;

	/**
	 * Allocates the memory.
	 *
	 * @param words
	 *            the number of words others need.
	 * @param symmetric
	 *            what makes the hash of Ed25519.
	 */
	CurvePrimitives(int words, SymmetricPrimitives symmetric) {
		this.scratch = new EcScratch(Math.max(words, EcScratch.WORDS_P256));
		this.symmetric = symmetric;
	}

	KeyAgreement newKeyAgreement(int group) {
		switch (group) {
		case KeyAgreement.SECP256R1:
			return new Ecdh(p256(), this.scratch);
		case KeyAgreement.SECP384R1:
			return new Ecdh(p384(), this.scratch);
		case KeyAgreement.X25519:
			return new X25519Agreement(this.scratch, edwards25519());
		default:
			return null;
		}
	}

	SignatureVerifier newVerifier(int algorithm) {
		switch (algorithm) {
		case SignatureVerifier.ECDSA_P256:
			return new EcdsaVerifier(p256(), this.scratch);
		case SignatureVerifier.ECDSA_P384:
			return new EcdsaVerifier(p384(), this.scratch);
		case SignatureVerifier.ED25519:
			return new Ed25519Verifier(edwards25519(), this.symmetric.workHash(Hash.SHA_512), this.scratch);
		default:
			return null;
		}
	}

	Signer newSigner(int algorithm, byte[] key, int offset) {
		switch (algorithm) {
		case SignatureVerifier.ECDSA_P256:
			return new EcdsaSigner(p256(), key, offset, new Hash[] { this.symmetric.workHash(Hash.SHA_256) }, this.scratch);
		case SignatureVerifier.ECDSA_P384:
			return new EcdsaSigner(p384(), key, offset, new Hash[] { this.symmetric.workHash(Hash.SHA_384) }, this.scratch);
		case SignatureVerifier.ED25519:
			return new Ed25519Signer(edwards25519(), key, offset, this.symmetric.workHash(Hash.SHA_512), this.scratch);
		default:
			return null;
		}
	}

	private EcCurve p256() {
		if (this.p256 == null) {
			this.p256 = EcCurve.p256();
		}
		return this.p256;
	}

	private EcCurve p384() {
		if (this.p384 == null) {
			this.p384 = EcCurve.p384();
		}
		return this.p384;
	}

	private Edwards25519 edwards25519() {
		if (this.edwards25519 == null) {
			this.edwards25519 = new Edwards25519();
		}
		return this.edwards25519;
	}
}
