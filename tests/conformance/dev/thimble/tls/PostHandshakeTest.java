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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import dev.thimble.support.EngineHarness;
import dev.thimble.support.ExtensionList;
import dev.thimble.support.Framing;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerStep;

/** NewSessionTicket and KeyUpdate (RFC 8446 §4.6), right and wrong. */
class PostHandshakeTest {

	private static final byte[] EMPTY = new byte[0];

	static final List<Refusal> WRONG = List.of(
			message("KeyUpdate 2", TlsError.KEY_UPDATE_VALUE, ILLEGAL_PARAMETER, Messages.keyUpdate(2)),
			message("KeyUpdate 255", TlsError.KEY_UPDATE_VALUE, ILLEGAL_PARAMETER, Messages.keyUpdate(255)),
			message("KeyUpdate without a value", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.message(KEY_UPDATE, EMPTY)),
			message("KeyUpdate of two bytes", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.message(KEY_UPDATE, new byte[2])),
			message("a ticket behind KeyUpdate in one record", TlsError.MESSAGE_SPANS_KEY_CHANGE, UNEXPECTED_MESSAGE,
					Octets.concat(Messages.keyUpdate(0), Messages.newSessionTicket())),
			message("a byte behind KeyUpdate in one record", TlsError.MESSAGE_SPANS_KEY_CHANGE, UNEXPECTED_MESSAGE,
					Octets.concat(Messages.keyUpdate(1), Octets.of(4))),
			message("two KeyUpdates in one record", TlsError.MESSAGE_SPANS_KEY_CHANGE, UNEXPECTED_MESSAGE,
					Octets.concat(Messages.keyUpdate(0), Messages.keyUpdate(0))),
			message("an empty ticket", TlsError.DECODE_ERROR, DECODE_ERROR,
					Messages.newSessionTicket(7200, EMPTY, EMPTY, new ExtensionList())),
			message("NewSessionTicket without a body", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.message(NEW_SESSION_TICKET, EMPTY)),
			message("NewSessionTicket of TLS 1.2", TlsError.DECODE_ERROR, DECODE_ERROR,
					Octets.message(NEW_SESSION_TICKET, Octets.of(0, 0, 1, 0, 0, 2, 1, 2))),
			message("a nonce longer than the message", TlsError.DECODE_ERROR, DECODE_ERROR,
					Octets.message(NEW_SESSION_TICKET, Octets.of(0, 0, 1, 0, 0, 0, 0, 0, 200, 1, 2, 3))),
			message("a ticket longer than the message", TlsError.DECODE_ERROR, DECODE_ERROR,
					Octets.message(NEW_SESSION_TICKET, Octets.of(0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0))),
			message("a byte behind the ticket's extensions", TlsError.DECODE_ERROR, DECODE_ERROR,
					Messages.grown(Messages.newSessionTicket(), 0)),
			message("a byte less in the ticket's extensions", TlsError.DECODE_ERROR, DECODE_ERROR,
					Messages.shrunk(Messages.newSessionTicket(), 1)),
			message("early_data twice", TlsError.DUPLICATE_EXTENSION, ILLEGAL_PARAMETER, Messages.newSessionTicket(1, EMPTY, Octets.of(1),
					new ExtensionList().add(EARLY_DATA, new byte[4]).add(EARLY_DATA, new byte[4]))),
			message("a ticket of 16 MB", TlsError.MESSAGE_TOO_LONG, ILLEGAL_PARAMETER, Octets.of(4, 0xff, 0xff, 0xff)));

	@ParameterizedTest
	@FieldSource("WRONG")
	void refuses(Refusal refusal) {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		refusal.server().accept(server);
		harness.run();
		Refusal.assertRefused(harness, refusal.error(), refusal.alert(), true);
	}

	@Test
	void acceptsTicketsOfAllShapes() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config().recordInLimit(512), server);
		for (Framing framing : List.of(Framing.ONE_PER_MESSAGE, Framing.COALESCED, Framing.pieces(1), Framing.pieces(100))) {
			server.framing = framing;
			harness.then(ServerStep.TICKET, ServerStep.TICKET,
					ServerStep.message(Messages.newSessionTicket(604800, ScriptedServer.bytes(1, 255), ScriptedServer.bytes(2, 5000),
							new ExtensionList().add(EARLY_DATA, new byte[4]).add(0x1234, new byte[700]).add(0x1234, EMPTY))),
					ServerStep.message(Messages.newSessionTicket(0xffffffffL, EMPTY, Octets.of(1), new ExtensionList())),
					ServerStep.data(Octets.of(1)));
		}
		assertEquals(0, harness.engine.error());
		assertEquals(4, harness.received().length);
	}

	@Test
	void acceptsAThousandTickets() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		for (int i = 0; i < 1000; i++) {
			harness.then(ServerStep.TICKET);
		}
		assertEquals(0, harness.engine.error());
		harness.then(ServerStep.data(Octets.of(5)));
		assertArrayEquals(Octets.of(5), harness.received());
	}

	@Test
	void acceptsATicketBeforeOurFinished() {
		ScriptedServer server = new ScriptedServer();
		server.script(Script.full().after(ServerStep.APPLICATION_KEYS, ServerStep.TICKET, ServerStep.data(Octets.of(1, 2))));
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		assertEquals(0, harness.engine.error());
		assertTrue(server.client.finished);
		assertArrayEquals(Octets.of(1, 2), harness.received());
	}

	@ParameterizedTest
	@FieldSource("SUITES")
	void followsThePeersKeyUpdates(int suite) {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config().cipherSuites(suite), server);
		byte[] expected = EMPTY;
		for (int i = 0; i < 20; i++) {
			byte[] data = ScriptedServer.bytes(i, 100 * i + 1);
			harness.then(ServerStep.keyUpdate(i % 3 == 0), ServerStep.data(data));
			expected = Octets.concat(expected, data);
			harness.send(data);
		}
		assertEquals(0, harness.engine.error());
		assertArrayEquals(expected, harness.received());
		assertArrayEquals(expected, server.client.data());
		assertEquals(7, server.client.keyUpdates);
	}

	static final List<Integer> SUITES = List.of(AES_128_GCM_SHA256, AES_256_GCM_SHA384, CHACHA20_POLY1305_SHA256, AES_128_CCM_SHA256,
			AES_128_CCM_8_SHA256);

	@Test
	void answersKeyUpdateRequestsThatCameTogetherAtLeastOnce() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		harness.then(ServerStep.keyUpdate(true), ServerStep.keyUpdate(true), ServerStep.keyUpdate(true), ServerStep.data(Octets.of(9)));
		assertEquals(0, harness.engine.error());
		assertTrue(server.client.keyUpdates >= 1 && server.client.keyUpdates <= 3);
		assertArrayEquals(Octets.of(9), harness.received());
		harness.send(Octets.of(8));
		assertArrayEquals(Octets.of(8), server.client.data());
	}

	@Test
	void sendsKeyUpdates() {
		ScriptedServer server = new ScriptedServer();
		TlsEngine engine = new TlsEngine(EngineHarness.config());
		EngineHarness harness = new EngineHarness(engine, server);
		assertFalse(engine.keyUpdate(true));
		harness.start();
		byte[] expected = EMPTY;
		for (int i = 0; i < 10; i++) {
			assertTrue(engine.keyUpdate(i % 2 == 0));
			harness.send(ScriptedServer.bytes(i, 3000)).then(ServerStep.data(Octets.of(i)));
			expected = Octets.concat(expected, ScriptedServer.bytes(i, 3000));
		}
		assertEquals(10, server.client.keyUpdates);
		assertArrayEquals(expected, server.client.data());
		assertEquals(10, harness.received().length);
		engine.shutdown();
		assertFalse(engine.keyUpdate(false));
	}

	/** Data already in the window when the peer asks for new keys goes out under the old ones, in order. */
	@Test
	void keepsTheOrderOfDataAndKeyUpdate() {
		ScriptedServer server = new ScriptedServer();
		TlsEngine engine = new TlsEngine(EngineHarness.config());
		EngineHarness harness = new EngineHarness(engine, server).start();
		byte[] half = ScriptedServer.bytes(1, 100);
		System.arraycopy(half, 0, engine.appOutArray(), engine.appOutOffset(), half.length);
		engine.appOutAck(half.length);
		harness.then(ServerStep.keyUpdate(true));
		harness.send(half);
		assertArrayEquals(Octets.concat(half, half), server.client.data());
		assertEquals(1, server.client.keyUpdates);
	}

	/** RFC 8446 §5.5: a key that has sealed 2^23 records is replaced without anybody's asking. */
	@Test
	void replacesAWornOutKey() throws Exception {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		RecordProtection writing = (RecordProtection) field(field(harness.engine, "writer"), "protection");
		Field sequence = RecordProtection.class.getDeclaredField("sequence");
		sequence.setAccessible(true);
		sequence.setLong(writing, RecordWriter.KEY_UPDATE_AFTER - 2);
		server.client.readKeys().sequence = RecordWriter.KEY_UPDATE_AFTER - 2;
		harness.send(Octets.of(1));
		assertEquals(0, server.client.keyUpdates);
		harness.send(Octets.of(2));
		assertEquals(1, server.client.keyUpdates);
		harness.send(Octets.of(3));
		assertEquals(1, server.client.keyUpdates);
		assertEquals(1, server.client.readKeys().sequence);
		assertArrayEquals(Octets.of(1, 2, 3), server.client.data());
	}

	private static Object field(Object of, String name) throws Exception {
		Field field = of.getClass().getDeclaredField(name);
		field.setAccessible(true);
		return field.get(of);
	}

	/** A peer that asks and asks but does not read gets one answer once it reads; nothing piles up. */
	@Test
	void answersOnceWhatWasAskedOftenWhileNothingCouldBeSent() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config().recordOutLimit(512), server);
		harness.takesRecords = false;
		for (int i = 0; i < 1000; i++) {
			harness.then(ServerStep.keyUpdate(true));
		}
		harness.then(ServerStep.data(Octets.of(7)));
		assertEquals(0, harness.engine.error());
		assertArrayEquals(Octets.of(7), harness.received());
		harness.takesRecords = true;
		harness.run();
		assertTrue(server.client.keyUpdates >= 1 && server.client.keyUpdates < 30, server.client.keyUpdates + " updates");
		harness.send(Octets.of(8));
		assertArrayEquals(Octets.of(8), server.client.data());
	}

	private static Refusal message(String name, int error, int alert, byte[] message) {
		return Refusal.of(name, error, alert, s -> {
			s.framing = Framing.COALESCED;
			s.then(ServerStep.message(message));
		});
	}
}
