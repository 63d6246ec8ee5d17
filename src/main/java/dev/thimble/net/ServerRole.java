/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.Protocol;

/** The server's role of sockets, see {@link EnginePool#server}. */
public final class ServerRole {

	private final Protocol[] protocols;

	/**
	 * Creates the role.
	 *
	 * @param protocols
	 *            what accepted sockets speak: protocols of the server's role.
	 */
	public ServerRole(Protocol... protocols) {
		this.protocols = protocols;
	}

	/* package */ Protocol[] protocols() {
		return this.protocols;
	}

	/* package */ void configure(EngineConfig config, int verification) {
		config.clientAuthentication(verification == PeerVerification.NONE ? EngineConfig.NONE
				: verification == PeerVerification.OPTIONAL ? EngineConfig.OPTIONAL : EngineConfig.REQUIRED);
	}
}
