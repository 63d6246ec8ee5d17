/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import dev.thimble.crypto.Random;

/** How long to wait before the next attempt: twice as long each time, up to a limit, and half of it by chance, so that devices do not come in step. */
/* package */ final class Backoff {

	private final Random random;
	private final int least;
	private final int most;
	private final byte[] bytes = new byte[2];
	private int failures;

	/* package */ Backoff(Random random, int least, int most) {
		this.random = random;
		this.least = least;
		this.most = most;
	}

	/** The last attempt was a success: the next wait is a short one. */
	/* package */ void reset() {
		this.failures = 0;
	}

	/** Gets the next wait in milliseconds. */
	/* package */ int next() {
		long wait = Math.min((long) this.least << this.failures, this.most);
		this.failures += wait < this.most ? 1 : 0;
		// Without randomness there is no connection anyway.
		int chance = this.random.generate(this.bytes, 0, 2) ? (this.bytes[0] & 0xff) << 8 | this.bytes[1] & 0xff : 0xffff;
		return (int) (wait / 2 + wait * chance / 0x20000);
	}
}
