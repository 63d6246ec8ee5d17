/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

import dev.thimble.tls.TlsEngine;

/**
 * Drives an engine over a blocking connection: moves bytes between its record windows and the streams, and steps it, until it has or wants what
 * the caller waits for. It allocates nothing after construction and can be attached to one connection after another. For one thread.
 */
public final class EngineDriver {

	/** No flag of the engine's: the handshake is complete. */
	private static final int COMPLETE = 1 << 30;

	private final TlsEngine engine;
	private final AllocationCounter allocations = new AllocationCounter();
	private InputStream in;
	private OutputStream out;
	private long steps;

	/**
	 * Creates a driver.
	 *
	 * @param engine
	 *            the engine, with this driver as its only user.
	 */
	public EngineDriver(TlsEngine engine) {
		this.engine = engine;
	}

	/** Gets the engine. */
	public TlsEngine engine() {
		return this.engine;
	}

	/** Gets the bytes that were allocated inside the engine's methods since this driver was constructed. */
	public long allocatedBytes() {
		return this.allocations.bytes();
	}

	/** Gets how often the engine was stepped since this driver was constructed. */
	public long steps() {
		return this.steps;
	}

	/** Starts a connection over a connected socket and completes the handshake; see {@link #start(InputStream, OutputStream, String)}. */
	public boolean handshake(Socket socket, String serverName) throws IOException {
		socket.setTcpNoDelay(true);
		start(socket.getInputStream(), socket.getOutputStream(), serverName);
		return handshake();
	}

	/**
	 * Starts a connection.
	 *
	 * @param input
	 *            where the peer's bytes come from; blocking.
	 * @param output
	 *            where bytes for the peer go; blocking.
	 * @param serverName
	 *            the name the certificate must bear.
	 */
	public void start(InputStream input, OutputStream output, String serverName) {
		this.in = input;
		this.out = output;
		this.allocations.resume();
		this.engine.start(serverName);
		this.allocations.pause();
	}

	/** Waits for a client over a connected socket and completes the handshake; the engine is a server's. */
	public boolean accept(Socket socket) throws IOException {
		socket.setTcpNoDelay(true);
		this.in = socket.getInputStream();
		this.out = socket.getOutputStream();
		this.allocations.resume();
		this.engine.accept();
		this.allocations.pause();
		return handshake();
	}

	/**
	 * Completes the handshake.
	 *
	 * @return false if the engine closed; {@link TlsEngine#error()} says why.
	 */
	public boolean handshake() throws IOException {
		// Before that the window may be open for early data.
		run(COMPLETE, true);
		return this.engine.handshakeComplete() && (await(TlsEngine.WANTS_APP_OUT) & TlsEngine.WANTS_APP_OUT) != 0;
	}

	/**
	 * Sends application data, all of it.
	 *
	 * @return false if the engine closed before.
	 */
	public boolean write(byte[] data, int offset, int length) throws IOException {
		int from = offset;
		int left = length;
		while (left > 0) {
			if ((await(TlsEngine.WANTS_APP_OUT) & TlsEngine.WANTS_APP_OUT) == 0) {
				return false;
			}
			this.allocations.resume();
			int count = Math.min(left, this.engine.appOutLength());
			System.arraycopy(data, from, this.engine.appOutArray(), this.engine.appOutOffset(), count);
			this.engine.appOutAck(count);
			from += count;
			left -= count;
			if (left == 0) {
				this.engine.flush();
			}
			this.allocations.pause();
		}
		send();
		return true;
	}

	/**
	 * Receives application data; waits for at least one byte.
	 *
	 * @return the number of bytes received, or -1 if the peer will send no more.
	 */
	public int read(byte[] data, int offset, int length) throws IOException {
		if ((await(TlsEngine.HAS_APP_IN) & TlsEngine.HAS_APP_IN) == 0) {
			return -1;
		}
		this.allocations.resume();
		int count = Math.min(length, this.engine.appInLength());
		System.arraycopy(this.engine.appInArray(), this.engine.appInOffset(), data, offset, count);
		this.engine.appInAck(count);
		this.allocations.pause();
		return count;
	}

	/**
	 * Receives exactly so many bytes of application data.
	 *
	 * @return false if the peer ended before.
	 */
	public boolean readFully(byte[] data, int offset, int length) throws IOException {
		int done = 0;
		while (done < length) {
			int count = read(data, offset + done, length - done);
			if (count < 0) {
				return false;
			}
			done += count;
		}
		return true;
	}

	/** Sends close_notify; receiving goes on. */
	public void shutdown() throws IOException {
		this.allocations.resume();
		this.engine.shutdown();
		this.allocations.pause();
		send();
	}

	/**
	 * Sends close_notify, drops what the peer still sends, and waits for its close_notify.
	 *
	 * @return the engine's error; 0 is a clean end.
	 */
	public int close() throws IOException {
		shutdown();
		while ((await(TlsEngine.HAS_APP_IN) & TlsEngine.HAS_APP_IN) != 0) {
			this.engine.appInAck(this.engine.appInLength());
		}
		return this.engine.error();
	}

	/** Sends what the engine has to send. */
	public void send() throws IOException {
		run(0, false);
	}

	/**
	 * Drives the engine until one of the flags is set, or it has closed, or the peer has and nothing is left to be done.
	 *
	 * @param flags
	 *            flags of {@link TlsEngine#state()}.
	 * @return the state.
	 */
	public int await(int flags) throws IOException {
		return run(flags, true);
	}

	private int run(int flags, boolean receive) throws IOException {
		TlsEngine tls = this.engine;
		this.allocations.resume();
		for (;;) {
			int state = tls.state();
			if ((state & TlsEngine.HAS_RECORD_OUT) != 0) {
				int count = tls.recordOutLength();
				byte[] array = tls.recordOutArray();
				int offset = tls.recordOutOffset();
				this.allocations.pause();
				write(array, offset, count, (state & TlsEngine.CLOSED) != 0);
				this.allocations.resume();
				tls.recordOutAck(count);
			} else if ((state & (flags | TlsEngine.CLOSED)) != 0 || flags == COMPLETE && tls.handshakeComplete()) {
				this.allocations.pause();
				return state;
			} else if ((state & TlsEngine.BUSY) != 0) {
				tls.step();
				this.steps++;
			} else if (receive && (state & TlsEngine.WANTS_RECORD_IN) != 0) {
				byte[] array = tls.recordInArray();
				int offset = tls.recordInOffset();
				int length = tls.recordInLength();
				this.allocations.pause();
				int count = this.in.read(array, offset, length);
				this.allocations.resume();
				if (count < 0) {
					tls.recordInEnd();
				} else {
					tls.recordInAck(count);
				}
			} else {
				this.allocations.pause();
				if (receive && !tls.peerClosed()) {
					throw new IllegalStateException("The engine wants nothing that could bring it on; state " + state);
				}
				return state;
			}
		}
	}

	/** A peer that has gone away must not hide the error for which the engine sends it an alert. */
	private void write(byte[] array, int offset, int count, boolean closed) throws IOException {
		try {
			this.out.write(array, offset, count);
			this.out.flush();
		} catch (IOException e) {
			if (!closed) {
				throw e;
			}
		}
	}
}
