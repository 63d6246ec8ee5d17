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

	private static final int NO_HANDLE = -1;

	private static final int CLOSED = 0;
	private static final int LOOKUP = 1;
	private static final int WAIT_FOR_SERVER = 2;
	private static final int RUNNING = 3;

	private final BoardNetwork board;
	private final Network network;
	private final NameLookup lookup;
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
		this.lookup = new NameLookup(board);
	}

	@Override
	public void open(byte[] host, int offset, int length, int port) {
		close();
		this.lookup.start(host, offset, length);
		this.port = port;
		this.failure = NetError.NONE;
		this.phase = LOOKUP;
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
		if (this.phase == LOOKUP) {
			connect(this.lookup.poll(up > 0));
			return OPENING;
		}
		return state();
	}

	private void fail(int code) {
		if (this.failure == NetError.NONE) {
			this.failure = code;
		}
		this.lookup.stop();
	}

	private void connect(int address) {
		int code = NameLookup.error(address);
		if (code != NetError.NONE) {
			fail(code);
		} else if (address != 0) {
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
		this.lookup.stop();
		if (this.handle >= 0) {
			this.network.close(this.handle);
		}
		this.handle = NO_HANDLE;
		this.phase = CLOSED;
	}
}
