/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Makes the {@link PskOffer}s of the engines built from a configuration: an image that configures no pre-shared keys and no session has none. */
/* package */ final class PskFeature {

	/* package */ PskOffer offer(EngineConfig config, WorkHashes hashes) {
		return new PskOffer(config, hashes);
	}

	/** Makes what resumes sessions of TLS 1.2; null without a session. tag: that of TLS 1.3, null without. */
	/* package */ Resumption12 resumption(EngineConfig config, WorkHashes hashes, SessionTag tag, MessageCursor cursor, ClientHandshake12 handshake) {
		return config.session == null ? null
				: new Resumption12(config, tag != null ? tag : new SessionTag(config, hashes.sha256()), cursor, handshake);
	}
}
