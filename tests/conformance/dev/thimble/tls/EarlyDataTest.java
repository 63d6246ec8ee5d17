/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static dev.thimble.support.TlsNumbers.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.support.EarlyData;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.Framing;
import dev.thimble.support.Octets;
import dev.thimble.support.Psk;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerStep;

/** Early data of a client (RFC 8446 §2.3, §4.2.10): accepted, refused, and lied about. */
class EarlyDataTest {

	private static final byte[] EARLY = ScriptedServer.bytes(9, 700);
	private static final byte[] KEY = ScriptedServer.bytes(4, 32);
	private static final byte[] LATER = { 4, 5, 6 };

	private final Session session = new Session(new byte[600], 0, 600);

	private EngineConfig config() {
		return EngineHarness.config().session(this.session).earlyData(true);
	}

	private ScriptedServer first(EngineConfig config, long most, int suite, String alpn) {
		ScriptedServer server = new ScriptedServer();
		server.suite = suite;
		server.alpn = alpn;
		EngineHarness harness = EngineHarness.connect(config, server);
		harness.then(ServerStep.ticket(t -> t.maxEarlyData(most)));
		assertEquals("E_NONE", TlsError.name(harness.engine.error()));
		assertTrue(this.session.valid());
		return server;
	}

	private ScriptedServer second(ScriptedServer first, Script script, EarlyData verdict) {
		ScriptedServer server = new ScriptedServer().script(script);
		server.psks.addAll(first.tickets);
		server.suite = first.suite;
		server.alpn = first.alpn;
		server.earlyData = verdict;
		return server;
	}

	private static EngineHarness connect(EngineConfig config, ScriptedServer server, byte[] early) {
		EngineHarness harness = new EngineHarness(new TlsEngine(config), server);
		harness.sendsEarly = true;
		// Queued before there is a connection.
		harness.send(early);
		return harness.start();
	}

	private static void assertConnected(EngineHarness harness, boolean resumed, boolean accepted) {
		assertEquals("E_NONE", TlsError.name(harness.engine.error()));
		assertTrue(harness.engine.handshakeComplete());
		assertEquals(resumed, harness.engine.resumed());
		assertEquals(accepted, harness.engine.earlyDataAccepted());
		assertEquals(accepted, harness.server.earlyDataAccepted);
		assertEquals(accepted, harness.server.client.endOfEarlyData);
		int before = harness.server.client.data().length;
		harness.then(ServerStep.data(LATER)).send(LATER);
		assertArrayEquals(LATER, harness.received());
		byte[] data = harness.server.client.data();
		assertArrayEquals(LATER, Arrays.copyOfRange(data, before, data.length));
	}

	@ParameterizedTest
	@ValueSource(ints = { AES_128_GCM_SHA256, AES_256_GCM_SHA384, CHACHA20_POLY1305_SHA256, AES_128_CCM_SHA256 })
	void isAccepted(int suite) {
		for (boolean compatible : new boolean[] { true, false }) {
			for (int chunk : new int[] { 1, 70, Integer.MAX_VALUE }) {
				ScriptedServer server = second(first(config(), 16384, suite, null), Script.early(), EarlyData.ACCEPT);
				EngineHarness harness = new EngineHarness(new TlsEngine(config().middleboxCompatibility(compatible)), server);
				harness.sendsEarly = true;
				harness.outChunk = chunk;
				harness.chunk = chunk;
				harness.send(EARLY).start();
				assertArrayEquals(EARLY, server.client.earlyData());
				assertEquals(compatible ? 1 : 0, server.client.changeCipherSpecs);
				assertConnected(harness, true, true);
				assertArrayEquals(LATER, server.client.data());
				harness.engine.abort();
				assertNull(new SecretSearch().add(server).add("early traffic", server.schedule.clientEarly).findIn(harness.engine));
			}
		}
	}

	@Test
	void goesToTheServersLimitAndNotBeyond() {
		for (int most : new int[] { 1, 511, 512, 513, 699, 700 }) {
			ScriptedServer server = second(first(config(), most, 0, null), Script.early(), EarlyData.ACCEPT);
			EngineHarness harness = connect(config(), server, EARLY);
			assertArrayEquals(Arrays.copyOf(EARLY, most), server.client.earlyData());
			// What did not fit goes the usual way.
			assertArrayEquals(Arrays.copyOfRange(EARLY, most, EARLY.length), server.client.data());
			assertConnected(harness, true, true);
		}
	}

	@Test
	void mayBeNoneAtAll() {
		ScriptedServer server = second(first(config(), 0xffffffffL, 0, null), Script.early(), EarlyData.ACCEPT);
		EngineHarness harness = connect(config(), server, new byte[0]);
		assertEquals(0, server.client.earlyData().length);
		assertConnected(harness, true, true);
	}

	/** What the application has put into the window goes out before the server's answer is read. */
	@Test
	void waitsForNoFlushOnceTheServerAnswers() {
		ScriptedServer server = second(first(config(), 100, 0, null), Script.early(), EarlyData.ACCEPT);
		TlsEngine engine = new TlsEngine(config());
		EngineHarness harness = new EngineHarness(engine, server);
		harness.sendsEarly = true;
		engine.start(dev.thimble.support.ServerIdentity.SERVER_NAME);
		while (engine.appOutLength() == 0) {
			engine.step();
			takeOut(engine, server);
		}
		assertEquals(100, engine.appOutLength());
		engine.appOutArray()[engine.appOutOffset()] = 42;
		engine.appOutAck(1);
		harness.run();
		assertArrayEquals(Octets.of(42), server.client.earlyData());
		assertConnected(harness, true, true);
	}

	private static void takeOut(TlsEngine engine, ScriptedServer server) {
		int n = engine.recordOutLength();
		if (n > 0) {
			byte[] out = Arrays.copyOfRange(engine.recordOutArray(), engine.recordOutOffset(), engine.recordOutOffset() + n);
			engine.recordOutAck(n);
			server.receive(out);
		}
	}

	@Test
	void isRefused() {
		ScriptedServer server = second(first(config(), 16384, 0, null), Script.psk(), EarlyData.REJECT);
		EngineHarness harness = connect(config(), server, EARLY);
		assertTrue(server.client.skipped > 0);
		// Nothing is sent a second time by itself.
		assertEquals(0, server.client.data().length);
		assertConnected(harness, true, false);
	}

	@Test
	void isRefusedWithTheSession() {
		ScriptedServer server = second(first(config(), 16384, 0, null), Script.full(), EarlyData.REJECT);
		server.psks.clear();
		server.framing = Framing.pieces(10);
		EngineHarness harness = connect(config(), server, EARLY);
		assertEquals(0, server.client.data().length);
		assertConnected(harness, false, false);
	}

	@Test
	void isRefusedByARetry() {
		ScriptedServer server = second(first(config(), 16384, 0, null), Script.retriedPsk().remove(ServerStep.CHANGE_CIPHER_SPEC), EarlyData.REJECT);
		server.group = KeyAgreement.SECP256R1;
		server.cookie = ScriptedServer.bytes(5, 200);
		EngineHarness harness = connect(config(), server, EARLY);
		assertEquals(0, server.client.data().length);
		assertConnected(harness, true, false);
		assertFalse(server.client.hellos.get(1).extensions.containsKey(EARLY_DATA));
		assertEquals(1, server.client.changeCipherSpecs);
	}

	@Test
	void isNotOfferedUnlessAllowedByBoth() {
		ScriptedServer first = first(config(), 0, 0, null);
		assertNotOffered(first, config());
		first = first(config(), 100, 0, null);
		assertNotOffered(first, config().earlyData(false));
		assertNotOffered(first, config());
		assertFalse(new TlsEngine(EngineHarness.config().earlyData(true)).earlyDataAccepted());
	}

	private void assertNotOffered(ScriptedServer first, EngineConfig config) {
		boolean resumed = this.session.valid();
		ScriptedServer server = second(first, resumed ? Script.psk() : Script.full(), EarlyData.IGNORE);
		EngineHarness harness = EngineHarness.connect(config, server);
		assertFalse(server.client.lastHello().extensions.containsKey(EARLY_DATA));
		assertConnected(harness, resumed, false);
	}

	static final List<Refusal> WRONG = List.of(
			Refusal.of("another suite of the same hash", TlsError.EARLY_DATA, ILLEGAL_PARAMETER, s -> s.suite = CHACHA20_POLY1305_SHA256),
			Refusal.of("another application protocol", TlsError.EARLY_DATA, ILLEGAL_PARAMETER, s -> s.alpn = "b"),
			Refusal.of("no application protocol", TlsError.EARLY_DATA, ILLEGAL_PARAMETER, s -> s.alpn = null),
			Refusal.of("another key", TlsError.EARLY_DATA, ILLEGAL_PARAMETER, s -> {
				s.psk = Psk.external("key", KEY);
				s.earlyData = EarlyData.IGNORE;
				s.encryptedExtensions = e -> e.add(EARLY_DATA, new byte[0]);
			}),
			Refusal.of("early_data with something in it", TlsError.DECODE_ERROR, DECODE_ERROR,
					s -> s.encryptedExtensions = e -> e.set(EARLY_DATA, new byte[1])));

	/** The server cannot open our alert: it reads under the keys of early data it said it accepts. */
	@ParameterizedTest
	@FieldSource("WRONG")
	void refuses(Refusal refusal) {
		EngineConfig config = config().applicationProtocols("a", "b")
				.preSharedKeys(new PreSharedKey("key".getBytes(java.nio.charset.StandardCharsets.US_ASCII), KEY));
		ScriptedServer server = second(first(config, 100, AES_128_GCM_SHA256, "a"), Script.early(), EarlyData.ACCEPT);
		refusal.server().accept(server);
		EngineHarness harness = new EngineHarness(new TlsEngine(config), server);
		harness.sendsEarly = true;
		try {
			harness.start();
		} catch (IllegalStateException e) {
			assertTrue(e.getMessage().contains("decrypt"), e.getMessage());
		}
		assertEquals(TlsError.name(refusal.error()), TlsError.name(harness.engine.error()));
		assertEquals(refusal.alert(), harness.engine.alertSent());
		assertFalse(harness.everComplete);
	}

	@Test
	void isRefusedWhereItBelongsNowhere() {
		ScriptedServer server = second(first(config(), 100, 0, null), Script.psk(), EarlyData.ACCEPT);
		server.serverHello = f -> f.extensions.add(EARLY_DATA, new byte[0]);
		EngineHarness harness = new EngineHarness(new TlsEngine(config()), server);
		harness.sendsEarly = true;
		try {
			harness.start();
		} catch (IllegalStateException e) {
			assertTrue(e.getMessage().contains("decrypt"), e.getMessage());
		}
		assertEquals("E_MISPLACED_EXTENSION", TlsError.name(harness.engine.error()));
	}

	/** A connection can end at any moment before the server answers. */
	@Test
	void canBeGivenUp() {
		ScriptedServer first = first(config(), 100, 0, null);
		ScriptedServer server = second(first, Script.of(ServerStep.AWAIT_HELLO), EarlyData.ACCEPT);
		EngineHarness harness = connect(config(), server, new byte[0]);
		assertTrue((harness.engine.state() & TlsEngine.WANTS_APP_OUT) != 0);
		assertTrue((harness.engine.state() & TlsEngine.WANTS_RECORD_IN) != 0);
		assertFalse(harness.engine.keyUpdate(true));
		harness.engine.shutdown();
		assertEquals("E_ABORTED", TlsError.name(harness.engine.error()));
		assertEquals(0, harness.engine.appOutLength());
		assertFalse(harness.engine.earlyDataAccepted());
	}
}
