/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The field of P-384, p = 2<sup>384</sup> - 2<sup>128</sup> - 2<sup>96</sup> + 2<sup>32</sup> - 1, in Montgomery form with
 * R = 2<sup>384</sup>. Constant time.
 *
 * <p>The shape is that of {@link P256Field}: here too p = -1 modulo 2<sup>32</sup>, so the multiple of p which clears the lowest limb m is
 * m p itself, and adding it takes carried additions only.
 */
/* package */ final class P384Field extends PrimeField {

	private static final long M = 0xffffffffL;

	/* package */ P384Field() {
		super(12, 80);
	}

	@Override
	/* package */ void mul(int[] w, int r, int a, int b) {
		long b0 = w[b] & M;
		long b1 = w[b + 1] & M;
		long b2 = w[b + 2] & M;
		long b3 = w[b + 3] & M;
		long b4 = w[b + 4] & M;
		long b5 = w[b + 5] & M;
		long b6 = w[b + 6] & M;
		long b7 = w[b + 7] & M;
		long b8 = w[b + 8] & M;
		long b9 = w[b + 9] & M;
		long b10 = w[b + 10] & M;
		long b11 = w[b + 11] & M;
		int t0 = 0;
		int t1 = 0;
		int t2 = 0;
		int t3 = 0;
		int t4 = 0;
		int t5 = 0;
		int t6 = 0;
		int t7 = 0;
		int t8 = 0;
		int t9 = 0;
		int t10 = 0;
		int t11 = 0;
		int t12 = 0;
		for (int i = 0; i < 12; i++) {
			// t += a[i] * b
			long x = w[a + i] & M;
			long c = x * b0 + (t0 & M);
			long m = c & M;
			c = x * b1 + (t1 & M) + (c >>> 32);
			t1 = (int) c;
			c = x * b2 + (t2 & M) + (c >>> 32);
			t2 = (int) c;
			c = x * b3 + (t3 & M) + (c >>> 32);
			t3 = (int) c;
			c = x * b4 + (t4 & M) + (c >>> 32);
			t4 = (int) c;
			c = x * b5 + (t5 & M) + (c >>> 32);
			t5 = (int) c;
			c = x * b6 + (t6 & M) + (c >>> 32);
			t6 = (int) c;
			c = x * b7 + (t7 & M) + (c >>> 32);
			t7 = (int) c;
			c = x * b8 + (t8 & M) + (c >>> 32);
			t8 = (int) c;
			c = x * b9 + (t9 & M) + (c >>> 32);
			t9 = (int) c;
			c = x * b10 + (t10 & M) + (c >>> 32);
			t10 = (int) c;
			c = x * b11 + (t11 & M) + (c >>> 32);
			t11 = (int) c;
			c = (t12 & M) + (c >>> 32);
			t12 = (int) c;
			int top = (int) (c >>> 32);
			// t = (t + m p) / 2^32, where m p = m (2^384 - 2^128 - 2^96 + 2^32) - m
			c = (t1 & M) + m;
			t0 = (int) c;
			c = (t2 & M) + (c >> 32);
			t1 = (int) c;
			c = (t3 & M) - m + (c >> 32);
			t2 = (int) c;
			c = (t4 & M) - m + (c >> 32);
			t3 = (int) c;
			c = (t5 & M) + (c >> 32);
			t4 = (int) c;
			c = (t6 & M) + (c >> 32);
			t5 = (int) c;
			c = (t7 & M) + (c >> 32);
			t6 = (int) c;
			c = (t8 & M) + (c >> 32);
			t7 = (int) c;
			c = (t9 & M) + (c >> 32);
			t8 = (int) c;
			c = (t10 & M) + (c >> 32);
			t9 = (int) c;
			c = (t11 & M) + (c >> 32);
			t10 = (int) c;
			c = (t12 & M) + m + (c >> 32);
			t11 = (int) c;
			t12 = top + (int) (c >> 32);
		}
		// s = t - p, kept if it is not negative
		long c = (t0 & M) - M;
		int s0 = (int) c;
		c = (t1 & M) + (c >> 32);
		int s1 = (int) c;
		c = (t2 & M) + (c >> 32);
		int s2 = (int) c;
		c = (t3 & M) - M + (c >> 32);
		int s3 = (int) c;
		c = (t4 & M) - 0xfffffffeL + (c >> 32);
		int s4 = (int) c;
		c = (t5 & M) - M + (c >> 32);
		int s5 = (int) c;
		c = (t6 & M) - M + (c >> 32);
		int s6 = (int) c;
		c = (t7 & M) - M + (c >> 32);
		int s7 = (int) c;
		c = (t8 & M) - M + (c >> 32);
		int s8 = (int) c;
		c = (t9 & M) - M + (c >> 32);
		int s9 = (int) c;
		c = (t10 & M) - M + (c >> 32);
		int s10 = (int) c;
		c = (t11 & M) - M + (c >> 32);
		int s11 = (int) c;
		int keep = t12 + (int) (c >> 32); // -1: t < p
		w[r] = s0 ^ (s0 ^ t0) & keep;
		w[r + 1] = s1 ^ (s1 ^ t1) & keep;
		w[r + 2] = s2 ^ (s2 ^ t2) & keep;
		w[r + 3] = s3 ^ (s3 ^ t3) & keep;
		w[r + 4] = s4 ^ (s4 ^ t4) & keep;
		w[r + 5] = s5 ^ (s5 ^ t5) & keep;
		w[r + 6] = s6 ^ (s6 ^ t6) & keep;
		w[r + 7] = s7 ^ (s7 ^ t7) & keep;
		w[r + 8] = s8 ^ (s8 ^ t8) & keep;
		w[r + 9] = s9 ^ (s9 ^ t9) & keep;
		w[r + 10] = s10 ^ (s10 ^ t10) & keep;
		w[r + 11] = s11 ^ (s11 ^ t11) & keep;
	}

	@Override
	/* package */ void add(int[] w, int r, int a, int b) {
		long d = (w[a] & M) + (w[b] & M);
		int t0 = (int) d;
		d = (w[a + 1] & M) + (w[b + 1] & M) + (d >>> 32);
		int t1 = (int) d;
		d = (w[a + 2] & M) + (w[b + 2] & M) + (d >>> 32);
		int t2 = (int) d;
		d = (w[a + 3] & M) + (w[b + 3] & M) + (d >>> 32);
		int t3 = (int) d;
		d = (w[a + 4] & M) + (w[b + 4] & M) + (d >>> 32);
		int t4 = (int) d;
		d = (w[a + 5] & M) + (w[b + 5] & M) + (d >>> 32);
		int t5 = (int) d;
		d = (w[a + 6] & M) + (w[b + 6] & M) + (d >>> 32);
		int t6 = (int) d;
		d = (w[a + 7] & M) + (w[b + 7] & M) + (d >>> 32);
		int t7 = (int) d;
		d = (w[a + 8] & M) + (w[b + 8] & M) + (d >>> 32);
		int t8 = (int) d;
		d = (w[a + 9] & M) + (w[b + 9] & M) + (d >>> 32);
		int t9 = (int) d;
		d = (w[a + 10] & M) + (w[b + 10] & M) + (d >>> 32);
		int t10 = (int) d;
		d = (w[a + 11] & M) + (w[b + 11] & M) + (d >>> 32);
		int t11 = (int) d;
		int t12 = (int) (d >>> 32);
		// s = t - p, kept if it is not negative
		long c = (t0 & M) - M;
		int s0 = (int) c;
		c = (t1 & M) + (c >> 32);
		int s1 = (int) c;
		c = (t2 & M) + (c >> 32);
		int s2 = (int) c;
		c = (t3 & M) - M + (c >> 32);
		int s3 = (int) c;
		c = (t4 & M) - 0xfffffffeL + (c >> 32);
		int s4 = (int) c;
		c = (t5 & M) - M + (c >> 32);
		int s5 = (int) c;
		c = (t6 & M) - M + (c >> 32);
		int s6 = (int) c;
		c = (t7 & M) - M + (c >> 32);
		int s7 = (int) c;
		c = (t8 & M) - M + (c >> 32);
		int s8 = (int) c;
		c = (t9 & M) - M + (c >> 32);
		int s9 = (int) c;
		c = (t10 & M) - M + (c >> 32);
		int s10 = (int) c;
		c = (t11 & M) - M + (c >> 32);
		int s11 = (int) c;
		int keep = t12 + (int) (c >> 32); // -1: t < p
		w[r] = s0 ^ (s0 ^ t0) & keep;
		w[r + 1] = s1 ^ (s1 ^ t1) & keep;
		w[r + 2] = s2 ^ (s2 ^ t2) & keep;
		w[r + 3] = s3 ^ (s3 ^ t3) & keep;
		w[r + 4] = s4 ^ (s4 ^ t4) & keep;
		w[r + 5] = s5 ^ (s5 ^ t5) & keep;
		w[r + 6] = s6 ^ (s6 ^ t6) & keep;
		w[r + 7] = s7 ^ (s7 ^ t7) & keep;
		w[r + 8] = s8 ^ (s8 ^ t8) & keep;
		w[r + 9] = s9 ^ (s9 ^ t9) & keep;
		w[r + 10] = s10 ^ (s10 ^ t10) & keep;
		w[r + 11] = s11 ^ (s11 ^ t11) & keep;
	}

	@Override
	/* package */ void sub(int[] w, int r, int a, int b) {
		long c = (w[a] & M) - (w[b] & M);
		int t0 = (int) c;
		c = (w[a + 1] & M) - (w[b + 1] & M) + (c >> 32);
		int t1 = (int) c;
		c = (w[a + 2] & M) - (w[b + 2] & M) + (c >> 32);
		int t2 = (int) c;
		c = (w[a + 3] & M) - (w[b + 3] & M) + (c >> 32);
		int t3 = (int) c;
		c = (w[a + 4] & M) - (w[b + 4] & M) + (c >> 32);
		int t4 = (int) c;
		c = (w[a + 5] & M) - (w[b + 5] & M) + (c >> 32);
		int t5 = (int) c;
		c = (w[a + 6] & M) - (w[b + 6] & M) + (c >> 32);
		int t6 = (int) c;
		c = (w[a + 7] & M) - (w[b + 7] & M) + (c >> 32);
		int t7 = (int) c;
		c = (w[a + 8] & M) - (w[b + 8] & M) + (c >> 32);
		int t8 = (int) c;
		c = (w[a + 9] & M) - (w[b + 9] & M) + (c >> 32);
		int t9 = (int) c;
		c = (w[a + 10] & M) - (w[b + 10] & M) + (c >> 32);
		int t10 = (int) c;
		c = (w[a + 11] & M) - (w[b + 11] & M) + (c >> 32);
		int t11 = (int) c;
		// p is added if the difference is negative
		long m = c >> 32 & M;
		c = (t0 & M) + m;
		w[r] = (int) c;
		c = (t1 & M) + (c >> 32);
		w[r + 1] = (int) c;
		c = (t2 & M) + (c >> 32);
		w[r + 2] = (int) c;
		c = (t3 & M) + m + (c >> 32);
		w[r + 3] = (int) c;
		c = (t4 & M) + (m & 0xfffffffeL) + (c >> 32);
		w[r + 4] = (int) c;
		c = (t5 & M) + m + (c >> 32);
		w[r + 5] = (int) c;
		c = (t6 & M) + m + (c >> 32);
		w[r + 6] = (int) c;
		c = (t7 & M) + m + (c >> 32);
		w[r + 7] = (int) c;
		c = (t8 & M) + m + (c >> 32);
		w[r + 8] = (int) c;
		c = (t9 & M) + m + (c >> 32);
		w[r + 9] = (int) c;
		c = (t10 & M) + m + (c >> 32);
		w[r + 10] = (int) c;
		c = (t11 & M) + m + (c >> 32);
		w[r + 11] = (int) c;
	}
}
