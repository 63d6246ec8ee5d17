/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Addition on curves with a = -3 in Jacobian coordinates (X / Z<sup>2</sup>, Y / Z<sup>3</sup>), for public values only: cases that need
 * other formulas are told apart by branches. The point at infinity has a Z of
 * zeros only, and only it has. Numbers are in Montgomery form.
 */
/* package */ final class JacobianPoint {

	/** Numbers of temporary memory that both functions need. */
	/* package */ static final int TEMPORARIES = 6;

	private JacobianPoint() {
	}

	/**
	 * Doubles in place: p = 2p, 8 products. Infinity stays infinity.
	 *
	 * @param f
	 *            the field.
	 * @param w
	 *            the memory.
	 * @param p
	 *            offset of the point.
	 * @param t
	 *            offset of temporary memory.
	 */
	/* package */ static void twice(CurveField f, int[] w, int p, int t) {
		int limbs = f.limbs;
		int t1 = t + limbs;
		int t2 = t1 + limbs;
		int y = p + limbs;
		int z = y + limbs;
		// t = 3 (X - Z^2) (X + Z^2) = 3 X^2 + a Z^4
		f.sqr(w, t1, z);
		f.sub(w, t, p, t1);
		f.add(w, t1, p, t1);
		f.mul(w, t, t, t1);
		f.addTimes(w, t, t, t, 2);
		f.mul(w, z, y, z);
		f.add(w, z, z, z);
		// t1 = 4 X Y^2, y = 4 Y^4
		f.sqr(w, t2, y);
		f.add(w, t2, t2, t2);
		f.mul(w, t1, p, t2);
		f.add(w, t1, t1, t1);
		f.sqr(w, y, t2);
		f.sqr(w, p, t);
		f.addTimes(w, p, p, t1, -2);
		f.sub(w, t1, t1, p);
		f.mul(w, t, t, t1);
		f.addTimes(w, y, t, y, -2);
	}

	/**
	 * Adds or subtracts in place: p = p + q or p - q, 16 products, or 11 if q is affine.
	 *
	 * @param f
	 *            the field.
	 * @param w
	 *            the memory.
	 * @param p
	 *            offset of the point that changes.
	 * @param q
	 *            offset of the other point, not infinity.
	 * @param affine
	 *            true if q has no Z, which counts as 1 then.
	 * @param negative
	 *            true to subtract.
	 * @param one
	 *            offset of the number 1 in Montgomery form, used if q is affine.
	 * @param t
	 *            offset of temporary memory.
	 */
	/* package */ static void add(CurveField f, int[] w, int p, int q, boolean affine, boolean negative, int one, int t) {
		int limbs = f.limbs;
		int u = t + limbs;
		int s = u + limbs;
		int h = s + limbs;
		int r = h + limbs;
		int spare = r + limbs;
		int y = p + limbs;
		int z = y + limbs;
		int qy = q + limbs;
		int qz = qy + limbs;
		if (Words.isZero(w, z, limbs) != 0) {
			System.arraycopy(w, q, w, p, 2 * limbs);
			System.arraycopy(w, affine ? one : qz, w, z, limbs);
			if (negative) {
				f.neg(w, y, qy);
			}
			return;
		}
		// u = Xp Zq^2, s = Yp Zq^3
		if (affine) {
			System.arraycopy(w, p, w, u, 2 * limbs);
		} else {
			f.sqr(w, t, qz);
			f.mul(w, u, p, t);
			f.mul(w, t, t, qz);
			f.mul(w, s, y, t);
		}
		// h = Xq Zp^2 - u, r = +-Yq Zp^3 - s
		f.sqr(w, t, z);
		f.mul(w, h, q, t);
		f.sub(w, h, h, u);
		f.mul(w, t, t, z);
		f.mul(w, r, qy, t);
		if (negative) {
			f.add(w, r, r, s);
			f.neg(w, r, r);
		} else {
			f.sub(w, r, r, s);
		}
		if (f.isZero(w, h, t, spare)) {
			if (f.isZero(w, r, t, spare)) {
				twice(f, w, p, t);
			} else {
				Words.clear(w, z, limbs);
			}
			return;
		}
		f.mul(w, z, z, h);
		if (!affine) {
			f.mul(w, z, z, qz);
		}
		f.sqr(w, t, h);
		f.mul(w, h, t, h);
		f.mul(w, u, u, t);
		f.sqr(w, p, r);
		f.sub(w, p, p, h);
		f.addTimes(w, p, p, u, -2);
		f.sub(w, u, u, p);
		f.mul(w, u, r, u);
		f.mul(w, s, s, h);
		f.sub(w, y, u, s);
	}
}
