/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** What an engine gives its first handshake when it is constructed; nothing keeps it. */
/* package */ final class HandshakeParts {

	/* package */ final EngineConfig config;
	/** Null if the peer is not asked for a certificate. */
	/* package */ final PeerAuthentication authentication;
	/* package */ final WorkHashes hashes;
	/* package */ final RecordProtection reading;
	/* package */ final RecordProtection writing;
	/* package */ final byte[] outBuffer;
	private SessionTag sessionTag;
	private IdentityMatch identityMatch;

	/* package */ HandshakeParts(EngineConfig config, PeerAuthentication authentication, RecordProtection reading, RecordProtection writing,
			byte[] outBuffer) {
		this.config = config;
		this.authentication = authentication;
		this.hashes = authentication != null ? authentication : new WorkHashes(config.crypto);
		this.reading = reading;
		this.writing = writing;
		this.outBuffer = outBuffer;
	}

	/** Gets the tag of sessions, one for all versions. */
	/* package */ SessionTag sessionTag() {
		if (this.sessionTag == null) {
			this.sessionTag = new SessionTag(this.config, this.hashes.sha256());
		}
		return this.sessionTag;
	}

	/** Gets what selects an identity, one for all versions. */
	/* package */ IdentityMatch identityMatch(OwnAuthentication own) {
		if (this.identityMatch == null) {
			this.identityMatch = new IdentityMatch(own);
		}
		return this.identityMatch;
	}
}
