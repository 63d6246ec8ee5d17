/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.TlsEngine;

/**
 * The engine a connection has from the pool, between the program's data and the transport's records. Without one, {@link #present} is false and the
 * connection is plain. A piece of work is either moving bytes or a step of the engine, since both would be too much for one turn of somebody's loop.
 */
/* package */ final class SocketEngine {

	private final Transport transport;
	private EngineSlot slot;
	private TlsEngine engine;
	/** Why the transport is gone, a code of {@link NetError}. */
	private short lost;
	private boolean started;
	/** Data the engine has taken are not all on their way. */
	private boolean sending;
	/** The engine knows that no more will come. */
	private boolean ended;
	/** The last piece of work was of the transport. */
	private boolean moved;

	/* package */ SocketEngine(Transport transport) {
		this.transport = transport;
	}

	/** Takes an engine from the pool; gets a code of {@link NetError}. */
	/* package */ int lease(SecureContext context, SecuritySettings settings) {
		EnginePool pool = context.pool();
		if (pool == null) {
			return NetError.NO_POOL;
		}
		this.slot = pool.lease(settings, context.credentials());
		if (this.slot == null) {
			return pool.error();
		}
		this.engine = this.slot.engine;
		this.lost = NetError.NONE;
		this.started = false;
		this.sending = false;
		this.ended = false;
		return NetError.NONE;
	}

	/** Gives the engine back, if there is one. */
	/* package */ void release(SecureContext context) {
		if (this.slot != null) {
			this.engine.abort();
			context.pool().release(this.slot);
			this.slot = null;
			this.engine = null;
		}
	}

	/* package */ boolean present() {
		return this.engine != null;
	}

	// The handshake.

	/** Tells whether the handshake has begun. */
	/* package */ boolean started() {
		return this.started;
	}

	/** Begins the handshake, as a client with a server of some name: a piece of work of its own, since fresh randomness takes its time. */
	/* package */ void start(byte[] name, int length) {
		this.started = true;
		this.slot.judge.reset();
		if (this.slot.settings.server) {
			this.engine.accept();
		} else {
			this.engine.start(name, 0, length);
		}
	}

	/* package */ boolean complete() {
		return this.engine.handshakeComplete();
	}

	/** Tells what a complete handshake has come to. */
	/* package */ void tell(SocketResult result) {
		result.take(this.engine);
		result.verification = this.slot.verifyResult(NetError.NONE);
	}

	/** Gets what an error says of the peer's certificates. */
	/* package */ int verifyResult(int error) {
		return this.slot.verifyResult(error);
	}

	// Records.

	/** Tells whether there is a step to be done at once. */
	/* package */ boolean busy() {
		return !this.started || (this.engine.state() & TlsEngine.BUSY) != 0;
	}

	/** Tells whether the engine has closed, by an error or because both sides have said goodbye. */
	/* package */ boolean closed() {
		return (this.engine.state() & TlsEngine.CLOSED) != 0;
	}

	/** Gets why the connection ends or has ended, {@link NetError#NONE} if by both sides' wish. */
	/* package */ int error() {
		return this.lost != NetError.NONE ? this.lost : this.engine.error();
	}

	/* package */ int errorDetail() {
		return this.engine.errorDetail();
	}

	/** Moves bytes between the transport and the engine, or steps the engine; false if there is nothing to do now. */
	/* package */ boolean work() {
		int state = this.engine.state();
		if ((state & TlsEngine.CLOSED) != 0) {
			return false;
		}
		if (this.moved && (state & TlsEngine.BUSY) != 0) {
			this.moved = false;
			this.engine.step();
			return true;
		}
		this.moved = true;
		int below = this.transport.poll();
		if (below < 0) {
			lose(-below);
			return true;
		}
		if ((state & TlsEngine.HAS_RECORD_OUT) != 0 && sendRecords()) {
			return true;
		}
		return (state & TlsEngine.WANTS_RECORD_IN) != 0 && receiveRecords(below == Transport.ENDED) || (state & TlsEngine.BUSY) != 0;
	}

	/** What had arrived before the transport was lost has been taken, or is worth nothing. */
	private void lose(int code) {
		if (this.engine.error() == NetError.NONE) {
			this.lost = (short) code;
		}
		this.engine.abort();
	}

	private boolean sendRecords() {
		int count = this.transport.write(this.engine.recordOutArray(), this.engine.recordOutOffset(), this.engine.recordOutLength());
		this.engine.recordOutAck(count);
		return count > 0;
	}

	private boolean receiveRecords(boolean over) {
		int count = this.transport.read(this.engine.recordInArray(), this.engine.recordInOffset(), this.engine.recordInLength());
		if (count > 0) {
			this.engine.recordInAck(count);
			return true;
		}
		if (over && !this.ended) {
			this.ended = true;
			this.engine.recordInEnd();
			return true;
		}
		return false;
	}

	// Data.

	/** Gets events of {@link SecureSocket}. */
	/* package */ int events() {
		int state = this.engine.state();
		int events = (state & TlsEngine.HAS_APP_IN) != 0 || this.engine.peerClosed() ? SecureSocket.READABLE : 0;
		return (state & TlsEngine.WANTS_APP_OUT) != 0 ? events | SecureSocket.WRITABLE : events;
	}

	/** Gets how many bytes can be received at once. */
	/* package */ int readable() {
		return this.engine.appInLength();
	}

	/** Gets how many bytes can be sent at once. */
	/* package */ int writable() {
		return this.engine.appOutLength();
	}

	/* package */ boolean peerClosed() {
		return this.engine.peerClosed();
	}

	/** Tells whether data that were taken are not all on their way. */
	/* package */ boolean sending() {
		this.sending = this.sending && this.engine != null && (this.engine.state() & (TlsEngine.BUSY | TlsEngine.HAS_RECORD_OUT)) != 0;
		return this.sending;
	}

	/** Takes what it can; gets how many bytes that were. */
	/* package */ int send(byte[] data, int offset, int length) {
		int count = Math.min(length, this.engine.appOutLength());
		if (count > 0) {
			System.arraycopy(data, offset, this.engine.appOutArray(), this.engine.appOutOffset(), count);
			this.engine.appOutAck(count);
			this.engine.flush();
			this.sending = true;
		}
		return count;
	}

	/** Gives what there is; gets how many bytes that were. */
	/* package */ int receive(byte[] data, int offset, int length) {
		int count = Math.min(length, this.engine.appInLength());
		if (count > 0) {
			System.arraycopy(this.engine.appInArray(), this.engine.appInOffset(), data, offset, count);
			this.engine.appInAck(count);
		}
		return count;
	}

	// The end.

	/* package */ void shutdown() {
		this.engine.shutdown();
	}

	/** Does a piece of the work of closing; true once all is sent. */
	/* package */ boolean farewell() {
		int state = this.engine.state();
		if ((state & TlsEngine.CLOSED) != 0 || (state & (TlsEngine.BUSY | TlsEngine.HAS_RECORD_OUT)) == 0) {
			return true;
		}
		// What the peer still has to say goes nowhere, and must not keep us.
		this.engine.appInAck(this.engine.appInLength());
		return false;
	}
}
