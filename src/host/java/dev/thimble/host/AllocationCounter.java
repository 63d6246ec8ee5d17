/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.lang.management.ManagementFactory;

/**
 * Adds up what one thread allocates between {@link #resume()} and {@link #pause()}, by the JVM's own counter. Reading it allocates nothing.
 */
public final class AllocationCounter {

	private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

	private long start;
	private long bytes;

	/** Creates a counter at 0, and makes the JVM load what reading it needs. */
	public AllocationCounter() {
		for (int i = 0; i < 3; i++) {
			resume();
			pause();
		}
		this.bytes = 0;
	}

	/** Starts to count what the calling thread allocates. */
	public void resume() {
		this.start = THREADS.getCurrentThreadAllocatedBytes();
	}

	/** Stops counting; called by the thread that called {@link #resume()}. */
	public void pause() {
		this.bytes += THREADS.getCurrentThreadAllocatedBytes() - this.start;
	}

	/** Gets the bytes counted so far. */
	public long bytes() {
		return this.bytes;
	}
}
