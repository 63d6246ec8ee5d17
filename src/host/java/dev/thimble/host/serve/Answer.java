/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.serve;

import dev.thimble.tls.TlsEngine;

/** What a server does with application data. One object serves one connection after another, or none at a time. */
abstract class Answer {

	/** A new connection has completed its handshake. */
	void begin() {
		// nothing is kept of the last one
	}

	/**
	 * Moves data through the engine's windows, as far as that goes now.
	 *
	 * @return whether anything moved.
	 */
	abstract boolean advance(TlsEngine engine);
}
