/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.lang.management.ManagementFactory;

/**
 * Measures what an operation allocates on the calling thread, by the JVM's own counter (com.sun.management).
 */
public final class AllocationMeter {

	private static final int WARM_UPS = 50;
	private static final int SLOW_WARM_UPS = 3;
	private static final int ROUNDS = 5;

	private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static volatile Object sink;

	private AllocationMeter() {
	}

	/** The bytes this thread has allocated since it started. Reading it allocates nothing. */
	public static long allocated() {
		return THREADS.getCurrentThreadAllocatedBytes();
	}

	/**
	 * Measures what an operation allocates, after 50 runs that are not judged (class loading and linkage allocate).
	 *
	 * <p>The counter also sees what the JVM allocates in the thread for itself, now and then, when it throws optimised code away and resolves names
	 * anew; so the least of several rounds is the figure. Code that allocates does so in each of them.
	 *
	 * @param runs
	 *            how often the operation runs in a round.
	 * @return the least number of bytes allocated in a round; 0 is the only figure that means "allocates nothing".
	 */
	public static long measure(int runs, Runnable operation) {
		return least(WARM_UPS, runs, operation);
	}

	/** As {@link #measure(int, Runnable)}, for slow operations: 3 runs before. */
	public static long measureSlow(int runs, Runnable operation) {
		return least(SLOW_WARM_UPS, runs, operation);
	}

	private static long least(int warmUps, int runs, Runnable operation) {
		selfTest();
		repeat(warmUps, operation);
		long least = Long.MAX_VALUE;
		for (int round = 0; round < ROUNDS && least != 0; round++) {
			long before = allocated();
			repeat(runs, operation);
			least = Math.min(least, allocated() - before);
		}
		return least;
	}

	private static void repeat(int times, Runnable operation) {
		for (int i = 0; i < times; i++) {
			operation.run();
		}
	}

	/** Proves that the counter works: sees an array, and sees nothing where there is nothing. Throws if not. */
	public static void selfTest() {
		long nothing = Long.MAX_VALUE;
		for (int round = 0; round < ROUNDS && nothing != 0; round++) {
			long before = allocated();
			nothing = Math.min(nothing, allocated() - before);
		}
		long before = allocated();
		sink = new byte[1000];
		long array = allocated() - before;
		sink = null;
		if (nothing != 0 || array < 1000) {
			throw new IllegalStateException("allocation counter unusable: nothing = " + nothing + ", 1000-byte array = " + array);
		}
	}
}
