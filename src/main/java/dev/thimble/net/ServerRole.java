/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.TicketKeys;

/** The server's role of sockets, see {@link EnginePool#server}. */
public final class ServerRole {

	private final Protocol[] protocols;
	private TicketKeys ticketKeys;
	/** Of the sockets that issue tickets, once there is one. */
	private final SecuritySettings issuer = new SecuritySettings();
	private boolean issued;
	/** Of the credentials tickets stand for. */
	private int generation;

	/**
	 * Creates the role.
	 *
	 * @param protocols
	 *            what accepted sockets speak: protocols of the server's role.
	 */
	public ServerRole(Protocol... protocols) {
		this.protocols = protocols;
	}

	/**
	 * Has accepted sockets issue a ticket behind each handshake, with which the client resumes within two hours, at any engine of the pool.
	 *
	 * <p>A ticket is worth as much as the credentials it was given for. So only sockets with the tags and the verification of the first one that is
	 * accepted issue and take tickets, and a change of {@link Credentials} makes all that are out void.
	 *
	 * @param keys
	 *            what tickets are sealed under; sockets of several threads may share them.
	 * @return this.
	 */
	public ServerRole tickets(TicketKeys keys) {
		this.ticketKeys = keys;
		return this;
	}

	/* package */ Protocol[] protocols() {
		return this.protocols;
	}

	/** Configures an engine for a socket; the pool's lock is held. */
	/* package */ void configure(EngineConfig config, EngineSlot slot, int verification) {
		if (this.ticketKeys != null) {
			tickets(config, slot);
		}
		config.clientAuthentication(verification == PeerVerification.NONE ? EngineConfig.NONE
				: verification == PeerVerification.OPTIONAL ? EngineConfig.OPTIONAL : EngineConfig.REQUIRED);
	}
	private void tickets(EngineConfig config, EngineSlot slot) {
		if (!this.issued) {
			this.issued = true;
			this.issuer.set(slot.settings);
		} else if (this.generation != slot.generation()) {
			this.ticketKeys.wipe();
		}
		this.generation = slot.generation();
		if (this.issuer.sameTrust(slot.settings)) {
			config.tickets(this.ticketKeys);
		}
	}
}
