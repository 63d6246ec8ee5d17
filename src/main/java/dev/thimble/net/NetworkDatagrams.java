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

	private static final int MAX_NAME = 255;

	private static final int CLOSED = 0;
	private static final int WAIT_FOR_ADDRESS = 1;
	private static final int WAIT_FOR_NAME = 2;
	private static final int RUNNING = 3;

	private final BoardNetwork board;
	private final Network network;
	private final Datagrams datagrams;
	private final byte[] name = new byte[MAX_NAME];
	private int nameLength;
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
		this.board = board;
		this.network = board.network();
		this.datagrams = datagrams;
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

	@Override
	public int poll() {
		if (this.phase == CLOSED) {
			return -NetError.NOT_CONNECTED;
		}
		int up = this.network.poll();
		if (up < 0) {
			fail(NetError.NO_NETWORK);
		}
		if (this.failure == NetError.NONE && this.phase == WAIT_FOR_ADDRESS && up > 0 && this.board.ask(this)) {
			if (!this.network.resolve(this.name, this.nameLength)) {
				fail(NetError.NAME_UNKNOWN);
			}
			this.phase = WAIT_FOR_NAME;
		} else if (this.failure == NetError.NONE && this.phase == WAIT_FOR_NAME) {
			connect();
		}
		return this.failure != NetError.NONE ? -this.failure : this.phase == RUNNING ? OPEN : OPENING;
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
		this.board.asked(this);
		if (this.phase == RUNNING) {
			this.datagrams.close();
		}
		this.phase = CLOSED;
	}
}
