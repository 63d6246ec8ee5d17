/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.util.Random;

/**
 * A network that breaks by itself: all connections are reset every {@code thimble.sim.net.cut} seconds of the device's time, half of that sooner or
 * later, and for up to {@code thimble.sim.net.outage} seconds (0) nobody can be reached. A cut waits for the device to send or to look for bytes, and half
 * of what is being sent goes out: so cuts come within messages too.
 */
final class NetworkFaults {

	private static final int SEED = 24;
	private static final Random RANDOM = new Random(SEED);
	private static final long PERIOD = 1000 * Long.parseLong(Simulation.setting("net.cut", "0"));
	private static final long OUTAGE = 1000 * Long.parseLong(Simulation.setting("net.outage", "0"));

	private static long next = PERIOD == 0 ? Long.MAX_VALUE : soon(0);
	private static boolean atWrite;
	private static long outageEnd;

	private NetworkFaults() {
	}

	private static long soon(long now) {
		atWrite = RANDOM.nextBoolean();
		return now + PERIOD / 2 + (long) (RANDOM.nextDouble() * PERIOD);
	}

	/** Tells whether all connections are to be cut now. */
	static boolean cut(boolean writing) {
		if (PERIOD == 0 || VirtualClock.millis() < next || writing != atWrite) {
			return false;
		}
		long now = VirtualClock.millis();
		outageEnd = now + (long) (RANDOM.nextDouble() * OUTAGE);
		next = soon(outageEnd);
		return true;
	}

	/** Tells whether nobody can be reached. */
	static boolean out() {
		return VirtualClock.millis() < outageEnd;
	}
}
