/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

import dev.thimble.host.Endpoint;

/** A TCP server on 127.0.0.1 that sends back what it gets. */
final class EchoServer implements Closeable {

	private final ServerSocket listener = new ServerSocket(0, 4, InetAddress.getByName("127.0.0.1"));

	EchoServer() throws IOException {
		start("echo-accept", this::accept);
	}

	Endpoint endpoint() {
		return Endpoint.parse("127.0.0.1:" + this.listener.getLocalPort());
	}

	int port() {
		return this.listener.getLocalPort();
	}

	private void accept() {
		while (true) {
			try {
				Socket socket = this.listener.accept();
				start("echo", () -> echo(socket));
			} catch (IOException e) {
				return;
			}
		}
	}

	private static void echo(Socket socket) {
		try (socket) {
			socket.getInputStream().transferTo(socket.getOutputStream());
		} catch (IOException e) {
			// the peer has gone
		}
	}

	private static void start(String name, Runnable run) {
		Thread thread = new Thread(run, name);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}
}
