/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * The server's role in TLS 1.2 (RFC 5246), alone or behind {@link Tls13Server}. It needs an {@link EngineConfig#identity} with an ECDSA or RSA key, or
 * {@link EngineConfig#preSharedKeys}; Ed25519 keys serve TLS 1.3 only.
 *
 * <p>Clients must know the extended master secret (RFC 7627). Sessions are resumed by ticket, see {@link EngineConfig#ticketKeys}; there is no
 * memory of session ids.
 */
public final class Tls12Server extends Protocol {

	/** Creates a selection of this protocol. */
	public Tls12Server() {
		// see the methods
	}

	@Override
	/* package */ boolean client() {
		return false;
	}

	@Override
	/* package */ int version() {
		return Handshake.VERSION_12;
	}

	@Override
	/* package */ int[] defaultSuites() {
		return CipherSuite12.defaults();
	}

	@Override
	/* package */ int aead(int suite) {
		return CipherSuite12.aead(suite);
	}

	/** Whether a client can verify our keys is seen when it is there. */
	@Override
	/* package */ boolean possible(int suite, EngineConfig config, int verifiers) {
		switch (CipherSuite12.keyExchange(suite)) {
		case CipherSuite12.ECDHE_ECDSA:
			return hasIdentity(config, false);
		case CipherSuite12.ECDHE_RSA:
			return hasIdentity(config, true);
		default:
			for (int i = 0; i < config.preSharedKeys.length; i++) {
				if (!config.preSharedKeys[i].imported() && config.preSharedKeys[i].hash() == CipherSuite.hash(suite)) {
					return true;
				}
			}
			return false;
		}
	}

	private static boolean hasIdentity(EngineConfig config, boolean rsa) {
		for (int i = 0; i < config.identities.length; i++) {
			if (ServerNegotiation12.isRsa(config.identities[i]) == rsa) {
				return true;
			}
		}
		return false;
	}

	@Override
	/* package */ int recordOverhead() {
		return RecordFormat12.OVERHEAD;
	}

	@Override
	/* package */ PeerAuthentication authentication(EngineConfig config) {
		return config.clients == null ? null : config.clients.authentication(config);
	}

	@Override
	/* package */ Handshake first(HandshakeParts parts) {
		return new ServerHandshake12(parts, KeySchedule12.of(parts, null));
	}

	@Override
	/* package */ Handshake after(Handshake first, HandshakeParts parts) {
		ServerHandshake13 other = (ServerHandshake13) first;
		return new ServerHandshake12(parts, other, KeySchedule12.of(parts, other.schedule()));
	}
}
