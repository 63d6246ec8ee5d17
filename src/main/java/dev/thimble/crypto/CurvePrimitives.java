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

	/**
	 * Allocates the memory.
	 *
	 * @param words
	 *            the number of words others need.
	 */
	CurvePrimitives(int words) {
		this.scratch = new EcScratch(Math.max(words, EcScratch.WORDS_P384), EcScratch.ELEMENTS_X25519);
	}

	KeyAgreement newKeyAgreement(int group) {
		switch (group) {
		case KeyAgreement.X25519:
			return new X25519Agreement(this.scratch);
		default:
			return null;
		}
	}

	SignatureVerifier newVerifier(int algorithm, SymmetricPrimitives symmetric) {
		return null;
	}
}
