/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.Random;

/** Bytes that are the same in every run, for measurements only: the server's recorded answer fits one ClientHello. */
public final class BenchRandom implements Random {

	private int state;

	/**
	 * Makes a source.
	 *
	 * @param seed
	 *            chooses the bytes.
	 */
	public BenchRandom(int seed) {
		this.state = seed;
	}

	/**
	 * Begins again.
	 *
	 * @param seed
	 *            chooses the bytes.
	 */
	public void restart(int seed) {
		this.state = seed;
	}

	@Override
	public boolean generate(byte[] output, int offset, int length) {
		for (int i = 0; i < length; i++) {
			// The congruential generator of Numerical Recipes; its upper bits are the better ones.
			this.state = this.state * 1664525 + 1013904223;
			output[offset + i] = (byte) (this.state >>> 24);
		}
		return true;
	}
}
