/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * A serial line whose far end is connected to the peer by somebody else, so that the host's name only counts for TLS. Such a line has no sign of an
 * end, and what the last peer still had to say may come late: before a connection the line has to be silent for a moment.
 */
public final class WireTransport implements Transport {

	private static final int SILENCE = 30;

	private final SerialLine line;
	private final Clock clock;
	private final byte[] dropped = new byte[32];
	private boolean open;
	private boolean silent;
	private boolean lost;
	private long heardAt;

	/**
	 * Creates a transport.
	 *
	 * @param line
	 *            the line, this transport's only.
	 * @param clock
	 *            measures the silence.
	 */
	public WireTransport(SerialLine line, Clock clock) {
		this.line = line;
		this.clock = clock;
	}

	@Override
	public void open(byte[] host, int offset, int length, int port) {
		this.open = true;
		this.silent = false;
		this.lost = false;
		this.heardAt = this.clock.millis();
	}

	/** Begins as the server: whatever comes first is the client's. */
	public void listen() {
		this.open = true;
		this.silent = true;
		this.lost = false;
	}

	@Override
	public int poll() {
		if (!this.open) {
			return -NetError.NOT_CONNECTED;
		}
		if (this.silent) {
			return this.lost ? -NetError.LINE_LOST : OPEN;
		}
		long now = this.clock.millis();
		if (this.line.read(this.dropped, 0, this.dropped.length) != 0) {
			this.heardAt = now;
		} else if (now - this.heardAt >= SILENCE) {
			this.silent = true;
		}
		return OPENING;
	}

	@Override
	public int write(byte[] data, int offset, int length) {
		return taken(this.line.write(data, offset, length));
	}

	@Override
	public int read(byte[] data, int offset, int length) {
		return taken(this.line.read(data, offset, length));
	}

	private int taken(int count) {
		this.lost |= count < 0;
		return Math.max(0, count);
	}

	@Override
	public void rest(int millis) {
		this.line.rest(millis);
	}

	@Override
	public void close() {
		// The line stays.
		this.open = false;
	}
}
