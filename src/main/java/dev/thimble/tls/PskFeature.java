/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Makes the {@link PskOffer}s of the engines built from a configuration: an image that configures no pre-shared keys and no session has none. */
/* package */ final class PskFeature {

	/* package */ PskOffer offer(HandshakeParts parts, KeySchedule schedule) {
		return new PskOffer(parts, schedule);
	}

	/** Makes what resumes sessions of TLS 1.2; null without a session. */
	/* package */ Resumption12 resumption(HandshakeParts parts, MessageCursor cursor, ClientNegotiation12 handshake) {
		return parts.config.session == null ? null : new Resumption12(parts, cursor, handshake);
	}
}
