/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Mock of the IP stack's TCP servers: at 127.0.0.1 of this computer. */
public final class ListenNatives {

	private static final int MAX_LISTENERS = 2;
	private static final int NO_HANDLE = -1;

	private static final ServerSocketChannel[] LISTENERS = new ServerSocketChannel[MAX_LISTENERS];

	private ListenNatives() {
	}

	public static int open(int port) {
		long mark = Simulation.enter();
		int handle = MAX_LISTENERS - 1;
		while (handle >= 0 && LISTENERS[handle] != null) {
			handle--;
		}
		if ("none".equals(Simulation.setting("net", "on"))) {
			handle = NO_HANDLE;
		}
		if (handle >= 0) {
			try {
				ServerSocketChannel listener = ServerSocketChannel.open();
				LISTENERS[handle] = listener;
				listener.configureBlocking(false);
				listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			} catch (IOException e) {
				close(handle);
				handle = NO_HANDLE;
			}
		}
		Simulation.leave(mark);
		return handle;
	}

	public static int accept(int handle) {
		long mark = Simulation.enter();
		int connection = NO_HANDLE;
		try {
			SocketChannel client = LISTENERS[handle].accept();
			if (client != null) {
				connection = NetNatives.adopt(client);
			}
		} catch (IOException e) {
			// a client that has gone
		}
		Simulation.leave(mark);
		return connection;
	}

	public static void close(int handle) {
		long mark = Simulation.enter();
		try {
			LISTENERS[handle].close();
		} catch (IOException e) {
			// closed either way
		}
		LISTENERS[handle] = null;
		Simulation.leave(mark);
	}
}
