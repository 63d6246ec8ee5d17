/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/** Montgomery's multiplication modulo odd numbers of any length, a few rows at a time. Nothing depends on the numbers but the result. */
final class Montgomery {

	private static final long MASK = 0xffffffffL;

	private Montgomery() {
	}

	/** Gets -1/n mod 2^32. */
	static int inverse(int lowestWord) {
		// Newton: each round doubles the number of right bits; n is its own inverse mod 8
		int v = lowestWord;
		for (int i = 0; i < 4; i++) {
			v *= 2 - lowestWord * v;
		}
		return -v;
	}

	/**
	 * Works on the product x factor / 2^(32 length) mod n.
	 *
	 * @param w
	 *            holds all numbers, the lowest word first; at its beginning the modulus n.
	 * @param length
	 *            of each number, in words.
	 * @param x
	 *            below n.
	 * @param factor
	 *            any number of that length.
	 * @param acc
	 *            length + 1 words, zeros before the first row; after the last, the product, below 2n.
	 * @param inverse
	 *            {@link #inverse} of n.
	 * @param from
	 *            the first row.
	 * @param to
	 *            the row behind the last one.
	 */
	static void rows(int[] w, int length, int x, int factor, int acc, int inverse, int from, int to) {
		for (int i = from; i < to; i++) {
			long a = w[x + i] & MASK;
			// (2^32-1)^2 + 2·(2^32-1) = 2^64-1: neither sum overflows
			long u = a * (w[factor] & MASK) + (w[acc] & MASK);
			long m = (int) u * inverse & MASK;
			long v = m * (w[0] & MASK) + (u & MASK);
			long carryU = u >>> 32;
			long carryV = v >>> 32;
			for (int j = 1; j < length; j++) {
				u = a * (w[factor + j] & MASK) + (w[acc + j] & MASK) + carryU;
				carryU = u >>> 32;
				v = m * (w[j] & MASK) + (u & MASK) + carryV;
				carryV = v >>> 32;
				w[acc + j - 1] = (int) v;
			}
			u = carryU + carryV + (w[acc + length] & MASK);
			w[acc + length - 1] = (int) u;
			w[acc + length] = (int) (u >>> 32);
		}
	}
}
