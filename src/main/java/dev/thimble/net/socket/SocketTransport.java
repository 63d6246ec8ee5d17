/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import dev.thimble.net.NetError;
import dev.thimble.net.Transport;

/**
 * A {@code java.net.Socket} as a transport. Names are resolved and connections made by {@link #open}, which waits for them; everything else keeps to
 * the rules of {@link Transport} as far as {@code java.net} lets it: a write waits while the peer takes nothing, and the end of the input is looked for
 * every 50 ms, for a millisecond.
 */
public final class SocketTransport implements Transport {

	private static final int PROBE_INTERVAL = 50;
	private static final int BUFFER = 2048;

	private final int connectTimeout;
	private final byte[] buffer = new byte[BUFFER];
	private int start;
	private int end;
	private boolean ended;
	/** A thread is in {@link #rest}, which reads. */
	private boolean resting;
	private int failure = NetError.NOT_CONNECTED;
	private long probedAt;
	private Socket socket;
	private InputStream in;
	private OutputStream out;

	/** Creates a transport that waits 30 seconds for a connection. */
	public SocketTransport() {
		this(30000);
	}

	/**
	 * Creates a transport.
	 *
	 * @param connectTimeout
	 *            how long {@link #open} waits, in milliseconds.
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
		close();
		Socket made = null;
		int code = NetError.NONE;
		try {
			InetAddress address = InetAddress.getByName(new String(text));
			made = new Socket();
			made.connect(new InetSocketAddress(address, port), this.connectTimeout);
			attach(made);
		} catch (UnknownHostException e) {
			code = NetError.NAME_UNKNOWN;
		} catch (SocketTimeoutException e) {
			code = NetError.CONNECT_TIMEOUT;
		} catch (ConnectException e) {
			code = NetError.REFUSED;
		} catch (IOException e) {
			code = NetError.NO_NETWORK;
		}
		if (code != NetError.NONE) {
			quietlyClose(made);
			synchronized (this) {
				this.failure = code;
			}
		}
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
		connected.setTcpNoDelay(true);
		InputStream input = connected.getInputStream();
		OutputStream output = connected.getOutputStream();
		synchronized (this) {
			this.socket = connected;
			this.in = input;
			this.out = output;
			this.start = 0;
			this.end = 0;
			this.ended = false;
			this.failure = NetError.NONE;
			this.probedAt = now();
		}
	}

	/**
	 * Gets the socket below.
	 *
	 * @return null if there is no connection.
	 */
	public synchronized Socket socket() {
		return this.socket;
	}

	@Override
	public int poll() {
		if (dueToProbe()) {
			rest(1);
		}
		synchronized (this) {
			if (this.end > this.start) {
				return OPEN;
			}
			return this.failure != NetError.NONE ? -this.failure : this.ended ? ENDED : OPEN;
		}
	}

	private synchronized boolean dueToProbe() {
		if (this.resting || this.ended || this.failure != NetError.NONE || this.end > this.start || now() - this.probedAt < PROBE_INTERVAL) {
			return false;
		}
		this.probedAt = now();
		return true;
	}

	@Override
	public int write(byte[] data, int offset, int length) {
		OutputStream stream;
		synchronized (this) {
			stream = this.out;
		}
		if (stream == null || length == 0) {
			return 0;
		}
		try {
			stream.write(data, offset, length);
			return length;
		} catch (IOException e) {
			fail();
			return 0;
		}
	}

	private synchronized void fail() {
		if (this.failure == NetError.NONE) {
			this.failure = NetError.LINK_LOST;
		}
	}

	@Override
	public synchronized int read(byte[] data, int offset, int length) {
		int count = Math.min(length, this.end - this.start);
		if (count > 0) {
			System.arraycopy(this.buffer, this.start, data, offset, count);
			this.start += count;
			return count;
		}
		if (this.in == null || this.resting || this.ended) {
			return 0;
		}
		try {
			count = Math.min(length, this.in.available());
			return count > 0 ? Math.max(0, this.in.read(data, offset, count)) : 0;
		} catch (IOException e) {
			fail();
			return 0;
		}
	}

	@Override
	public void rest(int millis) {
		InputStream stream;
		Socket from;
		synchronized (this) {
			if (this.resting || this.in == null || this.end > this.start || this.ended || this.failure != NetError.NONE) {
				stream = null;
				from = null;
			} else {
				this.resting = true;
				stream = this.in;
				from = this.socket;
			}
		}
		if (stream == null) {
			pause(millis);
			return;
		}
		int count = 0;
		boolean broken = false;
		try {
			from.setSoTimeout(Math.max(1, millis));
			count = stream.read(this.buffer, 0, BUFFER);
		} catch (SocketTimeoutException e) {
			count = 0;
		} catch (IOException e) {
			broken = true;
		}
		synchronized (this) {
			this.resting = false;
			this.probedAt = now();
			if (this.socket == from) {
				this.start = 0;
				this.end = Math.max(0, count);
				this.ended = count < 0;
				if (broken) {
					fail();
				}
			}
			notifyAll();
		}
	}

	/** Somebody else reads, or there is nothing to read: waits for that. */
	private synchronized void pause(int millis) {
		if (this.end > this.start || !this.resting && this.failure != NetError.NONE) {
			return;
		}
		try {
			wait(Math.max(1, Math.min(millis, PROBE_INTERVAL)));
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		Socket old;
		synchronized (this) {
			old = this.socket;
			this.socket = null;
			this.in = null;
			this.out = null;
			this.start = 0;
			this.end = 0;
			this.failure = NetError.NOT_CONNECTED;
			notifyAll();
		}
		quietlyClose(old);
	}

	private static void quietlyClose(Socket old) {
		if (old != null) {
			try {
				old.close();
			} catch (IOException e) {
				// It is closed either way.
			}
		}
	}

	private static long now() {
		return System.nanoTime() / 1000000L;
	}
}
