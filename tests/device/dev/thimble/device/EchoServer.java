/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

import dev.thimble.host.Endpoint;

/** A TCP server on 127.0.0.1 that sends back what it gets, and lets something happen in the middle of it. */
final class EchoServer implements Closeable {

	/** What happens in mid-transfer. */
	interface Event {
		void happen() throws IOException;
	}

	private final ServerSocket listener;
	private int bytes;
	private Event event;

	EchoServer() throws IOException {
		this(new ServerSocket(0, 4, InetAddress.getByName("127.0.0.1")));
	}

	/** Takes clients from a listener, for example one with TLS, which it closes in the end. */
	EchoServer(ServerSocket listener) {
		this.listener = listener;
		start("echo-accept", this::accept);
	}

	/** Lets something happen, once, when so many further bytes have come: before the last of them go back. */
	synchronized void after(int count, Event what) {
		this.bytes = count;
		this.event = what;
	}

	private void count(int came) throws IOException {
		Event now = null;
		synchronized (this) {
			this.bytes -= came;
			if (this.event != null && this.bytes <= 0) {
				now = this.event;
				this.event = null;
			}
		}
		if (now != null) {
			now.happen();
		}
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
				if (this.listener.isClosed()) {
					return;
				}
			}
		}
	}

	private void echo(Socket socket) {
		byte[] chunk = new byte[4096];
		try (socket) {
			socket.setTcpNoDelay(true);
			InputStream in = socket.getInputStream();
			for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
				count(count);
				socket.getOutputStream().write(chunk, 0, count);
			}
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
