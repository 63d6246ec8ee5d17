/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/** Words in byte arrays, the most significant byte first. */
final class Bytes {

	private Bytes() {
	}

	/** Reads four bytes. */
	static int word(byte[] input, int at) {
		return input[at] << 24 | (input[at + 1] & 0xff) << 16 | (input[at + 2] & 0xff) << 8 | input[at + 3] & 0xff;
	}

	/** Reads up to four bytes; those at the end and behind it count as zeros. */
	static int word(byte[] input, int at, int end) {
		int word = 0;
		for (int i = at, shift = 24; shift >= 0 && i < end; i++, shift -= 8) {
			word |= (input[i] & 0xff) << shift;
		}
		return word;
	}

	/** Writes four bytes. */
	static void put(int word, byte[] output, int at) {
		output[at] = (byte) (word >> 24);
		output[at + 1] = (byte) (word >> 16);
		output[at + 2] = (byte) (word >> 8);
		output[at + 3] = (byte) word;
	}

	/** Overwrites with zeros: a few by hand, then copies of what is zero already, which a memory move does faster than a checked loop. */
	static void zero(byte[] array, int offset, int length) {
		int done = Math.min(length, 16);
		for (int i = 0; i < done; i++) {
			array[offset + i] = 0;
		}
		while (done < length) {
			int more = Math.min(done, length - done);
			System.arraycopy(array, offset, array, offset + done, more);
			done += more;
		}
	}
}
