/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** Mock of the clock: see {@link VirtualClock}. */
public final class ClockNatives {

	private static final int NANOS_A_TICK = 100;
	private static final int TICKS_PER_SECOND = 10000000;

	private ClockNatives() {
	}

	public static long millis() {
		return VirtualClock.millis();
	}

	public static int ticks() {
		return (int) (VirtualClock.nanos() / NANOS_A_TICK);
	}

	public static int ticksPerSecond() {
		return TICKS_PER_SECOND;
	}
}
