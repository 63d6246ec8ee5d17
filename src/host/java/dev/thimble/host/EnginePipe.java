/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

import dev.thimble.tls.TlsEngine;

/**
 * Joins an input and an output to a TLS connection, both ways at once: one thread owns the engine, three others move bytes between it and what may
 * block (the input, the wire in, the wire out), so that a slow direction never stops the other.
 */
public final class EnginePipe {

	/** What happens when the input ends. */
	public enum AtEnd {
		/** Send close_notify, then receive until the peer closes. */
		HALF_CLOSE,
		/** Send close_notify and leave. */
		CLOSE,
		/** Send nothing, receive until the peer closes. */
		STAY
	}

	private static final int QUEUE = 1 << 16;
	private static final int CHUNK = 1 << 14;

	private final Object monitor = new Object();
	private final ByteQueue fromInput = new ByteQueue(this.monitor, QUEUE);
	private final ByteQueue fromWire = new ByteQueue(this.monitor, QUEUE);
	private final ByteQueue toWire = new ByteQueue(this.monitor, QUEUE);
	private final AllocationCounter allocations = new AllocationCounter();
	private final TlsEngine engine;
	private volatile IOException wireFailure;
	private SessionFile session;
	/** What goes before the input, early if the engine lets it. */
	private byte[] first = new byte[0];
	private int firstSent;
	private boolean sentEarly;
	private boolean inputDone;
	private boolean handshakeSeen;

	/**
	 * Creates a pipe.
	 *
	 * @param engine
	 *            the engine, not yet started.
	 */
	public EnginePipe(TlsEngine engine) {
		this.engine = engine;
	}

	/** Sets the file that is kept up to date with the engine's session; returns this. */
	public EnginePipe keeping(SessionFile file) {
		this.session = file;
		return this;
	}

	/**
	 * Sets what is sent before the input: in the first flight if that is allowed, else once the handshake is complete; returns this.
	 *
	 * @param data
	 *            the bytes, not copied.
	 */
	public EnginePipe earlyData(byte[] data) {
		this.first = data;
		return this;
	}

	/** Tells whether any of it went into the first flight; the engine knows whether the server took it. */
	public boolean sentEarly() {
		return this.sentEarly;
	}

	/** A session that is offered must not be found in its file any more, whatever becomes of this process. */
	private void keepSession() {
		if (this.session != null) {
			this.session.save();
		}
	}

	/** Gets the bytes that were allocated inside the engine's methods. */
	public long allocatedBytes() {
		return this.allocations.bytes();
	}

	/** Gets why the wire failed, or null if it did not. */
	public IOException wireFailure() {
		return this.wireFailure;
	}

	/**
	 * Runs one connection to its end.
	 *
	 * @param socket
	 *            a connected socket; closed at the end.
	 * @param handshakeTimeout
	 *            milliseconds the handshake may take, 0 for ever.
	 * @param onHandshake
	 *            called once the handshake is complete, before any application data moves.
	 * @throws SocketTimeoutException
	 *             if the handshake took too long.
	 * @throws IOException
	 *             if the connection or the output failed. The engine's own errors are found in {@link TlsEngine#error()}.
	 */
	public void run(Socket socket, String serverName, InputStream input, OutputStream output, AtEnd atEnd, int handshakeTimeout,
			Runnable onHandshake) throws IOException {
		socket.setTcpNoDelay(true);
		InputStream wireIn = socket.getInputStream();
		OutputStream wireOut = socket.getOutputStream();
		pump("thimble-wire-in", () -> pumpIn(wireIn, this.fromWire, true));
		Thread writer = pump("thimble-wire-out", () -> pumpOut(wireOut));
		pump("thimble-input", () -> pumpIn(input, this.fromInput, false));
		try {
			long deadline = handshakeTimeout == 0 ? Long.MAX_VALUE : System.nanoTime() + handshakeTimeout * 1_000_000L;
			this.allocations.resume();
			this.engine.start(serverName);
			this.allocations.pause();
			keepSession();
			loop(output, atEnd, deadline, onHandshake);
			this.toWire.end();
			writer.join(2000);
		} catch (InterruptedException e) {
			throw new InterruptedIOException();
		} finally {
			this.engine.abort();
			socket.close();
			keepSession();
		}
	}

	private void loop(OutputStream output, AtEnd atEnd, long deadline, Runnable onHandshake) throws IOException, InterruptedException {
		byte[] chunk = new byte[CHUNK];
		for (;;) {
			boolean moved = receiveAndSend();
			keepSession();
			int count = takeApplicationData(chunk);
			if (count > 0) {
				output.write(chunk, 0, count);
				output.flush();
				moved = true;
			}
			if (!this.handshakeSeen && this.engine.handshakeComplete()) {
				this.handshakeSeen = true;
				if (!this.engine.earlyDataAccepted()) {
					// What the server did not take, it has not seen: RFC 8446 §4.2.10 leaves it to us to send it again.
					this.firstSent = 0;
				}
				onHandshake.run();
			}
			if (this.engine.peerClosed() && !this.inputDone) {
				// The peer is done, so nobody is left to talk to.
				this.inputDone = true;
				this.engine.shutdown();
				moved = true;
			}
			moved |= sendApplicationData(atEnd);
			int state = this.engine.state();
			if ((state & TlsEngine.CLOSED) != 0 && (state & (TlsEngine.HAS_RECORD_OUT | TlsEngine.HAS_APP_IN)) == 0) {
				return;
			}
			if (atEnd == AtEnd.CLOSE && this.inputDone && (state & (TlsEngine.HAS_RECORD_OUT | TlsEngine.BUSY)) == 0) {
				return;
			}
			if (!moved) {
				waitForChange(state, deadline);
			}
		}
	}

	/** One round of everything that needs no one else; returns whether anything moved. */
	private boolean receiveAndSend() {
		TlsEngine tls = this.engine;
		boolean moved = false;
		this.allocations.resume();
		int state = tls.state();
		if ((state & TlsEngine.HAS_RECORD_OUT) != 0) {
			int count = this.toWire.offer(tls.recordOutArray(), tls.recordOutOffset(), tls.recordOutLength());
			if (count > 0) {
				tls.recordOutAck(count);
				moved = true;
			}
		}
		if ((state & TlsEngine.BUSY) != 0) {
			tls.step();
			moved = true;
		}
		if ((tls.state() & TlsEngine.WANTS_RECORD_IN) != 0) {
			int count = this.fromWire.poll(tls.recordInArray(), tls.recordInOffset(), tls.recordInLength());
			if (count > 0) {
				tls.recordInAck(count);
				moved = true;
			} else if (this.fromWire.drained()) {
				tls.recordInEnd();
				moved = true;
			}
		}
		this.allocations.pause();
		return moved;
	}

	private int takeApplicationData(byte[] chunk) {
		if ((this.engine.state() & TlsEngine.HAS_APP_IN) == 0) {
			return 0;
		}
		this.allocations.resume();
		int count = Math.min(chunk.length, this.engine.appInLength());
		System.arraycopy(this.engine.appInArray(), this.engine.appInOffset(), chunk, 0, count);
		this.engine.appInAck(count);
		this.allocations.pause();
		return count;
	}

	private boolean sendApplicationData(AtEnd atEnd) {
		TlsEngine tls = this.engine;
		if (this.inputDone || (tls.state() & TlsEngine.WANTS_APP_OUT) == 0) {
			return false;
		}
		if (this.firstSent < this.first.length) {
			sendFirst();
			return true;
		}
		if (!this.handshakeSeen) {
			// The window is open for early data, and standard input is none.
			return false;
		}
		boolean moved = false;
		this.allocations.resume();
		int count = this.fromInput.poll(tls.appOutArray(), tls.appOutOffset(), tls.appOutLength());
		if (count > 0) {
			tls.appOutAck(count);
			tls.flush();
			moved = true;
		} else if (this.fromInput.drained()) {
			this.inputDone = true;
			if (atEnd != AtEnd.STAY) {
				tls.shutdown();
			}
			moved = true;
		}
		this.allocations.pause();
		return moved;
	}

	private void sendFirst() {
		this.allocations.resume();
		int count = Math.min(this.first.length - this.firstSent, this.engine.appOutLength());
		System.arraycopy(this.first, this.firstSent, this.engine.appOutArray(), this.engine.appOutOffset(), count);
		this.engine.appOutAck(count);
		this.engine.flush();
		this.allocations.pause();
		this.firstSent += count;
		this.sentEarly |= !this.handshakeSeen;
	}

	/** Waits until a queue the engine depends on has changed; checks under the queues' monitor, so no change is missed. */
	private void waitForChange(int state, long deadline) throws IOException, InterruptedException {
		synchronized (this.monitor) {
			boolean input = (state & TlsEngine.WANTS_APP_OUT) != 0 && !this.inputDone && this.handshakeSeen
					&& (!this.fromInput.isEmpty() || this.fromInput.drained());
			boolean wire = (state & TlsEngine.WANTS_RECORD_IN) != 0 && (!this.fromWire.isEmpty() || this.fromWire.drained());
			boolean out = (state & TlsEngine.HAS_RECORD_OUT) != 0 && this.toWire.hasRoom();
			if (input || wire || out) {
				return;
			}
			if (this.handshakeSeen || deadline == Long.MAX_VALUE) {
				this.monitor.wait();
				return;
			}
			long left = (deadline - System.nanoTime()) / 1_000_000L;
			if (left <= 0) {
				throw new SocketTimeoutException("The handshake was not complete in time");
			}
			this.monitor.wait(left);
		}
	}

	private static Thread pump(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private void pumpIn(InputStream in, ByteQueue queue, boolean wire) {
		byte[] chunk = new byte[CHUNK];
		try {
			for (;;) {
				int count = in.read(chunk);
				if (count < 0) {
					break;
				}
				queue.put(chunk, 0, count);
			}
		} catch (IOException e) {
			if (wire) {
				this.wireFailure = e;
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		queue.end();
	}

	private void pumpOut(OutputStream out) {
		byte[] chunk = new byte[CHUNK];
		try {
			for (;;) {
				int count = this.toWire.take(chunk, 0, chunk.length);
				if (count < 0) {
					return;
				}
				out.write(chunk, 0, count);
				out.flush();
			}
		} catch (IOException e) {
			this.wireFailure = e;
			// What the peer said before, an alert perhaps, is still there to be read.
			this.toWire.end();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
