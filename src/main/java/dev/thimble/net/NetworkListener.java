/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.board.ServerPort;

/**
 * A TCP port of the board's own IP stack as a listener, for {@link NetworkTransport}s. It allocates nothing once it is made. While there is no
 * cable, nobody comes.
 */
public final class NetworkListener implements Listener {

	private final BoardNetwork board;
	private final ServerPort clients;
	private final int port;
	private boolean open;

	/**
	 * Creates a listener; the first {@link #accept} begins to listen.
	 *
	 * @param board
	 *            the IP stack.
	 * @param clients
	 *            where its clients wait: one for each listener.
	 * @param port
	 *            the TCP port, 1 to 65,535.
	 */
	public NetworkListener(BoardNetwork board, ServerPort clients, int port) {
		this.board = board;
		this.clients = clients;
		this.port = port;
	}

	/**
	 * {@inheritDoc}
	 *
	 * <p>After {@link #close()} it begins to listen again.
	 */
	@Override
	public int accept(Transport transport) {
		if (!(transport instanceof NetworkTransport)) {
			return -NetError.NOT_A_LISTENER;
		}
		if (!this.open) {
			if (!this.board.available()) {
				return -NetError.NO_LINK;
			}
			if (!this.clients.open(this.port)) {
				return -NetError.NO_FREE_LINK;
			}
			this.open = true;
		}
		this.board.network().poll();
		int handle = this.clients.accept();
		if (handle == ServerPort.NOBODY) {
			return 0;
		}
		((NetworkTransport) transport).attach(handle);
		return 1;
	}

	@Override
	public void close() {
		this.clients.close();
		this.open = false;
	}
}
