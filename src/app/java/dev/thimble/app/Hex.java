/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

/** Hexadecimal constants, so that a class file needs no code for its tables. */
final class Hex {

	private Hex() {
	}

	/** Writes the bytes of a text into an array; gives how many there are. */
	static int read(String text, byte[] out, int offset) {
		int length = text.length() >> 1;
		for (int i = 0; i < length; i++) {
			out[offset + i] = (byte) octet(text, i);
		}
		return length;
	}

	/** Tells whether part of an array is what a text says. */
	static boolean matches(String text, byte[] array, int offset) {
		int length = text.length() >> 1;
		for (int i = 0; i < length; i++) {
			if ((array[offset + i] & 0xff) != octet(text, i)) {
				return false;
			}
		}
		return true;
	}

	private static int octet(String text, int index) {
		return digit(text.charAt(2 * index)) << 4 | digit(text.charAt(2 * index + 1));
	}

	private static int digit(char c) {
		return c <= '9' ? c - '0' : c - 'a' + 10;
	}
}
