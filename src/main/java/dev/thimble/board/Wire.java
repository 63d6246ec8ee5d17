/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The board's serial line that carries a byte stream to the network. */
public final class Wire {

	private final boolean available;

	/** Looks for the wire. */
	public Wire() {
		this.available = WireNatives.available() != 0;
	}

	/**
	 * Tells whether the board has a wire besides its console.
	 *
	 * @return true if so.
	 */
	public boolean available() {
		return this.available;
	}

	/**
	 * Writes without waiting.
	 *
	 * @param data
	 *            the bytes' array.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 * @return how many were taken, 0 if the line is busy; -1 on a fault.
	 */
	public int write(byte[] data, int offset, int length) {
		Range.check(data, offset, length);
		return WireNatives.write(data, offset, length);
	}

	/**
	 * Reads what has arrived, without waiting.
	 *
	 * @param data
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            at most how many.
	 * @return how many were read, 0 if there are none; -1 if bytes were lost.
	 */
	public int read(byte[] data, int offset, int length) {
		Range.check(data, offset, length);
		return WireNatives.read(data, offset, length);
	}
}
