/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The board as such. C: {@code LLTHIMBLE_SYSTEM_impl.h}. */
/* package */ final class SystemNatives {

	private SystemNatives() {
	}

	/**
	 * Gets the board's name.
	 *
	 * @param out
	 *            receives ASCII, at least 24 bytes.
	 * @return its length in bytes.
	 */
	/* package */ static native int name(byte[] out);

	/**
	 * Gets why the board started.
	 *
	 * @return 0: power on; 1: reset pin or debugger; 2: watchdog; 3: software; 4: fault; -1: unknown.
	 */
	/* package */ static native int resetCause();

	/**
	 * Gets the number of bytes the Java heap has handed out since reset (on a JVM: the thread's).
	 *
	 * @return a count of bytes.
	 */
	/* package */ static native long allocatedBytes();

	/**
	 * Gets the size of the Java heap.
	 *
	 * @return a number of bytes, 0 if unknown.
	 */
	/* package */ static native int heapSize();

	/**
	 * Gets the greatest depth the C stack has had since reset, from its paint.
	 *
	 * @return a number of bytes, 0 if unknown.
	 */
	/* package */ static native int stackHighWater();

	/** Sleeps until the next interrupt, at most a millisecond; feeds the watchdog. */
	/* package */ static native void idle();

	/**
	 * Ends: an emulator exits with the code, a board resets.
	 *
	 * @param code
	 *            0 for success.
	 */
	/* package */ static native void exit(int code);
}
