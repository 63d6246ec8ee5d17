/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/** A source of random bytes fit for keys. */
public interface Random {

	/**
	 * Fills part of an array with random bytes.
	 *
	 * @param output
	 *            the caller's array.
	 * @param offset
	 *            the first byte to fill.
	 * @param length
	 *            the number of bytes to fill, at most 65,536 (the limit of one request in SP 800-90A).
	 * @return false if there is no healthy entropy; then nothing may be made of the array's content and the connection must fail.
	 */
	boolean generate(byte[] output, int offset, int length);
}
