/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.Session;

/** Keeps sessions in RAM: one with each engine whose sockets want it, see {@link EnginePool#resumption}. */
public final class Resumption {

	private final int length;

	/** Creates the feature with room for most servers' tickets: 512 bytes an engine. */
	public Resumption() {
		this(512);
	}

	/**
	 * Creates the feature.
	 *
	 * @param length
	 *            bytes for a session, see {@link Session}.
	 */
	public Resumption(int length) {
		this.length = length;
	}

	/* package */ Session configure(EngineConfig config) {
		Session session = new Session(new byte[this.length], 0, this.length);
		config.session(session);
		return session;
	}
}
