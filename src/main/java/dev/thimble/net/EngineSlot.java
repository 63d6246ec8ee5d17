/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.TlsEngine;
import dev.thimble.x509.PathError;

/** A place of the pool: an engine, and the options it was built for. */
/* package */ final class EngineSlot {

	/* package */ final SecuritySettings settings = new SecuritySettings();
	/* package */ TlsEngine engine;
	/* package */ boolean leased;
	/** Of the credentials it was built from. */
	private int generation;
	private Credentials credentials;
	private int sessions;

	/* package */ EngineSlot() {
		// see the fields
	}

	/** Tells whether the engine serves a socket as it is. */
	/* package */ boolean fits(SecuritySettings wanted, Credentials from) {
		return this.engine != null && this.credentials == from && this.generation == from.generation() && this.settings.same(wanted);
	}

	/** Starts the server's side. */
	/* package */ void accept() {
		throw new IllegalArgumentException("No server");
	}

	/** Gets what is known of the peer's certificates. */
	/* package */ int verifyResult() {
		return this.engine.resumed() ? PeerVerification.NOT_VERIFIED : PathError.NONE;
	}

	/* package */ void clearSession() {
		this.sessions++;
	}

	/** Takes note of what the next engine is built from. */
	/* package */ void prepare(SecuritySettings wanted, Credentials from) {
		// The old engine has to be garbage before there is room for a new one.
		this.engine = null;
		this.settings.set(wanted);
		this.credentials = from;
		this.generation = from.generation();
	}
}
