/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The hash unit: digests of data that lie whole in one array. C: {@code LLTHIMBLE_HASH_impl.h}. */
/* package */ final class HashNatives {

	private HashNatives() {
	}

	/**
	 * Tells which algorithms the unit has.
	 *
	 * @return the sum of 1 (SHA-256), 2 (SHA-384), 4 (SHA-512); 0 if the board has no hash unit.
	 */
	/* package */ static native int algorithms();

	/**
	 * Gets the longest input of {@link #digest}.
	 *
	 * @return a number of bytes.
	 */
	/* package */ static native int capacity();

	/**
	 * Computes a digest (FIPS 180-4).
	 *
	 * @param algorithm
	 *            1, 2 or 4 as in {@link #algorithms()}.
	 * @param in
	 *            the input.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length in bytes.
	 * @param out
	 *            receives the digest of 32, 48 or 64 bytes.
	 * @param outOffset
	 *            where the first byte goes.
	 * @return 0, or -1 on a fault or timeout.
	 */
	/* package */ static native int digest(int algorithm, byte[] in, int offset, int length, byte[] out, int outOffset);

	/**
	 * Gets the number of digests computed since reset: the proof that the unit was used.
	 *
	 * @return a count that wraps.
	 */
	/* package */ static native int operations();
}
