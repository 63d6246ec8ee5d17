/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.x509.PathValidator;

/** That a server asks clients for certificates: only with an object of this class is the path validation in its image. */
/* package */ final class ClientVerification {

	/* package */ ClientVerification() {
		// see the method
	}

	/* package */ PeerAuthentication authentication(EngineConfig config) {
		boolean keys = config.peerKeys != null && config.protocols.length == 1 && config.protocols[0].version() == Handshake.VERSION_13;
		if (!keys && (config.anchors == null || config.time == null)) {
			throw new IllegalArgumentException("Clients cannot be verified without trust anchors and a clock; in TLS 1.3 alone trusted keys will do");
		}
		return new PeerAuthentication(config, PathValidator.CLIENT_AUTH);
	}
}
