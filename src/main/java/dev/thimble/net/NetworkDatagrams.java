/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.board.Datagrams;
import dev.thimble.board.Network;

/** Datagrams of the board's own IP stack; there is one such transport a board. */
public final class NetworkDatagrams implements DatagramTransport {

	private static final int CLOSED = 0;
	private static final int LOOKUP = 1;
	private static final int RUNNING = 2;

	private final Network network;
	private final Datagrams datagrams;
	private final NameLookup lookup;
	private int port;
	private int phase;
	private int failure;

	/**
	 * Creates a transport.
	 *
	 * @param board
	 *            the IP stack.
	 * @param datagrams
	 *            its datagrams.
	 */
	public NetworkDatagrams(BoardNetwork board, Datagrams datagrams) {
		this.network = board.network();
		this.datagrams = datagrams;
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

	@Override
	public int poll() {
		if (this.phase == CLOSED) {
			return -NetError.NOT_CONNECTED;
		}
		int up = this.network.poll();
		if (up < 0) {
			fail(NetError.NO_NETWORK);
		}
		if (this.failure == NetError.NONE && this.phase == LOOKUP) {
			open(this.lookup.poll(up > 0));
		}
		return this.failure != NetError.NONE ? -this.failure : this.phase == RUNNING ? OPEN : OPENING;
	}

	private void fail(int code) {
		if (this.failure == NetError.NONE) {
			this.failure = code;
		}
		this.lookup.stop();
	}

	private void open(int address) {
		int code = NameLookup.error(address);
		if (code != NetError.NONE) {
			fail(code);
		} else if (address != 0) {
			if (!this.datagrams.open(address, this.port)) {
				fail(NetError.NO_FREE_LINK);
			}
			this.phase = RUNNING;
		}
	}

	@Override
	public boolean send(byte[] data, int offset, int length) {
		return this.phase == RUNNING && this.failure == NetError.NONE && this.datagrams.send(data, offset, length);
	}

	@Override
	public int receive(byte[] data, int offset, int length) {
		return this.phase == RUNNING ? this.datagrams.receive(data, offset, length) : 0;
	}

	@Override
	public void close() {
		this.lookup.stop();
		if (this.phase == RUNNING) {
			this.datagrams.close();
		}
		this.phase = CLOSED;
	}
}
