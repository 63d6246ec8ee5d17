/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** Time since reset. C: {@code LLTHIMBLE_CLOCK_impl.h}. */
/* package */ final class ClockNatives {

	private ClockNatives() {
	}

	/**
	 * Gets the time since reset.
	 *
	 * @return milliseconds; never goes back.
	 */
	/* package */ static native long millis();

	/**
	 * Reads a free-running counter for measurements.
	 *
	 * @return ticks, which wrap at 2^32.
	 */
	/* package */ static native int ticks();

	/**
	 * Gets the frequency of {@link #ticks()}.
	 *
	 * @return ticks a second.
	 */
	/* package */ static native int ticksPerSecond();
}
