/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** A serial line: bytes both ways, without waiting. */
public interface SerialLine {

	/**
	 * Writes.
	 *
	 * @param data
	 *            the bytes' array.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 * @return how many were taken, 0 if the line is busy; -1 on a fault.
	 */
	int write(byte[] data, int offset, int length);

	/**
	 * Reads what has arrived.
	 *
	 * @param data
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            at most how many.
	 * @return how many were read, 0 if there are none; -1 if bytes were lost.
	 */
	int read(byte[] data, int offset, int length);

	/**
	 * Waits until something may have arrived.
	 *
	 * @param millis
	 *            at most how long; it may be less.
	 */
	void rest(int millis);
}
