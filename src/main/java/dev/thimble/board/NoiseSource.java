/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/**
 * A source of raw noise, unconditioned, whose health is tested while it is read (NIST SP 800-90B §4). What it gives is not fit for keys: see
 * {@link #minEntropy()}.
 *
 * <p>An implementation allocates nothing after construction.
 */
public interface NoiseSource {

	/**
	 * Gets the min-entropy that may be counted on.
	 *
	 * @return bits a byte, 1 to 8.
	 */
	int minEntropy();

	/**
	 * Reads noise.
	 *
	 * @param noise
	 *            the caller's array to fill.
	 * @param offset
	 *            the first byte to fill.
	 * @param length
	 *            the number of bytes to fill.
	 * @return false if the source is not healthy or gave nothing in time; then the bytes are zeros.
	 */
	boolean read(byte[] noise, int offset, int length);
}
