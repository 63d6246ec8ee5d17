/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.bench;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.host.EngineBuilder;
import dev.thimble.host.TrustStore;
import dev.thimble.tls.TlsEngine;

/** Thimble's engine as a benchmark's client. */
final class ThimbleClient implements Client {

	private final TlsEngine engine;
	private long received;

	ThimbleClient(Scene scene) {
		this.engine = new EngineBuilder().anchors(TrustStore.of(scene.root())).recordInLimit(Scene.RECORD).recordOutLimit(Scene.RECORD)
				.groups(KeyAgreement.X25519).suites(scene.suiteNumber()).build();
	}

	@Override
	public void begin() {
		this.received = 0;
		this.engine.start(Scene.SERVER_NAME);
		work();
	}

	@Override
	public void input(byte[] bytes, int length) {
		int offset = 0;
		while (offset < length) {
			int count = Math.min(length - offset, this.engine.recordInLength());
			if (count == 0) {
				throw new IllegalStateException("The engine takes no more; error " + this.engine.error());
			}
			System.arraycopy(bytes, offset, this.engine.recordInArray(), this.engine.recordInOffset(), count);
			this.engine.recordInAck(count);
			offset += count;
			work();
		}
	}

	@Override
	public int output(byte[] bytes) {
		int total = 0;
		while ((this.engine.state() & TlsEngine.HAS_RECORD_OUT) != 0) {
			int count = Math.min(bytes.length - total, this.engine.recordOutLength());
			if (count == 0) {
				break;
			}
			System.arraycopy(this.engine.recordOutArray(), this.engine.recordOutOffset(), bytes, total, count);
			this.engine.recordOutAck(count);
			total += count;
			work();
		}
		return total;
	}

	@Override
	public boolean connected() {
		return this.engine.handshakeComplete();
	}

	@Override
	public void send(byte[] data, int length) {
		if (this.engine.appOutLength() < length) {
			throw new IllegalStateException("No room for " + length + " bytes; error " + this.engine.error());
		}
		System.arraycopy(data, 0, this.engine.appOutArray(), this.engine.appOutOffset(), length);
		this.engine.appOutAck(length);
		this.engine.flush();
		work();
	}

	@Override
	public long received() {
		return this.received;
	}

	@Override
	public void end() {
		this.engine.abort();
	}

	/** Steps until the engine needs the caller, and takes what it received. */
	private void work() {
		for (;;) {
			int state = this.engine.state();
			if ((state & TlsEngine.HAS_APP_IN) != 0) {
				int count = this.engine.appInLength();
				this.received += count;
				this.engine.appInAck(count);
			} else if ((state & TlsEngine.HAS_RECORD_OUT) == 0 && (state & TlsEngine.BUSY) != 0) {
				this.engine.step();
			} else {
				break;
			}
		}
		if (this.engine.error() != 0) {
			throw new IllegalStateException("Thimble's error " + this.engine.error());
		}
	}
}
