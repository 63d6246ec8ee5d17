/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * The server's role in TLS 1.3 (RFC 8446). It needs an {@link EngineConfig#identity} or {@link EngineConfig#preSharedKeys}, and trust anchors and
 * a clock only for {@link EngineConfig#clientAuthentication}; they may be null otherwise.
 */
public final class Tls13Server extends Protocol {

	/** Creates a selection of this protocol. */
	public Tls13Server() {
		// see the methods
	}

	@Override
	/* package */ boolean client() {
		return false;
	}

	@Override
	/* package */ int version() {
		return Handshake.VERSION_13;
	}

	@Override
	/* package */ int[] defaultSuites() {
		return CipherSuite.defaults();
	}

	@Override
	/* package */ PeerAuthentication authentication(EngineConfig config) {
		return config.clients == null ? null : config.clients.authentication(config);
	}

	@Override
	/* package */ Handshake first(HandshakeParts parts) {
		return new ServerHandshake13(parts, new KeySchedule(parts.hashes.sha256(), parts.hashes.sha384()));
	}

	@Override
	/* package */ Handshake after(Handshake first, HandshakeParts parts) {
		throw new IllegalArgumentException("Name TLS 1.3 before TLS 1.2");
	}
}
