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
 * One connection of a {@link SocketTransport}. What {@code java.net} waits in, finding the host and writing, is done by a thread of the connection's
 * own, so that nobody has to wait with it; the thread ends with the connection. Reading is done by whoever rests.
 */
/* package */ final class SocketLink implements Runnable {

	/** Longest time in milliseconds that nobody looks for the end of the input, and that closing waits for a peer. */
	private static final int PROBE_INTERVAL = 50;
	private static final int BUFFER = 2048;
	private static final int QUEUE = 4096;

	/** The host; null if there is a connection already. */
	private final String host;
	private final int port;
	private final int connectTimeout;
	private final Socket socket;
	private InputStream in;
	private OutputStream out;
	private final byte[] buffer = new byte[BUFFER];
	private int start;
	private int end;
	/** What is to be written next. */
	private byte[] queue = new byte[QUEUE];
	private int queued;
	/** What is being written. */
	private byte[] writing = new byte[QUEUE];
	private int inWork;
	/** There is a thread. */
	private boolean working;
	private boolean opening;
	private boolean closed;
	private boolean ended;
	/** A thread is in {@link #rest}, which reads. */
	private boolean resting;
	private int failure;
	private long probedAt = now();

	/** Begins to connect. */
	/* package */ SocketLink(String host, int port, int connectTimeout) {
		this.host = host;
		this.port = port;
		this.connectTimeout = connectTimeout;
		this.socket = new Socket();
		this.opening = true;
		work();
	}

	/** Takes a socket that is connected. */
	/* package */ SocketLink(Socket connected) throws IOException {
		this.host = null;
		this.port = 0;
		this.connectTimeout = 0;
		this.socket = connected;
		try {
			attach();
		} catch (IOException e) {
			// It has broken already, and nobody else would close it.
			quietlyClose();
			throw e;
		}
	}

	private synchronized void attach() throws IOException {
		this.socket.setTcpNoDelay(true);
		this.in = this.socket.getInputStream();
		this.out = this.socket.getOutputStream();
		this.probedAt = now();
	}

	/* package */ Socket socket() {
		return this.socket;
	}

	// The thread.

	private synchronized void work() {
		this.working = true;
		Thread thread = new Thread(this, "thimble-socket");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void run() {
		if (this.host != null) {
			connect();
		}
		while (awaitWork()) {
			int code = NetError.NONE;
			try {
				this.out.write(this.writing, 0, this.inWork);
			} catch (IOException e) {
				code = NetError.LINK_LOST;
			}
			written(code);
		}
	}

	private void connect() {
		int code = NetError.NO_NETWORK;
		try {
			InetAddress address = InetAddress.getByName(this.host);
			this.socket.connect(new InetSocketAddress(address, this.port), this.connectTimeout);
			attach();
			code = NetError.NONE;
		} catch (UnknownHostException e) {
			code = NetError.NAME_UNKNOWN;
		} catch (SocketTimeoutException e) {
			code = NetError.CONNECT_TIMEOUT;
		} catch (ConnectException e) {
			code = NetError.REFUSED;
		} catch (IOException e) {
			code = NetError.NO_NETWORK;
		} finally {
			opened(code);
		}
	}

	private synchronized void opened(int code) {
		this.opening = false;
		fail(code);
		if (this.closed) {
			// It was closed before it was there.
			quietlyClose();
		}
		notifyAll();
	}

	/** Waits for something to write; false at the connection's end. */
	private synchronized boolean awaitWork() {
		while (this.queued == 0 && !this.closed && this.failure == NetError.NONE) {
			try {
				wait();
			} catch (InterruptedException e) {
				fail(NetError.LINK_LOST);
			}
		}
		if (this.closed || this.failure != NetError.NONE) {
			return false;
		}
		byte[] full = this.queue;
		this.queue = this.writing;
		this.writing = full;
		this.inWork = this.queued;
		this.queued = 0;
		// There is room again.
		notifyAll();
		return true;
	}

	private synchronized void written(int code) {
		this.inWork = 0;
		fail(code);
		notifyAll();
	}

	private synchronized void fail(int code) {
		if (this.failure == NetError.NONE) {
			this.failure = code;
		}
	}

	// The transport.

	/* package */ int poll() {
		if (dueToProbe()) {
			rest(1);
		}
		synchronized (this) {
			if (this.closed) {
				return -NetError.NOT_CONNECTED;
			}
			if (this.opening || this.end > this.start) {
				return this.opening ? Transport.OPENING : Transport.OPEN;
			}
			return this.failure != NetError.NONE ? -this.failure : this.ended ? Transport.ENDED : Transport.OPEN;
		}
	}

	private synchronized boolean dueToProbe() {
		if (!readable() || now() - this.probedAt < PROBE_INTERVAL) {
			return false;
		}
		this.probedAt = now();
		return true;
	}

	/** Tells whether a read is in order: nobody reads, and there may be something. */
	private boolean readable() {
		return !this.resting && !this.opening && !this.closed && !this.ended && this.failure == NetError.NONE && this.end == this.start;
	}

	/* package */ synchronized int write(byte[] data, int offset, int length) {
		if (this.opening || this.closed || this.failure != NetError.NONE) {
			return 0;
		}
		int count = Math.min(length, QUEUE - this.queued);
		System.arraycopy(data, offset, this.queue, this.queued, count);
		this.queued += count;
		if (!this.working) {
			work();
		}
		notifyAll();
		return count;
	}

	/* package */ synchronized boolean flushed() {
		return this.queued == 0 && this.inWork == 0 || this.closed || this.failure != NetError.NONE;
	}

	/* package */ synchronized int read(byte[] data, int offset, int length) {
		int count = Math.min(length, this.end - this.start);
		if (count > 0) {
			System.arraycopy(this.buffer, this.start, data, offset, count);
			this.start += count;
			return count;
		}
		if (!readable()) {
			return 0;
		}
		try {
			count = Math.min(length, this.in.available());
			return count > 0 ? Math.max(0, this.in.read(data, offset, count)) : 0;
		} catch (IOException e) {
			fail(NetError.LINK_LOST);
			return 0;
		}
	}

	/* package */ void rest(int millis) {
		synchronized (this) {
			if (!readable()) {
				pause(millis);
				return;
			}
			this.resting = true;
		}
		int count = 0;
		boolean broken = false;
		try {
			this.socket.setSoTimeout(Math.max(1, millis));
			count = this.in.read(this.buffer, 0, BUFFER);
		} catch (SocketTimeoutException e) {
			count = 0;
		} catch (IOException e) {
			broken = true;
		}
		synchronized (this) {
			this.resting = false;
			this.probedAt = now();
			this.start = 0;
			this.end = Math.max(0, count);
			this.ended = count < 0;
			if (broken) {
				fail(NetError.LINK_LOST);
			}
			notifyAll();
		}
	}

	/** Somebody else reads, or there is nothing to read: waits for that. */
	private void pause(int millis) {
		if (this.end > this.start || this.closed || !this.resting && this.failure != NetError.NONE) {
			return;
		}
		pauseFor(Math.max(1, Math.min(millis, PROBE_INTERVAL)));
	}

	private synchronized void pauseFor(long millis) {
		try {
			wait(millis);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/** Closes. What was written a moment ago leaves before, if the peer takes it. */
	/* package */ void close() {
		long limit = now() + PROBE_INTERVAL;
		synchronized (this) {
			for (long left = PROBE_INTERVAL; !flushed() && left > 0 && !Thread.currentThread().isInterrupted(); left = limit - now()) {
				pauseFor(left);
			}
			this.closed = true;
			notifyAll();
		}
		quietlyClose();
	}

	private void quietlyClose() {
		try {
			this.socket.close();
		} catch (IOException e) {
			// It is closed either way.
		}
	}

	private static long now() {
		return System.nanoTime() / 1000000L;
	}
}
