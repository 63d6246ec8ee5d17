/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

/** Reads DER elements that lie complete in an array: algorithm identifiers, distinguished names. All lengths are checked. */
/* package */ final class DerView {

	private DerView() {
	}

	/**
	 * Finds the content of an element.
	 *
	 * @return the index of its first byte, or -1 if there is no well-formed element at offset that ends at or before end.
	 */
	/* package */ static int content(byte[] a, int offset, int end) {
		if (offset < 0 || end - offset < 2) {
			return -1;
		}
		int b = a[offset + 1] & 0xff;
		int start = offset + 2;
		if (b >= 0x80) {
			int bytes = b - 0x80;
			if (bytes == 0 || bytes > 2 || end - start < bytes) {
				return -1;
			}
			b = 0;
			for (int i = 0; i < bytes; i++) {
				b = b << 8 | a[start++] & 0xff;
			}
			if (b < 0x80 || bytes == 2 && b < 0x100) {
				return -1;
			}
		}
		return b <= end - start ? start : -1;
	}

	/**
	 * Finds the end of an element.
	 *
	 * @return the index behind its last byte, or -1 as {@link #content}.
	 */
	/* package */ static int end(byte[] a, int offset, int end) {
		int start = content(a, offset, end);
		if (start < 0) {
			return -1;
		}
		int n = a[offset + 1] & 0xff;
		if (n >= 0x80) {
			n = 0;
			for (int i = offset + 2; i < start; i++) {
				n = n << 8 | a[i] & 0xff;
			}
		}
		return start + n;
	}

	/** Tells whether bytes are those of a string whose characters are bytes. */
	/* package */ static boolean equal(byte[] a, int offset, int length, String bytes) {
		if (length != bytes.length()) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if ((a[offset + i] & 0xff) != bytes.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/** Tells whether two ranges hold the same bytes. */
	/* package */ static boolean equal(byte[] a, int offset, byte[] b, int otherOffset, int length) {
		for (int i = 0; i < length; i++) {
			if (a[offset + i] != b[otherOffset + i]) {
				return false;
			}
		}
		return true;
	}
}
