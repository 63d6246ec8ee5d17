/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Points of edwards25519 in extended coordinates (Hisil, Wong, Carter, Dawson 2008), constant time: x = X / Z, y = Y / Z, T = X Y / Z.
 *
 * <p>One point is being computed at a time, in the first four elements of the memory; an addend stands in the next four, the rest are
 * temporary. Formulas are complete on this curve. At most one addition stands between products uncarried, as the field's bounds ask.
 */
/* package */ final class EdwardsPoint {

	/** Elements of the point: X, Y, Z and T. */
	/* package */ static final int X = 0;
	/** See {@link #X}. */
	/* package */ static final int Y = 1 * Field25519.DIGITS;
	/** See {@link #X}. */
	/* package */ static final int Z = 2 * Field25519.DIGITS;
	/** See {@link #X}. */
	/* package */ static final int T = 3 * Field25519.DIGITS;
	/** Element of the addend: Y - X, or (y - x) / 2 if it is affine. */
	/* package */ static final int MINUS = 4 * Field25519.DIGITS;
	/** Element of the addend: Y + X, or (y + x) / 2. */
	/* package */ static final int PLUS = 5 * Field25519.DIGITS;
	/** Element of the addend: 2 d T, or d x y. */
	/* package */ static final int DT = 6 * Field25519.DIGITS;
	/** Element of the addend: 2 Z. Not used if it is affine. */
	/* package */ static final int ZZ = 7 * Field25519.DIGITS;

	/** Temporary element. */
	private static final int U = 8 * Field25519.DIGITS;
	/** Temporary element. */
	private static final int V = 9 * Field25519.DIGITS;
	/** Words of all of them. */
	/* package */ static final int MEMORY = 10 * Field25519.DIGITS;

	/** Words of a stored addend. */
	/* package */ static final int STORED = 4 * Field25519.DIGITS;

	private EdwardsPoint() {
	}

	/** Sets the point to infinity, (0, 1). */
	/* package */ static void clear(int[] w) {
		Field25519.set(w, X, 0);
		Field25519.set(w, Y, 1);
		Field25519.set(w, Z, 1);
		Field25519.set(w, T, 0);
	}

	/** Doubles the point: 8 products. Overwrites the addend. */
	/* package */ static void twice(int[] w) {
		Field25519.add(w, ZZ, X, Y);
		Field25519.sqr(w, MINUS, X);
		Field25519.sqr(w, PLUS, Y);
		Field25519.sqr(w, DT, Z);
		Field25519.add(w, DT, DT, DT);
		Field25519.addSub(w, U, V, MINUS, PLUS);
		Field25519.sqr(w, ZZ, ZZ);
		Field25519.sub(w, ZZ, U, ZZ);
		Field25519.add(w, DT, DT, V);
		Field25519.carry(w, DT);
		Field25519.mul(w, X, ZZ, DT);
		Field25519.mul(w, Y, V, U);
		Field25519.mul(w, Z, DT, V);
		Field25519.mul(w, T, ZZ, U);
	}

	/**
	 * Adds the addend to the point or subtracts it: 9 products, 8 if it is affine. Overwrites the addend.
	 *
	 * @param w
	 *            the memory.
	 * @param affine
	 *            whether the addend has Z = 1. Public.
	 * @param negative
	 *            whether to subtract. Public.
	 */
	/* package */ static void add(int[] w, boolean affine, boolean negative) {
		int minus = negative ? PLUS : MINUS;
		int plus = negative ? MINUS : PLUS;
		Field25519.addSub(w, U, V, Y, X);
		Field25519.mul(w, minus, V, minus);
		Field25519.mul(w, plus, U, plus);
		Field25519.mul(w, DT, T, DT);
		if (!affine) {
			Field25519.mul(w, Z, Z, ZZ);
		}
		Field25519.addSub(w, U, V, plus, minus); // H, E
		int f = negative ? PLUS : MINUS;
		int g = negative ? MINUS : PLUS;
		if (negative) {
			Field25519.addSub(w, f, g, Z, DT);
		} else {
			Field25519.addSub(w, g, f, Z, DT);
		}
		Field25519.mul(w, X, V, f);
		Field25519.mul(w, Y, g, U);
		Field25519.mul(w, Z, f, g);
		Field25519.mul(w, T, V, U);
	}

	/** Stores the point as an addend of {@link #STORED} ints. Overwrites the addend. */
	/* package */ static void store(int[] w, int r) {
		Field25519.addSub(w, PLUS, MINUS, Y, X);
		Edwards25519.load(Edwards25519.D2, w, DT);
		Field25519.mul(w, DT, T, DT);
		Field25519.add(w, ZZ, Z, Z);
		System.arraycopy(w, MINUS, w, r, STORED);
	}

	/** Loads a stored addend. */
	/* package */ static void load(int[] w, int a) {
		System.arraycopy(w, a, w, MINUS, STORED);
	}

	/**
	 * First of two slices that encode the point (RFC 8032 §5.1.2).
	 *
	 * @param w
	 *            the memory; all but the first three are overwritten.
	 */
	/* package */ static void startEncoding(int[] w) {
		Field25519.startPower(w, Z, MINUS, PLUS, DT, ZZ);
	}

	/**
	 * Second slice of encoding.
	 *
	 * @param w
	 *            the memory as the first slice left them; the point is overwritten.
	 * @param out
	 *            receives 32 bytes.
	 * @param offset
	 *            where the first goes.
	 */
	/* package */ static void finishEncoding(int[] w, byte[] out, int offset) {
		Field25519.finishPower(w, PLUS, DT, ZZ);
		Field25519.invert(w, PLUS, MINUS, Z);
		Field25519.mul(w, X, X, Z);
		Field25519.mul(w, Y, Y, Z);
		Field25519.normalize(w, X);
		Field25519.normalize(w, Y);
		Field25519.encode(w, Y, out, offset);
		out[offset + 31] |= (w[X] & 1) << 7;
	}
}
