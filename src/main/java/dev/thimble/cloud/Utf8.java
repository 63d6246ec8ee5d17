/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** UTF-8 (RFC 3629) of strings and in arrays. */
/* package */ final class Utf8 {

	private static final int SURROGATES = 0xd800;
	private static final int LOW_SURROGATES = 0xdc00;
	private static final int AFTER_SURROGATES = 0xe000;

	private Utf8() {
	}

	/**
	 * Finds a character in a string; String's own method would make the strings of a firmware take two bytes a character.
	 *
	 * @return its index at or behind from; -1 if it is not there.
	 */
	/* package */ static int indexOf(String text, int c, int from) {
		int n = text.length();
		for (int i = from; i < n; i++) {
			if (text.charAt(i) == c) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Gets the code point at an index of a string.
	 *
	 * @return -1 for half of a surrogate pair.
	 */
	/* package */ static int codePoint(String text, int index) {
		int c = text.charAt(index);
		if (c < SURROGATES || c >= AFTER_SURROGATES) {
			return c;
		}
		int low = c < LOW_SURROGATES && index + 1 < text.length() ? text.charAt(index + 1) : 0;
		return low < LOW_SURROGATES || low >= AFTER_SURROGATES ? -1 : 0x10000 + (c - SURROGATES << 10) + low - LOW_SURROGATES;
	}

	/**
	 * Gets the number of bytes a code point has.
	 *
	 * @return 1 to 4.
	 */
	/* package */ static int length(int codePoint) {
		return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
	}

	/**
	 * Gets a byte of a code point.
	 *
	 * @param index
	 *            0 to {@link #length} - 1.
	 */
	/* package */ static int octet(int codePoint, int index) {
		int n = length(codePoint);
		if (n == 1) {
			return codePoint;
		}
		int bits = codePoint >> 6 * (n - 1 - index);
		return index > 0 ? 0x80 | bits & 0x3f : 0xf00 >> n & 0xff | bits;
	}

	/**
	 * Gets the number of bytes a string has.
	 *
	 * @return -1 if it has half of a surrogate pair.
	 */
	/* package */ static int length(String text) {
		int n = text.length();
		int length = 0;
		for (int i = 0; i < n; i++) {
			int c = codePoint(text, i);
			if (c < 0) {
				return -1;
			}
			length += length(c);
			i += c >> 16 == 0 ? 0 : 1;
		}
		return length;
	}

	/**
	 * Writes a string that has no half of a surrogate pair.
	 *
	 * @return the index behind it.
	 */
	/* package */ static int put(String text, byte[] out, int offset) {
		int n = text.length();
		int at = offset;
		for (int i = 0; i < n; i++) {
			int c = codePoint(text, i);
			int length = length(c);
			for (int k = 0; k < length; k++) {
				out[at++] = (byte) octet(c, k);
			}
			i += c >> 16 == 0 ? 0 : 1;
		}
		return at;
	}

	/** Tells whether bytes are UTF-8: no overlong form, no surrogate, nothing above U+10FFFF, nothing cut off. */
	/* package */ static boolean valid(byte[] a, int offset, int length) {
		int end = offset + length;
		int at = offset;
		while (at < end) {
			int first = a[at++] & 0xff;
			if (first < 0x80) {
				continue;
			}
			int more = first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
			if (more < 0 || more > end - at) {
				return false;
			}
			int second = a[at] & 0xff;
			int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
			int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
			if (second < least || second > most) {
				return false;
			}
			for (int i = 1; i < more; i++) {
				if ((a[at + i] & 0xc0) != 0x80) {
					return false;
				}
			}
			at += more;
		}
		return true;
	}
}
