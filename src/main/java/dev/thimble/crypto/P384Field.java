/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The field of P-384, p = 2<sup>384</sup> - 2<sup>128</sup> - 2<sup>96</sup> + 2<sup>32</sup> - 1, in Montgomery form with
 * R = 2<sup>390</sup>. Constant time.
 *
 * <p>The shape is that of {@link P256Field}: here too p = -1 modulo 2<sup>30</sup>, so the multiple of p that clears the lowest digit m is
 * m p itself, and adding it takes shifts.
 */
/* package */ final class P384Field extends CurveField {

	/* package */ P384Field(String numbers) {
		super(13, 12, 100, numbers);
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
		long b9 = w[b + 9];
		long b10 = w[b + 10];
		long b11 = w[b + 11];
		long b12 = w[b + 12];
		long t0 = 0;
		long t1 = 0;
		long t2 = 0;
		long t3 = 0;
		long t4 = 0;
		long t5 = 0;
		long t6 = 0;
		long t7 = 0;
		long t8 = 0;
		long t9 = 0;
		long t10 = 0;
		long t11 = 0;
		for (int i = 0; i < 13; i++) {
			// t = (t + a[i] b + m p) / 2^30, where m p = m (2^384 - 2^128 - 2^96 + 2^32) - m
			long x = w[a + i];
			t0 += x * b0;
			long m = t0 & MASK;
			t0 = t1 + x * b1 + (t0 >> 30) + (m << 2);
			t1 = t2 + x * b2;
			t2 = t3 + x * b3 - (m << 6);
			t3 = t4 + x * b4 - (m << 8);
			t4 = t5 + x * b5;
			t5 = t6 + x * b6;
			t6 = t7 + x * b7;
			t7 = t8 + x * b8;
			t8 = t9 + x * b9;
			t9 = t10 + x * b10;
			t10 = t11 + x * b11;
			t11 = x * b12 + (m << 24);
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
		c = t8 + HALF + (c >> 30);
		w[r + 8] = ((int) c & MASK) - HALF;
		c = t9 + HALF + (c >> 30);
		w[r + 9] = ((int) c & MASK) - HALF;
		c = t10 + HALF + (c >> 30);
		w[r + 10] = ((int) c & MASK) - HALF;
		c = t11 + HALF + (c >> 30);
		w[r + 11] = ((int) c & MASK) - HALF;
		w[r + 12] = (int) (c >> 30);
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
		long a9 = w[a + 9];
		long a10 = w[a + 10];
		long a11 = w[a + 11];
		long a12 = w[a + 12];
		// Column by column: c = twice the products of different digits + a square + what m p gives + the carry.
		long c = a0 * a0;
		long m0 = c & MASK;
		c = (c >> 30) + (a0 * a1 << 1) + (m0 << 2);
		long m1 = c & MASK;
		c = (c >> 30) + a1 * a1 + (a0 * a2 << 1) + (m1 << 2);
		long m2 = c & MASK;
		c = (c >> 30) + (a0 * a3 + a1 * a2 << 1) + (m2 << 2) - (m0 << 6);
		long m3 = c & MASK;
		c = (c >> 30) + a2 * a2 + (a0 * a4 + a1 * a3 << 1) + (m3 << 2) - (m1 << 6) - (m0 << 8);
		long m4 = c & MASK;
		c = (c >> 30) + (a0 * a5 + a1 * a4 + a2 * a3 << 1) + (m4 << 2) - (m2 << 6) - (m1 << 8);
		long m5 = c & MASK;
		c = (c >> 30) + a3 * a3 + (a0 * a6 + a1 * a5 + a2 * a4 << 1) + (m5 << 2) - (m3 << 6) - (m2 << 8);
		long m6 = c & MASK;
		c = (c >> 30) + (a0 * a7 + a1 * a6 + a2 * a5 + a3 * a4 << 1) + (m6 << 2) - (m4 << 6) - (m3 << 8);
		long m7 = c & MASK;
		c = (c >> 30) + a4 * a4 + (a0 * a8 + a1 * a7 + a2 * a6 + a3 * a5 << 1) + (m7 << 2) - (m5 << 6) - (m4 << 8);
		long m8 = c & MASK;
		c = (c >> 30) + (a0 * a9 + a1 * a8 + a2 * a7 + a3 * a6 + a4 * a5 << 1) + (m8 << 2) - (m6 << 6) - (m5 << 8);
		long m9 = c & MASK;
		c = (c >> 30) + a5 * a5 + (a0 * a10 + a1 * a9 + a2 * a8 + a3 * a7 + a4 * a6 << 1) + (m9 << 2) - (m7 << 6) - (m6 << 8);
		long m10 = c & MASK;
		c = (c >> 30) + (a0 * a11 + a1 * a10 + a2 * a9 + a3 * a8 + a4 * a7 + a5 * a6 << 1) + (m10 << 2) - (m8 << 6) - (m7 << 8);
		long m11 = c & MASK;
		c = (c >> 30) + a6 * a6 + (a0 * a12 + a1 * a11 + a2 * a10 + a3 * a9 + a4 * a8 + a5 * a7 << 1)
				+ (m11 << 2) - (m9 << 6) - (m8 << 8) + (m0 << 24);
		long m12 = c & MASK;
		c = (c >> 30) + (a1 * a12 + a2 * a11 + a3 * a10 + a4 * a9 + a5 * a8 + a6 * a7 << 1)
				+ (m12 << 2) - (m10 << 6) - (m9 << 8) + (m1 << 24) + HALF;
		w[r] = ((int) c & MASK) - HALF;
		c = (c >> 30) + a7 * a7 + (a2 * a12 + a3 * a11 + a4 * a10 + a5 * a9 + a6 * a8 << 1) - (m11 << 6) - (m10 << 8)
				+ (m2 << 24) + HALF;
		w[r + 1] = ((int) c & MASK) - HALF;
		c = (c >> 30) + (a3 * a12 + a4 * a11 + a5 * a10 + a6 * a9 + a7 * a8 << 1) - (m12 << 6) - (m11 << 8) + (m3 << 24) + HALF;
		w[r + 2] = ((int) c & MASK) - HALF;
		c = (c >> 30) + a8 * a8 + (a4 * a12 + a5 * a11 + a6 * a10 + a7 * a9 << 1) - (m12 << 8) + (m4 << 24) + HALF;
		w[r + 3] = ((int) c & MASK) - HALF;
		c = (c >> 30) + (a5 * a12 + a6 * a11 + a7 * a10 + a8 * a9 << 1) + (m5 << 24) + HALF;
		w[r + 4] = ((int) c & MASK) - HALF;
		c = (c >> 30) + a9 * a9 + (a6 * a12 + a7 * a11 + a8 * a10 << 1) + (m6 << 24) + HALF;
		w[r + 5] = ((int) c & MASK) - HALF;
		c = (c >> 30) + (a7 * a12 + a8 * a11 + a9 * a10 << 1) + (m7 << 24) + HALF;
		w[r + 6] = ((int) c & MASK) - HALF;
		c = (c >> 30) + a10 * a10 + (a8 * a12 + a9 * a11 << 1) + (m8 << 24) + HALF;
		w[r + 7] = ((int) c & MASK) - HALF;
		c = (c >> 30) + (a9 * a12 + a10 * a11 << 1) + (m9 << 24) + HALF;
		w[r + 8] = ((int) c & MASK) - HALF;
		c = (c >> 30) + a11 * a11 + (a10 * a12 << 1) + (m10 << 24) + HALF;
		w[r + 9] = ((int) c & MASK) - HALF;
		c = (c >> 30) + (a11 * a12 << 1) + (m11 << 24) + HALF;
		w[r + 10] = ((int) c & MASK) - HALF;
		c = (c >> 30) + a12 * a12 + (m12 << 24) + HALF;
		w[r + 11] = ((int) c & MASK) - HALF;
		w[r + 12] = (int) (c >> 30);
	}
}
