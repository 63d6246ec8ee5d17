/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net.socket;

import java.io.IOException;
import java.net.Socket;

import dev.thimble.net.BufferedTransport;
import dev.thimble.net.NetError;

/**
 * A {@code java.net.Socket} as a transport. It keeps to the rules of {@link dev.thimble.net.Transport} with a thread for each connection, which finds
 * the host and writes, but for two: the end of the input is looked for every 50 ms, for a millisecond; and closing waits so long for what was
 * written a moment ago.
 */
public final class SocketTransport implements BufferedTransport {

	private final int connectTimeout;
	/** Null: there is none. */
	private SocketLink link;

	/** Creates a transport that goes on with a connection attempt until it is closed, or the system gives up. */
	public SocketTransport() {
		this(0);
	}

	/**
	 * Creates a transport.
	 *
	 * @param connectTimeout
	 *            how long an attempt to connect may take in milliseconds, if that is less than the socket's own limit; 0: its own limit.
	 */
	public SocketTransport(int connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	@Override
	public void open(byte[] host, int offset, int length, int port) {
		char[] text = new char[length];
		for (int i = 0; i < length; i++) {
			text[i] = (char) host[offset + i];
		}
		set(new SocketLink(new String(text), port, this.connectTimeout));
	}

	/**
	 * Takes a socket that is connected already.
	 *
	 * @param connected
	 *            the socket, this transport's from here on.
	 * @throws IOException
	 *             if the socket refuses.
	 */
	public void attach(Socket connected) throws IOException {
		set(new SocketLink(connected));
	}

	private void set(SocketLink next) {
		SocketLink old;
		synchronized (this) {
			old = this.link;
			this.link = next;
		}
		if (old != null) {
			old.close();
		}
	}

	private synchronized SocketLink link() {
		return this.link;
	}

	/**
	 * Gets the socket below.
	 *
	 * @return null if there is no connection.
	 */
	public Socket socket() {
		SocketLink now = link();
		return now == null ? null : now.socket();
	}

	@Override
	public int poll() {
		SocketLink now = link();
		return now == null ? -NetError.NOT_CONNECTED : now.poll();
	}

	@Override
	public int write(byte[] data, int offset, int length) {
		SocketLink now = link();
		return now == null ? 0 : now.write(data, offset, length);
	}

	@Override
	public boolean flushed() {
		SocketLink now = link();
		return now == null || now.flushed();
	}

	@Override
	public int read(byte[] data, int offset, int length) {
		SocketLink now = link();
		return now == null ? 0 : now.read(data, offset, length);
	}

	@Override
	public void rest(int millis) {
		SocketLink now = link();
		if (now != null) {
			now.rest(millis);
		}
	}

	@Override
	public void close() {
		set(null);
	}
}
