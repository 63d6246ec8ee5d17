/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

import dev.thimble.net.Listener;
import dev.thimble.net.NetError;
import dev.thimble.net.Transport;

/** A {@code java.net.ServerSocket} as a listener, for {@link SocketTransport}s. Looking for a client takes a millisecond. */
public final class ServerSocketListener implements Listener {

	private final ServerSocket server;

	/**
	 * Begins to listen.
	 *
	 * @param port
	 *            the port; 0: any that is free.
	 * @param backlog
	 *            how many clients may wait.
	 * @param address
	 *            the own address to listen at; null: all.
	 * @throws IOException
	 *             if that is not possible.
	 */
	public ServerSocketListener(int port, int backlog, InetAddress address) throws IOException {
		this.server = new ServerSocket(port, backlog, address);
		this.server.setSoTimeout(1);
	}

	/**
	 * Gets the port.
	 *
	 * @return 1 to 65,535.
	 */
	public int port() {
		return this.server.getLocalPort();
	}

	@Override
	public int accept(Transport transport) {
		if (!(transport instanceof SocketTransport)) {
			return -NetError.NOT_A_LISTENER;
		}
		try {
			Socket client = this.server.accept();
			((SocketTransport) transport).attach(client);
			return 1;
		} catch (SocketTimeoutException e) {
			return 0;
		} catch (IOException e) {
			return -NetError.LINK_LOST;
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
		} catch (IOException e) {
			// It is closed either way.
		}
	}
}
