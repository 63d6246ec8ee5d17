/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;

import dev.thimble.tls.TlsEngine;

/**
 * Joins an engine to a peer and delivers what comes in a chosen way: as TCP gives it, one byte at a time, in random pieces, or in whole flights.
 * The same way is used for the engine's other three windows. Checks after each call that the engine's state makes sense.
 */
public final class Network implements Closeable {

	/** How bytes are delivered. */
	public enum Delivery {
		/** As many as the wire and the window give. */
		AS_IT_COMES,
		/** One at a time, through each window. */
		ONE_BYTE,
		/** In pieces of 1 to 200 bytes. */
		RANDOM,
		/** Everything the peer sends without waiting for us, collected before the first byte is handed over. */
		COALESCED
	}

	/** In place of flags: that the handshake is complete. */
	private static final int COMPLETE = 1 << 30;
	private static final int PATIENCE = 90_000;
	/** A flight on the loopback device is over when nothing comes for so many milliseconds. */
	private static final int QUIET = 4;
	private static final int MAX_PIECE = 200;
	private static final long MAX_IDLE_STEPS = 10_000_000;
	private static final int FLAGS = TlsEngine.CLOSED | TlsEngine.WANTS_RECORD_IN | TlsEngine.HAS_RECORD_OUT | TlsEngine.WANTS_APP_OUT
			| TlsEngine.HAS_APP_IN | TlsEngine.BUSY;

	private final TlsEngine engine;
	private final Delivery delivery;
	private final Random random;
	private Socket socket;
	private InputStream in;
	private OutputStream out;
	private byte[] arrived = new byte[1 << 15];
	private int arrivedAt;
	private int arrivedEnd;
	private boolean ended;
	private byte[] leaving = new byte[1 << 12];
	private int leavingEnd;

	/** Creates a network for an engine; the seed decides about random pieces. */
	public Network(TlsEngine engine, Delivery delivery, long seed) {
		this.engine = engine;
		this.delivery = delivery;
		this.random = new Random(seed);
	}

	/** Gets the engine. */
	public TlsEngine engine() {
		return this.engine;
	}

	/** Connects and starts the engine. */
	public Network start(InetSocketAddress address, String serverName) throws IOException {
		this.socket = new Socket();
		this.socket.setTcpNoDelay(true);
		this.socket.connect(address, PATIENCE);
		this.socket.setSoTimeout(PATIENCE);
		return start(this.socket.getInputStream(), this.socket.getOutputStream(), serverName);
	}

	/** Starts the engine over streams; delivery in whole flights needs a socket. */
	public Network start(InputStream input, OutputStream output, String serverName) {
		this.in = input;
		this.out = output;
		this.engine.start(serverName);
		return this;
	}

	/** Starts the engine as a server of a client that has connected. */
	public Network accept(Socket connected) throws IOException {
		this.socket = connected;
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(PATIENCE);
		this.in = connected.getInputStream();
		this.out = connected.getOutputStream();
		this.engine.accept();
		return this;
	}

	/** Completes the handshake; false if the engine closed. Early data goes before, if there is any. */
	public boolean handshake() throws IOException {
		await(COMPLETE);
		return this.engine.handshakeComplete();
	}

	/** Sends application data; false if the engine closed. */
	public boolean send(byte[] data) throws IOException {
		int at = 0;
		while (at < data.length) {
			if ((await(TlsEngine.WANTS_APP_OUT) & TlsEngine.WANTS_APP_OUT) == 0) {
				return false;
			}
			int count = Math.min(data.length - at, piece(this.engine.appOutLength()));
			System.arraycopy(data, at, this.engine.appOutArray(), this.engine.appOutOffset(), count);
			this.engine.appOutAck(count);
			at += count;
		}
		this.engine.flush();
		run(0, false);
		return true;
	}

	/** Receives so many bytes of application data; fewer if the peer ends before. */
	public byte[] receive(int length) throws IOException {
		byte[] data = new byte[length];
		int done = 0;
		while (done < length) {
			if ((await(TlsEngine.HAS_APP_IN) & TlsEngine.HAS_APP_IN) == 0) {
				return Arrays.copyOf(data, done);
			}
			int count = Math.min(length - done, piece(this.engine.appInLength()));
			System.arraycopy(this.engine.appInArray(), this.engine.appInOffset(), data, done, count);
			this.engine.appInAck(count);
			done += count;
		}
		return data;
	}

	/**
	 * Sends and receives at once, doing whatever the engine's state allows in random order, so that records of both directions overlap in every
	 * way.
	 *
	 * @param data
	 *            what is sent; it must fit the buffers between the peers.
	 * @param length
	 *            how many bytes are received; fewer come back if the peer ends before.
	 */
	public byte[] exchange(byte[] data, int length) throws IOException {
		TlsEngine tls = this.engine;
		byte[] received = new byte[length];
		int sent = 0;
		int got = 0;
		while (sent < data.length || got < length) {
			int state = checkedState();
			if ((state & TlsEngine.CLOSED) != 0 || tls.peerClosed() && (state & TlsEngine.HAS_APP_IN) == 0) {
				break;
			}
			boolean wire = this.arrivedAt < this.arrivedEnd || this.in.available() > 0;
			int possible = state & (TlsEngine.HAS_RECORD_OUT | TlsEngine.BUSY | TlsEngine.HAS_APP_IN)
					| (sent < data.length ? state & TlsEngine.WANTS_APP_OUT : 0) | (wire ? state & TlsEngine.WANTS_RECORD_IN : 0);
			if (possible == 0) {
				possible = state & TlsEngine.WANTS_RECORD_IN;
			}
			switch (oneOf(possible)) {
			case TlsEngine.HAS_RECORD_OUT:
				int out = piece(tls.recordOutLength());
				leave(tls.recordOutArray(), tls.recordOutOffset(), out);
				tls.recordOutAck(out);
				flushLeaving(false);
				break;
			case TlsEngine.BUSY:
				tls.step();
				break;
			case TlsEngine.HAS_APP_IN:
				int in = Math.min(length - got, piece(tls.appInLength()));
				System.arraycopy(tls.appInArray(), tls.appInOffset(), received, got, in);
				tls.appInAck(in);
				got += in;
				break;
			case TlsEngine.WANTS_APP_OUT:
				int app = Math.min(data.length - sent, piece(tls.appOutLength()));
				System.arraycopy(data, sent, tls.appOutArray(), tls.appOutOffset(), app);
				tls.appOutAck(app);
				sent += app;
				if (sent == data.length || this.random.nextInt(8) == 0) {
					tls.flush();
				}
				break;
			case TlsEngine.WANTS_RECORD_IN:
				takeFromWire();
				break;
			default:
				throw new AssertionError("The engine wants nothing that could bring it on; state " + state);
			}
		}
		return Arrays.copyOf(received, got);
	}

	/** One of the flags that are set, at random; 0 if none is. */
	private int oneOf(int flags) {
		int left = flags;
		for (int skip = flags == 0 ? 0 : this.random.nextInt(Integer.bitCount(flags)); skip > 0; skip--) {
			left &= left - 1;
		}
		return Integer.lowestOneBit(left);
	}

	/** Sends close_notify; receiving goes on. */
	public void shutdown() throws IOException {
		this.engine.shutdown();
		run(0, false);
	}

	/** Sends close_notify, waits for the peer's; returns the engine's error. Application data that still comes is dropped. */
	public int finish() throws IOException {
		shutdown();
		while ((await(TlsEngine.HAS_APP_IN) & TlsEngine.HAS_APP_IN) != 0) {
			this.engine.appInAck(this.engine.appInLength());
		}
		return this.engine.error();
	}

	/** Drives the engine until one of the flags is set or it has closed. */
	public int await(int flags) throws IOException {
		return run(flags, true);
	}

	@Override
	public void close() throws IOException {
		this.engine.abort();
		if (this.socket != null) {
			this.socket.close();
		}
	}

	private int run(int flags, boolean receive) throws IOException {
		TlsEngine tls = this.engine;
		long steps = 0;
		for (;;) {
			int state = checkedState();
			if ((state & TlsEngine.HAS_RECORD_OUT) != 0) {
				int count = piece(tls.recordOutLength());
				leave(tls.recordOutArray(), tls.recordOutOffset(), count);
				tls.recordOutAck(count);
				continue;
			}
			flushLeaving((state & TlsEngine.CLOSED) != 0);
			if ((state & (flags | TlsEngine.CLOSED)) != 0 || flags == COMPLETE && tls.handshakeComplete()) {
				return state;
			}
			if ((state & TlsEngine.BUSY) != 0) {
				tls.step();
				if (++steps > MAX_IDLE_STEPS) {
					throw new AssertionError("The engine is busy for ever");
				}
				continue;
			}
			if (!receive || tls.peerClosed()) {
				return state;
			}
			if ((state & TlsEngine.WANTS_RECORD_IN) == 0) {
				throw new AssertionError("The engine wants nothing that could bring it on; state " + state);
			}
			steps = 0;
			takeFromWire();
		}
	}

	private void takeFromWire() throws IOException {
		TlsEngine tls = this.engine;
		if (this.arrivedAt == this.arrivedEnd && !this.ended) {
			arrive();
		}
		if (this.arrivedAt == this.arrivedEnd) {
			tls.recordInEnd();
		} else {
			int count = Math.min(this.arrivedEnd - this.arrivedAt, piece(tls.recordInLength()));
			System.arraycopy(this.arrived, this.arrivedAt, tls.recordInArray(), tls.recordInOffset(), count);
			this.arrivedAt += count;
			tls.recordInAck(count);
		}
	}

	private int checkedState() {
		TlsEngine tls = this.engine;
		int state = tls.state();
		check(state != 0 && (state & ~FLAGS) == 0, "no known flag", state);
		check((state & TlsEngine.WANTS_RECORD_IN) == 0 || fits(tls.recordInArray(), tls.recordInOffset(), tls.recordInLength()), "record in", state);
		check((state & TlsEngine.HAS_RECORD_OUT) == 0 || fits(tls.recordOutArray(), tls.recordOutOffset(), tls.recordOutLength()), "record out",
				state);
		check((state & TlsEngine.WANTS_APP_OUT) == 0 || fits(tls.appOutArray(), tls.appOutOffset(), tls.appOutLength()), "app out", state);
		check((state & TlsEngine.HAS_APP_IN) == 0 || fits(tls.appInArray(), tls.appInOffset(), tls.appInLength()), "app in", state);
		check((state & TlsEngine.HAS_APP_IN) == 0 || tls.handshakeComplete(), "data before the handshake is complete", state);
		return state;
	}

	private static boolean fits(byte[] array, int offset, int length) {
		return array != null && offset >= 0 && length > 0 && offset + length <= array.length;
	}

	private static void check(boolean right, String what, int state) {
		if (!right) {
			throw new AssertionError("The engine's state " + state + " does not fit: " + what);
		}
	}

	private int piece(int available) {
		switch (this.delivery) {
		case ONE_BYTE:
			return 1;
		case RANDOM:
			return Math.min(available, 1 + this.random.nextInt(MAX_PIECE));
		default:
			return available;
		}
	}

	private void arrive() throws IOException {
		this.arrivedAt = 0;
		this.arrivedEnd = 0;
		int count = read();
		if (count < 0) {
			this.ended = true;
			return;
		}
		this.arrivedEnd = count;
		if (this.delivery != Delivery.COALESCED || this.socket == null) {
			return;
		}
		this.socket.setSoTimeout(QUIET);
		try {
			while (this.arrivedEnd < this.arrived.length) {
				count = read();
				if (count < 0) {
					this.ended = true;
					break;
				}
				this.arrivedEnd += count;
			}
		} catch (SocketTimeoutException e) {
			// the flight is over
		}
		this.socket.setSoTimeout(PATIENCE);
	}

	/** A reset connection has ended as well; the engine must tell that from a clean end by itself. */
	private int read() throws IOException {
		try {
			return this.in.read(this.arrived, this.arrivedEnd, this.arrived.length - this.arrivedEnd);
		} catch (SocketTimeoutException e) {
			if (this.arrivedEnd == 0) {
				throw new SocketTimeoutException("The peer sends nothing; the engine's state is " + this.engine.state());
			}
			throw e;
		} catch (IOException e) {
			return -1;
		}
	}

	private void leave(byte[] array, int offset, int length) {
		if (this.leavingEnd + length > this.leaving.length) {
			this.leaving = Arrays.copyOf(this.leaving, Math.max(this.leaving.length * 2, this.leavingEnd + length));
		}
		System.arraycopy(array, offset, this.leaving, this.leavingEnd, length);
		this.leavingEnd += length;
	}

	private void flushLeaving(boolean closed) throws IOException {
		if (this.leavingEnd == 0) {
			return;
		}
		int count = this.leavingEnd;
		this.leavingEnd = 0;
		try {
			this.out.write(this.leaving, 0, count);
			this.out.flush();
		} catch (IOException e) {
			// A peer that has gone away is noticed when reading; an alert for it has nobody to go to.
			if (closed) {
				return;
			}
		}
	}
}
