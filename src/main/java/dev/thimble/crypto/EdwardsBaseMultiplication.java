/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

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

	private static final int TABLE = 0;
	private static final int SCALAR = TABLE + ENTRIES * ENTRY;
	private static final int SELECTED = SCALAR + Edwards25519.WORDS;
	/** The first word that is not used. */
	/* package */ static final int MEMORY = SELECTED + ENTRY;

	private final Edwards25519 curve;
	private final EcScratch scratch;
	private int column;

	/**
	 * Allocates an object.
	 *
	 * @param curve
	 *            the provider's curve.
	 * @param scratch
	 *            the provider's shared memory.
	 */
	/* package */ EdwardsBaseMultiplication(Edwards25519 curve, EcScratch scratch) {
		this.curve = curve;
		this.scratch = scratch;
	}

	/**
	 * Starts.
	 *
	 * @param scalar
	 *            offset of 8 words below L, beyond {@link #MEMORY}; not changed.
	 */
	/* package */ void start(int scalar) {
		int[] w = this.scratch.words;
		// R - 1 modulo L; the lowest word of R modulo L is not 0.
		Edwards25519.loadWords(Edwards25519.R, w, TABLE);
		w[TABLE]--;
		this.curve.order.recode(w, SCALAR, scalar, TABLE);
		for (int i = 0; i < 3 * ENTRIES; i++) {
			Edwards25519.loadWords(Edwards25519.COMB + i, w, TABLE + Edwards25519.WORDS * i);
		}
		EdwardsPoint.clear(this.scratch.elements);
		this.column = SPACING;
	}

	/**
	 * Works for one slice.
	 *
	 * @return true once the product is the point of {@link EdwardsPoint}.
	 */
	/* package */ boolean step() {
		int[][] e = this.scratch.elements;
		int i = this.column;
		for (int count = COLUMNS_PER_SLICE; i > 0 && count > 0; count--) {
			i--;
			EdwardsPoint.twice(e);
			select(i);
			EdwardsPoint.add(e, true, false);
		}
		this.column = i;
		return i == 0;
	}

	/** Reads the whole table and makes the point of a column the addend. */
	private void select(int column) {
		int[] w = this.scratch.words;
		int[][] e = this.scratch.elements;
		// The highest digit gives the sign of all; it takes the others along.
		int negative = 1 - bit(w, column + 3 * SPACING);
		int index = bit(w, column) | bit(w, column + SPACING) << 1 | bit(w, column + 2 * SPACING) << 2;
		index ^= -negative & 7;
		Words.clear(w, SELECTED, ENTRY);
		int entry = TABLE;
		for (int i = 0; i < ENTRIES; i++) {
			int difference = index ^ i;
			int mask = ~(-difference >> 31);
			for (int j = 0; j < ENTRY; j++) {
				w[SELECTED + j] |= w[entry + j] & mask;
			}
			entry += ENTRY;
		}
		X25519Field.decode(w, SELECTED, e[EdwardsPoint.MINUS]);
		X25519Field.decode(w, SELECTED + Edwards25519.WORDS, e[EdwardsPoint.PLUS]);
		X25519Field.decode(w, SELECTED + 2 * Edwards25519.WORDS, e[EdwardsPoint.DT]);
		// -(x, y) = (-x, y) exchanges y - x and y + x.
		X25519Field.cswap(negative, e[EdwardsPoint.MINUS], e[EdwardsPoint.PLUS]);
		X25519Field.cnegate(negative, e[EdwardsPoint.DT]);
	}

	private static int bit(int[] w, int i) {
		return w[SCALAR + (i >> 5)] >>> i & 1;
	}
}
