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
 * <p>Numbers of P-384 are half as long again: there windows have three bits and combs three teeth, with tables of four, so that the memory
 * is the same.
 *
 * <p>Every look-up reads the whole table; complete formulas take whatever comes. The result is turned into affine coordinates by a fixed
 * power.
 */
/* package */ final class SecretMultiplication {

	private static final int TABLE = 0;

	private static final int START = 0;
	private static final int WINDOWS = 1;
	private static final int INVERSION = 2;
	private static final int DONE = 3;
	private static final int COMB_START = 4;
	private static final int COMB = 5;

	private final EcScratch scratch;
	private EcCurve curve;
	private byte phase;
	private short window;

	/**
	 * Allocates an object.
	 *
	 * @param scratch
	 *            the provider's shared memory.
	 */
	/* package */ SecretMultiplication(EcScratch scratch) {
		this.scratch = scratch;
	}

	/** Goes to another curve: before anything else of an operation. */
	/* package */ void use(EcCurve chosen) {
		this.curve = chosen;
	}

	/** Bits of a window and teeth of the comb: 4, or 3 for P-384. */
	private int width() {
		return this.curve.group == KeyAgreement.SECP256R1 ? 4 : 3;
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
		return b() + this.curve.field.limbs;
	}

	/** Offset of memory that is free before the first step: 3 numbers and more. */
	/* package */ int free() {
		return 3 * this.curve.field.limbs;
	}

	/** Offset of the result's plain y, in words. */
	/* package */ int resultY() {
		return accumulator() + this.curve.field.limbs;
	}

	/** Multiples of the point in the table, three numbers each; also points of the comb, two numbers each. */
	private int entries() {
		return 1 << width() - 1;
	}

	private int accumulator() {
		return 3 * entries() * this.curve.field.limbs;
	}

	private int selected() {
		return accumulator() + 3 * this.curve.field.limbs;
	}

	private int temporaries() {
		return selected() + 3 * this.curve.field.limbs;
	}

	private int b() {
		return temporaries() + CompletePoint.TEMPORARIES * this.curve.field.limbs;
	}

	/** Brings the order n to a place where it stays until the first step of a multiplication, and again from its last on. */
	/* package */ OrderField loadOrder() {
		OrderField order = this.curve.order;
		order.load(this.scratch.words, temporaries() + this.curve.field.limbs);
		return order;
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
			this.window = (short) (32 * this.curve.field.words / width());
			select(this.scratch.words[scalar() + this.curve.field.words]);
			System.arraycopy(this.scratch.words, selected(), this.scratch.words, accumulator(), 3 * this.curve.field.limbs);
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
			if (!this.scratch.power.step(this.scratch.words)) {
				return false;
			}
			finish();
			this.phase = DONE;
			return true;
		default:
			return true;
		}
	}

	/** Adds half a window's range to every window of the scalar; the carry becomes one more word. */
	private void recode() {
		int[] w = this.scratch.words;
		int at = scalar();
		int end = at + this.curve.field.words;
		long c = 0;
		// The highest bit of each window; windows of three bits repeat after three words.
		long halves = width() == 4 ? 0x88888888L : 0x24924924L;
		for (; at < end; at++) {
			c = (w[at] & 0xffffffffL) + halves + (c >>> 32);
			w[at] = (int) c;
			if (width() == 3) {
				halves = (halves << 1 & 0xffffffffL) | ~(halves >> 30 | halves >> 31) & 1;
			}
		}
		w[at] = (int) (c >>> 32);
	}

	/** Makes the multiples of the point. */
	private void makeTable() {
		EcCurve curve = this.curve;
		CurveField field = curve.field;
		int[] w = this.scratch.words;
		int size = 3 * field.limbs;
		int t = temporaries();
		int b = b();
		curve.field.load(EcCurve.B, w, b);
		curve.field.load(EcCurve.ONE, w, TABLE + 2 * field.limbs);
		for (int i = 2; i <= entries(); i++) {
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
		int[] w = this.scratch.words;
		int limbs = field.limbs;
		int accumulator = accumulator();
		int t = temporaries();
		int b = b();
		int scalar = scalar();
		int width = width();
		int i = this.window;
		int products = 13 * width + 14;
		for (int budget = field.productsPerSlice; i > 0 && budget >= products; budget -= products) {
			i--;
			for (int j = width; --j >= 0;) {
				CompletePoint.twice(field, w, accumulator, b, t);
			}
			int at = scalar + (i * width >> 5);
			int shift = i * width & 31;
			int bits = w[at] >>> shift;
			if (shift + width > 32) {
				bits |= w[at + 1] << 32 - shift;
			}
			select((bits & 2 * entries() - 1) - entries());
			CompletePoint.add(field, w, accumulator, selected(), b, t);
		}
		this.window = (short) i;
		if (i == 0) {
			startInversion();
		}
	}

	private void startInversion() {
		int[] w = this.scratch.words;
		int limbs = this.curve.field.limbs;
		// The power's registers take the place of the table, which is done with.
		System.arraycopy(w, accumulator() + 2 * limbs, w, TABLE, limbs);
		this.curve.startFieldInversion(this.scratch.power, w, TABLE);
		this.phase = INVERSION;
	}

	private void loadComb() {
		EcCurve curve = this.curve;
		CurveField field = curve.field;
		int[] w = this.scratch.words;
		int limbs = field.limbs;
		int words = field.words;
		int t = temporaries();
		// R - 1 modulo n is ~n, because n is larger than R / 2.
		field.loadWords(EcCurve.N, w, t);
		for (int i = 0; i < words; i++) {
			w[t + i] = ~w[t + i];
		}
		loadOrder().recode(w, scalar(), scalar(), t);
		for (int i = 0; i < 2 * entries(); i++) {
			field.load(EcCurve.COMB + i, w, TABLE + i * limbs);
		}
		field.load(EcCurve.B, w, b());
		field.load(EcCurve.ONE, w, selected() + 2 * limbs); // stays: the comb's points are affine
		this.window = (short) (32 * words / width() - 1);
		selectColumn(this.window);
		System.arraycopy(w, selected(), w, accumulator(), 3 * limbs);
	}

	private void comb() {
		CurveField field = this.curve.field;
		int[] w = this.scratch.words;
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
		this.window = (short) i;
		if (i == 0) {
			startInversion();
		}
	}

	/** Reads the whole comb table and keeps the point of a column. */
	private void selectColumn(int column) {
		CurveField field = this.curve.field;
		int[] w = this.scratch.words;
		int limbs = field.limbs;
		int size = 2 * limbs;
		int scalar = scalar();
		int selected = selected();
		int teeth = width();
		int spacing = 32 * field.words / teeth;
		// The highest digit gives the sign of all; it takes the others along.
		int positive = bit(w, scalar, column + (teeth - 1) * spacing);
		int index = 0;
		for (int i = 0; i < teeth - 1; i++) {
			index |= bit(w, scalar, column + i * spacing) << i;
		}
		int count = entries();
		index ^= positive - 1 & count - 1;
		Words.clear(w, selected, size);
		int entry = TABLE;
		for (int i = 0; i < count; i++) {
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

	/**
	 * Reads the whole table and keeps the multiple of a digit from -8 to 8 (P-384: -4 to 4). Digit 0 gives (0 : 1 : 0), the point at
	 * infinity.
	 */
	private void select(int digit) {
		CurveField field = this.curve.field;
		int[] w = this.scratch.words;
		int limbs = field.limbs;
		int size = 3 * limbs;
		int selected = selected();
		int negative = digit >> 31;
		int magnitude = (digit ^ negative) - negative;
		int count = entries();
		Words.clear(w, selected, size);
		int none = ~(-magnitude >> 31);
		w[selected + limbs] = none & 1; // any Y but 0 will do
		int entry = TABLE;
		for (int i = 1; i <= count; i++) {
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
		int[] w = this.scratch.words;
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
		int[] w = this.scratch.words;
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
		Words.clear(this.scratch.words, TABLE, scalar() + this.curve.field.words + 1);
	}
}
