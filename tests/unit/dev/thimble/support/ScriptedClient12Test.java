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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripted client's own test: other people's TLS 1.2 servers find it right when its script is right, and wrong when it is not. */
class ScriptedClient12Test {

	private static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] PONG = "a somewhat longer pong".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] KEY = ScriptedPeer.bytes(77, 24);

	static Stream<Arguments> jsse() {
		return Suite12.all().stream().filter(s -> s.exchange.signed() && (s.aead == AeadKind.GCM || s.aead == AeadKind.CHACHA20_POLY1305))
				.flatMap(s -> Stream.of(TlsNumbers.X25519, TlsNumbers.SECP256R1, TlsNumbers.SECP384R1).map(group -> Arguments.of(s, group)));
	}

	private static ServerIdentity identity(Suite12 suite) {
		return ServerIdentity.of(suite.exchange == Suite12.Exchange.ECDHE_RSA ? "RSA-2048" : "P-256", 1);
	}

	@ParameterizedTest
	@MethodSource("jsse")
	void jsseCompletesAHandshake(Suite12 suite, int group) throws Exception {
		for (boolean extended : new boolean[] { true, false }) {
			ScriptedClient12 client = new ScriptedClient12();
			client.suites = List.of(suite);
			// JSSE wants to see the curve of its certificate as well.
			client.groups = List.of(group, TlsNumbers.SECP256R1);
			client.extendedMasterSecret = extended;
			JssePeer server = new JssePeer(JssePeer.context(identity(suite), true), client, "TLSv1.2");
			client.then(ClientStep12.data(PING));
			server.run();
			server.send(PONG);
			server.run();
			assertEquals(group, client.server.group);
			assertTrue(client.server.finished);
			assertArrayEquals(PING, server.received());
			assertArrayEquals(PONG, client.server.data());
			assertEquals(extended, client.established.extendedMasterSecret);
			assertEquals(2, client.server.chain.size());
			client.then(ClientStep12.CLOSE_NOTIFY);
			server.run();
			assertTrue(server.engine.isInboundDone());
		}
	}

	@Test
	void jsseAcceptsAllFramingsAndCertificates() throws Exception {
		for (Framing framing : List.of(Framing.COALESCED, Framing.pieces(7), Framing.random(4, 300), Framing.cutAt(3))) {
			for (String kind : new String[] { "P-256", "P-384", "Ed25519", "RSA-2048" }) {
				ScriptedClient12 client = new ScriptedClient12().script(ClientScript12.certified());
				client.identity = ServerIdentity.of(kind);
				client.framing = framing;
				JssePeer server = new JssePeer(JssePeer.context(ServerIdentity.of("P-256"), true), client, "TLSv1.2");
				server.engine.setNeedClientAuth(true);
				client.then(ClientStep12.data(PING));
				server.run();
				assertArrayEquals(PING, server.received());
				assertFalse(client.server.requestSchemes.isEmpty());
				assertEquals(1, server.engine.getSession().getPeerCertificates().length);
			}
		}
	}

	@Test
	void jsseResumesByIdAndByTicket() throws Exception {
		for (boolean ticket : new boolean[] { false, true }) {
			SSLContext context = JssePeer.context(ServerIdentity.of("P-256"), true);
			ScriptedClient12 first = new ScriptedClient12();
			first.offersTicket = ticket;
			new JssePeer(context, first, "TLSv1.2").run();
			assertTrue(first.server.finished);
			assertEquals(ticket, first.established.ticket != null);
			ScriptedClient12 second = new ScriptedClient12().script(ClientScript12.resumed());
			second.session = first.established;
			second.offersTicket = ticket;
			second.random = ScriptedPeer.bytes(9, 32);
			JssePeer server = new JssePeer(context, second, "TLSv1.2");
			second.then(ClientStep12.data(PING));
			server.run();
			server.send(PONG);
			server.run();
			assertTrue(second.server.resumed());
			assertArrayEquals(PING, server.received());
			assertArrayEquals(PONG, second.server.data());
		}
	}

	@Test
	void jsseRefusesWhatIsWrong() throws Exception {
		assertAlert(c -> c.signature = x -> Messages.flip(x, -1), TlsNumbers.HANDSHAKE_FAILURE);
		assertAlert(c -> c.finishedData = v -> Messages.flip(v, 0), TlsNumbers.DECRYPT_ERROR);
		assertAlert(c -> c.hello = f -> f.suites = List.of(0x1399), TlsNumbers.HANDSHAKE_FAILURE);
		assertAlert(c -> c.hello = f -> f.version = 0x0302, TlsNumbers.PROTOCOL_VERSION);
		assertAlert(c -> c.script(ClientScript12.certified().before(ClientStep12.KEY_EXCHANGE, ClientStep12.CCS_RECORD)),
				TlsNumbers.UNEXPECTED_MESSAGE);
	}

	private static void assertAlert(Consumer<ScriptedClient12> wrong, int description) throws Exception {
		ScriptedClient12 client = new ScriptedClient12().script(ClientScript12.certified());
		client.identity = ServerIdentity.of("P-256");
		wrong.accept(client);
		JssePeer server = new JssePeer(JssePeer.context(ServerIdentity.of("P-256"), true), client, "TLSv1.2");
		server.engine.setNeedClientAuth(true);
		assertThrows(SSLException.class, server::run);
		server.drain();
		assertEquals(description, client.server.alert().description());
	}

	/** RFC 8446 §4.1.3: a server that could more says so. */
	@Test
	void aServerOfMoreTellsSo() throws Exception {
		ScriptedClient12 client = new ScriptedClient12();
		new JssePeer(JssePeer.context(ServerIdentity.of("P-256"), true), client, "TLSv1.3", "TLSv1.2").run();
		assertTrue(client.server.finished);
		assertTrue(client.server.hello.hasDowngradeSentinel());
	}

	static Stream<Suite12> all() {
		return Suite12.all().stream();
	}

	@ParameterizedTest
	@MethodSource("all")
	void bouncyCastleCompletesAHandshake(Suite12 suite) throws Exception {
		ScriptedClient12 client = new ScriptedClient12();
		client.suites = List.of(suite);
		client.psk = Psk.external("a device", KEY);
		BcPeer server = new BcPeer(client, ProtocolVersion.TLSv12, suite.number);
		server.psk = client.psk;
		server.identity = suite.exchange.signed() ? identity(suite) : null;
		client.then(ClientStep12.data(PING));
		server.start().run();
		server.send(PONG);
		assertArrayEquals(PING, server.received());
		assertArrayEquals(PONG, client.server.data());
		assertNotNull(client.established);
	}

	@Test
	void bouncyCastleRefusesAnotherPreSharedKeyAndRenegotiation() throws Exception {
		for (boolean key : new boolean[] { true, false }) {
			ScriptedClient12 client = new ScriptedClient12();
			client.suites = List.of(Suite12.PSK_WITH_AES_128_CCM_8);
			client.psk = Psk.external("a device", KEY);
			BcPeer server = new BcPeer(client, ProtocolVersion.TLSv12, client.suites.get(0).number);
			server.psk = key ? Psk.external("a device", PING) : client.psk;
			server.start();
			if (key) {
				assertThrows(IOException.class, server::run);
			} else {
				server.run();
				client.then(ClientStep12.RENEGOTIATE);
				server.run();
				assertTrue(client.server.finished);
			}
			server.drain();
			assertEquals(key ? TlsNumbers.BAD_RECORD_MAC : TlsNumbers.NO_RENEGOTIATION, client.server.alert().description());
		}
	}
}
