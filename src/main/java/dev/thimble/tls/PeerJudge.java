/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * Has the last word on a peer's certificates, see {@link EngineConfig#peerJudge}. Without one, which is the rule, a peer whose path is not valid is
 * refused.
 */
public abstract class PeerJudge {

	/** Creates a judge. */
	public PeerJudge() {
		// nothing to do
	}

	/**
	 * Judges the result of the verification, once a handshake. That the peer has its certificate's key is verified afterwards in any case.
	 *
	 * @param error
	 *            0 if the path is valid; else a code of {@link dev.thimble.x509.PathError}.
	 * @param depth
	 *            the certificate the code is about, 0 for the peer's own.
	 * @return true to go on: whoever says so with a code that is not 0 answers for it. The verification ends at its first error, so whoever accepts an
	 *         expired certificate, say, accepts one that nobody trusted has signed.
	 */
	public abstract boolean accept(int error, int depth);

	/** Makes an authentication that asks; only an engine with a judge has its code. */
	/* package */ final PeerAuthentication authentication(EngineConfig config, int purpose) {
		return new JudgedAuthentication(config, purpose, this);
	}
}
