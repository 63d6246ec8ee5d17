/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The board's hash unit. */
public final class HashUnit implements DigestUnit {

	private final int algorithms;
	private final int capacity;

	/** Looks for the unit. */
	public HashUnit() {
		this.algorithms = HashNatives.algorithms();
		this.capacity = HashNatives.capacity();
	}

	@Override
	public int algorithms() {
		return this.algorithms;
	}

	@Override
	public int capacity() {
		return this.capacity;
	}

	@Override
	public boolean digest(int algorithm, byte[] in, int offset, int length, byte[] out, int outOffset) {
		if ((this.algorithms & algorithm) == 0 || length > this.capacity) {
			throw new IllegalArgumentException("The unit lacks the algorithm, or the input is longer than capacity()");
		}
		Range.check(in, offset, length);
		Range.check(out, outOffset, algorithm == SHA_256 ? 32 : algorithm == SHA_384 ? 48 : 64);
		return HashNatives.digest(algorithm, in, offset, length, out, outOffset) == 0;
	}

	@Override
	public int operations() {
		return HashNatives.operations();
	}
}
