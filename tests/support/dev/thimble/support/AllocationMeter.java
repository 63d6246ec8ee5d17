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

	private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static volatile Object sink;

	private AllocationMeter() {
	}

	/** The bytes this thread has allocated since it started. Reading it allocates nothing. */
	public static long allocated() {
		return THREADS.getCurrentThreadAllocatedBytes();
	}

	/**
	 * Runs an operation some times unmeasured (class loading and linkage allocate), then measures.
	 *
	 * @param runs
	 *            how often the measured operation runs.
	 * @return the bytes allocated by all measured runs together; 0 is the only figure that means "allocates nothing".
	 */
	public static long measure(int runs, Runnable operation) {
		selfTest();
		for (int i = 0; i < WARM_UPS; i++) {
			operation.run();
		}
		long before = allocated();
		for (int i = 0; i < runs; i++) {
			operation.run();
		}
		return allocated() - before;
	}

	/** As {@link #measure(int, Runnable)}, for slow operations: 3 warm-ups. */
	public static long measureSlow(int runs, Runnable operation) {
		selfTest();
		for (int i = 0; i < 3; i++) {
			operation.run();
		}
		long before = allocated();
		for (int i = 0; i < runs; i++) {
			operation.run();
		}
		return allocated() - before;
	}

	/** Proves that the counter works: sees an array, and sees nothing where there is nothing. Throws if not. */
	public static void selfTest() {
		for (int i = 0; i < 3; i++) {
			allocated();
		}
		long before = allocated();
		long nothing = allocated() - before;
		before = allocated();
		sink = new byte[1000];
		long array = allocated() - before;
		sink = null;
		if (nothing != 0 || array < 1000) {
			throw new IllegalStateException("allocation counter unusable: nothing = " + nothing + ", 1000-byte array = " + array);
		}
	}
}
