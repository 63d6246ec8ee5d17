/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The console: a serial line for people. C: {@code LLTHIMBLE_CONSOLE_impl.h}. */
/* package */ final class ConsoleNatives {

	private ConsoleNatives() {
	}

	/**
	 * Writes all bytes, waiting for the line.
	 *
	 * @param data
	 *            the bytes.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 */
	/* package */ static native void write(byte[] data, int offset, int length);

	/**
	 * Reads what has arrived, without waiting.
	 *
	 * @param data
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            at most how many.
	 * @return how many were read, 0 if there are none.
	 */
	/* package */ static native int read(byte[] data, int offset, int length);
}
