/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * A public scalar in width-w non-adjacent form: odd digits between -2<sup>w-1</sup> and 2<sup>w-1</sup> with at least w - 1 zeros between
 * two of them.
 *
 * <p>Digits are not stored. Going up from bit 0 with a carry, a digit stands wherever bit + carry is odd; it takes the w bits from there,
 * plus the carry, as a signed number. So one bit a position, "a digit stands here", is all that going down from the top needs: the carry
 * into a digit is the opposite of the lowest of its bits.
 */
/* package */ final class NonAdjacentForm {

	private NonAdjacentForm() {
	}

	/**
	 * Marks where digits stand.
	 *
	 * @param w
	 *            the memory.
	 * @param scalar
	 *            offset of the scalar: limbs words, and one of zeros behind.
	 * @param marks
	 *            receives the marks: limbs + 1 words.
	 * @param limbs
	 *            the words of the scalar.
	 * @param width
	 *            the width, 2 to 8.
	 */
	/* package */ static void mark(int[] w, int scalar, int marks, int limbs, int width) {
		Words.clear(w, marks, limbs + 1);
		int carry = 0;
		int i = 0;
		while (i <= 32 * limbs) {
			if ((w[scalar + (i >> 5)] >>> i & 1) == carry) {
				i++;
				continue;
			}
			w[marks + (i >> 5)] |= 1 << i;
			carry = bits(w, scalar, limbs, i, width) + carry >> width - 1;
			i += width;
		}
	}

	/**
	 * Gets a digit.
	 *
	 * @param w
	 *            the memory.
	 * @param scalar
	 *            as above.
	 * @param marks
	 *            as above.
	 * @param limbs
	 *            as above.
	 * @param i
	 *            the position, from 0 to 32 limbs.
	 * @param width
	 *            as above.
	 * @return the digit, 0 or odd.
	 */
	/* package */ static int digit(int[] w, int scalar, int marks, int limbs, int i, int width) {
		if ((w[marks + (i >> 5)] >>> i & 1) == 0) {
			return 0;
		}
		int bits = bits(w, scalar, limbs, i, width);
		int digit = bits + (~bits & 1);
		return digit >> width - 1 == 0 ? digit : digit - (1 << width);
	}

	/** Bits i to i + width - 1 of the scalar. */
	private static int bits(int[] w, int scalar, int limbs, int i, int width) {
		int at = scalar + (i >> 5);
		int shift = i & 31;
		int bits = w[at] >>> shift;
		if (shift + width > 32 && i >> 5 < limbs) {
			bits |= w[at + 1] << 32 - shift;
		}
		return bits & (1 << width) - 1;
	}
}
