/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.Session;
import dev.thimble.tls.TlsEngine;

/** A place of the pool: an engine, and the options it was built for. */
/* package */ final class EngineSlot {

	/* package */ final SecuritySettings settings = new SecuritySettings();
	/* package */ final SocketJudge judge = new SocketJudge(this.settings);
	/* package */ TlsEngine engine;
	/* package */ Session session;
	/* package */ boolean leased;
	/** Of the credentials it was built from. */
	private int generation;
	private Credentials credentials;

	/* package */ EngineSlot() {
		// see the fields
	}

	/** Tells whether the engine serves a socket as it is. */
	/* package */ boolean fits(SecuritySettings wanted, Credentials from) {
		return this.engine != null && this.credentials == from && this.generation == from.generation() && this.settings.same(wanted);
	}

	/** Takes note of what the next engine is built from. */
	/* package */ void prepare(SecuritySettings wanted, Credentials from) {
		// The old engine has to be garbage before there is room for a new one.
		this.engine = null;
		this.session = null;
		this.settings.set(wanted);
		this.credentials = from;
		this.generation = from.generation();
	}

	/** Gets the generation of the credentials it was built from. */
	/* package */ int generation() {
		return this.generation;
	}

	/** Gets what is known of the peer's certificates once the handshake is complete, or has failed with an error. */
	/* package */ int verifyResult(int error) {
		if (this.settings.server) {
			return error != NetError.NONE ? error : this.engine.clientVerified() ? NetError.NONE : PeerVerification.NOT_VERIFIED;
		}
		if (this.engine.resumed()) {
			return PeerVerification.NOT_VERIFIED;
		}
		boolean judged = this.settings.verification != PeerVerification.REQUIRED || this.settings.callback != null;
		return error != NetError.NONE && !judged ? error : judged ? this.judge.result() : NetError.NONE;
	}

	/* package */ void clearSession() {
		if (this.session != null) {
			this.session.clear();
		}
	}
}
