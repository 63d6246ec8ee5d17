/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Random;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Session;
import dev.thimble.x509.TimeSource;
import dev.thimble.x509.TrustAnchors;

/**
 * The handshake that is measured: client only, full verification and host name; the server sends leaf and intermediate, all ECDSA P-256
 * with SHA-256, the root is the anchor. The bench and the recorder of the server's answer share this class, so that both make the same
 * ClientHello.
 */
public final class BenchScenario implements TimeSource {

	/** Who the server must be. */
	public static final String SERVER_NAME = "server.example";
	/** What the random bytes follow from. */
	public static final int SEED = 1;
	/** The time certificates are checked at: 2026-06-01T00:00:00Z. */
	public static final long TIME = 1780272000L;
	/** The application data of one record in each direction. */
	public static final int DATA_LENGTH = 1024;
	/** Room for the session that is resumed. */
	public static final int SESSION_LENGTH = 256;

	/** Makes a scenario. */
	public BenchScenario() {
		// the clock stands still
	}

	/**
	 * Configures the client: 4 KB records in, 2 KB out, one suite, one group.
	 *
	 * @param crypto
	 *            the primitives.
	 * @param random
	 *            a source seeded with {@link #SEED}.
	 * @param anchors
	 *            a table with the root.
	 * @param group
	 *            the key exchange.
	 * @param suite
	 *            the cipher suite.
	 * @param protocol
	 *            the version.
	 * @param session
	 *            what is resumed, or null.
	 * @return a new configuration.
	 */
	public EngineConfig config(CryptoProvider crypto, Random random, byte[] anchors, int group, int suite, Protocol protocol, Session session) {
		return new EngineConfig(crypto, random, new TrustAnchors(anchors), this, protocol).recordInLimit(4096).recordOutLimit(2048).groups(group)
				.cipherSuites(suite).session(session);
	}

	@Override
	public int state() {
		return TRUSTED;
	}

	@Override
	public long seconds() {
		return TIME;
	}
}
