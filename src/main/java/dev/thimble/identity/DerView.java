/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.identity;

/** Reads DER elements (ITU-T X.690) that lie in an array of the caller, while an identity is constructed. */
/* package */ final class DerView {

	/* package */ static final int INTEGER = 0x02;
	/* package */ static final int BIT_STRING = 0x03;
	/* package */ static final int OCTET_STRING = 0x04;
	/* package */ static final int SEQUENCE = 0x30;

	private DerView() {
	}

	/** Tells whether an element of a tag begins at offset; not if there was no element before, which is told as -1. */
	/* package */ static boolean is(int tag, byte[] a, int offset, int limit) {
		return offset >= 0 && offset < limit && (a[offset] & 0xff) == tag;
	}

	/**
	 * Finds the content of an element.
	 *
	 * @return the index of its first byte, or -1 if no well-formed element begins at offset and ends at or before limit.
	 */
	/* package */ static int content(byte[] a, int offset, int limit) {
		if (offset < 0 || limit - offset < 2) {
			return -1;
		}
		int b = a[offset + 1] & 0xff;
		int start = b < 0x80 ? offset + 2 : offset + 2 + b - 0x80;
		return b == 0x80 || b > 0x83 || start > limit || length(a, offset) > limit - start ? -1 : start;
	}

	/**
	 * Finds the end of an element.
	 *
	 * @return the index behind its last byte, or -1 as {@link #content}.
	 */
	/* package */ static int end(byte[] a, int offset, int limit) {
		int start = content(a, offset, limit);
		return start < 0 ? -1 : start + length(a, offset);
	}

	private static int length(byte[] a, int offset) {
		int b = a[offset + 1] & 0xff;
		if (b < 0x80) {
			return b;
		}
		int n = 0;
		for (int i = 0; i < b - 0x80; i++) {
			n = n << 8 | a[offset + 2 + i] & 0xff;
		}
		return n;
	}

	/** Tells whether the bytes at offset begin with those of a string whose characters are bytes. */
	/* package */ static boolean startsWith(byte[] a, int offset, int limit, String bytes) {
		int n = bytes.length();
		if (offset < 0 || n > limit - offset) {
			return false;
		}
		for (int i = 0; i < n; i++) {
			if ((a[offset + i] & 0xff) != bytes.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/** Tells whether two ranges of an array hold the same bytes. */
	/* package */ static boolean equal(byte[] a, int offset, int end, int otherOffset, int otherEnd) {
		if (end - offset != otherEnd - otherOffset) {
			return false;
		}
		for (int i = 0; i < end - offset; i++) {
			if (a[offset + i] != a[otherOffset + i]) {
				return false;
			}
		}
		return true;
	}
}
