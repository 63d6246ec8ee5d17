/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * GHASH (SP 800-38D §6.4): evaluates a polynomial over GF(2^128) at the hash subkey, in constant time and without tables.
 *
 * <p>Blocks are four words, the first byte the most significant; so a block's most significant bit is the coefficient of x^0.
 */
final class Ghash {

	private int h0;
	private int h1;
	private int h2;
	private int h3;

	/** The running value; word 0 comes first in the block. */
	int y0;
	int y1;
	int y2;
	int y3;

	/** Sets the hash subkey and starts at zero. */
	void init(int word0, int word1, int word2, int word3) {
		this.h0 = word0;
		this.h1 = word1;
		this.h2 = word2;
		this.h3 = word3;
		reset();
	}

	/** Starts at zero. */
	void reset() {
		this.y0 = 0;
		this.y1 = 0;
		this.y2 = 0;
		this.y3 = 0;
	}

	/**
	 * Takes in up to 32 bytes, padded with zeros to whole blocks.
	 *
	 * @param input
	 *            the caller's array.
	 * @param offset
	 *            the first byte.
	 * @param length
	 *            the number of bytes.
	 */
	void update(byte[] input, int offset, int length) {
		int end = offset + length;
		for (int at = offset; at < end; at += 16) {
			update(Bytes.word(input, at, end), Bytes.word(input, at + 4, end), Bytes.word(input, at + 8, end),
					Bytes.word(input, at + 12, end));
		}
	}

	/**
	 * Takes in one block: adds it and multiplies by the subkey.
	 *
	 * <p>The product of the two 128-bit integers without carries is nine products of 32 bits (Karatsuba's method, twice). Its bit 254 - k is the
	 * coefficient of x^k; one shift to the left aligns it, then the lower half, which stands for x^128 and up, is folded into the upper by
	 * x^128 = x^7 + x^2 + x + 1.
	 */
	void update(int word0, int word1, int word2, int word3) {
		int a0 = this.y0 ^ word0;
		int a1 = this.y1 ^ word1;
		int a2 = this.y2 ^ word2;
		int a3 = this.y3 ^ word3;
		int b0 = this.h0;
		int b1 = this.h1;
		int b2 = this.h2;
		int b3 = this.h3;

		// z0 is the most significant of eight words; each half's product first, then the middle
		long high = product(a0, b0);
		long low = product(a1, b1);
		long middle = product(a0 ^ a1, b0 ^ b1) ^ high ^ low;
		int z0 = (int) (high >>> 32);
		int z1 = (int) high ^ (int) (middle >>> 32);
		int z2 = (int) (low >>> 32) ^ (int) middle;
		int z3 = (int) low;
		high = product(a2, b2);
		low = product(a3, b3);
		middle = product(a2 ^ a3, b2 ^ b3) ^ high ^ low;
		int z4 = (int) (high >>> 32);
		int z5 = (int) high ^ (int) (middle >>> 32);
		int z6 = (int) (low >>> 32) ^ (int) middle;
		int z7 = (int) low;
		a0 ^= a2;
		a1 ^= a3;
		b0 ^= b2;
		b1 ^= b3;
		high = product(a0, b0);
		low = product(a1, b1);
		middle = product(a0 ^ a1, b0 ^ b1) ^ high ^ low;
		a0 = z0 ^ z4 ^ (int) (high >>> 32);
		a1 = z1 ^ z5 ^ (int) high ^ (int) (middle >>> 32);
		a2 = z2 ^ z6 ^ (int) (low >>> 32) ^ (int) middle;
		a3 = z3 ^ z7 ^ (int) low;
		z2 ^= a0;
		z3 ^= a1;
		z4 ^= a2;
		z5 ^= a3;

		z0 = z0 << 1 | z1 >>> 31;
		z1 = z1 << 1 | z2 >>> 31;
		z2 = z2 << 1 | z3 >>> 31;
		z3 = z3 << 1 | z4 >>> 31;
		z4 = z4 << 1 | z5 >>> 31;
		z5 = z5 << 1 | z6 >>> 31;
		z6 = z6 << 1 | z7 >>> 31;
		z7 <<= 1;

		z4 ^= z7 << 31 ^ z7 << 30 ^ z7 << 25;
		this.y3 = z3 ^ fold(z7) ^ z6 << 31 ^ z6 << 30 ^ z6 << 25;
		this.y2 = z2 ^ fold(z6) ^ z5 << 31 ^ z5 << 30 ^ z5 << 25;
		this.y1 = z1 ^ fold(z5) ^ z4 << 31 ^ z4 << 30 ^ z4 << 25;
		this.y0 = z0 ^ fold(z4);
	}

	private static int fold(int word) {
		return word ^ word >>> 1 ^ word >>> 2 ^ word >>> 7;
	}

	/**
	 * Multiplies without carries, by integer multiplications "with holes": each operand is split into four numbers that use every fourth bit
	 * only, so that the at most eight ones that meet in a bit cannot carry into the next bit used.
	 */
	private static long product(int x, int y) {
		long x0 = x & 0x11111111L;
		long x1 = x & 0x22222222L;
		long x2 = x & 0x44444444L;
		long x3 = x & 0x88888888L;
		long y0 = y & 0x11111111L;
		long y1 = y & 0x22222222L;
		long y2 = y & 0x44444444L;
		long y3 = y & 0x88888888L;
		return (x0 * y0 ^ x1 * y3 ^ x2 * y2 ^ x3 * y1) & 0x1111111111111111L
				| (x0 * y1 ^ x1 * y0 ^ x2 * y3 ^ x3 * y2) & 0x2222222222222222L
				| (x0 * y2 ^ x1 * y1 ^ x2 * y0 ^ x3 * y3) & 0x4444444444444444L
				| (x0 * y3 ^ x1 * y2 ^ x2 * y1 ^ x3 * y0) & 0x8888888888888888L;
	}

	/** Overwrites subkey and running value. */
	void wipe() {
		init(0, 0, 0, 0);
	}
}
