/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The product of a secret scalar and a point or the base point, in slices, constant time.
 *
 * <p>A point that comes from outside: signed windows of four bits: with k' = k + 8 (1 + 16 + 16<sup>2</sup> + …) the digit of weight
 * 16<sup>i</sup> is the i-th nibble of k' minus 8, so that eight multiples of the point suffice and no digit depends on another.
 *
 * <p>The base point: a comb of four teeth. The scalar is written with digits 1 and -1 for every bit, and each of the columns, a quarter of
 * the bits, takes the digits of one bit of every quarter at once, from a table of eight precomputed points and their negatives.
 *
 * <p>Every look-up reads the whole table; complete formulas take whatever comes. The result is turned into affine coordinates by a fixed
 * power.
 */
/* package */ final class SecretMultiplication {

	private static final int TABLE = 0;
	private static final int ENTRIES = 8;

	private static final int START = 0;
	private static final int WINDOWS = 1;
	private static final int INVERSION = 2;
	private static final int DONE = 3;
	private static final int COMB_START = 4;
	private static final int COMB = 5;

	private final EcCurve curve;
	private final PowerChain power;
	private final int[] words;
	private int phase;
	private int window;

	/**
	 * Allocates an object.
	 *
	 * @param curve
	 *            the curve.
	 * @param scratch
	 *            the provider's shared memory.
	 */
	/* package */ SecretMultiplication(EcCurve curve, EcScratch scratch) {
		this.curve = curve;
		this.power = scratch.power;
		this.words = scratch.words;
	}

	/** Offset of the point, x and y: set before {@link #start}. */
	/* package */ int point() {
		return TABLE;
	}

	/** Offset of the result's plain x, in words. */
	/* package */ int result() {
		return accumulator();
	}

	/** Offset of the scalar, plain, below n, in words: set before {@link #start}. One word more is used. */
	/* package */ int scalar() {
		return 36 * this.curve.field.limbs;
	}

	/** Offset of memory that is free before the first step: 20 numbers. */
	/* package */ int free() {
		return 3 * this.curve.field.limbs;
	}

	/** Offset of the result's plain y, in words. */
	/* package */ int resultY() {
		return accumulator() + this.curve.field.limbs;
	}

	private int accumulator() {
		return 24 * this.curve.field.limbs;
	}

	private int selected() {
		return 27 * this.curve.field.limbs;
	}

	private int temporaries() {
		return 30 * this.curve.field.limbs;
	}

	private int b() {
		return 35 * this.curve.field.limbs;
	}

	/** Starts. Scalar and point, in Montgomery form and on the curve, stand at their places. */
	/* package */ void start() {
		this.phase = START;
	}

	/** Starts with the base point: only the scalar stands at its place. */
	/* package */ void startBase() {
		this.phase = COMB_START;
	}

	/**
	 * Works for one slice.
	 *
	 * @return true once the result stands at its place.
	 */
	/* package */ boolean step() {
		switch (this.phase) {
		case START:
			recode();
			makeTable();
			this.window = 8 * this.curve.field.words;
			select(this.words[scalar() + this.curve.field.words]);
			System.arraycopy(this.words, selected(), this.words, accumulator(), 3 * this.curve.field.limbs);
			this.phase = WINDOWS;
			return false;
		case WINDOWS:
			windows();
			return false;
		case COMB_START:
			loadComb();
			this.phase = COMB;
			return false;
		case COMB:
			comb();
			return false;
		case INVERSION:
			if (!this.power.step(this.words)) {
				return false;
			}
			finish();
			this.phase = DONE;
			return true;
		default:
			return true;
		}
	}

	/** Adds 8 to every nibble of the scalar; the carry becomes one more word. */
	private void recode() {
		int[] w = this.words;
		int at = scalar();
		int end = at + this.curve.field.words;
		long c = 0;
		for (; at < end; at++) {
			c = (w[at] & 0xffffffffL) + 0x88888888L + (c >>> 32);
			w[at] = (int) c;
		}
		w[at] = (int) (c >>> 32);
	}

	/** Makes the multiples 1 to 8 of the point. */
	private void makeTable() {
		EcCurve curve = this.curve;
		CurveField field = curve.field;
		int[] w = this.words;
		int size = 3 * field.limbs;
		int t = temporaries();
		int b = b();
		curve.field.load(EcCurve.B, w, b);
		curve.field.load(EcCurve.ONE, w, TABLE + 2 * field.limbs);
		for (int i = 2; i <= ENTRIES; i++) {
			int entry = TABLE + (i - 1) * size;
			if ((i & 1) == 0) {
				System.arraycopy(w, TABLE + (i / 2 - 1) * size, w, entry, size);
				CompletePoint.twice(field, w, entry, b, t);
			} else {
				System.arraycopy(w, TABLE, w, entry, size);
				CompletePoint.add(field, w, entry, entry - size, b, t);
			}
		}
	}

	private void windows() {
		CurveField field = this.curve.field;
		int[] w = this.words;
		int limbs = field.limbs;
		int accumulator = accumulator();
		int t = temporaries();
		int b = b();
		int scalar = scalar();
		int i = this.window;
		// A window has 66 products.
		for (int budget = field.productsPerSlice; i > 0 && budget >= 66; budget -= 66) {
			i--;
			CompletePoint.twice(field, w, accumulator, b, t);
			CompletePoint.twice(field, w, accumulator, b, t);
			CompletePoint.twice(field, w, accumulator, b, t);
			CompletePoint.twice(field, w, accumulator, b, t);
			select((w[scalar + (i >> 3)] >>> ((i & 7) << 2) & 15) - 8);
			CompletePoint.add(field, w, accumulator, selected(), b, t);
		}
		this.window = i;
		if (i == 0) {
			startInversion();
		}
	}

	private void startInversion() {
		int[] w = this.words;
		int limbs = this.curve.field.limbs;
		// The power's registers take the place of the table, which is done with.
		System.arraycopy(w, accumulator() + 2 * limbs, w, TABLE, limbs);
		this.curve.startFieldInversion(this.power, w, TABLE);
		this.phase = INVERSION;
	}

	private void loadComb() {
		EcCurve curve = this.curve;
		CurveField field = curve.field;
		int[] w = this.words;
		int limbs = field.limbs;
		int words = field.words;
		int t = temporaries();
		// R - 1 modulo n is ~n, because n is larger than R / 2.
		field.loadWords(EcCurve.N, w, t);
		for (int i = 0; i < words; i++) {
			w[t + i] = ~w[t + i];
		}
		curve.order.recode(w, scalar(), scalar(), t);
		for (int i = 0; i < 2 * ENTRIES; i++) {
			field.load(EcCurve.COMB + i, w, TABLE + i * limbs);
		}
		field.load(EcCurve.B, w, b());
		field.load(EcCurve.ONE, w, selected() + 2 * limbs); // stays: the comb's points are affine
		this.window = 8 * words - 1;
		selectColumn(this.window);
		System.arraycopy(w, selected(), w, accumulator(), 3 * limbs);
	}

	private void comb() {
		CurveField field = this.curve.field;
		int[] w = this.words;
		int accumulator = accumulator();
		int t = temporaries();
		int b = b();
		int i = this.window;
		// A column has 27 products.
		for (int budget = field.productsPerSlice; i > 0 && budget >= 27; budget -= 27) {
			i--;
			CompletePoint.twice(field, w, accumulator, b, t);
			selectColumn(i);
			CompletePoint.add(field, w, accumulator, selected(), b, t);
		}
		this.window = i;
		if (i == 0) {
			startInversion();
		}
	}

	/** Reads the whole comb table and keeps the point of a column. */
	private void selectColumn(int column) {
		CurveField field = this.curve.field;
		int[] w = this.words;
		int limbs = field.limbs;
		int size = 2 * limbs;
		int scalar = scalar();
		int selected = selected();
		int spacing = 8 * field.words;
		// The highest digit gives the sign of all; it takes the others along.
		int positive = bit(w, scalar, column + 3 * spacing);
		int index = bit(w, scalar, column) | bit(w, scalar, column + spacing) << 1 | bit(w, scalar, column + 2 * spacing) << 2;
		index ^= positive - 1 & 7;
		Words.clear(w, selected, size);
		int entry = TABLE;
		for (int i = 0; i < ENTRIES; i++) {
			int difference = index ^ i;
			int mask = ~(-difference >> 31);
			for (int j = 0; j < size; j++) {
				w[selected + j] |= w[entry + j] & mask;
			}
			entry += size;
		}
		negateSelected(positive - 1);
	}

	private static int bit(int[] w, int scalar, int i) {
		return w[scalar + (i >> 5)] >>> i & 1;
	}

	/** Reads the whole table and keeps the multiple of a digit from -8 to 8. Digit 0 gives (0 : 1 : 0), the point at infinity. */
	private void select(int digit) {
		CurveField field = this.curve.field;
		int[] w = this.words;
		int limbs = field.limbs;
		int size = 3 * limbs;
		int selected = selected();
		int negative = digit >> 31;
		int magnitude = (digit ^ negative) - negative;
		Words.clear(w, selected, size);
		int none = ~(-magnitude >> 31);
		w[selected + limbs] = none & 1; // any Y but 0 will do
		int entry = TABLE;
		for (int i = 1; i <= ENTRIES; i++) {
			int difference = magnitude ^ i;
			int mask = ~(-difference >> 31);
			for (int j = 0; j < size; j++) {
				w[selected + j] |= w[entry + j] & mask;
			}
			entry += size;
		}
		negateSelected(negative);
	}

	/** Negates the selected point if the mask says so. */
	private void negateSelected(int negative) {
		CurveField field = this.curve.field;
		int[] w = this.words;
		int limbs = field.limbs;
		int y = selected() + limbs;
		int t = temporaries();
		field.neg(w, t, y);
		for (int j = 0; j < limbs; j++) {
			int word = w[y + j];
			w[y + j] = word ^ (word ^ w[t + j]) & negative;
		}
	}

	/** Computes x = X / Z and y = Y / Z. */
	private void finish() {
		CurveField field = this.curve.field;
		int[] w = this.words;
		int limbs = field.limbs;
		int x = accumulator();
		int y = x + limbs;
		int t = TABLE + limbs;
		field.mul(w, t, x, TABLE);
		field.leave(w, x, t);
		field.mul(w, t, y, TABLE);
		field.leave(w, y, t);
	}

	/** Overwrites all memory in use with zeros. */
	/* package */ void wipe() {
		this.phase = DONE;
		this.curve.order.wipe();
		Words.clear(this.words, TABLE, scalar() + this.curve.field.words + 1);
	}
}
