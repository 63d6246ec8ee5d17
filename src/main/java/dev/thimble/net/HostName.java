/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** Names as sockets take them: 1 to {@value #MAX} characters of ASCII without blanks. */
/* package */ final class HostName {

	/* package */ static final int MAX = 255;

	private HostName() {
	}

	/* package */ static boolean isGood(String text) {
		int n = text.length();
		if (n < 1 || n > MAX) {
			return false;
		}
		for (int i = 0; i < n; i++) {
			if (text.charAt(i) <= ' ' || text.charAt(i) >= 127) {
				return false;
			}
		}
		return true;
	}

	/* package */ static boolean isGood(byte[] text, int offset, int length) {
		if (length < 1 || length > MAX) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (text[offset + i] <= ' ' || text[offset + i] == 127) {
				return false;
			}
		}
		return true;
	}

	/** Puts a good one into an array; gets its length. */
	/* package */ static int put(String text, byte[] out) {
		int n = text.length();
		for (int i = 0; i < n; i++) {
			out[i] = (byte) text.charAt(i);
		}
		return n;
	}
}
