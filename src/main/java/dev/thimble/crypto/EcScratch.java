/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The working memory which all public-key primitives of one provider share.
 *
 * <p>Multi-word numbers lie in one flat array at offsets each primitive lays out for itself, least significant word first: one array
 * instead of many saves an object header a number and lets point formulas address their operands by plain offsets.
 *
 * <p>An operation finds garbage here when it starts, and wipes what it made of secrets when it ends. One private key of a key agreement is
 * kept between two operations: a new key pair takes the place of the last, whoever made that.
 */
public final class EcScratch {

	/** Words that P-256 needs. */
	public static final int WORDS_P256 = 333;
	/** Words that P-384 needs. */
	public static final int WORDS_P384 = 325;
	/** Words that X25519 needs. */
	public static final int WORDS_X25519 = X25519Agreement.LADDER_MEMORY;
	/** Words that Ed25519 needs. */
	public static final int WORDS_ED25519 = Math.max(Ed25519Verifier.MEMORY, Ed25519Signer.MEMORY);

	/** The flat memory. */
	/* package */ final int[] words;

	/** The inversion of a secret number in progress. */
	/* package */ final PowerChain power;

	/** The inversion of a public number in progress. */
	/* package */ final PublicInversion inversion;

	/** The multiplication of a secret number on P-256 or P-384 in progress. */
	private final SecretMultiplication multiplication;

	/** A private key, or for a moment a digest of SHA-512. */
	/* package */ final byte[] key;

	/** Where a multiplication of the base point of edwards25519 stands. */
	/* package */ byte column;

	/** Whose private key stands in {@link #key}; null if there is none. */
	private Object keyOwner;

	/**
	 * Allocates the memory.
	 *
	 * @param words
	 *            the length of the flat memory: the largest of the {@code WORDS_} constants of what shares it (and what RSA asks for).
	 */
	public EcScratch(int words) {
		this.words = new int[words];
		this.power = new PowerChain();
		this.inversion = new PublicInversion();
		this.multiplication = new SecretMultiplication(this);
		this.key = new byte[64];
	}

	/** Gets the multiplication, for a curve. */
	/* package */ SecretMultiplication multiplication(EcCurve curve) {
		this.multiplication.use(curve);
		return this.multiplication;
	}

	/** Gives the place of the private key to a new owner; null for other uses. */
	/* package */ byte[] takeKey(Object owner) {
		this.keyOwner = owner;
		return this.key;
	}

	/** Tells whether an owner's private key is still there. */
	/* package */ boolean hasKey(Object owner) {
		return this.keyOwner == owner;
	}

	/** Overwrites the private key, unless it is another's. */
	/* package */ void dropKey(Object owner) {
		if (this.keyOwner == owner) {
			this.keyOwner = null;
			Bytes.zero(this.key, 0, this.key.length);
		}
	}

	/** Overwrites everything with zeros. */
	public void wipe() {
		Words.clear(this.words, 0, this.words.length);
		this.keyOwner = null;
		Bytes.zero(this.key, 0, this.key.length);
	}
}
