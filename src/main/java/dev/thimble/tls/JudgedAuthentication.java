/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Proves who the peer is as far as that goes, and leaves the verdict to a {@link PeerJudge}. */
/* package */ final class JudgedAuthentication extends PeerAuthentication {

	private final PeerJudge judge;
	private boolean judged;
	private boolean accepted;

	/* package */ JudgedAuthentication(EngineConfig config, int purpose, PeerJudge judge) {
		super(config, purpose);
		this.judge = judge;
	}

	@Override
	/* package */ void startChain(CharSequence serverName) {
		super.startChain(serverName);
		this.judged = false;
		this.accepted = false;
	}

	/** What follows an error that was accepted is not looked at any more; a peer without a key that can be used has nothing to be accepted. */
	@Override
	/* package */ int chainError() {
		int error = super.chainError();
		boolean over = error != TlsError.NONE || path().isValid();
		if (over && !this.judged && path().keyAlgorithm() != 0) {
			this.judged = true;
			this.accepted = this.judge.accept(error, path().errorDepth());
		}
		if (!over || this.accepted) {
			return TlsError.NONE;
		}
		return error != TlsError.NONE ? error : TlsError.PEER_REFUSED;
	}
}
