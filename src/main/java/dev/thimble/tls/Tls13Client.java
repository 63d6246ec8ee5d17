/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.x509.PathValidator;

/** The client's role in TLS 1.3 (RFC 8446). */
public final class Tls13Client extends Protocol {

	/** Creates a selection of this protocol. */
	public Tls13Client() {
		// see the methods
	}

	@Override
	/* package */ boolean client() {
		return true;
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
		if (config.anchors == null && config.peerJudge == null && (config.peerKeys == null || config.protocols.length > 1)) {
			throw new IllegalArgumentException("A client needs trusted roots; with TLS 1.3 alone, trusted keys or Tls13PskClient will do");
		}
		return config.peerJudge == null ? new PeerAuthentication(config, PathValidator.SERVER_AUTH)
				: config.peerJudge.authentication(config, PathValidator.SERVER_AUTH);
	}

	@Override
	/* package */ Handshake first(HandshakeParts parts) {
		return new CertificateHandshake13(parts, new ClientHelloWriter(), new KeySchedule(parts.hashes.sha256(), parts.hashes.sha384()));
	}

	@Override
	/* package */ Handshake after(Handshake first, HandshakeParts parts) {
		throw new IllegalArgumentException("Name TLS 1.3 before TLS 1.2");
	}
}
