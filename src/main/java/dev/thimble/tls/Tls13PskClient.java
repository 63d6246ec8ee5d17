/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * The client's role in TLS 1.3 without certificates: client and server know each other by a pre-shared key, or by a session that began with one.
 *
 * <p>Nothing of certificates is in the image, no trusted roots are needed (null will do), and with {@link EngineConfig#pskOnly} no elliptic curve
 * either: then {@link dev.thimble.crypto.PortableSymmetricCrypto} has all it takes. Needs {@link EngineConfig#preSharedKeys}.
 */
public final class Tls13PskClient extends Protocol {

	/** Creates a selection of this protocol. */
	public Tls13PskClient() {
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
		return null;
	}

	@Override
	/* package */ Handshake first(HandshakeParts parts) {
		if (parts.config.psk == null) {
			throw new IllegalArgumentException("A client without certificates needs a pre-shared key");
		}
		return new ClientHandshake13(parts, new ClientHelloWriter(), new KeySchedule(parts.hashes.sha256(), parts.hashes.sha384()));
	}

	@Override
	/* package */ Handshake after(Handshake first, HandshakeParts parts) {
		throw new IllegalArgumentException("Name TLS 1.3 before TLS 1.2");
	}
}
