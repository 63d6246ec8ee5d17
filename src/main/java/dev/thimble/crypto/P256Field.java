/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The field of P-256, p = 2<sup>256</sup> - 2<sup>224</sup> + 2<sup>192</sup> + 2<sup>96</sup> - 1, in Montgomery form with
 * R = 2<sup>270</sup>. Constant time.
 *
 * <p>A product loads one operand's digits into locals once, loops over the other's and stores once: on a small device a checked array
 * access costs more than the multiplication it feeds. Because p = -1 modulo 2<sup>30</sup>, Montgomery's constant is 1: the multiple of p
 * that clears the lowest digit m is m p itself; and because p is a short sum of powers of 2, adding it takes shifts and no
 * multiplication.
 */
/* package */ final class P256Field extends CurveField {

	/* package */ P256Field(String numbers) {
		super(9, 8, 180, numbers);
	}

	@Override
	/* package */ void mul(int[] w, int r, int a, int b) {
		long b0 = w[b];
		long b1 = w[b + 1];
		long b2 = w[b + 2];
		long b3 = w[b + 3];
		long b4 = w[b + 4];
		long b5 = w[b + 5];
		long b6 = w[b + 6];
		long b7 = w[b + 7];
		long b8 = w[b + 8];
		long t0 = 0;
		long t1 = 0;
		long t2 = 0;
		long t3 = 0;
		long t4 = 0;
		long t5 = 0;
		long t6 = 0;
		long t7 = 0;
		for (int i = 0; i < 9; i++) {
			// t = (t + a[i] b + m p) / 2^30, where m p = m (2^256 - 2^224 + 2^192 + 2^96) - m
			long x = w[a + i];
			t0 += x * b0;
			long m = t0 & MASK;
			t0 = t1 + x * b1 + (t0 >> 30);
			t1 = t2 + x * b2;
			t2 = t3 + x * b3 + (m << 6);
			t3 = t4 + x * b4;
			t4 = t5 + x * b5;
			t5 = t6 + x * b6 + (m << 12);
			t6 = t7 + x * b7 - (m << 14);
			t7 = x * b8 + (m << 16);
		}
		// The sums lie within 2^63, digits again within 2^29.
		long c = t0 + HALF;
		w[r] = ((int) c & MASK) - HALF;
		c = t1 + HALF + (c >> 30);
		w[r + 1] = ((int) c & MASK) - HALF;
		c = t2 + HALF + (c >> 30);
		w[r + 2] = ((int) c & MASK) - HALF;
		c = t3 + HALF + (c >> 30);
		w[r + 3] = ((int) c & MASK) - HALF;
		c = t4 + HALF + (c >> 30);
		w[r + 4] = ((int) c & MASK) - HALF;
		c = t5 + HALF + (c >> 30);
		w[r + 5] = ((int) c & MASK) - HALF;
		c = t6 + HALF + (c >> 30);
		w[r + 6] = ((int) c & MASK) - HALF;
		c = t7 + HALF + (c >> 30);
		w[r + 7] = ((int) c & MASK) - HALF;
		w[r + 8] = (int) (c >> 30);
	}

	@Override
	/* package */ void sqr(int[] w, int r, int a) {
		long a0 = w[a];
		long a1 = w[a + 1];
		long a2 = w[a + 2];
		long a3 = w[a + 3];
		long a4 = w[a + 4];
		long a5 = w[a + 5];
		long a6 = w[a + 6];
		long a7 = w[a + 7];
		long a8 = w[a + 8];
		// Column by column: c = twice the products of different digits + a square + what m p gives + the carry.
		long c = a0 * a0;
		long m0 = c & MASK;
		c = (c >> 30) + (a0 * a1 << 1);
		long m1 = c & MASK;
		c = (c >> 30) + a1 * a1 + (a0 * a2 << 1);
		long m2 = c & MASK;
		c = (c >> 30) + (a0 * a3 + a1 * a2 << 1) + (m0 << 6);
		long m3 = c & MASK;
		c = (c >> 30) + a2 * a2 + (a0 * a4 + a1 * a3 << 1) + (m1 << 6);
		long m4 = c & MASK;
		c = (c >> 30) + (a0 * a5 + a1 * a4 + a2 * a3 << 1) + (m2 << 6);
		long m5 = c & MASK;
		c = (c >> 30) + a3 * a3 + (a0 * a6 + a1 * a5 + a2 * a4 << 1) + (m3 << 6) + (m0 << 12);
		long m6 = c & MASK;
		c = (c >> 30) + (a0 * a7 + a1 * a6 + a2 * a5 + a3 * a4 << 1) + (m4 << 6) + (m1 << 12) - (m0 << 14);
		long m7 = c & MASK;
		c = (c >> 30) + a4 * a4 + (a0 * a8 + a1 * a7 + a2 * a6 + a3 * a5 << 1) + (m5 << 6) + (m2 << 12) - (m1 << 14) + (m0 << 16);
		long m8 = c & MASK;
		c = (c >> 30) + (a1 * a8 + a2 * a7 + a3 * a6 + a4 * a5 << 1) + (m6 << 6) + (m3 << 12) - (m2 << 14) + (m1 << 16) + HALF;
		w[r] = ((int) c & MASK) - HALF;
		c = (c >> 30) + a5 * a5 + (a2 * a8 + a3 * a7 + a4 * a6 << 1) + (m7 << 6) + (m4 << 12) - (m3 << 14) + (m2 << 16) + HALF;
		w[r + 1] = ((int) c & MASK) - HALF;
		c = (c >> 30) + (a3 * a8 + a4 * a7 + a5 * a6 << 1) + (m8 << 6) + (m5 << 12) - (m4 << 14) + (m3 << 16) + HALF;
		w[r + 2] = ((int) c & MASK) - HALF;
		c = (c >> 30) + a6 * a6 + (a4 * a8 + a5 * a7 << 1) + (m6 << 12) - (m5 << 14) + (m4 << 16) + HALF;
		w[r + 3] = ((int) c & MASK) - HALF;
		c = (c >> 30) + (a5 * a8 + a6 * a7 << 1) + (m7 << 12) - (m6 << 14) + (m5 << 16) + HALF;
		w[r + 4] = ((int) c & MASK) - HALF;
		c = (c >> 30) + a7 * a7 + (a6 * a8 << 1) + (m8 << 12) - (m7 << 14) + (m6 << 16) + HALF;
		w[r + 5] = ((int) c & MASK) - HALF;
		c = (c >> 30) + (a7 * a8 << 1) - (m8 << 14) + (m7 << 16) + HALF;
		w[r + 6] = ((int) c & MASK) - HALF;
		c = (c >> 30) + a8 * a8 + (m8 << 16) + HALF;
		w[r + 7] = ((int) c & MASK) - HALF;
		w[r + 8] = (int) (c >> 30);
	}
}
