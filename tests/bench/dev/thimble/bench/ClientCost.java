/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.bench;

import java.lang.management.ManagementFactory;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Adds up what the client alone takes: the server runs in the same thread, between {@link #stop()} and {@link #start()}. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class ClientCost {

	private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

	/** Nanoseconds. */
	public long clientNanos;
	/** Bytes allocated. */
	public long clientBytes;
	/** Operations. */
	public long operations;

	private long startNanos;
	private long startBytes;

	void start() {
		this.startBytes = THREADS.getCurrentThreadAllocatedBytes();
		this.startNanos = System.nanoTime();
	}

	void stop() {
		this.clientNanos += System.nanoTime() - this.startNanos;
		this.clientBytes += THREADS.getCurrentThreadAllocatedBytes() - this.startBytes;
	}
}
