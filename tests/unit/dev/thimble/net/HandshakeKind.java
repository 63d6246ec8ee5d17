/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.thimble.support.ClientScript;
import dev.thimble.support.ClientScript12;
import dev.thimble.support.Peer;
import dev.thimble.support.Psk;
import dev.thimble.support.Script;
import dev.thimble.support.Script12;
import dev.thimble.support.ScriptedClient;
import dev.thimble.support.ScriptedClient12;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ScriptedServer12;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;
import dev.thimble.support.Session12;
import dev.thimble.support.TlsNumbers;

/** The handshakes a socket can have: role, version, and what is in it. Peers send each message as a record of its own. */
enum HandshakeKind {

	/** TLS 1.3 as a client. */
	CLIENT13,
	/** With HelloRetryRequest. */
	CLIENT13_RETRIED,
	/** With the client's certificate. */
	CLIENT13_CERTIFIED,
	/** Resumed. */
	CLIENT13_RESUMED,
	/** TLS 1.2 as a client. */
	CLIENT12,
	/** With the client's certificate. */
	CLIENT12_CERTIFIED,
	/** Resumed by a ticket. */
	CLIENT12_RESUMED,
	/** TLS 1.3 as a server. */
	SERVER13,
	/** With HelloRetryRequest. */
	SERVER13_RETRIED,
	/** With the client's certificate. */
	SERVER13_CERTIFIED,
	/** Resumed by a ticket of the pool's. */
	SERVER13_RESUMED,
	/** TLS 1.2 as a server. */
	SERVER12,
	/** With the client's certificate. */
	SERVER12_CERTIFIED,
	/** Resumed by a ticket of the pool's. */
	SERVER12_RESUMED;

	boolean server() {
		return name().startsWith("SERVER");
	}

	boolean resumed() {
		return name().endsWith("RESUMED");
	}

	int version() {
		return name().contains("13") ? 0x0304 : 0x0303;
	}

	private boolean certified() {
		return name().endsWith("CERTIFIED");
	}

	/** Sets the socket's options. */
	void configure(FaultKit kit) {
		SecureSocket socket = kit.socket.secure(true).sessionCache(resumed() && !server());
		if (server()) {
			socket.securityTags(certified() ? new int[] { FaultKit.SERVER, FaultKit.ROOT } : new int[] { FaultKit.SERVER });
		} else {
			socket.securityTags(certified() ? new int[] { FaultKit.ROOT, FaultKit.CLIENT } : new int[] { FaultKit.ROOT });
		}
	}

	/** Makes a peer for a handshake without resumption. */
	private Peer full() {
		switch (this) {
		case CLIENT13_RETRIED:
			ScriptedServer retrying = new ScriptedServer().script(Script.retried());
			retrying.group = TlsNumbers.SECP384R1;
			return retrying;
		case CLIENT13_CERTIFIED:
			return new ScriptedServer().script(Script.requested());
		case CLIENT13:
			return new ScriptedServer();
		case CLIENT13_RESUMED:
			return new ScriptedServer().script(Script.full().add(ServerStep.TICKET));
		case CLIENT12_CERTIFIED:
			return new ScriptedServer12().script(Script12.requested());
		case CLIENT12:
			return new ScriptedServer12();
		case CLIENT12_RESUMED:
			ScriptedServer12 issuing = new ScriptedServer12().script(Script12.full().withTicket());
			issuing.issuesTicket = true;
			return issuing;
		default:
			return fullClient();
		}
	}

	private Peer fullClient() {
		if (version() == 0x0303) {
			ScriptedClient12 client = new ScriptedClient12();
			client.offersTicket = resumed();
			if (certified()) {
				client.script(ClientScript12.certified());
				client.identity = ServerIdentity.ofClient("P-256", 0);
			}
			return client;
		}
		ScriptedClient client = new ScriptedClient();
		if (this == SERVER13_RETRIED) {
			client.script(ClientScript.retried());
			client.groups = java.util.List.of(TlsNumbers.SECP384R1, TlsNumbers.SECP256R1);
			client.shares = java.util.List.of();
		} else if (certified()) {
			client.script(ClientScript.certified());
			client.identity = ServerIdentity.ofClient("P-256", 0);
		}
		return client;
	}

	/** Goes as far as a connection needs: has the transport's next peers be of this kind. */
	void prepare(FaultKit kit) {
		kit.transport.peers = this::full;
		if (!resumed()) {
			return;
		}
		// A connection that leaves a session, then peers that know it.
		kit.socket.blocking(true);
		assertEquals(0, kit.begin(this), () -> NetError.text(kit.socket.error()));
		assertEquals(SecureSocket.WOULD_BLOCK, kit.socket.receive(new byte[1], 0, 1));
		Peer before = kit.transport.peer();
		kit.socket.close();
		kit.transport.peers = () -> resuming(before);
	}

	private Peer resuming(Peer before) {
		switch (this) {
		case CLIENT13_RESUMED:
			ScriptedServer server = new ScriptedServer().script(Script.psk());
			server.psks.addAll(((ScriptedServer) before).tickets);
			return server;
		case CLIENT12_RESUMED:
			ScriptedServer12 server12 = new ScriptedServer12().script(Script12.resumed());
			server12.session = ((ScriptedServer12) before).established;
			return server12;
		case SERVER13_RESUMED:
			ScriptedClient client = new ScriptedClient();
			Psk ticket = ((ScriptedClient) before).server.tickets.get(0);
			client.psks.add(ticket);
			return client;
		default:
			ScriptedClient12 client12 = new ScriptedClient12().script(ClientScript12.resumed());
			Session12 session = ((ScriptedClient12) before).established;
			assertTrue(session.ticket != null, "no ticket");
			client12.session = session;
			client12.offersTicket = true;
			return client12;
		}
	}

	/** Makes a peer for a full handshake, whatever the kind. */
	Peer another() {
		return full();
	}
}
