/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.cloud.ManualClock;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Octets;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.TicketKeys;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls12Server;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.Tls13Server;

/** Tickets of accepted sockets: a client and a server of ours, with a wire in memory between them. */
@Timeout(300)
final class ServerTicketsTest {

	private static final int ROOT = 1;
	private static final int OWN = 2;
	private static final int OTHER = 3;
	private static final byte[] LINE = "once more".getBytes(StandardCharsets.US_ASCII);

	private final TicketKeys keys = ServerConfigs.ticketKeys(9);
	private final Credentials clients = new Credentials(4);
	private final Credentials servers = new Credentials(8);
	private final MemoryLink link = new MemoryLink();
	private SecureSocket client;
	private SecureSocket served;

	/** Makes both ends; a server has places for two engines. */
	private void build(int version) {
		boolean new13 = version == 0x0304;
		this.clients.add(ROOT, Credentials.CA_CERTIFICATE, ServerIdentity.root());
		add(this.clients, OWN, ServerIdentity.ofClient("P-256", 0));
		add(this.servers, OWN, ServerIdentity.of("P-256"));
		this.servers.add(ROOT, Credentials.CA_CERTIFICATE, ServerIdentity.root());
		this.servers.add(OTHER, Credentials.CA_CERTIFICATE, ServerIdentity.of("P-384").chain.get(0));
		EnginePool clientPool = new EnginePool(1, JceCrypto::new, ServerConfigs.random(1), EngineHarness.CLOCK,
				new13 ? new Protocol[] { new Tls13Client() } : new Protocol[] { new Tls12Client() }).resumption(new Resumption(1024));
		EnginePool serverPool = new EnginePool(2, JceCrypto::new, ServerConfigs.random(2), EngineHarness.CLOCK)
				.server(new ServerRole(new Tls13Server(), new Tls12Server()).tickets(this.keys));
		this.client = new SecureSocket(new SecureContext(new ManualClock(), this.clients, clientPool), this.link.left).secure(true)
				.securityTags(ROOT, OWN).sessionCache(true).blocking(false);
		this.served = new SecureSocket(new SecureContext(new ManualClock(), this.servers, serverPool), this.link.right).secure(true)
				.securityTags(OWN).blocking(false);
	}

	private static void add(Credentials credentials, int tag, ServerIdentity identity) {
		credentials.add(tag, Credentials.OWN_CERTIFICATE, Octets.concat(identity.chain.toArray(new byte[0][])));
		credentials.add(tag, Credentials.PRIVATE_KEY, identity.key.getEncoded());
	}

	/** Connects, sends a line each way and closes; tells whether the session was resumed. */
	private boolean connect() {
		assertEquals(SecureSocket.WOULD_BLOCK, this.client.connect(ServerIdentity.SERVER_NAME, 443));
		assertEquals(SecureSocket.WOULD_BLOCK, this.served.accept());
		while (!this.client.connected() || !this.served.connected()) {
			int gone = (this.client.poll() | this.served.poll()) & SecureSocket.GONE;
			assertEquals(0, gone, () -> NetError.text(this.client.error()) + " / " + NetError.text(this.served.error()));
		}
		assertEquals(this.client.resumed(), this.served.resumed());
		boolean resumed = this.client.resumed();
		exchange(this.client, this.served);
		exchange(this.served, this.client);
		this.client.close();
		this.served.close();
		return resumed;
	}

	private static void exchange(SecureSocket from, SecureSocket to) {
		byte[] got = new byte[LINE.length];
		assertEquals(LINE.length, from.send(LINE, 0, LINE.length));
		int count = SecureSocket.WOULD_BLOCK;
		while (count == SecureSocket.WOULD_BLOCK) {
			from.poll();
			count = to.receive(got, 0, got.length);
		}
		assertEquals(LINE.length, count, () -> NetError.text(to.error()));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x0304, 0x0303 })
	void aClientResumes(int version) {
		build(version);
		for (int i = 0; i < 4; i++) {
			assertEquals(i > 0, connect(), "connection " + i);
			assertEquals(version, this.served.version());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x0304, 0x0303 })
	void aClientThatWasVerifiedStaysSo(int version) {
		build(version);
		this.served.securityTags(OWN, ROOT);
		for (int i = 0; i < 3; i++) {
			assertEquals(i > 0, connect(), "connection " + i);
			assertEquals(0, this.served.verifyResult());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x0304, 0x0303 })
	void aTicketIsNoProofToSocketsThatTrustOthers(int version) {
		build(version);
		this.served.securityTags(OWN, ROOT);
		connect();
		assertTrue(connect());
		this.served.securityTags(OWN, OTHER);
		this.client.connect(ServerIdentity.SERVER_NAME, 443);
		this.served.accept();
		while ((this.served.poll() & SecureSocket.GONE) == 0) {
			this.client.poll();
			assertTrue(!this.served.connected(), "somebody else's ticket was taken");
		}
		assertTrue(this.served.error() >= 100, () -> NetError.name(this.served.error()));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x0304, 0x0303 })
	void aChangeOfCredentialsMakesTicketsVoid(int version) {
		build(version);
		connect();
		assertTrue(connect());
		this.servers.delete(OTHER, Credentials.CA_CERTIFICATE);
		assertTrue(!connect(), "resumed what stood for other credentials");
		assertTrue(connect());
	}

	@Test
	void rotatedKeysOpenOldTicketsOnce() {
		build(0x0304);
		connect();
		this.keys.rotate();
		assertTrue(connect());
		this.keys.rotate();
		this.keys.rotate();
		assertTrue(!connect());
	}
}
