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

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.support.ClientScript;
import dev.thimble.support.ClientScript12;
import dev.thimble.support.ClientStep12;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.EphemeralKey;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Octets;
import dev.thimble.support.Psk;
import dev.thimble.support.ScriptedClient;
import dev.thimble.support.ScriptedClient12;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.Session12;

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

	/** Before there are keys a record can be of any length, also where TLS 1.2 has a byte more of room than is announced. */
	@ParameterizedTest
	@ValueSource(ints = { 511, 512, 513, 514, 1024, 1025, 1026, 16000 })
	void helloOfAnyLength(int length) {
		int plain = helloLength(0);
		ScriptedClient client = padded(length > plain + 4 ? length - plain - 4 : 0);
		EngineConfig config = ServerConfigs.of(new JceCrypto(), new String[] { "P-256" }, new Tls13Server(), new Tls12Server()).recordInLimit(512);
		EngineHarness harness = EngineHarness.connect(config, client);
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertTrue(harness.engine.handshakeComplete());
	}

	private static ScriptedClient padded(int padding) {
		ScriptedClient client = new ScriptedClient();
		client.hello = padding == 0 ? client.hello : f -> f.extensions.add(21, new byte[padding]);
		return client;
	}

	private static int helloLength(int padding) {
		return padded(padding).take().length - 5;
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
		Psk forged = new Psk("res binder", forgery(genuine.identity), new byte[32], "SHA-256");
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

	/** The same with tickets of TLS 1.2. */
	@Test
	void verdictsOnTicketsOfTls12AreNotMixed() {
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		EngineConfig[] configs = new EngineConfig[3];
		for (int i = 0; i < configs.length; i++) {
			configs[i] = ServerConfigs.of(new JceCrypto(), new String[] { "P-256" }, new Tls12Server())
					.cipherSuites(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256).tickets(keys);
		}
		ScriptedClient12 first = new ScriptedClient12();
		first.offersTicket = true;
		EngineHarness.connect(configs[0], first);
		byte[] name = ServerIdentity.SERVER_NAME.getBytes(StandardCharsets.US_ASCII);
		byte[] ticket = Arrays.copyOf(forgery(first.established.ticket), TicketText.sealedLength(48));
		ticket[TicketKeys.HEADER + TicketText.SUITE] = (byte) (CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 >> 8);
		ticket[TicketKeys.HEADER + TicketText.SUITE + 1] = (byte) CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
		TicketText.put(ticket, TicketKeys.HEADER + TicketText.AGE_ADD, Crc32.of(name, 0, name.length));
		Session12 forged = new Session12(new byte[0], first.established.suite, new byte[48], true);
		forged.ticket = ticket;
		for (int attacker = 0; attacker < 6; attacker++) {
			for (int helper = 0; helper < 6; helper++) {
				EngineHarness one = new EngineHarness(new TlsEngine(configs[1]), offering(forged));
				EngineHarness two = new EngineHarness(new TlsEngine(configs[2]), offering(first.established));
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

	/** A client that waits for the server's first flight. */
	private static ScriptedClient12 offering(Session12 session) {
		ScriptedClient12 client = new ScriptedClient12().script(ClientScript12.of(ClientStep12.HELLO));
		client.suites = List.of(session.suite);
		client.offersTicket = true;
		client.sessionId = new byte[32];
		client.session = session;
		return client;
	}

	/** What a ticket would say if it were not sealed, with the name of the key that has not sealed it. */
	private static byte[] forgery(byte[] genuine) {
		byte[] ticket = Arrays.copyOf(genuine, TicketText.sealedLength(32));
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

	/**
	 * A client signs by a hash of its choice. If the server has not computed that one, what is there in its place must not be taken for it: for an
	 * ECDSA signature about zeros nobody needs the private key, the public one gives it away.
	 */
	@ParameterizedTest
	@ValueSource(ints = { ECDSA_SECP256R1_SHA256, ECDSA_SECP384R1_SHA384 })
	void signatureWithoutThePrivateKey(int scheme) {
		ServerIdentity victim = ServerIdentity.ofClient("P-256", 0);
		ScriptedClient12 client = new ScriptedClient12().script(ClientScript12.certified());
		client.identity = victim;
		client.scheme = scheme;
		client.signature = s -> forAZeroHash(victim);
		PortableEcCrypto crypto = new PortableEcCrypto();
		EngineConfig config = ServerConfigs.of(crypto, new String[] { "P-256" }, new Tls12Server())
				.cipherSuites(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256).clientAuthentication(EngineConfig.REQUIRED);
		EngineHarness harness = EngineHarness.connect(config, client);
		assertFalse(harness.engine.clientVerified());
		assertFalse(harness.everComplete);
		int expected = scheme == ECDSA_SECP384R1_SHA384 ? TlsError.SIGNATURE_SCHEME : TlsError.SIGNATURE_INVALID;
		assertEquals(TlsError.name(expected), TlsError.name(harness.engine.error()));
	}

	/** r = s = the public key's x: then 0 G + 1 Q is what is compared. */
	private static byte[] forAZeroHash(ServerIdentity victim) {
		try {
			X509Certificate leaf = (X509Certificate) CertificateFactory.getInstance("X.509")
					.generateCertificate(new ByteArrayInputStream(victim.chain.get(0)));
			ECPublicKey key = (ECPublicKey) leaf.getPublicKey();
			byte[] r = key.getW().getAffineX().mod(key.getParams().getOrder()).toByteArray();
			byte[] integer = Octets.concat(Octets.of(2, r.length), r);
			return Octets.concat(Octets.of(0x30, 2 * integer.length), integer, integer);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
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
