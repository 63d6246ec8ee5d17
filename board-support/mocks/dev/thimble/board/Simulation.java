/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.lang.management.ManagementFactory;

/**
 * What the mocks share: their settings, which are system properties, the interrupt a board's processor would sleep for, and an account of what they
 * allocate, so that the device's own count is of the device's own code.
 */
final class Simulation {

	private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final Object INTERRUPT = new Object();

	private static boolean interrupted;
	/** Bytes the mocks have allocated on the application's thread. */
	private static long foreign;

	private Simulation() {
	}

	/** Begins a native; what {@link #leave} wants. */
	static long enter() {
		return THREADS.getCurrentThreadAllocatedBytes();
	}

	/** Ends a native: what was allocated meanwhile is not the application's. */
	static void leave(long before) {
		foreign += THREADS.getCurrentThreadAllocatedBytes() - before;
	}

	/** Gets the bytes the application itself has allocated. */
	static long allocated() {
		return THREADS.getCurrentThreadAllocatedBytes() - foreign;
	}

	/** Gets the setting {@code thimble.sim.NAME}. */
	static String setting(String name, String otherwise) {
		return System.getProperty("thimble.sim." + name, otherwise);
	}

	/**
	 * Gets how a unit behaves now. The setting is a word, or {@code word@count}: then the unit is good until it has done that much.
	 *
	 * @param done
	 *            what the unit has done so far.
	 */
	static String behaviour(String name, String good, long done) {
		String setting = setting(name, good);
		int at = setting.indexOf('@');
		if (at < 0) {
			return setting;
		}
		return done < Long.parseLong(setting.substring(at + 1)) ? good : setting.substring(0, at);
	}

	/** Wakes the processor. */
	static void interrupt() {
		synchronized (INTERRUPT) {
			interrupted = true;
			INTERRUPT.notifyAll();
		}
	}

	/** Sleeps until an interrupt, at most a millisecond: the board's system tick. */
	static void waitForInterrupt() {
		synchronized (INTERRUPT) {
			if (!interrupted) {
				try {
					INTERRUPT.wait(1);
				} catch (InterruptedException e) {
					Thread.currentThread().interrupt();
				}
			}
			interrupted = false;
		}
	}
}
