/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Inversion modulo an odd n in variable time, for public numbers: a fifth of the work of a power.
 *
 * <p>Kaliski's "almost Montgomery inverse" (1995): the binary Euclidean algorithm on (u, v) = (n, x), whose cofactors r and s are doubled
 * instead of halved, gives 2<sup>k</sup> / x for a k that is known at its end, and one Montgomery product makes R / x of it. Halvings that
 * follow each other are done in one go.
 */
/* package */ final class PublicInversion {

	private static final long M = 0xffffffffL;

	/** Rounds a slice: 12 words cost about 700 instructions a round. */
	private static final int ROUNDS_PER_SLICE = 200;

	private int at;
	private byte words;
	private short k;
	private OrderField order;

	/**
	 * Starts.
	 *
	 * @param curve
	 *            the curve, modulo whose order x is inverted.
	 * @param w
	 *            the memory.
	 * @param at
	 *            offset of working memory: 4 numbers, each of one word more. The result comes here.
	 * @param x
	 *            offset of the number: plain, from 1 to n - 1; outside the working memory.
	 */
	/* package */ void start(EcCurve curve, int[] w, int at, int x) {
		this.order = curve.order;
		this.at = at;
		this.words = curve.field.words;
		this.k = 0;
		int size = this.words + 1;
		Words.clear(w, at, 4 * size);
		curve.field.loadWords(EcCurve.N, w, at);
		System.arraycopy(w, x, w, at + size, this.words);
		w[at + 3 * size] = 1;
		makeOdd(w, at + size, at + 2 * size);
	}

	/** Halves a number until it is odd, doubling a cofactor as often. */
	private void makeOdd(int[] w, int number, int cofactor) {
		while ((w[number] & 1) == 0) {
			int shift = zeros(w[number]);
			shiftRight(w, number, shift);
			shiftLeft(w, cofactor, shift);
			this.k += shift;
		}
	}

	/** Zeros at the low end, at most 31. */
	private static int zeros(int word) {
		int count = 0;
		while ((word & 1) == 0 && count < 31) {
			word >>>= 1;
			count++;
		}
		return count;
	}

	private void shiftRight(int[] w, int a, int shift) {
		int top = a + this.words;
		for (int i = a; i < top; i++) {
			w[i] = w[i] >>> shift | w[i + 1] << 32 - shift;
		}
	}

	private void shiftLeft(int[] w, int a, int shift) {
		for (int i = a + this.words; i > a; i--) {
			w[i] = w[i] << shift | w[i - 1] >>> 32 - shift;
		}
		w[a] <<= shift;
	}

	/**
	 * Works for one slice.
	 *
	 * @return true once R / x stands at the beginning of the working memory.
	 */
	/* package */ boolean step(int[] w) {
		int size = this.words + 1;
		int u = this.at;
		int v = u + size;
		int r = v + size;
		int s = r + size;
		for (int rounds = ROUNDS_PER_SLICE; rounds > 0; rounds--) {
			int order = compare(w, u, v);
			if (order == 0) {
				finish(w, r);
				return true;
			}
			if (order > 0) {
				subtract(w, u, v);
				add(w, r, s);
				makeOdd(w, u, s);
			} else {
				subtract(w, v, u);
				add(w, s, r);
				makeOdd(w, v, r);
			}
		}
		return false;
	}

	/** Compares from the top: positive if a is larger than b. */
	private int compare(int[] w, int a, int b) {
		for (int i = this.words; --i >= 0;) {
			int x = w[a + i];
			int y = w[b + i];
			if (x != y) {
				return (x & M) > (y & M) ? 1 : -1;
			}
		}
		return 0;
	}

	private void subtract(int[] w, int a, int b) {
		long c = 0;
		for (int i = 0; i < this.words; i++) {
			c = (w[a + i] & M) - (w[b + i] & M) + (c >> 32);
			w[a + i] = (int) c;
		}
	}

	private void add(int[] w, int a, int b) {
		long c = 0;
		for (int i = 0; i <= this.words; i++) {
			c = (w[a + i] & M) + (w[b + i] & M) + (c >>> 32);
			w[a + i] = (int) c;
		}
	}

	/** Both are 1. The last round makes v zero and doubles r, which is below 2n then and stands for -2^k / x. */
	private void finish(int[] w, int r) {
		OrderField order = this.order;
		int result = this.at;
		shiftLeft(w, r, 1);
		this.k++;
		order.negate(w, result, r, w[r + this.words]);
		int exponent = 64 * this.words - this.k;
		if (exponent < 32 * this.words) {
			Words.clear(w, r, this.words);
			w[r + (exponent >> 5)] = 1 << exponent;
			order.mul(w, result, r, result);
		}
	}
}
