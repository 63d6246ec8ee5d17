/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.BoardClock;
import dev.thimble.tls.CipherSuite;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.TlsEngine;

/** A TLS client over a {@link Link}: moves bytes between the link and the engine's windows, and steps the engine. */
final class Client {

	private final TlsEngine engine;
	private final BoardClock clock;
	private final Receiver receiver;
	private Link link;
	private boolean ended;
	private int failure;
	private int steps;
	private int longestStep;
	private long stepTicks;
	private int bytesIn;

	/** Who gets the application data. */
	interface Receiver {

		/** Takes bytes, all of them. */
		void received(byte[] data, int offset, int length);
	}

	/**
	 * Allocates all that connections will need.
	 *
	 * @param aesUnit
	 *            whether the primitives use an AES unit.
	 */
	Client(EngineConfig config, boolean aesUnit, BoardClock clock, Receiver receiver) {
		this.engine = new TlsEngine(config.cipherSuites(suites(aesUnit)));
		this.clock = clock;
		this.receiver = receiver;
	}

	/**
	 * The order follows the hardware: without an AES unit ChaCha20 is three times as fast, and that is how the engine does it by default. Suites of
	 * a version this firmware does not speak are passed over.
	 */
	private static int[] suites(boolean aesUnit) {
		if (!aesUnit) {
			return null;
		}
		return new int[] { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
				CipherSuite.TLS_AES_128_CCM_SHA256, CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
				CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256,
				CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
				CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
				CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM, CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
				CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 };
	}

	TlsEngine engine() {
		return this.engine;
	}

	/** Starts a connection over a link that is open. */
	void start(Link link, byte[] name, int offset, int length) {
		this.link = link;
		this.ended = false;
		this.failure = Failure.NONE;
		this.steps = 0;
		this.longestStep = 0;
		this.stepTicks = 0;
		this.bytesIn = 0;
		this.engine.start(name, offset, length);
	}

	/** Tells whether there is a connection, complete or not. */
	boolean running() {
		return this.link != null;
	}

	/**
	 * Does a bit of work.
	 *
	 * @return false if there was nothing to do.
	 */
	boolean work() {
		TlsEngine tls = this.engine;
		int state = tls.state();
		if ((state & TlsEngine.CLOSED) != 0) {
			return false;
		}
		int linkState = this.link.poll();
		if (linkState < 0) {
			this.failure = linkState;
			tls.abort();
			return true;
		}
		boolean worked = (state & TlsEngine.HAS_RECORD_OUT) != 0 && send();
		if ((state & TlsEngine.BUSY) != 0) {
			step();
			return true;
		}
		if ((state & TlsEngine.HAS_APP_IN) != 0) {
			int count = tls.appInLength();
			this.receiver.received(tls.appInArray(), tls.appInOffset(), count);
			this.bytesIn += count;
			tls.appInAck(count);
			return true;
		}
		if ((state & TlsEngine.WANTS_RECORD_IN) != 0) {
			worked |= receive(linkState == Link.ENDED);
		}
		if (tls.peerClosed()) {
			// Whoever has nothing more to receive has nothing more to say: this is a console.
			tls.shutdown();
		}
		return worked;
	}

	private boolean send() {
		int sent = this.link.write(this.engine.recordOutArray(), this.engine.recordOutOffset(), this.engine.recordOutLength());
		this.engine.recordOutAck(sent);
		return sent > 0;
	}

	private void step() {
		int before = this.clock.ticks();
		this.engine.step();
		int ticks = this.clock.ticks() - before;
		this.steps++;
		this.stepTicks += ticks;
		if (ticks > this.longestStep) {
			this.longestStep = ticks;
		}
	}

	private boolean receive(boolean over) {
		int count = this.link.read(this.engine.recordInArray(), this.engine.recordInOffset(), this.engine.recordInLength());
		if (count > 0) {
			this.engine.recordInAck(count);
			return true;
		}
		if (over && !this.ended) {
			this.ended = true;
			this.engine.recordInEnd();
		}
		return false;
	}

	/** Puts application data into the engine; gives how many bytes fitted. */
	int write(byte[] data, int offset, int length) {
		int count = Math.min(length, this.engine.appOutLength());
		if (count > 0) {
			System.arraycopy(data, offset, this.engine.appOutArray(), this.engine.appOutOffset(), count);
			this.engine.appOutAck(count);
		}
		return count;
	}

	/** Tells whether everything given to the engine has left it. */
	boolean sentAll() {
		return (this.engine.state() & (TlsEngine.HAS_RECORD_OUT | TlsEngine.BUSY)) == 0;
	}

	/** Ends a connection that is not answered any more. */
	void fail(int failure) {
		if ((this.engine.state() & TlsEngine.CLOSED) == 0) {
			this.failure = failure;
			this.engine.abort();
		}
	}

	/** Tells whether the engine has closed. */
	boolean closed() {
		return (this.engine.state() & TlsEngine.CLOSED) != 0;
	}

	/** Lets go of the link; gives what the connection ended with, a constant of {@link Failure} or of TlsError. */
	int finish() {
		this.link.close();
		this.link = null;
		return this.failure != Failure.NONE ? this.failure : this.engine.error();
	}

	int steps() {
		return this.steps;
	}

	/** Gets the duration of the longest step in microseconds. */
	int longestStepMicros() {
		return (int) (1000000L * this.longestStep / this.clock.ticksPerSecond());
	}

	/** Gets the duration of all steps of the connection in microseconds. */
	long stepMicros() {
		return 1000000L * this.stepTicks / this.clock.ticksPerSecond();
	}

	int bytesIn() {
		return this.bytesIn;
	}
}
