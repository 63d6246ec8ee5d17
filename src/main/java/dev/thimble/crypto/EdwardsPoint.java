/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * Points of edwards25519 in extended coordinates (Hisil, Wong, Carter, Dawson 2008), constant time: x = X / Z, y = Y / Z, T = X Y / Z.
 *
 * <p>One point is being computed at a time, in the first four of the provider's elements; an addend stands in the next four, the rest are
 * temporary. Formulas are complete on this curve. At most one addition stands between products uncarried, as the field's bounds ask.
 */
/* package */ final class EdwardsPoint {

	/** Elements of the point: X, Y, Z and T. */
	/* package */ static final int X = 0;
	/** See {@link #X}. */
	/* package */ static final int Y = 1;
	/** See {@link #X}. */
	/* package */ static final int Z = 2;
	/** See {@link #X}. */
	/* package */ static final int T = 3;
	/** Element of the addend: Y - X, or (y - x) / 2 if it is affine. */
	/* package */ static final int MINUS = 4;
	/** Element of the addend: Y + X, or (y + x) / 2. */
	/* package */ static final int PLUS = 5;
	/** Element of the addend: 2 d T, or d x y. */
	/* package */ static final int DT = 6;
	/** Element of the addend: 2 Z. Not used if it is affine. */
	/* package */ static final int ZZ = 7;

	/** Ints of a stored addend. */
	/* package */ static final int STORED = 40;

	private EdwardsPoint() {
	}

	/** Sets the point to infinity, (0, 1). */
	/* package */ static void clear(int[][] e) {
		X25519Field.zero(e[X]);
		X25519Field.one(e[Y]);
		X25519Field.one(e[Z]);
		X25519Field.zero(e[T]);
	}

	/** Doubles the point: 8 products. Overwrites the addend. */
	/* package */ static void twice(int[][] e) {
		int[] x = e[X];
		int[] y = e[Y];
		int[] z = e[Z];
		int[] a = e[4];
		int[] b = e[5];
		int[] f = e[6];
		int[] s = e[7];
		int[] h = e[8];
		int[] g = e[9];
		X25519Field.add(x, y, s);
		X25519Field.sqr(x, a);
		X25519Field.sqr(y, b);
		X25519Field.sqr(z, f);
		X25519Field.add(f, f, f);
		X25519Field.apm(a, b, h, g);
		X25519Field.sqr(s, s);
		X25519Field.sub(h, s, s);
		X25519Field.add(f, g, f);
		X25519Field.carry(f);
		X25519Field.mul(s, f, x);
		X25519Field.mul(g, h, y);
		X25519Field.mul(f, g, z);
		X25519Field.mul(s, h, e[T]);
	}

	/**
	 * Adds the addend to the point or subtracts it: 9 products, 8 if it is affine. Overwrites the addend.
	 *
	 * @param e
	 *            the elements.
	 * @param affine
	 *            whether the addend has Z = 1. Public.
	 * @param negative
	 *            whether to subtract. Public.
	 */
	/* package */ static void add(int[][] e, boolean affine, boolean negative) {
		int[] x = e[X];
		int[] y = e[Y];
		int[] z = e[Z];
		int[] t = e[T];
		int[] minus = e[negative ? PLUS : MINUS];
		int[] plus = e[negative ? MINUS : PLUS];
		int[] c = e[DT];
		int[] s = e[8];
		int[] d = e[9];
		X25519Field.apm(y, x, s, d);
		X25519Field.mul(d, minus, minus);
		X25519Field.mul(s, plus, plus);
		X25519Field.mul(t, c, c);
		if (!affine) {
			X25519Field.mul(z, e[ZZ], z);
		}
		X25519Field.apm(plus, minus, s, d); // H, E
		int[] f = e[negative ? PLUS : MINUS];
		int[] g = e[negative ? MINUS : PLUS];
		if (negative) {
			X25519Field.apm(z, c, f, g);
		} else {
			X25519Field.apm(z, c, g, f);
		}
		X25519Field.mul(d, f, x);
		X25519Field.mul(g, s, y);
		X25519Field.mul(f, g, z);
		X25519Field.mul(d, s, t);
	}

	/** Stores the point as an addend of {@link #STORED} ints. Overwrites the addend. */
	/* package */ static void store(int[][] e, int[] w, int r) {
		X25519Field.apm(e[Y], e[X], e[PLUS], e[MINUS]);
		X25519Field.carry(e[PLUS]);
		X25519Field.carry(e[MINUS]);
		Edwards25519.load(Edwards25519.D2, w, r, e[DT]);
		X25519Field.mul(e[T], e[DT], e[DT]);
		X25519Field.add(e[Z], e[Z], e[ZZ]);
		X25519Field.carry(e[ZZ]);
		for (int i = 0; i < 4; i++) {
			System.arraycopy(e[MINUS + i], 0, w, r + 10 * i, 10);
		}
	}

	/** Loads a stored addend. */
	/* package */ static void load(int[][] e, int[] w, int a) {
		for (int i = 0; i < 4; i++) {
			System.arraycopy(w, a + 10 * i, e[MINUS + i], 0, 10);
		}
	}

	/**
	 * First of two slices that encode the point (RFC 8032 §5.1.2).
	 *
	 * @param e
	 *            the elements; all but the first three are overwritten.
	 */
	/* package */ static void startEncoding(int[][] e) {
		Field25519.startPower(e[Z], e[4], e[5], e[6], e[7]);
	}

	/**
	 * Second slice of encoding.
	 *
	 * @param e
	 *            the elements as the first slice left them; the point is overwritten.
	 * @param out
	 *            receives 32 bytes.
	 * @param offset
	 *            where the first goes.
	 */
	/* package */ static void finishEncoding(int[][] e, byte[] out, int offset) {
		Field25519.finishPower(e[5], e[6], e[7]);
		Field25519.invert(e[5], e[4], e[Z]);
		X25519Field.mul(e[X], e[Z], e[X]);
		X25519Field.mul(e[Y], e[Z], e[Y]);
		X25519Field.normalize(e[X]);
		X25519Field.normalize(e[Y]);
		X25519Field.encode(e[Y], out, offset);
		out[offset + 31] |= (e[X][0] & 1) << 7;
	}
}
