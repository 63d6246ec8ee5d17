/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The field of curve 25519, p = 2<sup>255</sup> - 19, constant time: elements are nine signed digits of 29 bits at an offset of a flat
 * array, least significant first.
 *
 * <p>A digit lies within 2<sup>28</sup> and a little. So there is room in a long for a whole column of products (9 2<sup>56</sup>), even
 * for one of sums: the factors of a product may be sums or differences of up to four and of two, or of three and three, elements that were
 * not {@link #carry carried}. 2<sup>261</sup> is 1216 modulo p. Results may overwrite operands.
 */
/* package */ final class Field25519 {

	/** Digits of an element. */
	/* package */ static final int DIGITS = 9;

	private static final int MASK = (1 << 29) - 1;
	/** Added before a digit is cut off, subtracted from it after: makes digits signed. */
	private static final int HALF = 1 << 28;
	/** 2<sup>261</sup> modulo p. */
	private static final int FOLD = 64 * 19;
	/** Bits of the top digit of a number below 2<sup>255</sup>. */
	private static final int TOP_BITS = 23;

	private Field25519() {
	}

	/** Product: r = a b. */
	/* package */ static void mul(int[] w, int r, int a, int b) {
		long a0 = w[a];
		long a1 = w[a + 1];
		long a2 = w[a + 2];
		long a3 = w[a + 3];
		long a4 = w[a + 4];
		long a5 = w[a + 5];
		long a6 = w[a + 6];
		long a7 = w[a + 7];
		long a8 = w[a + 8];
		long b0 = w[b];
		long b1 = w[b + 1];
		long b2 = w[b + 2];
		long b3 = w[b + 3];
		long b4 = w[b + 4];
		long b5 = w[b + 5];
		long b6 = w[b + 6];
		long b7 = w[b + 7];
		long b8 = w[b + 8];
		// The upper columns first: their digits, none negative but the last, times 2^261 modulo p, belong to the lower ones.
		long c = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1;
		long h0 = c & MASK;
		c = a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + (c >> 29);
		long h1 = c & MASK;
		c = a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + (c >> 29);
		long h2 = c & MASK;
		c = a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + (c >> 29);
		long h3 = c & MASK;
		c = a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + (c >> 29);
		long h4 = c & MASK;
		c = a6 * b8 + a7 * b7 + a8 * b6 + (c >> 29);
		long h5 = c & MASK;
		c = a7 * b8 + a8 * b7 + (c >> 29);
		long h6 = c & MASK;
		c = a8 * b8 + (c >> 29);
		long h7 = c & MASK;
		long h8 = c >> 29;
		c = a0 * b0 + h0 * FOLD + HALF;
		long r0 = (c & MASK) - HALF;
		c = a0 * b1 + a1 * b0 + h1 * FOLD + HALF + (c >> 29);
		long r1 = (c & MASK) - HALF;
		c = a0 * b2 + a1 * b1 + a2 * b0 + h2 * FOLD + HALF + (c >> 29);
		w[r + 2] = ((int) c & MASK) - HALF;
		c = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + h3 * FOLD + HALF + (c >> 29);
		w[r + 3] = ((int) c & MASK) - HALF;
		c = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + h4 * FOLD + HALF + (c >> 29);
		w[r + 4] = ((int) c & MASK) - HALF;
		c = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + h5 * FOLD + HALF + (c >> 29);
		w[r + 5] = ((int) c & MASK) - HALF;
		c = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 + h6 * FOLD + HALF + (c >> 29);
		w[r + 6] = ((int) c & MASK) - HALF;
		c = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 + h7 * FOLD + HALF + (c >> 29);
		w[r + 7] = ((int) c & MASK) - HALF;
		c = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 + h8 * FOLD + HALF + (c >> 29);
		w[r + 8] = ((int) c & MASK) - HALF;
		c = r0 + (c >> 29) * FOLD + HALF;
		w[r] = ((int) c & MASK) - HALF;
		w[r + 1] = (int) (r1 + (c >> 29));
	}

	/** Square: r = a a. */
	/* package */ static void sqr(int[] w, int r, int a) {
		long a0 = w[a];
		long a1 = w[a + 1];
		long a2 = w[a + 2];
		long a3 = w[a + 3];
		long a4 = w[a + 4];
		long a5 = w[a + 5];
		long a6 = w[a + 6];
		long a7 = w[a + 7];
		long a8 = w[a + 8];
		// The upper columns first: their digits, none negative but the last, times 2^261 modulo p, belong to the lower ones.
		long c = (a1 * a8 + a2 * a7 + a3 * a6 + a4 * a5 << 1);
		long h0 = c & MASK;
		c = a5 * a5 + (a2 * a8 + a3 * a7 + a4 * a6 << 1) + (c >> 29);
		long h1 = c & MASK;
		c = (a3 * a8 + a4 * a7 + a5 * a6 << 1) + (c >> 29);
		long h2 = c & MASK;
		c = a6 * a6 + (a4 * a8 + a5 * a7 << 1) + (c >> 29);
		long h3 = c & MASK;
		c = (a5 * a8 + a6 * a7 << 1) + (c >> 29);
		long h4 = c & MASK;
		c = a7 * a7 + (a6 * a8 << 1) + (c >> 29);
		long h5 = c & MASK;
		c = (a7 * a8 << 1) + (c >> 29);
		long h6 = c & MASK;
		c = a8 * a8 + (c >> 29);
		long h7 = c & MASK;
		long h8 = c >> 29;
		c = a0 * a0 + h0 * FOLD + HALF;
		long r0 = (c & MASK) - HALF;
		c = (a0 * a1 << 1) + h1 * FOLD + HALF + (c >> 29);
		long r1 = (c & MASK) - HALF;
		c = a1 * a1 + (a0 * a2 << 1) + h2 * FOLD + HALF + (c >> 29);
		w[r + 2] = ((int) c & MASK) - HALF;
		c = (a0 * a3 + a1 * a2 << 1) + h3 * FOLD + HALF + (c >> 29);
		w[r + 3] = ((int) c & MASK) - HALF;
		c = a2 * a2 + (a0 * a4 + a1 * a3 << 1) + h4 * FOLD + HALF + (c >> 29);
		w[r + 4] = ((int) c & MASK) - HALF;
		c = (a0 * a5 + a1 * a4 + a2 * a3 << 1) + h5 * FOLD + HALF + (c >> 29);
		w[r + 5] = ((int) c & MASK) - HALF;
		c = a3 * a3 + (a0 * a6 + a1 * a5 + a2 * a4 << 1) + h6 * FOLD + HALF + (c >> 29);
		w[r + 6] = ((int) c & MASK) - HALF;
		c = (a0 * a7 + a1 * a6 + a2 * a5 + a3 * a4 << 1) + h7 * FOLD + HALF + (c >> 29);
		w[r + 7] = ((int) c & MASK) - HALF;
		c = a4 * a4 + (a0 * a8 + a1 * a7 + a2 * a6 + a3 * a5 << 1) + h8 * FOLD + HALF + (c >> 29);
		w[r + 8] = ((int) c & MASK) - HALF;
		c = r0 + (c >> 29) * FOLD + HALF;
		w[r] = ((int) c & MASK) - HALF;
		w[r + 1] = (int) (r1 + (c >> 29));
	}

	/** Squares n times, n at least 1. */
	/* package */ static void sqr(int[] w, int r, int a, int n) {
		sqr(w, r, a);
		for (int i = n; --i > 0;) {
			sqr(w, r, r);
		}
	}

	/** Multiple by a number below 2<sup>20</sup>: r = k a. */
	/* package */ static void times(int[] w, int r, int a, int k) {
		long c = 0;
		for (int i = 0; i < DIGITS; i++) {
			c = (c >> 29) + HALF + (long) w[a + i] * k;
			w[r + i] = ((int) c & MASK) - HALF;
		}
		c = w[r] + (c >> 29) * FOLD + HALF;
		w[r] = ((int) c & MASK) - HALF;
		w[r + 1] += (int) (c >> 29);
	}

	/** Sum, not carried: r = a + b. */
	/* package */ static void add(int[] w, int r, int a, int b) {
		for (int i = 0; i < DIGITS; i++) {
			w[r + i] = w[a + i] + w[b + i];
		}
	}

	/** Difference, not carried: r = a - b. */
	/* package */ static void sub(int[] w, int r, int a, int b) {
		for (int i = 0; i < DIGITS; i++) {
			w[r + i] = w[a + i] - w[b + i];
		}
	}

	/** Sum and difference, not carried: r = a + b and s = a - b. */
	/* package */ static void addSub(int[] w, int r, int s, int a, int b) {
		for (int i = 0; i < DIGITS; i++) {
			int x = w[a + i];
			int y = w[b + i];
			w[r + i] = x + y;
			w[s + i] = x - y;
		}
	}

	/** Negative: r = -a. */
	/* package */ static void neg(int[] w, int r, int a) {
		for (int i = 0; i < DIGITS; i++) {
			w[r + i] = -w[a + i];
		}
	}

	/** Brings the digits of a sum of up to six elements back to their bounds. */
	/* package */ static void carry(int[] w, int r) {
		int c = 0;
		for (int i = 0; i < DIGITS; i++) {
			c = (c >> 29) + w[r + i] + HALF;
			w[r + i] = (c & MASK) - HALF;
		}
		w[r] += (c >> 29) * FOLD;
	}

	/** Sets an element to a number below 2<sup>28</sup>. */
	/* package */ static void set(int[] w, int r, int value) {
		Words.clear(w, r, DIGITS);
		w[r] = value;
	}

	/* package */ static void copy(int[] w, int r, int a) {
		System.arraycopy(w, a, w, r, DIGITS);
	}

	/** Exchanges two elements if a secret bit is 1. */
	/* package */ static void swap(int[] w, int bit, int a, int b) {
		int mask = -bit;
		for (int i = 0; i < DIGITS; i++) {
			int difference = (w[a + i] ^ w[b + i]) & mask;
			w[a + i] ^= difference;
			w[b + i] ^= difference;
		}
	}

	/** Negates an element if a secret bit is 1. */
	/* package */ static void negateIf(int[] w, int bit, int a) {
		int mask = -bit;
		for (int i = 0; i < DIGITS; i++) {
			w[a + i] = (w[a + i] ^ mask) - mask;
		}
	}

	/** Makes an element of a number of eight words in its place; bit 255 does not count. */
	/* package */ static void spread(int[] w, int r) {
		// Digit i ends in word i at the latest: from the top down nothing is overwritten early.
		w[r + 8] = w[r + 7] >>> 8 & (1 << TOP_BITS) - 1;
		for (int i = 7; i > 0; i--) {
			int bit = 29 * i & 31;
			int at = r + (29 * i >> 5);
			int digit = w[at] >>> bit;
			if (bit > 3) {
				digit |= w[at + 1] << 32 - bit;
			}
			w[r + i] = digit & MASK;
		}
		w[r] &= MASK;
		carry(w, r);
	}

	/** Reduces an element to digits of 29 bits, none of them negative, of a number below p. */
	/* package */ static void normalize(int[] w, int r) {
		// What lies above 2^255 comes back 19 times: twice, for the first time can leave a little.
		for (int round = 0; round < 2; round++) {
			int c = 0;
			for (int i = 0; i < DIGITS; i++) {
				c += w[r + i];
				w[r + i] = c & MASK;
				c >>= 29;
			}
			c = c << 29 - TOP_BITS | w[r + 8] >> TOP_BITS;
			w[r + 8] &= (1 << TOP_BITS) - 1;
			w[r] += 19 * c;
		}
		// Now from 0 to 2^255 - 1 but for carries; p or more if it reaches 2^255 with 19 added.
		int c = 19;
		for (int i = 0; i < DIGITS - 1; i++) {
			c += w[r + i];
			c >>= 29;
		}
		c = c + w[r + 8] >> TOP_BITS;
		c *= 19;
		for (int i = 0; i < DIGITS; i++) {
			c += w[r + i];
			w[r + i] = c & MASK;
			c >>= 29;
		}
		w[r + 8] &= (1 << TOP_BITS) - 1;
	}

	/** Tells whether two normalized elements are equal, in variable time. */
	/* package */ static boolean areEqual(int[] w, int a, int b) {
		return Words.areEqual(w, a, b, DIGITS) != 0;
	}

	/** Writes a normalized element as 32 bytes, little-endian. */
	/* package */ static void encode(int[] w, int a, byte[] out, int offset) {
		long c = 0;
		int bits = 0;
		int at = offset;
		for (int i = 0; i < DIGITS; i++) {
			c |= (long) w[a + i] << bits;
			for (bits += i == DIGITS - 1 ? 32 : 29; bits >= 8 && at < offset + 32; bits -= 8) {
				out[at++] = (byte) c;
				c >>>= 8;
			}
		}
	}

	/**
	 * First part of raising to 2<sup>250</sup> - 1, 102 squarings and 8 products. In the comments, [n] stands for
	 * x<sup>2<sup>n</sup> - 1</sup>.
	 *
	 * @param w
	 *            the memory.
	 * @param x
	 *            offset of the base; not changed.
	 * @param x11
	 *            receives x<sup>11</sup>.
	 * @param r
	 *            carries a value to the second part.
	 * @param s
	 *            carries a value to the second part.
	 * @param t
	 *            overwritten.
	 */
	/* package */ static void startPower(int[] w, int x, int x11, int r, int s, int t) {
		sqr(w, t, x);
		sqr(w, r, t, 2);
		mul(w, r, r, x); // x^9
		mul(w, x11, t, r);
		sqr(w, t, x11);
		mul(w, r, t, r); // x^31 = [5]
		sqr(w, t, r, 5);
		mul(w, r, t, r); // [10]
		sqr(w, t, r, 10);
		mul(w, s, t, r); // [20]
		sqr(w, t, s, 20);
		mul(w, s, t, s); // [40]
		sqr(w, t, s, 10);
		mul(w, r, t, r); // [50]
		sqr(w, t, r, 50);
		mul(w, s, t, r); // [100]
	}

	/**
	 * Second part of raising to 2<sup>250</sup> - 1, 150 squarings and 2 products.
	 *
	 * @param w
	 *            the memory.
	 * @param r
	 *            as the first part left it; receives x<sup>2<sup>250</sup> - 1</sup>.
	 * @param s
	 *            as the first part left it; overwritten.
	 * @param t
	 *            overwritten.
	 */
	/* package */ static void finishPower(int[] w, int r, int s, int t) {
		sqr(w, t, s, 100);
		mul(w, s, t, s); // [200]
		sqr(w, t, s, 50);
		mul(w, r, t, r); // [250]
	}

	/**
	 * Computes 1/x (0 for 0) from the parts of the power: x<sup>p - 2</sup>, where p - 2 = 2<sup>5</sup>(2<sup>250</sup> - 1) + 11.
	 *
	 * @param w
	 *            the memory.
	 * @param power
	 *            x<sup>2<sup>250</sup> - 1</sup>; overwritten.
	 * @param x11
	 *            x<sup>11</sup>.
	 * @param z
	 *            receives the inverse.
	 */
	/* package */ static void invert(int[] w, int power, int x11, int z) {
		sqr(w, power, power, 5);
		mul(w, z, power, x11);
	}

	/**
	 * Tells whether the lower 255 bits of a number are below p, in variable time.
	 *
	 * @param w
	 *            the memory.
	 * @param a
	 *            offset of 8 words.
	 */
	/* package */ static boolean isReduced(int[] w, int a) {
		int all = w[a + 7] | 0x80000000;
		for (int i = 1; i < 7; i++) {
			all &= w[a + i];
		}
		// Only 2^255 - 19 to 2^255 - 1 have all ones above the lowest word.
		int lowest = w[a];
		return all != -1 || lowest >= 0 || lowest < -19;
	}
}
