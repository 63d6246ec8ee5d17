/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** A serial line that carries a byte stream to the network (or to a modem). C: {@code LLTHIMBLE_WIRE_impl.h}. */
/* package */ final class WireNatives {

	private WireNatives() {
	}

	/**
	 * Tells whether the board has a wire besides its console.
	 *
	 * @return 1 or 0.
	 */
	/* package */ static native int available();

	/**
	 * Writes without waiting.
	 *
	 * @param data
	 *            the bytes.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 * @return how many were taken, 0 if the line is busy; -1 on a fault.
	 */
	/* package */ static native int write(byte[] data, int offset, int length);

	/**
	 * Reads what has arrived, without waiting.
	 *
	 * @param data
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            at most how many.
	 * @return how many were read, 0 if there are none; -1 on a fault (overrun).
	 */
	/* package */ static native int read(byte[] data, int offset, int length);
}
