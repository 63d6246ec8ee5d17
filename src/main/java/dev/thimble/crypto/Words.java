/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Multi-word numbers at offsets of an int array, least significant word first: conversions and comparisons in constant time. Masks are -1
 * for true and 0 for false.
 */
/* package */ final class Words {

	private static final long M = 0xffffffffL;

	private Words() {
	}

	/**
	 * Reads a big-endian number.
	 *
	 * @param bytes
	 *            its array.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length in bytes, at most 4 limbs; shorter numbers are filled up with zeros.
	 * @param w
	 *            receives the number.
	 * @param r
	 *            the offset of its lowest word.
	 * @param limbs
	 *            its number of words.
	 */
	/* package */ static void fromBytes(byte[] bytes, int offset, int length, int[] w, int r, int limbs) {
		int at = offset + length;
		for (int i = 0; i < limbs; i++) {
			int word = 0;
			for (int shift = 0; shift < 32 && at > offset; shift += 8) {
				word |= (bytes[--at] & 0xff) << shift;
			}
			w[r + i] = word;
		}
	}

	/** Reads a little-endian number of 4 limbs bytes. */
	/* package */ static void fromLittleEndian(byte[] bytes, int offset, int[] w, int r, int limbs) {
		int at = offset;
		for (int i = 0; i < limbs; i++) {
			w[r + i] = bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
			at += 4;
		}
	}

	/** Writes a number as 4 limbs bytes, little-endian. */
	/* package */ static void toLittleEndian(int[] w, int a, int limbs, byte[] bytes, int offset) {
		int at = offset;
		for (int i = 0; i < limbs; i++) {
			int word = w[a + i];
			bytes[at] = (byte) word;
			bytes[at + 1] = (byte) (word >>> 8);
			bytes[at + 2] = (byte) (word >>> 16);
			bytes[at + 3] = (byte) (word >>> 24);
			at += 4;
		}
	}

	/** Writes a number as 4 limbs bytes, big-endian. */
	/* package */ static void toBytes(int[] w, int a, int limbs, byte[] bytes, int offset) {
		int at = offset;
		for (int i = limbs; --i >= 0;) {
			int word = w[a + i];
			bytes[at] = (byte) (word >>> 24);
			bytes[at + 1] = (byte) (word >>> 16);
			bytes[at + 2] = (byte) (word >>> 8);
			bytes[at + 3] = (byte) word;
			at += 4;
		}
	}

	/** Reads a number of 8 limbs hexadecimal digits (lower case), the most significant first, from an index of a text. */
	/* package */ static void fromHex(String text, int index, int[] w, int r, int limbs) {
		int at = index;
		for (int i = limbs; --i >= 0;) {
			int word = 0;
			for (int j = 0; j < 8; j++) {
				int digit = text.charAt(at++);
				word = word << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
			}
			w[r + i] = word;
		}
	}

	/** Overwrites words with zeros. */
	/* package */ static void clear(int[] w, int a, int count) {
		for (int i = a + count; --i >= a;) {
			w[i] = 0;
		}
	}

	/** Gives the mask of a = 0. */
	/* package */ static int isZero(int[] w, int a, int limbs) {
		int all = 0;
		for (int i = 0; i < limbs; i++) {
			all |= w[a + i];
		}
		return ~((all | -all) >> 31);
	}

	/** Gives the mask of a = b. */
	/* package */ static int areEqual(int[] w, int a, int b, int limbs) {
		int all = 0;
		for (int i = 0; i < limbs; i++) {
			all |= w[a + i] ^ w[b + i];
		}
		return ~((all | -all) >> 31);
	}

	/** Gives the mask of a &lt; b. */
	/* package */ static int isLess(int[] w, int a, int b, int limbs) {
		long c = 0;
		for (int i = 0; i < limbs; i++) {
			c = (w[a + i] & M) - (w[b + i] & M) + (c >> 32);
		}
		return (int) (c >> 32);
	}
}
