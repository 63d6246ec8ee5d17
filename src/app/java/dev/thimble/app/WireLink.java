/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.BoardClock;
import dev.thimble.board.Wire;

/**
 * The serial line as a link. Whoever is at its other end connects it to the server. There is no sign of an end on such a line, and what the last
 * server still had to say may come late: before a new connection the line has to be silent for a moment.
 */
final class WireLink implements Link {

	private static final int SILENCE_MILLIS = 30;

	private final Wire wire;
	private final BoardClock clock;
	private final byte[] dropped = new byte[32];
	private boolean silent;
	private boolean lost;
	private long heardAt;

	WireLink(Wire wire, BoardClock clock) {
		this.wire = wire;
		this.clock = clock;
	}

	boolean available() {
		return this.wire.available();
	}

	@Override
	public void open(byte[] name, int offset, int length, int port) {
		this.silent = false;
		this.lost = false;
		this.heardAt = this.clock.millis();
	}

	@Override
	public int poll() {
		if (!this.silent) {
			long now = this.clock.millis();
			if (this.wire.read(this.dropped, 0, this.dropped.length) != 0) {
				this.heardAt = now;
			} else if (now - this.heardAt >= SILENCE_MILLIS) {
				this.silent = true;
			}
			return OPENING;
		}
		return this.lost ? Failure.LINK_LOST : OPEN;
	}

	@Override
	public int write(byte[] data, int offset, int length) {
		return taken(this.wire.write(data, offset, length));
	}

	@Override
	public int read(byte[] data, int offset, int length) {
		return taken(this.wire.read(data, offset, length));
	}

	private int taken(int count) {
		this.lost |= count < 0;
		return count < 0 ? 0 : count;
	}

	@Override
	public void close() {
		// the line stays
	}
}
