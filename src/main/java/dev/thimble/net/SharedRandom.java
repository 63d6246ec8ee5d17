/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.crypto.Random;

/** A generator that several engines use, on a JVM perhaps from several threads. */
/* package */ final class SharedRandom implements Random {

	private final Random random;

	/* package */ SharedRandom(Random random) {
		this.random = random;
	}

	@Override
	public synchronized boolean generate(byte[] output, int offset, int length) {
		return this.random.generate(output, offset, length);
	}
}
