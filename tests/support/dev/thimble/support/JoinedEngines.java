/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

import dev.thimble.tls.TlsEngine;

/** A client and a server, both engines, joined in memory. Bytes travel in chunks of a size; nothing is lost and nothing waits. */
public final class JoinedEngines {

	private static final int MOST_TURNS = 50_000_000;

	public final TlsEngine client;
	public final TlsEngine server;
	/** Most bytes that move at once. */
	public int chunk = Integer.MAX_VALUE;

	private final Side clientSide;
	private final Side serverSide;

	/** One engine, the bytes on their way to it, and what its application has and gets. */
	private static final class Side {

		final TlsEngine engine;
		final ByteArrayOutputStream received = new ByteArrayOutputStream();
		byte[] arriving = new byte[0];
		int arrivingAt;
		byte[] toSend = new byte[0];

		Side(TlsEngine engine) {
			this.engine = engine;
		}
	}

	public JoinedEngines(TlsEngine client, TlsEngine server) {
		this.client = client;
		this.server = server;
		this.clientSide = new Side(client);
		this.serverSide = new Side(server);
	}

	/** Starts both and runs until nothing moves any more. */
	public JoinedEngines start() {
		this.server.accept();
		this.client.start(ServerIdentity.SERVER_NAME);
		return run();
	}

	/** Sends data to the server and runs; gives what it has received in all. */
	public byte[] toServer(byte[] data) {
		return send(this.clientSide, this.serverSide, data);
	}

	/** Sends data to the client and runs; gives what it has received in all. */
	public byte[] toClient(byte[] data) {
		return send(this.serverSide, this.clientSide, data);
	}

	private byte[] send(Side from, Side to, byte[] data) {
		from.toSend = Octets.concat(from.toSend, data);
		run();
		return to.received.toByteArray();
	}

	/** Closes both ways and runs. */
	public JoinedEngines close() {
		this.client.shutdown();
		run();
		this.server.shutdown();
		return run();
	}

	/** Runs until nothing moves any more. */
	public JoinedEngines run() {
		int turns = 0;
		while (turn(this.clientSide, this.serverSide) | turn(this.serverSide, this.clientSide)) {
			if (++turns > MOST_TURNS) {
				throw new IllegalStateException("two engines talk without end");
			}
		}
		return this;
	}

	private boolean turn(Side side, Side other) {
		TlsEngine engine = side.engine;
		int state = engine.state();
		if ((state & TlsEngine.HAS_RECORD_OUT) != 0) {
			int count = Math.min(this.chunk, engine.recordOutLength());
			int at = engine.recordOutOffset();
			byte[] moved = Arrays.copyOfRange(engine.recordOutArray(), at, at + count);
			engine.recordOutAck(count);
			other.arriving = Octets.concat(Arrays.copyOfRange(other.arriving, other.arrivingAt, other.arriving.length), moved);
			other.arrivingAt = 0;
		} else if ((state & TlsEngine.HAS_APP_IN) != 0) {
			int count = Math.min(this.chunk, engine.appInLength());
			side.received.write(engine.appInArray(), engine.appInOffset(), count);
			engine.appInAck(count);
		} else if ((state & TlsEngine.BUSY) != 0) {
			engine.step();
		} else if ((state & TlsEngine.WANTS_APP_OUT) != 0 && side.toSend.length > 0) {
			int count = Math.min(Math.min(this.chunk, side.toSend.length), engine.appOutLength());
			System.arraycopy(side.toSend, 0, engine.appOutArray(), engine.appOutOffset(), count);
			engine.appOutAck(count);
			side.toSend = Arrays.copyOfRange(side.toSend, count, side.toSend.length);
			if (side.toSend.length == 0) {
				engine.flush();
			}
		} else if ((state & TlsEngine.WANTS_RECORD_IN) != 0 && side.arrivingAt < side.arriving.length) {
			int count = Math.min(Math.min(this.chunk, side.arriving.length - side.arrivingAt), engine.recordInLength());
			System.arraycopy(side.arriving, side.arrivingAt, engine.recordInArray(), engine.recordInOffset(), count);
			side.arrivingAt += count;
			engine.recordInAck(count);
		} else {
			return false;
		}
		return true;
	}
}
