/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import dev.thimble.tls.TlsEngine;

/** One client: moves bytes between its socket and an engine, never waiting for either. */
final class ServedClient {

	private final TlsEngine engine;
	private final Answer answer;
	private final SocketChannel channel;
	private final String name;
	private final ByteBuffer in;
	private final ByteBuffer out;
	private final long handshakeDeadline;
	private boolean handshakeSeen;
	private boolean wireEnded;
	private String wireFailure;

	/**
	 * Starts a connection.
	 *
	 * @param handshakeDeadline
	 *            when the handshake has to be complete, on the clock of {@link System#nanoTime()}.
	 */
	ServedClient(TlsEngine engine, Answer answer, SocketChannel channel, long handshakeDeadline) throws IOException {
		this.engine = engine;
		this.answer = answer;
		this.channel = channel;
		this.name = channel.getRemoteAddress().toString().replaceFirst("^[^/]*/", "");
		this.handshakeDeadline = handshakeDeadline;
		engine.accept();
		// The engine's record buffers are the same arrays for its whole life.
		this.in = ByteBuffer.wrap(engine.recordInArray());
		this.out = ByteBuffer.wrap(engine.recordOutArray());
	}

	TlsEngine engine() {
		return this.engine;
	}

	/** Gets the client's address and port. */
	String name() {
		return this.name;
	}

	/** Gets why the wire broke, or null. */
	String wireFailure() {
		return this.wireFailure;
	}

	/** Tells, once, that the handshake is complete. */
	boolean takeHandshake() {
		if (this.handshakeSeen || !this.engine.handshakeComplete()) {
			return false;
		}
		this.handshakeSeen = true;
		this.answer.begin();
		return true;
	}

	/** Tells whether the handshake takes too long. */
	boolean late(long now) {
		return !this.handshakeSeen && now - this.handshakeDeadline > 0;
	}

	/** Sends close_notify; the connection ends when the client has answered, or is closed. */
	void shutdown() {
		if (this.handshakeSeen) {
			this.engine.shutdown();
		} else {
			this.engine.abort();
		}
	}

	/** Does what can be done without waiting; gives what to wait for, operations of {@link SelectionKey}, 0 if nothing is left to be done. */
	int advance() {
		boolean moved = true;
		while (moved) {
			moved = send();
			int state = this.engine.state();
			if ((state & TlsEngine.BUSY) != 0) {
				this.engine.step();
				moved = true;
			} else if (this.handshakeSeen && this.answer.advance(this.engine)) {
				moved = true;
			} else if ((state & TlsEngine.WANTS_RECORD_IN) != 0 && !this.wireEnded) {
				moved |= receive();
			}
			if (!this.handshakeSeen && this.engine.handshakeComplete()) {
				// Who drives this object says so before data moves.
				return SelectionKey.OP_READ | SelectionKey.OP_WRITE;
			}
			if (this.engine.peerClosed() && (this.engine.state() & (TlsEngine.HAS_APP_IN | TlsEngine.CLOSED)) == 0) {
				this.engine.shutdown();
			}
		}
		int state = this.engine.state();
		if ((state & TlsEngine.HAS_RECORD_OUT) != 0 && this.wireFailure == null) {
			return SelectionKey.OP_WRITE | ((state & TlsEngine.WANTS_RECORD_IN) != 0 ? SelectionKey.OP_READ : 0);
		}
		return (state & TlsEngine.CLOSED) != 0 || this.wireEnded ? 0 : SelectionKey.OP_READ;
	}

	private boolean send() {
		if ((this.engine.state() & TlsEngine.HAS_RECORD_OUT) == 0 || this.wireFailure != null) {
			return false;
		}
		ByteBuffer buffer = this.out.limit(this.engine.recordOutOffset() + this.engine.recordOutLength()).position(this.engine.recordOutOffset());
		try {
			int count = this.channel.write(buffer);
			this.engine.recordOutAck(count);
			return count > 0;
		} catch (IOException e) {
			broken(e);
			return false;
		}
	}

	private boolean receive() {
		ByteBuffer buffer = this.in.limit(this.engine.recordInOffset() + this.engine.recordInLength()).position(this.engine.recordInOffset());
		try {
			int count = this.channel.read(buffer);
			if (count < 0) {
				this.wireEnded = true;
				this.engine.recordInEnd();
			} else if (count > 0) {
				this.engine.recordInAck(count);
			}
			return count != 0;
		} catch (IOException e) {
			broken(e);
			return false;
		}
	}

	private void broken(IOException failure) {
		this.wireFailure = failure.getMessage() == null ? failure.toString() : failure.getMessage();
		this.wireEnded = true;
		this.engine.abort();
	}

	/** Ends the connection, however far it is. */
	void close() {
		this.engine.abort();
		try {
			this.channel.close();
		} catch (IOException e) {
			// it is gone
		}
	}
}
