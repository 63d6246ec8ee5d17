/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static dev.thimble.support.TlsNumbers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.ClientScript;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.EphemeralKey;
import dev.thimble.support.Psk;
import dev.thimble.support.ScriptedClient;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;

/** What somebody may try on a server who knows how it is made. */
class ServerAttackTest {

	/** An identity can be longer than every array of the server's: what cannot be one of its tickets is not kept, nor wiped as if it were. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 300, 5000, 40000 })
	void identityOfAnyLength(int length) {
		ScriptedClient client = new ScriptedClient();
		client.psks.add(Psk.external(new byte[length], new byte[32], "SHA-256"));
		EngineConfig config = ServerConfigs.of("P-256").recordOutLimit(512).tickets(ServerConfigs.ticketKeys(1));
		EngineHarness harness = EngineHarness.connect(config, client);
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertFalse(harness.engine.resumed());
		harness.engine.abort();
		assertEquals(TlsEngine.CLOSED, harness.engine.state());
	}

	/**
	 * Two connections of a server, whose engines share the keys of tickets: while the server looks at a ticket that is a forgery, somebody shows
	 * one that is genuine. The verdict on one must not become that on the other.
	 */
	@Test
	void verdictsOnTicketsAreNotMixed() {
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		ScriptedClient first = new ScriptedClient();
		EngineHarness.connect(ServerConfigs.of("P-256").tickets(keys), first);
		Psk genuine = first.server.tickets.get(0);
		Psk forged = new Psk("res binder", forgery(genuine), new byte[32], "SHA-256");
		for (int attacker = 0; attacker < 6; attacker++) {
			for (int helper = 0; helper < 6; helper++) {
				EngineHarness one = new EngineHarness(new TlsEngine(ServerConfigs.of("P-256").tickets(keys)), offering(forged));
				EngineHarness two = new EngineHarness(new TlsEngine(ServerConfigs.of("P-256").tickets(keys)), offering(genuine));
				begin(one, attacker);
				begin(two, helper);
				one.run();
				assertFalse(one.engine.resumed(), "after " + attacker + " and " + helper + " steps");
				assertFalse(one.engine.clientVerified());
				two.run();
				assertTrue(two.engine.resumed());
			}
		}
	}

	/** What a ticket would say if it were not sealed, with the name of the key that has not sealed it. */
	private static byte[] forgery(Psk genuine) {
		byte[] ticket = Arrays.copyOf(genuine.identity, TicketText.sealedLength(32));
		Arrays.fill(ticket, TicketKeys.HEADER, ticket.length, (byte) 0);
		ticket[TicketKeys.HEADER] = TicketText.VERSION;
		ticket[TicketKeys.HEADER + TicketText.FLAGS] = TicketText.CLIENT_VERIFIED;
		ticket[TicketKeys.HEADER + TicketText.SUITE] = (byte) (AES_128_GCM_SHA256 >> 8);
		ticket[TicketKeys.HEADER + TicketText.SUITE + 1] = (byte) AES_128_GCM_SHA256;
		TicketText.put(ticket, TicketKeys.HEADER + TicketText.MADE + 4, (int) ServerIdentity.TIME.getEpochSecond());
		TicketText.put(ticket, TicketKeys.HEADER + TicketText.LIFETIME, 7200);
		return ticket;
	}

	private static ScriptedClient offering(Psk psk) {
		ScriptedClient client = new ScriptedClient().script(ClientScript.full());
		client.suites = List.of(AES_128_GCM_SHA256);
		client.psks.add(psk);
		return client;
	}

	/** Gives the engine the client's first flight and then some steps. */
	private static void begin(EngineHarness harness, int steps) {
		TlsEngine engine = harness.engine;
		engine.accept();
		byte[] hello = harness.peer.take();
		for (int at = 0; at < hello.length;) {
			int n = Math.min(engine.recordInLength(), hello.length - at);
			System.arraycopy(hello, at, engine.recordInArray(), engine.recordInOffset(), n);
			engine.recordInAck(n);
			at += n;
		}
		for (int i = 0; i < steps; i++) {
			engine.step();
		}
	}

	/** The agreement's result is wiped whenever the connection ends, in the step before it is used as well. */
	@Test
	void abortedAfterAnyStep() {
		EphemeralKey share = EphemeralKey.generate(X25519);
		ScriptedClient whole = new ScriptedClient();
		whole.ephemerals.put(X25519, share);
		EngineHarness.connect(ServerConfigs.of("P-256"), whole);
		// Both sides repeat themselves, so this connection's secrets are those of all that follow.
		SecretSearch secrets = new SecretSearch().add(whole);
		secrets.add("ECDHE secret", whole.server.sharedSecret);
		for (int steps = 0; steps < 100; steps++) {
			ScriptedClient client = new ScriptedClient();
			client.ephemerals.put(X25519, share);
			EngineHarness harness = new EngineHarness(new TlsEngine(ServerConfigs.of("P-256")), client);
			begin(harness, steps);
			harness.engine.abort();
			assertNull(secrets.findIn(harness.engine), "after " + steps + " steps");
		}
	}
}
