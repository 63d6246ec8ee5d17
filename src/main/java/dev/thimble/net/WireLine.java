/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.board.BoardSystem;
import dev.thimble.board.Wire;

/** The board's wire as a serial line. */
public final class WireLine implements SerialLine {

	private final Wire wire;
	private final BoardSystem system;

	/**
	 * Creates a line.
	 *
	 * @param wire
	 *            the wire.
	 * @param system
	 *            the board, to rest with.
	 */
	public WireLine(Wire wire, BoardSystem system) {
		this.wire = wire;
		this.system = system;
	}

	@Override
	public int write(byte[] data, int offset, int length) {
		return this.wire.write(data, offset, length);
	}

	@Override
	public int read(byte[] data, int offset, int length) {
		return this.wire.read(data, offset, length);
	}

	@Override
	public void rest(int millis) {
		this.system.idle();
	}
}
