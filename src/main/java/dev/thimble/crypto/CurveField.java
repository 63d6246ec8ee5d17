/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * What the coordinate fields of P-256 and P-384 have in common: numbers in signed digits of 30 bits, reduced lazily.
 *
 * <p>Digits of 30 bits in [-2<sup>29</sup>, 2<sup>29</sup>) leave room to add up a whole column of products in one long (13 2<sup>58</sup>
 * &lt; 2<sup>62</sup>) without looking at carries, which is what costs most with digits of 32 bits in Java and on a Cortex-M4 alike. The
 * top digit takes what is left, so numbers may be negative and larger than p: a sum or difference is not reduced at all, and a product of a
 * and b comes out between a b / R and a b / R + p. R is 2<sup>270</sup> or 2<sup>390</sup>, 64 times p or more; a number may be anything
 * below 32 p in magnitude. That no formula here comes near it is proved by a test that runs them on bounds instead of numbers.
 */
/* package */ abstract class CurveField extends PrimeField {

	/** Bits of a digit as it stands in the array. */
	/* package */ static final int MASK = (1 << 30) - 1;

	/** Added before a digit is cut off, subtracted from it after: makes digits signed. */
	/* package */ static final int HALF = 1 << 29;

	/** Words of 32 bits that a reduced number takes: one less than digits. */
	/* package */ final byte words;

	/** Constants in hexadecimal, 8 digits a word each. The first is p. */
	private final String numbers;

	/* package */ CurveField(int limbs, int words, int productsPerSlice, String numbers) {
		super(limbs, productsPerSlice);
		this.words = (byte) words;
		this.numbers = numbers;
	}

	@Override
	/* package */ void add(int[] w, int r, int a, int b) {
		int top = this.limbs - 1;
		int c = 0;
		for (int i = 0; i < top; i++) {
			c += w[a + i] + w[b + i] + HALF;
			w[r + i] = (c & MASK) - HALF;
			c >>= 30;
		}
		w[r + top] = w[a + top] + w[b + top] + c;
	}

	@Override
	/* package */ void sub(int[] w, int r, int a, int b) {
		int top = this.limbs - 1;
		int c = 0;
		for (int i = 0; i < top; i++) {
			c += w[a + i] - w[b + i] + HALF;
			w[r + i] = (c & MASK) - HALF;
			c >>= 30;
		}
		w[r + top] = w[a + top] - w[b + top] + c;
	}

	/** Sum with a multiple: r = a + k b, with k from -2 to 2. */
	/* package */ void addTimes(int[] w, int r, int a, int b, int k) {
		int top = this.limbs - 1;
		int c = 0;
		for (int i = 0; i < top; i++) {
			// At most 3 2^29 + 2 in magnitude, so that there is no room to add HALF.
			c += w[a + i] + k * w[b + i];
			w[r + i] = c << 2 >> 2;
			c = (c >> 29) + 1 >> 1;
		}
		w[r + top] = w[a + top] + k * w[b + top] + c;
	}

	/** Negative: r = -a. */
	/* package */ void neg(int[] w, int r, int a) {
		int top = this.limbs - 1;
		int c = 0;
		for (int i = 0; i < top; i++) {
			c += HALF - w[a + i];
			w[r + i] = (c & MASK) - HALF;
			c >>= 30;
		}
		w[r + top] = c - w[a + top];
	}

	/**
	 * Decodes a constant into words of 32 bits.
	 *
	 * @param constant
	 *            its index; p is 0.
	 * @param w
	 *            the memory.
	 * @param r
	 *            the offset that receives it.
	 */
	/* package */ final void loadWords(int constant, int[] w, int r) {
		Words.fromHex(this.numbers, constant * 8 * this.words, w, r, this.words);
	}

	/** Decodes a constant into digits of 30 bits. */
	/* package */ final void load(int constant, int[] w, int r) {
		loadWords(constant, w, r);
		spread(w, r);
	}

	/**
	 * Turns words of 32 bits into digits of 30 bits, in place.
	 *
	 * @param w
	 *            the memory.
	 * @param r
	 *            offset of the number: {@link #words} words first, {@link #limbs} digits then.
	 */
	/* package */ final void spread(int[] w, int r) {
		int top = this.limbs - 1;
		// Digit i holds bits 30 i and up, which begin in word i - 1 (the first in word 0): so from the top down nothing is overwritten early.
		w[r + top] = w[r + top - 1] >>> 32 - 2 * top;
		for (int i = top; --i > 0;) {
			w[r + i] = (w[r + i] << 2 * i | w[r + i - 1] >>> 32 - 2 * i) & MASK;
		}
		w[r] &= MASK;
		int c = 0;
		for (int i = 0; i < top; i++) {
			c += w[r + i] + HALF;
			w[r + i] = (c & MASK) - HALF;
			c >>= 30;
		}
		w[r + top] += c;
	}

	/**
	 * Takes a number out of Montgomery form, reduces it completely and turns it into words of 32 bits.
	 *
	 * @param w
	 *            the memory.
	 * @param r
	 *            offset that receives {@link #words} words.
	 * @param a
	 *            offset of the number, which is overwritten with p; another place than r.
	 */
	/* package */ final void leave(int[] w, int r, int a) {
		Words.clear(w, r, this.limbs);
		w[r] = 1;
		mul(w, r, a, r);
		// Between 0 and p inclusive, because a / R is less than 1 in magnitude.
		int words = this.words;
		long c = w[r];
		int bits = 30;
		int from = r;
		for (int i = 0; i < words; i++) {
			while (bits < 32) {
				c += (long) w[++from] << bits;
				bits += 30;
			}
			w[r + i] = (int) c;
			c >>= 32;
			bits -= 32;
		}
		loadWords(0, w, a);
		int other = ~Words.areEqual(w, r, a, words);
		for (int i = 0; i < words; i++) {
			w[r + i] &= other;
		}
	}

	/**
	 * Tells whether a number is a multiple of p, in variable time.
	 *
	 * @param w
	 *            the memory.
	 * @param a
	 *            offset of the number.
	 * @param t
	 *            temporary memory of one number.
	 * @param u
	 *            temporary memory of another.
	 */
	/* package */ final boolean isZero(int[] w, int a, int t, int u) {
		// The lowest digit of j p is -j, and |j| is below 32.
		int low = w[a];
		if (low > 32 || low < -32) {
			return false;
		}
		System.arraycopy(w, a, w, u, this.limbs);
		leave(w, t, u);
		return Words.isZero(w, t, this.words) != 0;
	}
}
