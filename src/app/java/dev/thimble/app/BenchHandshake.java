/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.PortableCrypto;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Session;
import dev.thimble.tls.TlsEngine;

/** Counts the instructions of a client's handshake with a recorded server, and of a record in each direction. */
final class BenchHandshake {

	/** An image that is none: the engine looks for a session and finds nothing. */
	static final String NO_SESSION = "0000";

	private static final int RECORD_HEADER = 5;

	private final BenchReport report;
	private final BenchRandom random = new BenchRandom(BenchScenario.SEED);
	private final TlsEngine engine;
	private final long heap;
	/** Where the engine looks for a session; null: it resumes none. */
	private final byte[] slot;
	/** What stands there before each connection: a session is used once. */
	private final byte[] session;

	private byte[] flight;
	/** Where the last record begins, which carries application data. */
	private int dataRecord;
	private int at;
	private int end;

	/** Whether every call is timed, or only all together. */
	private boolean timed;
	private long longest;

	/**
	 * Makes an engine.
	 *
	 * @param session
	 *            the image of a session to resume, in hexadecimal; empty: a full handshake.
	 * @param pskOnly
	 *            whether it is resumed without a key agreement.
	 */
	BenchHandshake(BenchReport report, Protocol protocol, int group, int suite, String session, boolean pskOnly) {
		this.report = report;
		byte[] anchors = new byte[BenchFlight.ANCHORS.length() / 2];
		BenchPrimitives.bytes(BenchFlight.ANCHORS, anchors);
		this.session = new byte[session.length() / 2];
		BenchPrimitives.bytes(session, this.session);
		this.slot = new byte[BenchScenario.SESSION_LENGTH];
		Session resumed = session.length() == 0 ? null : new Session(this.slot, 0, this.slot.length);
		long before = this.report.allocatedBytes();
		this.engine = new TlsEngine(new BenchScenario().config(new PortableCrypto(), this.random, anchors, group, suite, protocol, resumed)
				.pskOnly(pskOnly));
		this.heap = this.report.allocatedBytes() - before;
	}

	/** Runs once for the sum and once for the longest call. */
	boolean run(String name, String recorded) {
		String prefix = "handshake-".concat(name);
		this.flight = new byte[recorded.length() / 2];
		BenchPrimitives.bytes(recorded, this.flight);
		for (int next = 0; next < this.flight.length; next += RECORD_HEADER + ((this.flight[next + 3] & 0xff) << 8 | this.flight[next + 4] & 0xff)) {
			this.dataRecord = next;
		}
		long before = this.report.allocatedBytes();
		int start = this.report.start();
		handshake();
		long sum = this.report.since(start);
		long allocated = this.report.allocatedBytes() - before;
		if (!this.engine.handshakeComplete() || this.engine.error() != 0 || this.engine.resumed() != this.session.length > 2) {
			this.report.say("the handshake failed: is the recorded flight of another ClientHello?");
			this.report.figure("error", this.engine.error());
			return false;
		}
		this.report.figure(prefix, sum);
		this.report.figure(prefix.concat("-heap"), this.heap);
		this.report.figure(prefix.concat("-allocated"), allocated);
		receive(prefix.concat("-receive/B"));
		send(prefix.concat("-send/B"));

		this.timed = true;
		this.longest = 0;
		handshake();
		this.report.figure(prefix.concat("-step"), this.longest);
		this.timed = false;
		return true;
	}

	private void handshake() {
		this.random.restart(BenchScenario.SEED);
		this.at = 0;
		this.end = this.dataRecord;
		System.arraycopy(this.session, 0, this.slot, 0, this.session.length);
		this.engine.start(BenchScenario.SERVER_NAME);
		pump();
	}

	/** Runs the engine until it wants more than there is. */
	private void pump() {
		for (;;) {
			int state = this.engine.state();
			int start = this.timed ? this.report.start() : 0;
			if ((state & TlsEngine.HAS_RECORD_OUT) != 0) {
				this.engine.recordOutAck(this.engine.recordOutLength());
			} else if ((state & TlsEngine.BUSY) != 0) {
				this.engine.step();
			} else if ((state & TlsEngine.WANTS_RECORD_IN) != 0 && this.at < this.end) {
				int count = Math.min(this.end - this.at, this.engine.recordInLength());
				System.arraycopy(this.flight, this.at, this.engine.recordInArray(), this.engine.recordInOffset(), count);
				this.at += count;
				this.engine.recordInAck(count);
			} else {
				return;
			}
			if (this.timed) {
				this.longest = Math.max(this.longest, this.report.since(start));
			}
		}
	}

	private void receive(String name) {
		this.end = this.flight.length;
		int start = this.report.start();
		pump();
		this.report.ratio(name, this.report.since(start), BenchScenario.DATA_LENGTH);
		this.engine.appInAck(this.engine.appInLength());
	}

	private void send(String name) {
		int start = this.report.start();
		this.engine.appOutAck(BenchScenario.DATA_LENGTH);
		this.engine.flush();
		pump();
		this.report.ratio(name, this.report.since(start), BenchScenario.DATA_LENGTH);
	}
}
