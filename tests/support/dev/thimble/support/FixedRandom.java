/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import dev.thimble.crypto.Random;

/** A source of "randomness" that gives the same bytes on every request, so that tests choose private keys. */
public final class FixedRandom implements Random {

	private final byte[] bytes;

	/**
	 * Makes a source.
	 *
	 * @param bytes
	 *            what every request gets, from the start of this array, which is not copied; null makes every request fail.
	 */
	public FixedRandom(byte[] bytes) {
		this.bytes = bytes;
	}

	@Override
	public boolean generate(byte[] output, int offset, int length) {
		if (this.bytes == null) {
			return false;
		}
		System.arraycopy(this.bytes, 0, output, offset, length);
		return true;
	}
}
