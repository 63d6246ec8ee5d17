/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.board.Network;

/** A TCP connection of the board's own IP stack: DHCP, DNS and TCP in the board's natives. */
public final class NetworkTransport implements Transport {

	private static final int MAX_NAME = 255;
	private static final int NO_HANDLE = -1;

	private static final int CLOSED = 0;
	private static final int WAIT_FOR_ADDRESS = 1;
	private static final int WAIT_FOR_NAME = 2;
	private static final int WAIT_FOR_SERVER = 3;
	private static final int RUNNING = 4;

	private final BoardNetwork board;
	private final Network network;
	private final byte[] name = new byte[MAX_NAME];
	private int nameLength;
	private int port;
	private int phase;
	private int failure;
	private int handle = NO_HANDLE;

	/**
	 * Creates a transport.
	 *
	 * @param board
	 *            the IP stack, of all transports.
	 */
	public NetworkTransport(BoardNetwork board) {
		this.board = board;
		this.network = board.network();
	}

	@Override
	public void open(byte[] host, int offset, int length, int port) {
		close();
		this.nameLength = Math.min(length, MAX_NAME);
		System.arraycopy(host, offset, this.name, 0, this.nameLength);
		this.port = port;
		this.failure = NetError.NONE;
		this.phase = WAIT_FOR_ADDRESS;
	}

	/** Takes a connection that a {@link NetworkListener} has got. */
	/* package */ void attach(int connection) {
		close();
		this.handle = connection;
		this.failure = NetError.NONE;
		this.phase = RUNNING;
	}

	@Override
	public int poll() {
		if (this.phase == CLOSED) {
			return -NetError.NOT_CONNECTED;
		}
		int up = this.network.poll();
		if (up < 0) {
			fail(this.phase == RUNNING ? NetError.LINK_LOST : NetError.NO_NETWORK);
		}
		if (this.failure != NetError.NONE) {
			return -this.failure;
		}
		switch (this.phase) {
		case WAIT_FOR_ADDRESS:
			if (up > 0 && this.board.ask(this)) {
				if (!this.network.resolve(this.name, this.nameLength)) {
					fail(NetError.NAME_UNKNOWN);
				}
				this.phase = WAIT_FOR_NAME;
			}
			return OPENING;
		case WAIT_FOR_NAME:
			connect();
			return OPENING;
		default:
			return state();
		}
	}

	private void fail(int code) {
		if (this.failure == NetError.NONE) {
			this.failure = code;
		}
		this.board.asked(this);
	}

	private void connect() {
		int address = this.network.resolved();
		if (address == Network.NO_ADDRESS) {
			fail(NetError.NAME_UNKNOWN);
		} else if (address == Network.NO_ANSWER) {
			fail(NetError.NAME_SERVER_SILENT);
		} else if (address != 0) {
			this.board.asked(this);
			this.handle = this.network.connect(address, this.port);
			if (this.handle < 0) {
				fail(NetError.NO_FREE_LINK);
			}
			this.phase = WAIT_FOR_SERVER;
		}
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
			fail(this.phase == RUNNING ? NetError.LINK_LOST : NetError.REFUSED);
			return -this.failure;
		}
	}

	@Override
	public int write(byte[] data, int offset, int length) {
		return this.handle < 0 || length == 0 ? 0 : Math.max(0, this.network.write(this.handle, data, offset, length));
	}

	@Override
	public int read(byte[] data, int offset, int length) {
		return this.handle < 0 ? 0 : Math.max(0, this.network.read(this.handle, data, offset, length));
	}

	@Override
	public void rest(int millis) {
		this.board.rest();
	}

	@Override
	public void close() {
		this.board.asked(this);
		if (this.handle >= 0) {
			this.network.close(this.handle);
		}
		this.handle = NO_HANDLE;
		this.phase = CLOSED;
	}
}
