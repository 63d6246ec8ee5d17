/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** A part of an array, checked before its address goes to a native, which trusts it. */
/* package */ final class Range {

	private Range() {
	}

	/**
	 * Checks that a part lies inside an array.
	 *
	 * @throws IllegalArgumentException
	 *             if it does not.
	 */
	/* package */ static void check(byte[] array, int offset, int length) {
		if ((offset | length) < 0 || offset > array.length - length) {
			throw new IllegalArgumentException("Outside of the array");
		}
	}
}
