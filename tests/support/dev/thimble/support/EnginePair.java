/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import dev.thimble.tls.TlsEngine;

/**
 * A client and a server of ours, joined in one thread without a network. Nothing here allocates, so what a connection allocates is the engines'.
 */
public final class EnginePair {

	private static final byte[] PING = new byte[700];
	private static final byte[] EARLY = new byte[100];

	/** Bytes on their way: two engines that both have something to say must not wait for each other. */
	private static final class Wire {

		private final byte[] bytes = new byte[1 << 14];
		private int length;

		boolean take(TlsEngine engine) {
			int count = Math.min(engine.recordOutLength(), this.bytes.length - this.length);
			System.arraycopy(engine.recordOutArray(), engine.recordOutOffset(), this.bytes, this.length, count);
			this.length += count;
			engine.recordOutAck(count);
			return count > 0;
		}

		boolean give(TlsEngine engine) {
			int count = Math.min(this.length, engine.recordInLength());
			System.arraycopy(this.bytes, 0, engine.recordInArray(), engine.recordInOffset(), count);
			System.arraycopy(this.bytes, count, this.bytes, 0, this.length - count);
			this.length -= count;
			if (count > 0) {
				engine.recordInAck(count);
			}
			return count > 0;
		}
	}

	private final TlsEngine client;
	private final TlsEngine server;
	private final Wire up = new Wire();
	private final Wire down = new Wire();
	private int clientGot;
	private int serverGot;
	private boolean early;
	private int earlySent;

	/** Joins two engines. */
	public EnginePair(TlsEngine client, TlsEngine server) {
		this.client = client;
		this.server = server;
	}

	/** Has the client send 100 bytes before the handshake is complete, if it may; returns this. */
	public EnginePair early() {
		this.early = true;
		return this;
	}

	/**
	 * Runs a connection: handshake, 700 bytes each way, close.
	 *
	 * @return whether all of that came about.
	 */
	public boolean connect(String name) {
		this.clientGot = 0;
		this.serverGot = 0;
		this.earlySent = 0;
		this.up.length = 0;
		this.down.length = 0;
		this.server.accept();
		this.client.start(name);
		run();
		int expected = PING.length + (this.client.earlyDataAccepted() ? this.earlySent : 0);
		boolean complete = this.client.handshakeComplete() && this.server.handshakeComplete() && send(this.client) && send(this.server);
		if (complete) {
			run();
		}
		complete &= this.serverGot == expected && this.clientGot == PING.length;
		this.client.shutdown();
		this.server.shutdown();
		run();
		return complete && this.client.error() == 0 && this.server.error() == 0;
	}

	private boolean send(TlsEngine engine) {
		int sent = 0;
		while (sent < PING.length) {
			if ((engine.state() & TlsEngine.WANTS_APP_OUT) == 0) {
				if (!step(engine, engine == this.client ? this.server : this.client)) {
					return false;
				}
				continue;
			}
			int count = Math.min(PING.length - sent, engine.appOutLength());
			System.arraycopy(PING, sent, engine.appOutArray(), engine.appOutOffset(), count);
			engine.appOutAck(count);
			engine.flush();
			sent += count;
		}
		return true;
	}

	private void run() {
		boolean moved = true;
		while (moved) {
			moved = step(this.client, this.server);
			moved |= step(this.server, this.client);
		}
	}

	/** Does what one engine can do now, with the other as its network. */
	private boolean step(TlsEngine engine, TlsEngine other) {
		boolean moved = false;
		int state = engine.state();
		if ((state & TlsEngine.HAS_APP_IN) != 0) {
			int count = engine.appInLength();
			if (engine == this.client) {
				this.clientGot += count;
			} else {
				this.serverGot += count;
			}
			engine.appInAck(count);
			moved = true;
		}
		if (this.early && engine == this.client && this.earlySent == 0 && !engine.handshakeComplete() && (state & TlsEngine.WANTS_APP_OUT) != 0) {
			int count = Math.min(EARLY.length, engine.appOutLength());
			System.arraycopy(EARLY, 0, engine.appOutArray(), engine.appOutOffset(), count);
			engine.appOutAck(count);
			engine.flush();
			this.earlySent = count;
			return true;
		}
		Wire wire = engine == this.client ? this.up : this.down;
		if ((state & TlsEngine.HAS_RECORD_OUT) != 0) {
			moved |= wire.take(engine);
		}
		if ((other.state() & TlsEngine.WANTS_RECORD_IN) != 0) {
			moved |= wire.give(other);
		}
		if ((engine.state() & TlsEngine.BUSY) != 0) {
			engine.step();
			moved = true;
		}
		return moved;
	}
}
