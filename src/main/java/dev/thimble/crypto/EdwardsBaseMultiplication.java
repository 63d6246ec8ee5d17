/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The product of a secret scalar and the base point of edwards25519, in slices, constant time.
 *
 * <p>A comb of four teeth as in {@link SecretMultiplication}: 63 doublings and 64 additions out of a table of eight, read whole each time.
 */
/* package */ final class EdwardsBaseMultiplication {

	private static final int ENTRIES = 8;
	private static final int ENTRY = 3 * Edwards25519.WORDS;
	private static final int SPACING = 64;
	/** 16 products a column. */
	private static final int COLUMNS_PER_SLICE = 12;

	/** Behind the point. Free before the first step. */
	/* package */ static final int TABLE = EdwardsPoint.MEMORY;
	private static final int SCALAR = TABLE + ENTRIES * ENTRY;
	/** The first word that is not used. */
	/* package */ static final int MEMORY = SCALAR + Edwards25519.WORDS;

	private EdwardsBaseMultiplication() {
	}

	/**
	 * Starts.
	 *
	 * @param curve
	 *            the provider's curve.
	 * @param scratch
	 *            the provider's shared memory.
	 * @param scalar
	 *            offset of 8 words below L, beyond {@link #MEMORY}; not changed.
	 */
	/* package */ static void start(Edwards25519 curve, EcScratch scratch, int scalar) {
		int[] w = scratch.words;
		// R - 1 modulo L; the lowest word of R modulo L is not 0.
		Edwards25519.loadWords(Edwards25519.R, w, TABLE);
		w[TABLE]--;
		curve.order.load(w, TABLE + Edwards25519.WORDS);
		curve.order.recode(w, SCALAR, scalar, TABLE);
		for (int i = 0; i < 3 * ENTRIES; i++) {
			Edwards25519.loadWords(Edwards25519.COMB + i, w, TABLE + Edwards25519.WORDS * i);
		}
		EdwardsPoint.clear(w);
		scratch.column = SPACING;
	}

	/**
	 * Works for one slice.
	 *
	 * @param scratch
	 *            as above.
	 * @return true once the product is the point of {@link EdwardsPoint}.
	 */
	/* package */ static boolean step(EcScratch scratch) {
		int[] w = scratch.words;
		int i = scratch.column;
		for (int count = COLUMNS_PER_SLICE; i > 0 && count > 0; count--) {
			i--;
			EdwardsPoint.twice(w);
			select(w, i);
			EdwardsPoint.add(w, true, false);
		}
		scratch.column = (byte) i;
		return i == 0;
	}

	/** Reads the whole table and makes the point of a column the addend. */
	private static void select(int[] w, int column) {
		// The highest digit gives the sign of all; it takes the others along.
		int negative = 1 - bit(w, column + 3 * SPACING);
		int index = bit(w, column) | bit(w, column + SPACING) << 1 | bit(w, column + 2 * SPACING) << 2;
		index ^= -negative & 7;
		Words.clear(w, EdwardsPoint.MINUS, 3 * Field25519.DIGITS);
		int entry = TABLE;
		for (int i = 0; i < ENTRIES; i++) {
			int difference = index ^ i;
			int mask = ~(-difference >> 31);
			for (int j = 0; j < Edwards25519.WORDS; j++) {
				w[EdwardsPoint.MINUS + j] |= w[entry + j] & mask;
				w[EdwardsPoint.PLUS + j] |= w[entry + Edwards25519.WORDS + j] & mask;
				w[EdwardsPoint.DT + j] |= w[entry + 2 * Edwards25519.WORDS + j] & mask;
			}
			entry += ENTRY;
		}
		Field25519.spread(w, EdwardsPoint.MINUS);
		Field25519.spread(w, EdwardsPoint.PLUS);
		Field25519.spread(w, EdwardsPoint.DT);
		// -(x, y) = (-x, y) exchanges y - x and y + x.
		Field25519.swap(w, negative, EdwardsPoint.MINUS, EdwardsPoint.PLUS);
		Field25519.negateIf(w, negative, EdwardsPoint.DT);
	}

	private static int bit(int[] w, int i) {
		return w[SCALAR + (i >> 5)] >>> i & 1;
	}
}
