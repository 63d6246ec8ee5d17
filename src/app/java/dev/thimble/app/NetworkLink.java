/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.Network;

/** A TCP connection of the board's own IP stack as a link. */
final class NetworkLink implements Link {

	private static final int MAX_NAME_LENGTH = 255;
	private static final int NOTHING = -1;

	private static final int WAIT_FOR_ADDRESS = 0;
	private static final int WAIT_FOR_NAME = 1;
	private static final int WAIT_FOR_SERVER = 2;
	private static final int RUNNING = 3;

	private final Network network;
	private final byte[] name = new byte[MAX_NAME_LENGTH];
	private int nameLength;
	private int port;
	private int phase;
	private int failure;
	private int handle = NOTHING;

	NetworkLink(Network network) {
		this.network = network;
	}

	boolean available() {
		return this.network.available();
	}

	@Override
	public void open(byte[] name, int offset, int length, int port) {
		this.nameLength = Math.min(length, MAX_NAME_LENGTH);
		System.arraycopy(name, offset, this.name, 0, this.nameLength);
		this.port = port;
		this.phase = WAIT_FOR_ADDRESS;
		this.failure = Failure.NONE;
	}

	@Override
	public int poll() {
		int up = this.network.poll();
		if (up < 0 && this.failure == Failure.NONE) {
			this.failure = this.phase == RUNNING ? Failure.LINK_LOST : Failure.NO_NETWORK;
		}
		if (this.failure != Failure.NONE) {
			return this.failure;
		}
		switch (this.phase) {
		case WAIT_FOR_ADDRESS:
			if (up > 0) {
				this.failure = this.network.resolve(this.name, this.nameLength) ? Failure.NONE : Failure.NAME_UNKNOWN;
				this.phase = WAIT_FOR_NAME;
			}
			return OPENING;
		case WAIT_FOR_NAME:
			return connect();
		default:
			return state();
		}
	}

	private int connect() {
		int address = this.network.resolved();
		if (address == Network.NO_ADDRESS || address == Network.NO_ANSWER) {
			this.failure = Failure.NAME_UNKNOWN;
		} else if (address != 0) {
			this.handle = this.network.connect(address, this.port);
			this.failure = this.handle < 0 ? Failure.NO_NETWORK : Failure.NONE;
			this.phase = WAIT_FOR_SERVER;
		}
		return OPENING;
	}

	private int state() {
		switch (this.network.state(this.handle)) {
		case Network.CONNECTING:
			return OPENING;
		case Network.CONNECTED:
			this.phase = RUNNING;
			return OPEN;
		case Network.PEER_CLOSED:
			this.phase = RUNNING;
			return ENDED;
		default:
			// What had arrived before a reset has been read, or is worth nothing.
			this.failure = this.phase == RUNNING ? Failure.LINK_LOST : Failure.REFUSED;
			return this.failure;
		}
	}

	@Override
	public int write(byte[] data, int offset, int length) {
		return Math.max(0, this.network.write(this.handle, data, offset, length));
	}

	@Override
	public int read(byte[] data, int offset, int length) {
		return Math.max(0, this.network.read(this.handle, data, offset, length));
	}

	@Override
	public void close() {
		if (this.handle != NOTHING) {
			this.network.close(this.handle);
			this.handle = NOTHING;
		}
	}
}
