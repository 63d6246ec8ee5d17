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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripted client's own test: other people's TLS servers find it right when its script is right, and wrong when it is not. */
class ScriptedClientTest {

	private static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] PONG = "a somewhat longer pong".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] KEY = ScriptedPeer.bytes(77, 32);

	static Stream<Arguments> jsse() {
		return Stream.of(TlsNumbers.AES_128_GCM_SHA256, TlsNumbers.AES_256_GCM_SHA384, TlsNumbers.CHACHA20_POLY1305_SHA256)
				.flatMap(suite -> Stream.of(TlsNumbers.X25519, TlsNumbers.SECP256R1, TlsNumbers.SECP384R1)
						.flatMap(group -> Stream.of("P-256", "P-384", "RSA-2048", "RSA-PSS").map(kind -> Arguments.of(suite, group, kind))));
	}

	@ParameterizedTest
	@MethodSource("jsse")
	void jsseCompletesAHandshake(int suite, int group, String kind) throws Exception {
		for (boolean retry : new boolean[] { false, true }) {
			ScriptedClient client = new ScriptedClient().script(retry ? ClientScript.retried() : ClientScript.full());
			client.suites = List.of(suite);
			client.groups = List.of(group);
			client.shares = retry ? List.of() : List.of(group);
			client.server.mostChangeCipherSpecs = retry ? 2 : 1;
			JssePeer server = new JssePeer(JssePeer.context(ServerIdentity.of(kind, retry ? 2 : 0), true), client, "TLSv1.3");
			client.then(ClientStep.data(PING), ClientStep.keyUpdate(true), ClientStep.data(PING));
			server.run();
			server.send(PONG);
			server.run();
			assertTrue(client.server.finished);
			assertEquals(retry, client.server.retry != null);
			assertArrayEquals(Octets.concat(PING, PING), server.received());
			assertArrayEquals(PONG, client.server.data());
			assertEquals(1, client.server.keyUpdates);
			assertEquals(retry ? 3 : 1, client.server.chain.size());
			client.then(ClientStep.CLOSE_NOTIFY);
			server.run();
			assertTrue(server.engine.isInboundDone());
		}
	}

	@Test
	void jsseAcceptsAllFramings() throws Exception {
		for (Framing framing : List.of(Framing.COALESCED, Framing.pieces(7), Framing.random(4, 300), Framing.cutAt(3))) {
			ScriptedClient client = new ScriptedClient().script(ClientScript.certified());
			client.identity = ServerIdentity.of("P-384", 1);
			client.framing = framing;
			client.padding = () -> 17;
			JssePeer server = new JssePeer(JssePeer.context(ServerIdentity.of("P-256"), true), client, "TLSv1.3");
			server.engine.setNeedClientAuth(true);
			server.run();
			client.then(ClientStep.data(PING));
			server.run();
			assertArrayEquals(PING, server.received());
			assertNotNull(client.server.request);
			assertEquals(2, server.engine.getSession().getPeerCertificates().length);
		}
	}

	@Test
	void jsseChoosesAProtocol() throws Exception {
		ScriptedClient client = new ScriptedClient();
		client.alpn = List.of("h2", "mqtt");
		JssePeer server = new JssePeer(JssePeer.context(ServerIdentity.of("P-256"), true), client, "TLSv1.3");
		SSLParameters parameters = server.engine.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { "mqtt" });
		server.engine.setSSLParameters(parameters);
		server.run();
		assertEquals("mqtt", client.server.alpn());
		assertNull(new ScriptedClient().server.alpn());
	}

	@Test
	void jsseResumesTickets() throws Exception {
		for (boolean retry : new boolean[] { false, true }) {
			SSLContext context = JssePeer.context(ServerIdentity.of("P-256"), true);
			ScriptedClient first = new ScriptedClient();
			new JssePeer(context, first, "TLSv1.3").run();
			assertFalse(first.server.tickets.isEmpty());
			assertFalse(first.server.resumed());
			ScriptedClient second = new ScriptedClient().script(retry ? ClientScript.retried() : ClientScript.full());
			second.psks.addAll(first.server.tickets);
			second.shares = retry ? List.of() : second.shares;
			second.server.mostChangeCipherSpecs = retry ? 2 : 1;
			JssePeer server = new JssePeer(context, second, "TLSv1.3");
			second.then(ClientStep.data(PING));
			server.run();
			assertTrue(second.server.resumed());
			assertNull(second.server.certificate);
			assertArrayEquals(PING, server.received());
		}
	}

	@Test
	void jsseRefusesWhatIsWrong() throws Exception {
		assertAlert(c -> c.beforeHash.put(TlsNumbers.FINISHED, m -> Messages.flip(m, -1)), TlsNumbers.DECRYPT_ERROR);
		// RFC 8446 §4.4.3 asks for decrypt_error; JSSE says it this way.
		assertAlert(c -> c.beforeHash.put(TlsNumbers.CERTIFICATE_VERIFY, m -> Messages.flip(m, -1)), TlsNumbers.HANDSHAKE_FAILURE);
		assertAlert(c -> c.hello = f -> f.extensions.remove(TlsNumbers.SUPPORTED_GROUPS), TlsNumbers.MISSING_EXTENSION);
		assertAlert(c -> c.hello = f -> f.suites = List.of(0x1399), TlsNumbers.HANDSHAKE_FAILURE);
		assertAlert(c -> c.script(ClientScript.certified().remove(ClientStep.VERIFY)), TlsNumbers.UNEXPECTED_MESSAGE);
	}

	private static void assertAlert(Consumer<ScriptedClient> wrong, int description) throws Exception {
		ScriptedClient client = new ScriptedClient().script(ClientScript.certified());
		client.identity = ServerIdentity.of("P-256");
		wrong.accept(client);
		JssePeer server = new JssePeer(JssePeer.context(ServerIdentity.of("P-256"), true), client, "TLSv1.3");
		server.engine.setNeedClientAuth(true);
		assertThrows(SSLException.class, server::run);
		server.drain();
		assertEquals(description, client.server.alert().description());
	}

	@Test
	void bouncyCastleUsesAnExternalKey() throws Exception {
		for (int suite : new int[] { TlsNumbers.AES_256_GCM_SHA384, TlsNumbers.AES_128_CCM_SHA256 }) {
			for (boolean retry : new boolean[] { false, true }) {
				ScriptedClient client = new ScriptedClient().script(retry ? ClientScript.retried() : ClientScript.full());
				client.psks.add(Psk.external("an unknown device", PING));
				client.psks.add(Psk.external(PONG, KEY, ReferenceSchedule.digest(suite)));
				client.shares = retry ? List.of() : client.shares;
				BcPeer server = new BcPeer(client, ProtocolVersion.TLSv13, suite);
				server.psk = client.psks.get(1);
				client.psks.remove(0);
				client.then(ClientStep.data(PING));
				server.start().run();
				server.send(PONG);
				assertEquals(server.psk, client.server.pskSelected);
				assertArrayEquals(PING, server.received());
				assertArrayEquals(PONG, client.server.data());
			}
		}
	}

	@Test
	void bouncyCastleRefusesAWrongBinder() throws Exception {
		ScriptedClient client = new ScriptedClient();
		client.psks.add(Psk.external("a device", KEY));
		client.binder = (index, value) -> Messages.flip(value, 3);
		BcPeer server = new BcPeer(client, ProtocolVersion.TLSv13, TlsNumbers.AES_128_GCM_SHA256);
		server.psk = client.psks.get(0);
		server.start();
		assertThrows(TlsFatalAlert.class, server::run);
		server.drain();
		assertEquals(TlsNumbers.DECRYPT_ERROR, client.server.alert().description());
	}

	@Test
	void bouncyCastleTakesARawPublicKey() throws Exception {
		ScriptedClient client = new ScriptedClient().script(ClientScript.certified());
		client.identity = ServerIdentity.of("P-256");
		client.rawKey = true;
		BcPeer server = new BcPeer(client, ProtocolVersion.TLSv13, TlsNumbers.AES_128_CCM_SHA256);
		server.identity = ServerIdentity.of("P-256", 1);
		server.rawKeys = true;
		client.serverRawKey = true;
		server.requestsCertificate = true;
		client.then(ClientStep.data(PING));
		server.start().run();
		assertArrayEquals(PING, server.received());
		assertArrayEquals(client.identity.rawKey(), server.clientCertificate);
		assertArrayEquals(server.identity.rawKey(), client.server.chain.get(0));
	}

	/** What no other peer here does: early data accepted and rejected, keys without (EC)DHE. */
	@Test
	void theScriptedServerAgrees() {
		for (EarlyData what : EarlyData.values()) {
			for (int mode : new int[] { Psk.ONLY, Psk.DHE }) {
				ScriptedServer server = new ScriptedServer().script(what == EarlyData.ACCEPT ? Script.early() : Script.psk());
				ScriptedClient client = new ScriptedClient().script(what == EarlyData.IGNORE ? ClientScript.full() : ClientScript.early());
				client.psks.add(Psk.imported("device", KEY, "context"));
				client.pskModes = List.of(mode);
				client.earlyData = what == EarlyData.IGNORE ? null : PING;
				server.psks.addAll(client.psks);
				server.earlyData = what;
				server.then(ServerStep.TICKET, ServerStep.data(PONG));
				client.then(ClientStep.data(PING));
				pump(client, server);
				assertArrayEquals(PING, server.client.data());
				assertArrayEquals(PONG, client.server.data());
				assertArrayEquals(what == EarlyData.ACCEPT ? PING : new byte[0], server.client.earlyData());
				assertEquals(what == EarlyData.REJECT ? 1 : 0, server.client.skipped);
				assertEquals(mode == Psk.ONLY, client.server.sharedSecret == null);
				assertArrayEquals(server.tickets.get(0).key, client.server.tickets.get(0).key);
			}
		}
	}

	@Test
	void theScriptedServerSkipsEarlyDataAfterARetry() {
		ScriptedServer server = new ScriptedServer().script(Script.retriedPsk());
		ScriptedClient client = new ScriptedClient().script(ClientScript.early().before(ClientStep.AWAIT_FINISHED, ClientStep.AWAIT_RETRY,
				ClientStep.HELLO));
		client.psks.add(Psk.external("device", KEY));
		client.earlyData = PING;
		server.psks.addAll(client.psks);
		server.earlyData = EarlyData.REJECT;
		server.group = TlsNumbers.SECP256R1;
		client.then(ClientStep.data(PONG));
		pump(client, server);
		assertArrayEquals(PONG, server.client.data());
		assertEquals(1, server.client.skipped);
	}

	private static void pump(Peer one, Peer other) {
		for (int quiet = 0; quiet < 2; quiet++) {
			byte[] there = one.take();
			other.receive(there);
			byte[] back = other.take();
			one.receive(back);
			quiet = there.length + back.length > 0 ? 0 : quiet;
		}
	}
}
