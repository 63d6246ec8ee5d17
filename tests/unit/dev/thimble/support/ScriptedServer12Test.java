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

/** The fixture's own test: other people's TLS 1.2 clients find the scripted server right when its script is right, and wrong when it is not. */
class ScriptedServer12Test {

	private static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] PONG = "a somewhat longer pong".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] KEY = ScriptedPeer.bytes(77, 24);

	/** What the PRF of RFC 5246 gives for the vector that was agreed on for it with SHA-256. */
	@Test
	void thePrfIsRight() {
		assertEquals("e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab"
				+ "4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66",
				Octets.hex(ReferenceSchedule12.prf("SHA-256", Octets.unhex("9bbe436ba940f017b17652849a71db35"), "test label",
						Octets.unhex("a0ba9f936cda311827a6f796ffd5198c"), 100)));
	}

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
			ScriptedServer12 server = new ScriptedServer12();
			server.suite = suite;
			server.group = group;
			server.identity = identity(suite);
			server.extendedMasterSecret = extended;
			server.random = ScriptedPeer.bytes(group, 32);
			JssePeer client = new JssePeer(JssePeer.context(null, false), server, "TLSv1.2");
			server.then(ServerStep12.data(PONG));
			client.send(PING);
			client.run();
			assertTrue(server.client.finished);
			assertArrayEquals(PING, server.client.data());
			assertArrayEquals(PONG, client.received());
			assertEquals(extended, server.established.extendedMasterSecret);
			server.then(ServerStep12.CLOSE_NOTIFY);
			client.run();
			assertTrue(client.engine.isInboundDone());
		}
	}

	@Test
	void jsseAcceptsAllFramingsAndAuthenticatesItself() throws Exception {
		for (Framing framing : List.of(Framing.COALESCED, Framing.pieces(7), Framing.random(4, 300), Framing.cutAt(3))) {
			for (String kind : new String[] { "P-256", "P-384", "Ed25519", "RSA-2048" }) {
				ScriptedServer12 server = new ScriptedServer12().script(Script12.requested());
				server.framing = framing;
				server.requestAuthorities = List.of(ServerIdentity.rootName());
				JssePeer client = new JssePeer(JssePeer.context(ServerIdentity.of(kind), false), server, "TLSv1.2");
				server.then(ServerStep12.data(PONG));
				client.run();
				assertArrayEquals(PONG, client.received());
				assertEquals(1, server.client.chain.size());
				assertTrue(server.client.scheme != 0);
			}
		}
	}

	@Test
	void jsseResumesByIdAndByTicket() throws Exception {
		for (boolean ticket : new boolean[] { false, true }) {
			SSLContext context = JssePeer.context(null, false);
			ScriptedServer12 first = new ScriptedServer12().script(ticket ? Script12.full().withTicket() : Script12.full());
			first.issuesTicket = ticket;
			first.sessionId = ticket ? new byte[0] : first.sessionId;
			JssePeer client = new JssePeer(context, first, "TLSv1.2");
			client.run();
			assertTrue(first.client.finished);
			ScriptedServer12 second = new ScriptedServer12().script(ticket ? Script12.resumed().withTicket() : Script12.resumed());
			second.session = first.established;
			second.issuesTicket = ticket;
			second.random = ScriptedPeer.bytes(9, 32);
			JssePeer again = new JssePeer(context, second, "TLSv1.2");
			second.then(ServerStep12.data(PONG));
			again.send(PING);
			again.run();
			assertTrue(second.resuming());
			assertArrayEquals(PING, second.client.data());
			assertArrayEquals(PONG, again.received());
			assertArrayEquals(first.established.master, second.established.master);
		}
	}

	@Test
	void jsseRefusesWhatIsWrong() throws Exception {
		assertAlert(s -> s.signature = x -> Messages.flip(x, -1), TlsNumbers.HANDSHAKE_FAILURE);
		assertAlert(s -> s.keyExchange = f -> f.group = 0x1234, TlsNumbers.ILLEGAL_PARAMETER);
		assertAlert(s -> s.finishedData = v -> Messages.flip(v, 0), TlsNumbers.DECRYPT_ERROR);
		assertAlert(s -> s.script(Script12.full().before(ServerStep12.KEY_EXCHANGE, ServerStep12.CCS_RECORD)), TlsNumbers.UNEXPECTED_MESSAGE);
		assertAlert(s -> s.serverHello = f -> f.version = 0x0301, TlsNumbers.PROTOCOL_VERSION);
		assertAlert(s -> s.script(Script12.full().remove(ServerStep12.CERTIFICATE)), TlsNumbers.HANDSHAKE_FAILURE);
	}

	@Test
	void jsseNoticesADowngrade() throws Exception {
		ScriptedServer12 server = new ScriptedServer12();
		server.serverHello = f -> f.downgradeSentinel(true);
		JssePeer client = new JssePeer(JssePeer.context(null, false), server, "TLSv1.3", "TLSv1.2");
		assertThrows(SSLException.class, client::run);
		client.drain();
		assertEquals(TlsNumbers.ILLEGAL_PARAMETER, server.client.alert().description());
	}

	private static void assertAlert(Consumer<ScriptedServer12> wrong, int description) throws Exception {
		ScriptedServer12 server = new ScriptedServer12();
		wrong.accept(server);
		JssePeer client = new JssePeer(JssePeer.context(null, false), server, "TLSv1.2");
		assertThrows(SSLException.class, client::run);
		client.drain();
		assertEquals(description, server.client.alert().description());
	}

	static Stream<Suite12> all() {
		return Suite12.all().stream();
	}

	@ParameterizedTest
	@MethodSource("all")
	void bouncyCastleCompletesAHandshake(Suite12 suite) throws Exception {
		ScriptedServer12 server = new ScriptedServer12();
		server.suite = suite;
		if (suite.exchange.preShared()) {
			server.script(Script12.psk());
			server.psk = Psk.external("a device", KEY);
			server.pskHint = suite.exchange == Suite12.Exchange.PSK && suite.aead == AeadKind.CCM ? PONG : null;
		} else {
			server.identity = identity(suite);
		}
		BcPeer client = new BcPeer(server, ProtocolVersion.TLSv12, suite.number);
		client.psk = server.psk;
		server.then(ServerStep12.data(PONG));
		client.start().run();
		client.send(PING);
		assertArrayEquals(PING, server.client.data());
		assertArrayEquals(PONG, client.received());
		assertEquals(suite.exchange.preShared(), server.client.pskIdentity != null);
		assertNotNull(client.established);
		ScriptedServer12 second = new ScriptedServer12().script(Script12.resumed());
		second.session = server.established;
		second.random = ScriptedPeer.bytes(8, 32);
		BcPeer again = new BcPeer(second, ProtocolVersion.TLSv12, suite.number);
		again.session = client.established;
		again.psk = server.psk;
		again.start().run();
		again.send(PING);
		assertArrayEquals(PING, second.client.data());
	}

	@Test
	void bouncyCastleRefusesAnotherPreSharedKey() throws Exception {
		ScriptedServer12 server = new ScriptedServer12().script(Script12.psk());
		server.psk = Psk.external("a device", KEY);
		BcPeer client = new BcPeer(server, ProtocolVersion.TLSv12, Suite12.PSK_WITH_AES_128_CCM_8.number);
		client.psk = Psk.external("a device", PING);
		client.start();
		assertThrows(IllegalStateException.class, client::run);
		assertFalse(server.client.finished);
	}
}
