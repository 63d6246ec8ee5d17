/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import dev.thimble.net.Clock;

/** A clock that goes on when it is told to. */
public final class ManualClock implements Clock {

	/** The time in milliseconds. */
	public long now = 123456;

	@Override
	public long millis() {
		return this.now;
	}
}
