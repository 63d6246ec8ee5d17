/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * A role in a version of TLS that an engine can speak, see {@link EngineConfig#protocols}.
 *
 * <p>What an application does not name here is not in its image: the compiler leaves out what nothing refers to.
 */
public abstract class Protocol {

	/* package */ Protocol() {
		// The engine's own classes only.
	}

	/** Tells whether this is the client's role. */
	/* package */ abstract boolean client();

	/** Gets the version, as on the wire. */
	/* package */ abstract int version();

	/** Gets the suites of this version in order of preference without an AES unit, without those that must be asked for: a new array. */
	/* package */ abstract int[] defaultSuites();

	/** Gets the AEAD of a suite of this version, a constant of {@link dev.thimble.crypto.Aead}; -1 for any other suite. */
	/* package */ int aead(int suite) {
		return CipherSuite.aead13(suite);
	}

	/**
	 * Tells whether one can take part in a suite of this version.
	 *
	 * @param config
	 *            which pre-shared keys there are.
	 * @param verifiers
	 *            the signature verifiers there are, as bits by the constants of {@link dev.thimble.crypto.SignatureVerifier}.
	 */
	/* package */ boolean possible(int suite, EngineConfig config, int verifiers) {
		return true;
	}

	/** Tells whether a signature of ours may be about a hash of the messages by SHA-384, whatever the suite's hash. */
	/* package */ boolean signsWithSha384(EngineConfig config) {
		return false;
	}

	/** Gets the most bytes that protection adds to a record's plaintext. */
	/* package */ int recordOverhead() {
		return RecordReader.OVERHEAD;
	}

	/** Makes what verifies the peer; null if the peer is not asked for a certificate. */
	/* package */ abstract PeerAuthentication authentication(EngineConfig config);

	/** Makes the handshake that starts each connection. */
	/* package */ abstract Handshake first(HandshakeParts parts);

	/** Makes a handshake that can go on once the version is known; first: that of the other version in the same role. */
	/* package */ abstract Handshake after(Handshake first, HandshakeParts parts);
}
