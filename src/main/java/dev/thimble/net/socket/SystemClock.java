/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net.socket;

import dev.thimble.net.Clock;

/** The platform's clock. */
public final class SystemClock implements Clock {

	/** Creates the clock. */
	public SystemClock() {
		// see the method
	}

	@Override
	public long millis() {
		return System.nanoTime() / 1000000L;
	}
}
