/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A peer that is a library of this JVM as server, in a thread of its own; it echoes lines. */
final class ThreadServer implements PeerServer {

	/** Speaks TLS over a connection. */
	interface Protocol {

		/** Makes the handshake, echoes with {@link ThreadServer#echo}, closes in good order, and reports. */
		Report serve(Socket socket) throws Exception;
	}

	private static final int LONGEST_LINE = 1 << 15;

	private final ServerSocket listener;
	private final Protocol protocol;
	private final BlockingQueue<Report> reports = new ArrayBlockingQueue<>(100);

	ThreadServer(String name, Protocol protocol) throws IOException {
		this.protocol = protocol;
		this.listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::run, name + "-server");
		thread.setDaemon(true);
		thread.start();
	}

	private void run() {
		while (!this.listener.isClosed()) {
			try (Socket socket = this.listener.accept()) {
				socket.setSoTimeout(PeerHost.PATIENCE);
				socket.setTcpNoDelay(true);
				Report report;
				try {
					report = this.protocol.serve(socket);
				} catch (Exception e) {
					report = new Report();
					report.error = e.toString();
				}
				this.reports.add(report);
			} catch (IOException e) {
				// closed
			}
		}
	}

	/** Echoes each line as a whole until the client closes. */
	static void echo(InputStream in, OutputStream out) throws IOException {
		byte[] line = new byte[LONGEST_LINE];
		int length = 0;
		for (int count = in.read(line, 0, line.length); count >= 0; count = in.read(line, length, line.length - length)) {
			length += count;
			if (length > 0 && line[length - 1] == '\n') {
				out.write(line, 0, length);
				out.flush();
				length = 0;
			}
		}
	}

	@Override
	public InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.listener.getLocalPort());
	}

	@Override
	public byte[] answer(byte[] line) {
		return line.clone();
	}

	@Override
	public Report report() throws IOException {
		try {
			Report report = this.reports.poll(PeerHost.PATIENCE, TimeUnit.MILLISECONDS);
			if (report == null) {
				throw new IOException("the peer's connection did not end");
			}
			return report;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException(e);
		}
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		} catch (IOException e) {
			// it is closed
		}
	}
}
