/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Arithmetic modulo an odd prime m, constant time, on numbers in Montgomery form: x stands as x R for a power of two R.
 *
 * <p>A number is {@link #limbs} ints at an offset of the flat array {@code w}, least significant first; what an int holds is the subclass's
 * matter. Results may overwrite operands.
 */
/* package */ abstract class PrimeField {

	/** Ints a number has. */
	/* package */ final byte limbs;

	/** Products that fit into one slice of 250,000 instructions, with the additions that go with them. */
	/* package */ final short productsPerSlice;

	/* package */ PrimeField(int limbs, int productsPerSlice) {
		this.limbs = (byte) limbs;
		this.productsPerSlice = (short) productsPerSlice;
	}

	/**
	 * Montgomery product: r = a b / R. Either operand may be a plain number, which makes the result plain if the other is in Montgomery form.
	 *
	 * @param w
	 *            the memory.
	 * @param r
	 *            offset of the result.
	 * @param a
	 *            offset of an operand.
	 * @param b
	 *            offset of an operand.
	 */
	/* package */ abstract void mul(int[] w, int r, int a, int b);

	/** Square: r = a a / R. */
	/* package */ abstract void sqr(int[] w, int r, int a);

	/** Sum: r = a + b. */
	/* package */ abstract void add(int[] w, int r, int a, int b);

	/** Difference: r = a - b. */
	/* package */ abstract void sub(int[] w, int r, int a, int b);
}
