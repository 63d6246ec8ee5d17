/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** What a program can measure of the board it runs on, and the console to tell it. */
public final class Meter {

	private Meter() {
	}

	/**
	 * Reads a free-running counter.
	 *
	 * @return ticks, which wrap at 2^32.
	 */
	public static int ticks() {
		return ClockNatives.ticks();
	}

	/**
	 * Gets the number of bytes the Java heap has handed out since reset.
	 *
	 * @return a count of bytes.
	 */
	public static long allocatedBytes() {
		return SystemNatives.allocatedBytes();
	}

	/**
	 * Gets the greatest depth the C stack has had since reset.
	 *
	 * @return a number of bytes, 0 if unknown.
	 */
	public static int stackHighWater() {
		return SystemNatives.stackHighWater();
	}

	/**
	 * Writes to the console, waiting for the line.
	 *
	 * @param data
	 *            the bytes.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 */
	public static void print(byte[] data, int offset, int length) {
		ConsoleNatives.write(data, offset, length);
	}

	/**
	 * Ends the program: an emulator exits with the code, a board resets.
	 *
	 * @param code
	 *            0 for success.
	 */
	public static void exit(int code) {
		SystemNatives.exit(code);
	}
}
