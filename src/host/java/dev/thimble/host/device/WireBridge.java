/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

import dev.thimble.host.Endpoint;

/**
 * Carries bytes between a board's wire and a TCP server. A serial line has no connections: {@link #connect} and {@link #unplug} make and end
 * them. What the board sends while there is none is dropped; the end of the server's data is silence on the line.
 */
final class WireBridge implements Closeable {

	private static final int CONNECT_MS = 10_000;
	/** What a board said last, an alert perhaps, is over when the wire has been silent for so long. */
	private static final long SILENCE_NANOS = 50_000_000L;

	private final Socket wire;
	private Socket connection;
	/** Counts what has come from the board. */
	private int chunks;

	WireBridge(Socket wire) {
		this.wire = wire;
		Thread pump = new Thread(this::fromBoard, "wire-from-board");
		pump.setDaemon(true);
		pump.start();
	}

	/** Ends the connection there was and opens one. */
	synchronized void connect(Endpoint server) throws IOException {
		unplug();
		dropWhatBelongsToTheLast();
		Socket socket = new Socket();
		try {
			socket.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_MS);
			socket.setTcpNoDelay(true);
		} catch (IOException e) {
			closeQuietly(socket);
			throw new IOException("The wire cannot reach " + server + ": " + e.getMessage(), e);
		}
		this.connection = socket;
		Thread pump = new Thread(() -> toBoard(socket), "wire-to-board");
		pump.setDaemon(true);
		pump.start();
	}

	/** Ends the connection; nothing is carried until the next {@link #connect}. */
	synchronized void unplug() {
		if (this.connection != null) {
			closeQuietly(this.connection);
			this.connection = null;
		}
	}

	/** Bytes that the board has sent and nobody has read yet must not be the first the new server gets. */
	private void dropWhatBelongsToTheLast() throws IOException {
		int seen = this.chunks;
		long end = System.nanoTime() + SILENCE_NANOS;
		for (long left = SILENCE_NANOS; left > 0; left = end - System.nanoTime()) {
			try {
				wait(1 + left / 1_000_000L);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new IOException(e);
			}
			if (this.chunks != seen) {
				seen = this.chunks;
				end = System.nanoTime() + SILENCE_NANOS;
			}
		}
	}

	/** Takes note of bytes from the board; gets the connection they are for. */
	private synchronized Socket arrived() {
		this.chunks++;
		notifyAll();
		return this.connection;
	}

	private synchronized Socket connection() {
		return this.connection;
	}

	private void fromBoard() {
		byte[] chunk = new byte[4096];
		try (InputStream in = this.wire.getInputStream()) {
			for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
				Socket socket = arrived();
				if (socket != null) {
					try {
						socket.getOutputStream().write(chunk, 0, count);
					} catch (IOException e) {
						// the server has gone: the board finds out by silence, as on a real line
					}
				}
			}
		} catch (IOException e) {
			// the board has ended
		}
		unplug();
	}

	private void toBoard(Socket socket) {
		byte[] chunk = new byte[4096];
		try {
			InputStream in = socket.getInputStream();
			OutputStream out = this.wire.getOutputStream();
			for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
				if (connection() != socket) {
					return;
				}
				out.write(chunk, 0, count);
			}
		} catch (IOException e) {
			// closed on either side
		}
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		} catch (IOException e) {
			// it is closed
		}
	}

	@Override
	public void close() {
		unplug();
		closeQuietly(this.wire);
	}
}
