/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The signature of ECDSA in DER: {@code SEQUENCE { INTEGER r, INTEGER s }} (RFC 3279 §2.2.3), with the one encoding DER allows.
 */
/* package */ final class EcdsaSignature {

	private static final int SEQUENCE = 0x30;
	private static final int INTEGER = 0x02;

	private EcdsaSignature() {
	}

	/**
	 * Decodes r and s.
	 *
	 * @param in
	 *            the array.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length in bytes; nothing may follow the sequence.
	 * @param w
	 *            the memory.
	 * @param r
	 *            receives r and s, in a row.
	 * @param limbs
	 *            the words each has.
	 * @return false if it is not DER, or a number is negative or longer than its words.
	 */
	/* package */ static boolean decode(byte[] in, int offset, int length, int[] w, int r, int limbs) {
		// The longest, for P-384, has 102 bytes within the sequence, so lengths always have the short form.
		if (length < 8 || in[offset] != SEQUENCE || in[offset + 1] != length - 2) {
			return false;
		}
		int end = offset + length;
		int at = decodeInteger(in, offset + 2, end, w, r, limbs);
		return at >= 0 && decodeInteger(in, at, end, w, r + limbs, limbs) == end;
	}

	/** Decodes an integer and gives the index behind it, or -1. */
	private static int decodeInteger(byte[] in, int offset, int end, int[] w, int r, int limbs) {
		int start = offset + 2;
		if (start >= end || in[offset] != INTEGER) {
			return -1;
		}
		int length = in[offset + 1];
		if (length < 1 || length > end - start || in[start] < 0) {
			return -1;
		}
		int stop = start + length;
		if (in[start] == 0 && length > 1) {
			// A leading zero is there only to keep the number positive.
			if (in[++start] >= 0) {
				return -1;
			}
			length--;
		}
		if (length > 4 * limbs) {
			return -1;
		}
		Words.fromBytes(in, start, length, w, r, limbs);
		return stop;
	}

	/**
	 * Encodes r and s. Both are about to be public.
	 *
	 * @param w
	 *            the memory.
	 * @param r
	 *            offset of r and s, in a row, neither 0.
	 * @param limbs
	 *            the words each has.
	 * @param out
	 *            receives at most 8 + 8 limbs bytes.
	 * @param offset
	 *            where the first goes.
	 * @return the length.
	 */
	/* package */ static int encode(int[] w, int r, int limbs, byte[] out, int offset) {
		int at = encodeInteger(w, r, limbs, out, offset + 2);
		at = encodeInteger(w, r + limbs, limbs, out, at);
		out[offset] = SEQUENCE;
		out[offset + 1] = (byte) (at - offset - 2);
		return at - offset;
	}

	private static int encodeInteger(int[] w, int a, int limbs, byte[] out, int offset) {
		int at = offset + 2;
		boolean leading = true;
		for (int i = 4 * limbs; --i >= 0;) {
			int value = w[a + (i >> 2)] >>> ((i & 3) << 3) & 0xff;
			if (leading) {
				if (value == 0) {
					continue;
				}
				leading = false;
				if (value >= 0x80) {
					out[at++] = 0;
				}
			}
			out[at++] = (byte) value;
		}
		out[offset] = INTEGER;
		out[offset + 1] = (byte) (at - offset - 2);
		return at;
	}
}
