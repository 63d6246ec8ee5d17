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
 * instead of many saves an object header a number and lets point formulas address their operands by plain offsets. The field of curve
 * 25519 comes from Bouncy Castle, whose functions take an array of ten ints per element, so some such arrays stand beside.
 *
 * <p>An operation finds garbage here when it starts, and wipes what it made of secrets when it ends.
 */
public final class EcScratch {

	/** Words that P-256 needs. */
	public static final int WORDS_P256 = 477;
	/** Words that P-384 needs. */
	public static final int WORDS_P384 = 481;
	/** Words that Ed25519 needs. */
	public static final int WORDS_ED25519 = 428;
	/** Elements that X25519 needs. */
	public static final int ELEMENTS_X25519 = 8;
	/** Elements that Ed25519 needs. */
	public static final int ELEMENTS_ED25519 = 10;

	/** The flat memory. */
	/* package */ final int[] words;

	/** Elements of the field of curve 25519. */
	/* package */ final int[][] elements;

	/** The inversion of a secret number in progress. */
	/* package */ final PowerChain power;

	/** The inversion of a public number in progress. */
	/* package */ final PublicInversion inversion;

	/** Room for a digest of SHA-512. */
	/* package */ final byte[] bytes;

	/**
	 * Allocates the memory.
	 *
	 * @param words
	 *            the length of the flat memory: the largest of the {@code WORDS_} constants of what shares it (and what RSA asks for), 0 if
	 *            only X25519 does.
	 * @param elements
	 *            the number of elements of the field of curve 25519: the largest of the {@code ELEMENTS_} constants of what shares it, or 0.
	 */
	public EcScratch(int words, int elements) {
		this.words = new int[words];
		this.elements = new int[elements][10];
		this.power = new PowerChain();
		this.inversion = new PublicInversion();
		this.bytes = new byte[elements < ELEMENTS_ED25519 ? 0 : 64];
	}

	/** Overwrites everything with zeros. */
	public void wipe() {
		int[] flat = this.words;
		for (int i = flat.length; --i >= 0;) {
			flat[i] = 0;
		}
		wipeElements();
	}

	/** Overwrites the bytes and the elements of the field of curve 25519 with zeros. */
	/* package */ void wipeElements() {
		int[][] all = this.elements;
		for (int i = all.length; --i >= 0;) {
			int[] element = all[i];
			for (int j = element.length; --j >= 0;) {
				element[j] = 0;
			}
		}
		Bytes.zero(this.bytes, 0, this.bytes.length);
	}
}
