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
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands before a server and lets so many bytes of what it says through; then there is silence, but no end. */
final class StallingProxy implements Closeable {

	private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
	private final InetSocketAddress server;
	private final int bytes;
	private Socket client;
	private Socket upstream;

	StallingProxy(InetSocketAddress server, int bytes) throws IOException {
		this.server = server;
		this.bytes = bytes;
		start(this::accept);
	}

	InetSocketAddress address() {
		return new InetSocketAddress(this.listener.getInetAddress(), this.listener.getLocalPort());
	}

	private interface Work {
		void run() throws IOException;
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			} catch (IOException e) {
				// closed
			}
		}, "stalling-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() throws IOException {
		Socket accepted = this.listener.accept();
		Socket connected = new Socket(this.server.getAddress(), this.server.getPort());
		synchronized (this) {
			this.client = accepted;
			this.upstream = connected;
		}
		start(() -> copy(accepted.getInputStream(), connected.getOutputStream(), Integer.MAX_VALUE));
		copy(connected.getInputStream(), accepted.getOutputStream(), this.bytes);
	}

	private static void copy(InputStream in, OutputStream out, int limit) throws IOException {
		byte[] chunk = new byte[4096];
		int left = limit;
		for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
			int through = Math.min(left, count);
			out.write(chunk, 0, through);
			left -= through;
		}
	}

	@Override
	public synchronized void close() throws IOException {
		this.listener.close();
		if (this.client != null) {
			this.client.close();
			this.upstream.close();
		}
	}
}
