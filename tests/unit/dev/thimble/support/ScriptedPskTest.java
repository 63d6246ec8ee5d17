/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripted server's pre-shared keys, tickets and raw keys, as JSSE and Bouncy Castle find them. */
class ScriptedPskTest {

	private static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] PONG = "a somewhat longer pong".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] KEY = ScriptedServer.bytes(77, 32);

	@ParameterizedTest
	@ValueSource(ints = { TlsNumbers.AES_128_GCM_SHA256, TlsNumbers.AES_256_GCM_SHA384, TlsNumbers.CHACHA20_POLY1305_SHA256 })
	void jsseResumesTickets(int suite) throws Exception {
		for (boolean retry : new boolean[] { false, true }) {
			SSLContext context = JssePeer.context(null, false);
			ScriptedServer first = first(context, suite);
			ScriptedServer second = new ScriptedServer().script(retry ? Script.retriedPsk() : Script.psk());
			second.psks.addAll(first.tickets);
			second.suite = suite;
			second.group = retry ? TlsNumbers.SECP384R1 : 0;
			JssePeer client = new JssePeer(context, second, "TLSv1.3");
			second.then(ServerStep.TICKET, ServerStep.data(PONG));
			client.send(PING);
			client.run();
			assertTrue(second.client.finished);
			assertTrue(second.client.offers.get(0).right());
			assertNotNull(second.pskInUse);
			assertArrayEquals(PING, second.client.data());
			assertArrayEquals(PONG, client.received());
			// What the second connection's ticket gives works as well.
			ScriptedServer third = new ScriptedServer().script(Script.psk());
			third.psks.addAll(second.tickets);
			new JssePeer(context, third, "TLSv1.3").run();
			assertTrue(third.client.finished);
		}
	}

	private static ScriptedServer first(SSLContext context, int suite) throws SSLException {
		ScriptedServer server = new ScriptedServer().script(Script.full().add(ServerStep.ticket(t -> t.nonce = Octets.of(1, 2, 3))));
		server.suite = suite;
		new JssePeer(context, server, "TLSv1.3").run();
		assertEquals(1, server.tickets.size());
		return server;
	}

	@Test
	void jsseRefusesWhatIsWrong() throws Exception {
		SSLContext context = JssePeer.context(null, false);
		ScriptedServer first = first(context, TlsNumbers.AES_128_GCM_SHA256);
		ScriptedServer second = new ScriptedServer().script(Script.psk());
		second.psks.addAll(first.tickets);
		second.serverHello = f -> f.extensions.set(TlsNumbers.PRE_SHARED_KEY, Octets.of(0, 1));
		JssePeer client = new JssePeer(context, second, "TLSv1.3");
		assertThrows(SSLException.class, client::run);
		client.drain();
		assertEquals(TlsNumbers.ILLEGAL_PARAMETER, second.client.alert().description());
	}

	@Test
	void jsseRefusesTheFinishedOfAnotherKey() throws Exception {
		SSLContext context = JssePeer.context(null, false);
		ScriptedServer first = first(context, TlsNumbers.AES_128_GCM_SHA256);
		Psk ticket = first.tickets.get(0);
		ScriptedServer second = new ScriptedServer().script(Script.psk());
		second.psk = new Psk(ticket.label, ticket.identity, KEY, ticket.digest);
		second.psks.add(second.psk);
		JssePeer client = new JssePeer(context, second, "TLSv1.3");
		assertThrows(SSLException.class, client::run);
		assertFalse(second.client.offers.get(0).right());
	}

	@ParameterizedTest
	@ValueSource(strings = { "SHA-256", "SHA-384" })
	void bouncyCastleUsesAnExternalKey(String digest) throws Exception {
		int suite = digest.equals("SHA-384") ? TlsNumbers.AES_256_GCM_SHA384 : TlsNumbers.AES_128_CCM_SHA256;
		ScriptedServer server = new ScriptedServer().script(Script.psk());
		Psk psk = Psk.external("a device".getBytes(StandardCharsets.US_ASCII), KEY, digest);
		server.psks.add(psk);
		BcPeer client = new BcPeer(server, ProtocolVersion.TLSv13, suite);
		client.psk = psk;
		server.then(ServerStep.data(PONG));
		client.start().run();
		client.send(PING);
		assertArrayEquals(PING, server.client.data());
		assertArrayEquals(PONG, client.received());
		assertEquals(psk, server.pskInUse);
		assertNotNull(server.sharedSecret);
	}

	@Test
	void aWrongBinderIsNoticed() throws Exception {
		ScriptedServer server = new ScriptedServer().script(Script.psk());
		server.psks.add(Psk.external("a device", KEY));
		BcPeer client = new BcPeer(server, ProtocolVersion.TLSv13, TlsNumbers.AES_128_GCM_SHA256);
		client.psk = Psk.external("a device", new byte[32]);
		client.start();
		assertThrows(IllegalStateException.class, client::run);
		assertFalse(server.client.offers.get(0).right());
	}

	@Test
	void bouncyCastleTakesRawPublicKeys() throws Exception {
		for (String kind : new String[] { "P-256", "Ed25519" }) {
			ScriptedServer server = new ScriptedServer().script(Script.requested());
			server.identity = ServerIdentity.of(kind);
			server.rawKey = true;
			server.clientRawKey = true;
			BcPeer client = new BcPeer(server, ProtocolVersion.TLSv13, TlsNumbers.AES_128_GCM_SHA256);
			client.rawKeys = true;
			client.identity = ServerIdentity.of("P-256", 1);
			client.start().run();
			client.send(PING);
			assertArrayEquals(PING, server.client.data());
			assertArrayEquals(client.identity.rawKey(), server.client.chain.get(0));
			assertEquals(TlsNumbers.ECDSA_SECP256R1_SHA256, server.client.scheme);
		}
	}

	@Test
	void bouncyCastleRefusesACertificateForARawPublicKey() throws Exception {
		ScriptedServer server = new ScriptedServer();
		server.encryptedExtensions = e -> e.add(TlsNumbers.SERVER_CERTIFICATE_TYPE, Octets.of(TlsNumbers.RAW_PUBLIC_KEY));
		BcPeer client = new BcPeer(server, ProtocolVersion.TLSv13, TlsNumbers.AES_128_GCM_SHA256);
		client.rawKeys = true;
		client.start();
		assertThrows(TlsFatalAlert.class, client::run);
	}
}
