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
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.ClientRecords;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerStep;

/** How a connection ends: alerts, close_notify in both directions, truncation (RFC 8446 §6). */
class ClosureTest {

	private static final byte[] DATA = ScriptedServer.bytes(11, 5000);

	/** Before any key, under the handshake keys, and connected: an alert ends everything, whatever level it claims, and is not answered. */
	@ParameterizedTest
	@ValueSource(ints = { 10, 20, 22, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 60, 70, 71, 80, 86, 100, 109, 110, 111, 112, 113,
			114, 115, 116, 120, 1, 89, 200, 255 })
	void endsAtEveryAlert(int description) {
		for (int level : new int[] { 2, 1, 0, 77 }) {
			List<Script> moments = List.of(Script.full().until(ServerStep.HELLO), Script.retried().until(ServerStep.HELLO),
					Script.full().until(ServerStep.EXTENSIONS), Script.full().until(ServerStep.VERIFY), Script.full());
			for (Script moment : moments) {
				ScriptedServer server = new ScriptedServer().script(moment);
				server.group = moment.steps().contains(ServerStep.RETRY) ? SECP256R1 : 0;
				EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
				harness.then(ServerStep.alert(level, description));
				Refusal.assertEndedSilently(harness,
						description == Alert.PROTOCOL_VERSION ? TlsError.VERSION_REFUSED : TlsError.ALERT_RECEIVED);
				assertEquals(description, harness.engine.alertReceived());
				assertEquals(0, harness.received().length);
			}
		}
	}

	@Test
	void closeNotifyDuringTheHandshakeIsNoCleanEnd() {
		for (Script script : List.of(Script.full().until(ServerStep.HELLO), Script.full().until(ServerStep.EXTENSIONS),
				Script.full().until(ServerStep.FINISHED))) {
			ScriptedServer server = new ScriptedServer().script(script.add(ServerStep.CLOSE_NOTIFY));
			EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
			Refusal.assertEndedSilently(harness, TlsError.ALERT_RECEIVED);
			assertEquals(CLOSE_NOTIFY, harness.engine.alertReceived());
		}
	}

	@Test
	void userCanceledAloneEndsNothing() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		harness.then(ServerStep.alert(1, USER_CANCELED), ServerStep.data(DATA), ServerStep.alert(1, USER_CANCELED), ServerStep.CLOSE_NOTIFY);
		assertEquals(0, harness.engine.error());
		assertArrayEquals(DATA, harness.received());
		assertTrue(harness.engine.peerClosed());
	}

	@Test
	void closesCleanlyWhenThePeerClosesFirst() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		harness.then(ServerStep.data(DATA), ServerStep.CLOSE_NOTIFY);
		assertTrue(harness.engine.peerClosed());
		assertFalse(harness.closed());
		// RFC 8446 §6.1: our direction stays open.
		harness.send(DATA);
		assertArrayEquals(DATA, server.client.data());
		harness.engine.shutdown();
		harness.run();
		assertCleanEnd(harness);
	}

	@Test
	void thePeerMayCloseRightBehindItsFinished() {
		ScriptedServer server = new ScriptedServer().script(Script.full().after(ServerStep.APPLICATION_KEYS, ServerStep.data(DATA),
				ServerStep.CLOSE_NOTIFY));
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		assertTrue(server.client.finished);
		assertTrue(harness.engine.peerClosed());
		assertArrayEquals(DATA, harness.received());
		harness.send(DATA);
		assertArrayEquals(DATA, server.client.data());
		harness.engine.shutdown();
		harness.run();
		assertCleanEnd(harness);
	}

	@Test
	void closesCleanlyWhenWeCloseFirst() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		harness.engine.shutdown();
		harness.run();
		assertEquals(new ClientRecords.Alert(1, CLOSE_NOTIFY, true), server.client.alert());
		assertFalse(harness.closed());
		// Half-closed: receiving goes on.
		harness.then(ServerStep.data(DATA), ServerStep.TICKET, ServerStep.data(DATA));
		assertArrayEquals(Octets.concat(DATA, DATA), harness.received());
		harness.then(ServerStep.CLOSE_NOTIFY);
		assertCleanEnd(harness);
		assertEquals(1, server.client.alerts.size());
	}

	@Test
	void sendsWhatWasPendingBeforeCloseNotify() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		TlsEngine engine = harness.engine;
		System.arraycopy(DATA, 0, engine.appOutArray(), engine.appOutOffset(), 100);
		engine.appOutAck(100);
		engine.shutdown();
		assertEquals(0, engine.appOutLength());
		harness.run().then(ServerStep.CLOSE_NOTIFY);
		assertArrayEquals(Arrays.copyOf(DATA, 100), server.client.data());
		assertCleanEnd(harness);
	}

	@Test
	void nothingBehindCloseNotifyIsDelivered() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		harness.then(ServerStep.CLOSE_NOTIFY, ServerStep.data(DATA));
		assertEquals(0, harness.received().length);
		assertEquals(0, harness.engine.recordInLength());
		harness.engine.shutdown();
		harness.run();
		assertCleanEnd(harness);
	}

	@Test
	void anErrorBehindOurCloseNotifyIsNotAnswered() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		harness.engine.shutdown();
		harness.run().then(ServerStep.message(Messages.keyUpdate(7)));
		assertEquals(TlsError.KEY_UPDATE_VALUE, harness.engine.error());
		assertTrue(harness.closed());
		assertEquals(1, server.client.alerts.size());
	}

	/** The server's bytes cut behind each of them: never a clean end, never a byte delivered. */
	@Test
	void everyTruncationIsAnError() {
		TlsEngine engine = new TlsEngine(EngineHarness.config());
		ScriptedServer whole = new ScriptedServer();
		whole.ephemeral = null;
		new EngineHarness(engine, whole).start();
		int cut = 0;
		for (boolean open = true; open; cut++) {
			int at = cut;
			ScriptedServer server = new ScriptedServer();
			int[] sent = { 0 };
			server.recordEdit = record -> {
				int from = sent[0];
				sent[0] += record.length;
				return Arrays.copyOf(record, Math.max(0, Math.min(record.length, at - from)));
			};
			EngineHarness harness = new EngineHarness(engine, server).start();
			open = !engine.handshakeComplete();
			harness.end();
			assertTrue(harness.closed(), "cut at " + cut);
			assertEquals(TlsError.name(TlsError.TRUNCATED), TlsError.name(engine.error()), "cut at " + cut);
			assertEquals(0, harness.received().length);
			assertNull(new SecretSearch().add(server).findIn(engine));
		}
		System.out.println("Truncations: " + cut);
		assertTrue(cut > 700);
	}

	@Test
	void aTruncatedStreamDeliversTheWholeRecordsOnly() {
		for (int missing = 0; missing <= 23; missing++) {
			int less = missing;
			ScriptedServer server = new ScriptedServer();
			EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
			harness.then(ServerStep.data(Octets.of(1)));
			server.recordEdit = record -> Arrays.copyOf(record, record.length - less);
			harness.then(ServerStep.data(Octets.of(2))).end();
			Refusal.assertEndedSilently(harness, TlsError.TRUNCATED);
			assertArrayEquals(missing == 0 ? Octets.of(1, 2) : Octets.of(1), harness.received());
		}
	}

	@Test
	void theEndOfTheTransportIsCleanBehindCloseNotify() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		harness.then(ServerStep.data(DATA), ServerStep.CLOSE_NOTIFY).end();
		assertEquals(0, harness.engine.error());
		assertArrayEquals(DATA, harness.received());
		harness.engine.shutdown();
		harness.run();
		assertCleanEnd(harness);
	}

	/** Data that arrived whole before the cut is still given to the application that was slow to take it. */
	@Test
	void theEndOfTheTransportWaitsForTheApplication() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		harness.takesData = false;
		harness.then(ServerStep.data(Octets.of(1, 2, 3)));
		harness.engine.recordInEnd();
		assertEquals(0, harness.engine.error());
		harness.takesData = true;
		harness.run();
		assertArrayEquals(Octets.of(1, 2, 3), harness.received());
		assertEquals(TlsError.TRUNCATED, harness.engine.error());
		assertTrue(harness.closed());
	}

	@Test
	void abortWipesAtOnce() {
		for (Script script : List.of(Script.full().until(ServerStep.HELLO), Script.full().until(ServerStep.EXTENSIONS),
				Script.full().until(ServerStep.FINISHED), Script.full())) {
			ScriptedServer server = new ScriptedServer().script(script);
			EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
			harness.engine.abort();
			harness.run();
			Refusal.assertEndedSilently(harness, TlsError.ABORTED);
			harness.engine.abort();
			assertEquals(TlsError.ABORTED, harness.engine.error());
		}
	}

	@Test
	void shutdownDuringTheHandshakeEndsIt() {
		ScriptedServer server = new ScriptedServer().script(Script.full().until(ServerStep.VERIFY));
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		harness.engine.shutdown();
		harness.run();
		assertTrue(harness.closed());
		assertEquals(TlsError.ABORTED, harness.engine.error());
		assertNull(new SecretSearch().add(server).findIn(harness.engine));
	}

	@Test
	void aClosedEngineDoesNothing() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		TlsEngine engine = harness.engine;
		engine.abort();
		engine.step();
		engine.flush();
		engine.shutdown();
		engine.recordInEnd();
		assertEquals(TlsEngine.CLOSED, engine.state());
		assertEquals(0, engine.recordInLength() + engine.recordOutLength() + engine.appInLength() + engine.appOutLength());
		assertFalse(engine.keyUpdate(true));
		assertFalse(engine.export(new byte[3], new byte[0], new byte[9], 0, 9));
	}

	private static void assertCleanEnd(EngineHarness harness) {
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertEquals(TlsEngine.CLOSED, harness.engine.state());
		assertEquals(CLOSE_NOTIFY, harness.engine.alertSent());
		assertEquals(new ClientRecords.Alert(1, CLOSE_NOTIFY, true), harness.server.client.alert());
		assertEquals(CLOSE_NOTIFY, harness.engine.alertReceived());
		assertNull(new SecretSearch().add(harness.server).findIn(harness.engine), "secrets left");
	}
}
