/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.BoardClock;
import dev.thimble.x509.TimeSource;

/** The time of day: what the console said, and the board's clock since then. */
final class DeviceTime implements TimeSource {

	private final BoardClock clock;
	private boolean known;
	private long seconds;
	private long setAt;

	DeviceTime(BoardClock clock) {
		this.clock = clock;
	}

	/** Sets the time, in seconds since 1970. */
	void set(long seconds) {
		this.seconds = seconds;
		this.setAt = this.clock.millis();
		this.known = true;
	}

	@Override
	public int state() {
		return this.known ? TRUSTED : UNKNOWN;
	}

	@Override
	public long seconds() {
		return this.known ? this.seconds + (this.clock.millis() - this.setAt) / 1000 : 0;
	}
}
