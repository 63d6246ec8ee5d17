/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;
import dev.thimble.x509.PathValidator;

/**
 * The client's role in TLS 1.2 (RFC 5246), alone or behind {@link Tls13Client}.
 *
 * <p>Only what is still good of that version: an ephemeral agreement or a pre-shared key, AEADs, the extended master secret (RFC 7627), which the
 * server must have, and no renegotiation.
 */
public final class Tls12Client extends Protocol {

	/** Creates a selection of this protocol. */
	public Tls12Client() {
		// see the methods
	}

	@Override
	/* package */ boolean client() {
		return true;
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

	@Override
	/* package */ boolean possible(int suite, EngineConfig config, int verifiers) {
		return CipherSuite12.possible(suite, verifiers, hashes(config.preSharedKeys));
	}

	/** The hash functions of the keys that can be used in TLS 1.2, as bits by the constants of {@link Hash}. */
	private static int hashes(PreSharedKey[] keys) {
		int hashes = 0;
		for (int i = 0; i < keys.length; i++) {
			hashes |= keys[i].imported() ? 0 : 1 << keys[i].hash();
		}
		return hashes;
	}

	/** RFC 5246 §7.4.8 */
	@Override
	/* package */ boolean signsWithSha384(EngineConfig config) {
		for (int i = 0; i < config.identities.length; i++) {
			if (SignatureScheme.hash(OwnAuthentication.scheme(config.identities[i])) == Hash.SHA_384) {
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
		return config.peerJudge == null ? new PeerAuthentication(config, PathValidator.SERVER_AUTH)
				: config.peerJudge.authentication(config, PathValidator.SERVER_AUTH);
	}

	@Override
	/* package */ Handshake first(HandshakeParts parts) {
		return new ClientHandshake12(parts, new ClientHelloWriter(), KeySchedule12.of(parts, null));
	}

	@Override
	/* package */ Handshake after(Handshake first, HandshakeParts parts) {
		ClientHandshake13 other = (ClientHandshake13) first;
		return new ClientHandshake12(parts, other, KeySchedule12.of(parts, other.schedule()));
	}
}
