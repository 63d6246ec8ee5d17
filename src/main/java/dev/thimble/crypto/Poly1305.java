/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Poly1305 (RFC 8439 §2.5), constant time: limbs of 26 bits, products added up in longs.
 *
 * <p>All state lies in words 16 to 29 of an array, behind the state of ChaCha20. Input comes in whole blocks or is filled up with zeros to
 * them, as ChaCha20-Poly1305 wants it. Words are little-endian.
 */
final class Poly1305 {

	private static final int LIMB = (1 << 26) - 1;

	/** The first word used. */
	private static final int R = 16;
	/** The second half of the key, which is added in the end; afterwards the tag. */
	static final int PAD = R + 5;
	private static final int H = PAD + 4;
	/** The end of the words used. */
	static final int END = H + 5;

	private Poly1305() {
	}

	/** Starts with the one-time key in the first eight of some words. */
	static void init(int[] m, int[] key) {
		// the clamped r of §2.5
		m[R] = key[0] & 0x03ffffff;
		m[R + 1] = (key[0] >>> 26 | key[1] << 6) & 0x03ffff03;
		m[R + 2] = (key[1] >>> 20 | key[2] << 12) & 0x03ffc0ff;
		m[R + 3] = (key[2] >>> 14 | key[3] << 18) & 0x03f03fff;
		m[R + 4] = key[3] >>> 8 & 0x000fffff;
		m[PAD] = key[4];
		m[PAD + 1] = key[5];
		m[PAD + 2] = key[6];
		m[PAD + 3] = key[7];
		m[H] = 0;
		m[H + 1] = 0;
		m[H + 2] = 0;
		m[H + 3] = 0;
		m[H + 4] = 0;
	}

	/** Takes in bytes, padded with zeros to whole blocks. */
	static void update(int[] m, byte[] input, int from, int end) {
		int at = from;
		for (; end - at >= 16; at += 16) {
			update(m, word(input, at), word(input, at + 4), word(input, at + 8), word(input, at + 12));
		}
		if (at < end) {
			update(m, word(input, at, end), word(input, at + 4, end), word(input, at + 8, end), word(input, at + 12, end));
		}
	}

	/** Takes in a block: adds it, with a bit above, and multiplies by r modulo 2^130 - 5. */
	static void update(int[] m, int word0, int word1, int word2, int word3) {
		long a0 = m[H] + (word0 & LIMB);
		long a1 = m[H + 1] + ((word0 >>> 26 | word1 << 6) & LIMB);
		long a2 = m[H + 2] + ((word1 >>> 20 | word2 << 12) & LIMB);
		long a3 = m[H + 3] + ((word2 >>> 14 | word3 << 18) & LIMB);
		long a4 = m[H + 4] + (word3 >>> 8 | 1 << 24);
		long b0 = m[R];
		long b1 = m[R + 1];
		long b2 = m[R + 2];
		long b3 = m[R + 3];
		long b4 = m[R + 4];
		long s1 = 5 * b1;
		long s2 = 5 * b2;
		long s3 = 5 * b3;
		long s4 = 5 * b4;
		long c = a0 * b0 + a1 * s4 + a2 * s3 + a3 * s2 + a4 * s1;
		int low = (int) c & LIMB;
		c = a0 * b1 + a1 * b0 + a2 * s4 + a3 * s3 + a4 * s2 + (c >>> 26);
		int next = (int) c & LIMB;
		c = a0 * b2 + a1 * b1 + a2 * b0 + a3 * s4 + a4 * s3 + (c >>> 26);
		m[H + 2] = (int) c & LIMB;
		c = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + a4 * s4 + (c >>> 26);
		m[H + 3] = (int) c & LIMB;
		c = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + (c >>> 26);
		m[H + 4] = (int) c & LIMB;
		c = low + 5 * (c >>> 26);
		m[H] = (int) c & LIMB;
		m[H + 1] = next + (int) (c >>> 26);
	}

	/** Makes the tag, in the pad's words, and forgets everything else. */
	static void finish(int[] m) {
		int c = m[H + 1] >>> 26;
		int a1 = m[H + 1] & LIMB;
		int a2 = m[H + 2] + c;
		int a3 = m[H + 3] + (a2 >>> 26);
		a2 &= LIMB;
		int a4 = m[H + 4] + (a3 >>> 26);
		a3 &= LIMB;
		int a0 = m[H] + 5 * (a4 >>> 26);
		a4 &= LIMB;
		a1 += a0 >>> 26;
		a0 &= LIMB;
		// h + 5 reaches 2^130 if h is p or more
		int b0 = a0 + 5;
		int b1 = a1 + (b0 >>> 26);
		int b2 = a2 + (b1 >>> 26);
		int b3 = a3 + (b2 >>> 26);
		int b4 = a4 + (b3 >>> 26) - (1 << 26);
		int keep = b4 >> 31;
		a0 = a0 & keep | b0 & LIMB & ~keep;
		a1 = a1 & keep | b1 & LIMB & ~keep;
		a2 = a2 & keep | b2 & LIMB & ~keep;
		a3 = a3 & keep | b3 & LIMB & ~keep;
		a4 = a4 & keep | b4 & ~keep;
		// a1 can have a carry left if h was kept
		a2 += a1 >>> 26;
		a1 &= LIMB;
		a3 += a2 >>> 26;
		a2 &= LIMB;
		a4 += a3 >>> 26;
		a3 &= LIMB;
		long sum = ((a0 | a1 << 26) & 0xffffffffL) + (m[PAD] & 0xffffffffL);
		int tag0 = (int) sum;
		sum = ((a1 >>> 6 | a2 << 20) & 0xffffffffL) + (m[PAD + 1] & 0xffffffffL) + (sum >>> 32);
		int tag1 = (int) sum;
		sum = ((a2 >>> 12 | a3 << 14) & 0xffffffffL) + (m[PAD + 2] & 0xffffffffL) + (sum >>> 32);
		int tag2 = (int) sum;
		int tag3 = (a3 >>> 18 | a4 << 8) + m[PAD + 3] + (int) (sum >>> 32);
		wipe(m);
		m[PAD] = tag0;
		m[PAD + 1] = tag1;
		m[PAD + 2] = tag2;
		m[PAD + 3] = tag3;
	}

	/** Overwrites everything. */
	static void wipe(int[] m) {
		for (int i = END; --i >= R;) {
			m[i] = 0;
		}
	}

	/** Reads four bytes, the first one the least significant. */
	static int word(byte[] input, int at) {
		return input[at] & 0xff | (input[at + 1] & 0xff) << 8 | (input[at + 2] & 0xff) << 16 | input[at + 3] << 24;
	}

	/** Reads up to four bytes; those at the end and behind it count as zeros. */
	private static int word(byte[] input, int at, int end) {
		int word = 0;
		for (int i = at, shift = 0; shift < 32 && i < end; i++, shift += 8) {
			word |= (input[i] & 0xff) << shift;
		}
		return word;
	}
}
