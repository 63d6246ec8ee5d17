/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.TlsEngine;

/** Moves bytes between a transport and an engine's record windows, and steps the engine: one piece of work a call. */
/* package */ final class EnginePump {

	private final Transport transport;
	private boolean ended;
	/** The last piece of work was of the transport. */
	private boolean moved;
	private int failure;

	/* package */ EnginePump(Transport transport) {
		this.transport = transport;
	}

	/** Begins with a new connection. */
	/* package */ void reset() {
		this.ended = false;
		this.failure = NetError.NONE;
	}

	/** Gets why the transport is gone, a code of {@link NetError}. */
	/* package */ int failure() {
		return this.failure;
	}

	/**
	 * Does a piece of work: either bytes are moved or the engine is stepped, since both would be too much for one turn of somebody's loop. Returns
	 * false if there is nothing to do now.
	 */
	/* package */ boolean work(TlsEngine tls) {
		int state = tls.state();
		if ((state & TlsEngine.CLOSED) != 0) {
			return false;
		}
		if (this.moved && (state & TlsEngine.BUSY) != 0) {
			this.moved = false;
			tls.step();
			return true;
		}
		this.moved = true;
		int open = this.transport.poll();
		if (open < 0) {
			lost(tls, -open);
			return true;
		}
		if ((state & TlsEngine.HAS_RECORD_OUT) != 0 && send(tls)) {
			return true;
		}
		return (state & TlsEngine.WANTS_RECORD_IN) != 0 && receive(tls, open == Transport.ENDED) || (state & TlsEngine.BUSY) != 0;
	}

	/** What had arrived before the transport was lost has been taken, or is worth nothing. */
	private void lost(TlsEngine tls, int code) {
		if (tls.error() == 0) {
			this.failure = code;
		}
		tls.abort();
	}

	private boolean send(TlsEngine tls) {
		int count = this.transport.write(tls.recordOutArray(), tls.recordOutOffset(), tls.recordOutLength());
		tls.recordOutAck(count);
		return count > 0;
	}

	private boolean receive(TlsEngine tls, boolean over) {
		int count = this.transport.read(tls.recordInArray(), tls.recordInOffset(), tls.recordInLength());
		if (count > 0) {
			tls.recordInAck(count);
			return true;
		}
		if (over && !this.ended) {
			this.ended = true;
			tls.recordInEnd();
			return true;
		}
		return false;
	}
}
