/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** A unit that computes SHA-2 digests (FIPS 180-4) of data that lie whole in one array. It keeps no running state. */
public interface DigestUnit {

	/** SHA-256, as a bit of {@link #algorithms()}. */
	int SHA_256 = 1;
	/** SHA-384. */
	int SHA_384 = 2;
	/** SHA-512. */
	int SHA_512 = 4;

	/**
	 * Tells which algorithms the unit has.
	 *
	 * @return the sum of their constants; 0 if there is no unit.
	 */
	int algorithms();

	/**
	 * Gets the longest input of {@link #digest}.
	 *
	 * @return a number of bytes.
	 */
	int capacity();

	/**
	 * Computes a digest.
	 *
	 * @param algorithm
	 *            one of {@link #algorithms()}.
	 * @param in
	 *            the input's array.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length in bytes, at most {@link #capacity()}.
	 * @param out
	 *            receives the digest of 32, 48 or 64 bytes.
	 * @param outOffset
	 *            where the first byte goes.
	 * @return false on a fault.
	 */
	boolean digest(int algorithm, byte[] in, int offset, int length, byte[] out, int outOffset);

	/**
	 * Gets the number of digests computed since reset.
	 *
	 * @return a count that wraps.
	 */
	int operations();
}
