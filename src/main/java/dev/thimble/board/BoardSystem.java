/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The board as such: its name, why it started, memory, rest and end. */
public final class BoardSystem {

	/** Cause of the start: power on. */
	public static final int POWER_ON = 0;
	/** Reset pin or debugger. */
	public static final int RESET_PIN = 1;
	/** The watchdog. */
	public static final int WATCHDOG = 2;
	/** The program itself. */
	public static final int SOFTWARE = 3;
	/** A fault. */
	public static final int FAULT = 4;

	/** Room {@link #name} needs. */
	public static final int MAX_NAME_LENGTH = 24;

	/** Creates the system. */
	public BoardSystem() {
		// nothing to do
	}

	/**
	 * Gets the board's name.
	 *
	 * @param out
	 *            receives ASCII from index 0; at least {@value #MAX_NAME_LENGTH} bytes.
	 * @return its length in bytes.
	 */
	public int name(byte[] out) {
		Range.check(out, 0, MAX_NAME_LENGTH);
		return SystemNatives.name(out);
	}

	/**
	 * Gets why the board started.
	 *
	 * @return a constant of this class, or -1 if nobody knows.
	 */
	public int resetCause() {
		return SystemNatives.resetCause();
	}

	/**
	 * Gets the number of bytes the Java heap has handed out since reset (on a JVM: the thread's).
	 *
	 * @return a count of bytes.
	 */
	public long allocatedBytes() {
		return SystemNatives.allocatedBytes();
	}

	/**
	 * Gets the size of the Java heap.
	 *
	 * @return a number of bytes, 0 if unknown.
	 */
	public int heapSize() {
		return SystemNatives.heapSize();
	}

	/**
	 * Gets the greatest depth the C stack has had since reset.
	 *
	 * @return a number of bytes, 0 if unknown.
	 */
	public int stackHighWater() {
		return SystemNatives.stackHighWater();
	}

	/** Sleeps until the next interrupt, at most a millisecond; feeds the watchdog. */
	public void idle() {
		SystemNatives.idle();
	}

	/**
	 * Ends: an emulator exits with the code, a board resets.
	 *
	 * @param code
	 *            0 for success.
	 */
	public void exit(int code) {
		SystemNatives.exit(code);
	}
}
