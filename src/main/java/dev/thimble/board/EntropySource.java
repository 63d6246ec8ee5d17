/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/**
 * A source of full-entropy seed bytes: a board's TRNG after its health tests and conditioning, or an operating system's generator.
 *
 * <p>An implementation allocates nothing after construction.
 */
public interface EntropySource {

	/**
	 * Fills part of an array with seed bytes of full entropy (8 bits of min-entropy per byte, NIST SP 800-90C's notion).
	 *
	 * @param seed
	 *            the caller's array to fill.
	 * @param offset
	 *            the first byte to fill.
	 * @param length
	 *            the number of bytes to fill.
	 * @return false if the source is not healthy or gave nothing in time; then the array's content must not be used.
	 */
	boolean read(byte[] seed, int offset, int length);
}
