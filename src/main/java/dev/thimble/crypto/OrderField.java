/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Arithmetic modulo the order n of a group, for any odd n, in words of 32 bits: R is 2<sup>32 limbs</sup>. Numbers are below n before and
 * after every function, but for the first operand of a product, which may be any number below R. Constant time.
 *
 * <p>The rows of the product by b and of the multiple of n that clears the lowest word are added in one pass (Koç, Acar, Kaliski: "finely
 * integrated operand scanning"), so that each word of the sum is loaded and stored once a row.
 *
 * <p>Modulus and sum stand in the flat memory too, where the operation at work has room for them: see {@link #load}.
 */
/* package */ final class OrderField extends PrimeField {

	private static final long M = 0xffffffffL;

	/** -1 / n modulo 2<sup>32</sup>. */
	private final int inverse;

	/** Holds n in hexadecimal, 8 digits a word. */
	private final String digits;
	/** The first digit. */
	private final short index;
	/** Offset of n and, behind it, limbs + 1 words for a sum. */
	private int at;

	/**
	 * Creates the arithmetic.
	 *
	 * @param limbs
	 *            the number of words.
	 * @param productsPerSlice
	 *            as in {@link PrimeField}.
	 * @param digits
	 *            n in hexadecimal, 8 digits a word, within a text.
	 * @param index
	 *            the first digit.
	 * @param inverse
	 *            -1 / n modulo 2<sup>32</sup>.
	 */
	/* package */ OrderField(int limbs, int productsPerSlice, String digits, int index, int inverse) {
		super(limbs, productsPerSlice);
		this.inverse = inverse;
		this.digits = digits;
		this.index = (short) index;
	}

	/**
	 * Brings n into the flat memory. Comes before all else, and again when others have used that place.
	 *
	 * @param w
	 *            the memory.
	 * @param offset
	 *            where 2 limbs + 1 words are this object's: n and a sum.
	 */
	/* package */ void load(int[] w, int offset) {
		this.at = offset;
		Words.fromHex(this.digits, this.index, w, offset, this.limbs);
	}

	@Override
	/* package */ void mul(int[] w, int r, int a, int b) {
		int n = this.limbs;
		int m0 = this.at;
		int t = m0 + n;
		int inverse = this.inverse;
		int end = t + n;
		for (int i = t; i <= end; i++) {
			w[i] = 0;
		}
		long n0 = w[m0] & M;
		for (int i = 0; i < n; i++) {
			long x = w[a + i] & M;
			long c = x * (w[b] & M) + (w[t] & M);
			long m = (int) c * inverse & M;
			long d = m * n0 + (c & M);
			for (int j = 1; j < n; j++) {
				c = x * (w[b + j] & M) + (w[t + j] & M) + (c >>> 32);
				d = m * (w[m0 + j] & M) + (c & M) + (d >>> 32);
				w[t + j - 1] = (int) d;
			}
			c = (w[end] & M) + (c >>> 32) + (d >>> 32);
			w[end - 1] = (int) c;
			w[end] = (int) (c >>> 32);
		}
		reduce(w, r);
	}

	@Override
	/* package */ void sqr(int[] w, int r, int a) {
		mul(w, r, a, a);
	}

	@Override
	/* package */ void add(int[] w, int r, int a, int b) {
		int n = this.limbs;
		int t = this.at;
		long c = 0;
		for (int i = 0; i < n; i++) {
			c = (w[a + i] & M) + (w[b + i] & M) + (c >>> 32);
			w[t + n + i] = (int) c;
		}
		w[t + 2 * n] = (int) (c >>> 32);
		reduce(w, r);
	}

	@Override
	/* package */ void sub(int[] w, int r, int a, int b) {
		int n = this.limbs;
		int t = this.at;
		long c = 0;
		for (int i = 0; i < n; i++) {
			c = (w[a + i] & M) - (w[b + i] & M) + (c >> 32);
			w[r + i] = (int) c;
		}
		long negative = c >> 32 & M;
		c = 0;
		for (int i = 0; i < n; i++) {
			c = (w[r + i] & M) + (w[t + i] & negative) + (c >>> 32);
			w[r + i] = (int) c;
		}
	}

	/**
	 * Takes a number modulo n.
	 *
	 * @param r
	 *            offset of the result.
	 * @param a
	 *            offset of a number below 2n.
	 */
	/* package */ void reduceOnce(int[] w, int r, int a) {
		int n = this.limbs;
		System.arraycopy(w, a, w, this.at + n, n);
		w[this.at + 2 * n] = 0;
		reduce(w, r);
	}

	/**
	 * Computes n - a modulo n.
	 *
	 * @param r
	 *            offset of the result.
	 * @param a
	 *            offset of a number above 0 and below 2n.
	 * @param top
	 *            the bit above its words.
	 */
	/* package */ void negate(int[] w, int r, int a, int top) {
		int n = this.limbs;
		int t = this.at;
		System.arraycopy(w, a, w, t + n, n);
		w[t + 2 * n] = top;
		reduce(w, r);
		long c = 0;
		for (int i = 0; i < n; i++) {
			c = (w[t + i] & M) - (w[r + i] & M) + (c >> 32);
			w[r + i] = (int) c;
		}
	}

	/**
	 * Recodes a scalar k for a comb with digits 1 and -1: gives k' = (k + R - 1) / 2 modulo n, so that k = 2 k' - (R - 1), which is the sum
	 * of 2<sup>i</sup> or -2<sup>i</sup> over all bits i of R - 1, depending on bit i of k'.
	 *
	 * @param r
	 *            offset of the result.
	 * @param k
	 *            offset of the scalar.
	 * @param t
	 *            offset of R - 1 modulo n.
	 */
	/* package */ void recode(int[] w, int r, int k, int t) {
		add(w, r, k, t);
		int n = this.limbs;
		int modulus = this.at;
		long odd = -(w[r] & 1) & M;
		long c = 0;
		for (int i = 0; i < n; i++) {
			c = (w[r + i] & M) + (w[modulus + i] & odd) + (c >>> 32);
			w[r + i] = (int) c;
		}
		int top = (int) (c >>> 32);
		for (int i = n; --i >= 0;) {
			int word = w[r + i];
			w[r + i] = word >>> 1 | top << 31;
			top = word;
		}
	}

	/** Subtracts n from the sum, which is below 2n, keeps what is not negative, and stores it. */
	private void reduce(int[] w, int r) {
		int n = this.limbs;
		int t = this.at;
		long c = 0;
		for (int i = 0; i < n; i++) {
			c = (w[t + n + i] & M) - (w[t + i] & M) + (c >> 32);
			w[r + i] = (int) c;
		}
		int keep = w[t + 2 * n] + (int) (c >> 32); // -1: below n
		for (int i = 0; i < n; i++) {
			int s = w[r + i];
			w[r + i] = s ^ (s ^ w[t + n + i]) & keep;
		}
	}

	/** Tells whether a plain number is below n: -1 if it is, 0 if not. */
	/* package */ int isBelow(int[] w, int a) {
		int n = this.limbs;
		int t = this.at;
		long c = 0;
		for (int i = 0; i < n; i++) {
			c = (w[a + i] & M) - (w[t + i] & M) + (c >> 32);
		}
		return (int) (c >> 32);
	}

	/** Adds n to a plain number. Gives the carry out of the top word. */
	/* package */ int addModulus(int[] w, int r, int a) {
		int n = this.limbs;
		int t = this.at;
		long c = 0;
		for (int i = 0; i < n; i++) {
			c = (w[a + i] & M) + (w[t + i] & M) + (c >>> 32);
			w[r + i] = (int) c;
		}
		return (int) (c >>> 32);
	}
}
