/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** Time since reset. The time of day is not the board's business. */
public final class BoardClock {

	/** Creates the clock. */
	public BoardClock() {
		// nothing to do
	}

	/**
	 * Gets the time since reset.
	 *
	 * @return milliseconds; never goes back.
	 */
	public long millis() {
		return ClockNatives.millis();
	}

	/**
	 * Reads a free-running counter for measurements.
	 *
	 * @return ticks, which wrap at 2^32.
	 */
	public int ticks() {
		return ClockNatives.ticks();
	}

	/**
	 * Gets the frequency of {@link #ticks()}.
	 *
	 * @return ticks a second.
	 */
	public int ticksPerSecond() {
		return ClockNatives.ticksPerSecond();
	}
}
