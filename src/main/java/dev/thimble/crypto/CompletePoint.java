/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Complete addition on curves with a = -3 and prime order, in homogeneous projective coordinates (X : Y : Z), by Renes, Costello and
 * Batina, "Complete addition formulas for prime order elliptic curves" (2016), algorithms 4 and 6.
 *
 * <p>The same straight line of field operations serves every input: equal points, opposite points, the point at infinity (0 : Y : 0). So
 * secret scalars need no special cases. A point is three numbers in a row, in Montgomery form.
 */
/* package */ final class CompletePoint {

	/** Numbers of temporary memory that both functions need. */
	/* package */ static final int TEMPORARIES = 5;

	private CompletePoint() {
	}

	/**
	 * Adds in place: q = p + q, 14 products.
	 *
	 * @param f
	 *            the field.
	 * @param w
	 *            the memory.
	 * @param q
	 *            offset of the point that changes.
	 * @param p
	 *            offset of the other point.
	 * @param b
	 *            offset of the curve's b.
	 * @param t
	 *            offset of temporary memory.
	 */
	/* package */ static void add(CurveField f, int[] w, int q, int p, int b, int t) {
		int limbs = f.limbs;
		int t1 = t + limbs;
		int t2 = t1 + limbs;
		int t3 = t2 + limbs;
		int t4 = t3 + limbs;
		int y = q + limbs;
		int z = y + limbs;
		int py = p + limbs;
		int pz = py + limbs;
		f.mul(w, t, p, q);
		f.mul(w, t1, py, y);
		f.mul(w, t2, pz, z);
		// t3 = Xp Yq + Xq Yp
		f.add(w, t3, p, py);
		f.add(w, t4, q, y);
		f.mul(w, t3, t3, t4);
		f.add(w, t4, t, t1);
		f.sub(w, t3, t3, t4);
		// t4 = Yp Zq + Yq Zp
		f.add(w, q, q, z);
		f.add(w, y, y, z);
		f.add(w, t4, py, pz);
		f.mul(w, t4, t4, y);
		f.add(w, z, t1, t2);
		f.sub(w, t4, t4, z);
		// y = Xp Zq + Xq Zp
		f.add(w, z, p, pz);
		f.mul(w, q, q, z);
		f.add(w, y, t, t2);
		f.sub(w, y, q, y);
		f.mul(w, z, b, t2);
		f.sub(w, q, y, z);
		f.addTimes(w, q, q, q, 2);
		f.sub(w, z, t1, q);
		f.add(w, q, t1, q);
		f.mul(w, y, b, y);
		f.addTimes(w, t2, t2, t2, 2);
		f.sub(w, y, y, t2);
		f.sub(w, y, y, t);
		f.addTimes(w, y, y, y, 2);
		f.addTimes(w, t, t, t, 2);
		f.sub(w, t, t, t2);
		f.mul(w, t1, t4, y);
		f.mul(w, t2, t, y);
		f.mul(w, y, q, z);
		f.add(w, y, y, t2);
		f.mul(w, q, t3, q);
		f.sub(w, q, q, t1);
		f.mul(w, z, t4, z);
		f.mul(w, t1, t3, t);
		f.add(w, z, z, t1);
	}

	/**
	 * Doubles in place: p = 2p, 13 products.
	 *
	 * @param f
	 *            the field.
	 * @param w
	 *            the memory.
	 * @param p
	 *            offset of the point.
	 * @param b
	 *            offset of the curve's b.
	 * @param t
	 *            offset of temporary memory.
	 */
	/* package */ static void twice(CurveField f, int[] w, int p, int b, int t) {
		int limbs = f.limbs;
		int t1 = t + limbs;
		int t2 = t1 + limbs;
		int t3 = t2 + limbs;
		int t4 = t3 + limbs;
		int y = p + limbs;
		int z = y + limbs;
		f.sqr(w, t, p);
		f.sqr(w, t1, y);
		f.sqr(w, t2, z);
		f.mul(w, t3, p, y);
		f.add(w, t3, t3, t3);
		f.mul(w, t4, y, z);
		f.add(w, t4, t4, t4);
		f.mul(w, z, p, z);
		f.add(w, z, z, z);
		f.mul(w, y, b, t2);
		f.sub(w, y, y, z);
		f.addTimes(w, y, y, y, 2);
		f.sub(w, p, t1, y);
		f.add(w, y, t1, y);
		f.mul(w, y, p, y);
		f.mul(w, p, p, t3);
		f.addTimes(w, t2, t2, t2, 2);
		f.mul(w, z, b, z);
		f.sub(w, z, z, t2);
		f.sub(w, z, z, t);
		f.addTimes(w, z, z, z, 2);
		f.addTimes(w, t, t, t, 2);
		f.sub(w, t, t, t2);
		f.mul(w, t, t, z);
		f.add(w, y, y, t);
		f.mul(w, z, t4, z);
		f.sub(w, p, p, z);
		f.mul(w, z, t4, t1);
		f.add(w, z, z, z);
		f.add(w, z, z, z);
	}
}
