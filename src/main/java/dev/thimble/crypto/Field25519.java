/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * What Bouncy Castle's field of curve 25519 cannot do without allocating: powers, for inversion and square roots modulo
 * p = 2<sup>255</sup> - 19. Elements are arrays of ten ints.
 */
/* package */ final class Field25519 {

	private Field25519() {
	}

	/**
	 * First part of raising to 2<sup>250</sup> - 1, 102 squarings and 8 products. In the comments, [n] stands for
	 * x<sup>2<sup>n</sup> - 1</sup>.
	 *
	 * @param x
	 *            the base; not changed.
	 * @param x11
	 *            receives x<sup>11</sup>.
	 * @param r
	 *            carries a value to the second part.
	 * @param s
	 *            carries a value to the second part.
	 * @param t
	 *            overwritten.
	 */
	/* package */ static void startPower(int[] x, int[] x11, int[] r, int[] s, int[] t) {
		X25519Field.sqr(x, t);
		X25519Field.sqr(t, 2, r);
		X25519Field.mul(r, x, r); // x^9
		X25519Field.mul(t, r, x11);
		X25519Field.sqr(x11, t);
		X25519Field.mul(t, r, r); // x^31 = [5]
		X25519Field.sqr(r, 5, t);
		X25519Field.mul(t, r, r); // [10]
		X25519Field.sqr(r, 10, t);
		X25519Field.mul(t, r, s); // [20]
		X25519Field.sqr(s, 20, t);
		X25519Field.mul(t, s, s); // [40]
		X25519Field.sqr(s, 10, t);
		X25519Field.mul(t, r, r); // [50]
		X25519Field.sqr(r, 50, t);
		X25519Field.mul(t, r, s); // [100]
	}

	/**
	 * Second part of raising to 2<sup>250</sup> - 1, 150 squarings and 2 products.
	 *
	 * @param r
	 *            as the first part left it; receives x<sup>2<sup>250</sup> - 1</sup>.
	 * @param s
	 *            as the first part left it; overwritten.
	 * @param t
	 *            overwritten.
	 */
	/* package */ static void finishPower(int[] r, int[] s, int[] t) {
		X25519Field.sqr(s, 100, t);
		X25519Field.mul(t, s, s); // [200]
		X25519Field.sqr(s, 50, t);
		X25519Field.mul(t, r, r); // [250]
	}

	/**
	 * Computes 1/x (0 for 0) from the parts of the power: x<sup>p - 2</sup>, where p - 2 = 2<sup>5</sup>(2<sup>250</sup> - 1) + 11.
	 *
	 * @param power
	 *            x<sup>2<sup>250</sup> - 1</sup>; overwritten.
	 * @param x11
	 *            x<sup>11</sup>.
	 * @param z
	 *            receives the inverse.
	 */
	/* package */ static void invert(int[] power, int[] x11, int[] z) {
		X25519Field.sqr(power, 5, power);
		X25519Field.mul(power, x11, z);
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
