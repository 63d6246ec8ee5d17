/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static dev.thimble.support.TlsNumbers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.thimble.support.EngineHarness;
import dev.thimble.support.ExtensionList;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerStep;

/**
 * The flight-order matrix: every handshake message there is, and every number there is no message for, at every moment of a handshake. What
 * RFC 8446 §4 does not allow then ends with unexpected_message.
 */
class FlightOrderTest {

	/** The moments: what the client expects, and the script that brings it there. */
	enum Moment {

		SERVER_HELLO(Script.full().until(ServerStep.HELLO), false, TlsNumbersOf.SERVER_HELLO),
		SERVER_HELLO_AFTER_RETRY(Script.retried().until(ServerStep.HELLO), false, TlsNumbersOf.SERVER_HELLO),
		ENCRYPTED_EXTENSIONS(Script.full().until(ServerStep.EXTENSIONS), true, TlsNumbersOf.ENCRYPTED_EXTENSIONS),
		ENCRYPTED_EXTENSIONS_AFTER_RETRY(Script.retried().until(ServerStep.EXTENSIONS), true, TlsNumbersOf.ENCRYPTED_EXTENSIONS),
		CERTIFICATE_OR_REQUEST(Script.full().until(ServerStep.CERTIFICATE), true, TlsNumbersOf.CERTIFICATE, TlsNumbersOf.CERTIFICATE_REQUEST),
		CERTIFICATE(Script.requested().until(ServerStep.CERTIFICATE), true, TlsNumbersOf.CERTIFICATE),
		CERTIFICATE_VERIFY(Script.full().until(ServerStep.VERIFY), true, TlsNumbersOf.CERTIFICATE_VERIFY),
		FINISHED(Script.full().until(ServerStep.FINISHED), true, TlsNumbersOf.FINISHED),
		FINISHED_AFTER_REQUEST(Script.requested().until(ServerStep.FINISHED), true, TlsNumbersOf.FINISHED),
		CONNECTED(Script.full(), true, TlsNumbersOf.NEW_SESSION_TICKET, TlsNumbersOf.KEY_UPDATE),
		CONNECTED_AND_USED(Script.full().add(ServerStep.data(Octets.of(1)), ServerStep.TICKET), true, TlsNumbersOf.NEW_SESSION_TICKET,
				TlsNumbersOf.KEY_UPDATE),
		KEYS_UPDATED(Script.full().add(ServerStep.keyUpdate(true)), true, TlsNumbersOf.NEW_SESSION_TICKET, TlsNumbersOf.KEY_UPDATE),
		WE_HAVE_CLOSED(Script.full(), true, TlsNumbersOf.NEW_SESSION_TICKET, TlsNumbersOf.KEY_UPDATE);

		final List<ServerStep> script;
		final boolean encrypted;
		final List<Integer> expected;

		Moment(Script script, boolean encrypted, Integer... expected) {
			this.script = List.copyOf(script.steps());
			this.encrypted = encrypted;
			this.expected = List.of(expected);
		}
	}

	/** The names of the moments hide those of the messages. */
	private static final class TlsNumbersOf {
		static final int SERVER_HELLO = 2;
		static final int NEW_SESSION_TICKET = 4;
		static final int ENCRYPTED_EXTENSIONS = 8;
		static final int CERTIFICATE = 11;
		static final int CERTIFICATE_REQUEST = 13;
		static final int CERTIFICATE_VERIFY = 15;
		static final int FINISHED = 20;
		static final int KEY_UPDATE = 24;
	}

	/** Well-formed messages by name; the first byte of each is its type. */
	private static Map<String, Function<ScriptedServer, byte[]>> messages() {
		Map<String, Function<ScriptedServer, byte[]>> all = new LinkedHashMap<>();
		all.put("HelloRequest", s -> Octets.message(0, new byte[0]));
		all.put("ClientHello", s -> s.client.hellos.get(0).message);
		all.put("ServerHello", s -> recorded(s, ServerStep.HELLO));
		all.put("HelloRetryRequest", s -> recorded(s, ServerStep.RETRY));
		all.put("HelloVerifyRequest", s -> Octets.message(3, Octets.of(3, 3, 4, 1, 2, 3, 4)));
		all.put("NewSessionTicket", s -> Messages.newSessionTicket());
		all.put("EndOfEarlyData", s -> Octets.message(END_OF_EARLY_DATA, new byte[0]));
		all.put("EncryptedExtensions", s -> Messages.encryptedExtensions(new ExtensionList()));
		all.put("Certificate", s -> Messages.certificate(new byte[0], s.identity.chain));
		all.put("ServerKeyExchange", s -> Octets.message(12, new byte[70]));
		all.put("CertificateRequest", s -> Messages.certificateRequest());
		all.put("ServerHelloDone", s -> Octets.message(14, new byte[0]));
		all.put("CertificateVerify", s -> Messages.certificateVerify(s.identity, s.identity.scheme, Messages.SERVER_CONTEXT, new byte[32]));
		all.put("ClientKeyExchange", s -> Octets.message(16, new byte[66]));
		all.put("ClientCertificateRequest", s -> Octets.message(17, new byte[8]));
		all.put("Finished", s -> Octets.message(FINISHED, new byte[32]));
		all.put("CertificateURL", s -> Octets.message(21, new byte[8]));
		all.put("CertificateStatus", s -> Octets.message(22, new byte[8]));
		all.put("SupplementalData", s -> Octets.message(23, new byte[8]));
		all.put("KeyUpdate", s -> Messages.keyUpdate(0));
		all.put("CompressedCertificate", s -> Octets.message(COMPRESSED_CERTIFICATE, new byte[80]));
		all.put("EktKey", s -> Octets.message(26, new byte[8]));
		all.put("NextProtocol", s -> Octets.message(67, new byte[32]));
		all.put("MessageHash", s -> Octets.message(MESSAGE_HASH, new byte[32]));
		return all;
	}

	/** What a step would queue, without sending it. */
	private static byte[] recorded(ScriptedServer server, ServerStep step) {
		ScriptedServer other = new ScriptedServer().script(Script.of(ServerStep.AWAIT_HELLO, step));
		other.suite = server.suite;
		other.group = step == ServerStep.RETRY ? SECP384R1 : 0;
		other.receive(Octets.record(HANDSHAKE, 0x0301, server.client.hellos.get(0).message));
		byte[] record = other.take();
		return Arrays.copyOfRange(record, 5, record.length);
	}

	@ParameterizedTest
	@EnumSource
	void refusesEveryMessageAtEveryWrongMoment(Moment moment) {
		TlsEngine engine = new TlsEngine(EngineHarness.config());
		int cells = 0;
		for (Map.Entry<String, Function<ScriptedServer, byte[]>> message : messages().entrySet()) {
			EngineHarness harness = at(engine, moment);
			byte[] bytes = message.getValue().apply(harness.server);
			if (allowed(moment, message.getKey(), bytes[0] & 0xff)) {
				continue;
			}
			refused(harness, moment, message.getKey(), bytes);
			cells++;
		}
		for (int type = 0; type < 256; type++) {
			if (moment.expected.contains(type)) {
				continue;
			}
			for (int length : new int[] { 0, 1, 300 }) {
				refused(at(engine, moment), moment, type + " of " + length + " bytes", Octets.message(type, new byte[length]));
				cells++;
			}
			// The header alone decides: nothing more has to arrive.
			refused(at(engine, moment), moment, "header of " + type, Octets.of(type, 0xff, 0xff, 0xff));
			cells++;
		}
		System.out.println("Flight-order matrix, " + moment + ": " + cells + " cells");
	}

	@Test
	void sizeOfTheMatrix() {
		int cells = 0;
		for (Moment moment : Moment.values()) {
			cells += 4 * (256 - moment.expected.size());
			ScriptedServer server = at(new TlsEngine(EngineHarness.config()), moment).server;
			for (Map.Entry<String, Function<ScriptedServer, byte[]>> message : messages().entrySet()) {
				cells += allowed(moment, message.getKey(), message.getValue().apply(server)[0] & 0xff) ? 0 : 1;
			}
		}
		System.out.println("Flight-order matrix: " + Moment.values().length + " moments x (" + messages().size()
				+ " messages + 256 types x 4 forms), " + cells + " cells that must be refused");
		assertEquals(13, Moment.values().length);
	}

	/** Each of the server's messages left out. */
	@Test
	void refusesSkippedMessages() {
		for (ServerStep step : List.of(ServerStep.EXTENSIONS, ServerStep.CERTIFICATE, ServerStep.VERIFY)) {
			ScriptedServer server = new ScriptedServer().script(Script.full().remove(step));
			EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
			Refusal.assertRefused(harness, TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, true);
		}
	}

	/** Each of the server's messages sent twice, as it was. */
	@Test
	void refusesRepeatedMessages() {
		for (int type : new int[] { SERVER_HELLO, ENCRYPTED_EXTENSIONS, CERTIFICATE, CERTIFICATE_VERIFY, FINISHED }) {
			ScriptedServer server = new ScriptedServer();
			server.afterHash.put(type, m -> {
				byte[] twice = Octets.concat(m, m);
				// the second one in a record of its own
				server.framing = messages -> messages.stream().flatMap(x -> x == twice ? Stream.of(m, m) : Stream.of(x)).toList();
				return twice;
			});
			EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
			// A second Finished still is under the handshake keys.
			boolean finished = type == FINISHED;
			Refusal.assertRefused(harness, finished ? TlsError.BAD_RECORD : TlsError.UNEXPECTED_MESSAGE,
					finished ? BAD_RECORD_MAC : UNEXPECTED_MESSAGE, true);
		}
	}

	/** All orders of the four encrypted messages but the right one. */
	@Test
	void refusesEveryPermutation() {
		List<ServerStep> flight = List.of(ServerStep.EXTENSIONS, ServerStep.CERTIFICATE, ServerStep.VERIFY, ServerStep.FINISHED);
		List<List<ServerStep>> orders = new ArrayList<>();
		permute(new ArrayList<>(), flight, orders);
		assertEquals(24, orders.size());
		orders.remove(flight);
		for (List<ServerStep> order : orders) {
			ScriptedServer server = new ScriptedServer().script(Script.full().until(ServerStep.EXTENSIONS).add(order.toArray(new ServerStep[0])));
			EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
			Refusal.assertRefused(harness, TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, true);
		}
	}

	private static void permute(List<ServerStep> chosen, List<ServerStep> rest, List<List<ServerStep>> result) {
		if (rest.isEmpty()) {
			result.add(chosen);
		}
		for (ServerStep step : rest) {
			List<ServerStep> next = new ArrayList<>(chosen);
			next.add(step);
			List<ServerStep> left = new ArrayList<>(rest);
			left.remove(step);
			permute(next, left, result);
		}
	}

	/** After a HelloRetryRequest the second one is wrong, and only that of all allowed types. */
	private static boolean allowed(Moment moment, String name, int type) {
		return moment.expected.contains(type) && !(moment == Moment.SERVER_HELLO_AFTER_RETRY && name.equals("HelloRetryRequest"));
	}

	private static EngineHarness at(TlsEngine engine, Moment moment) {
		ScriptedServer server = new ScriptedServer();
		server.group = moment.name().endsWith("_RETRY") ? SECP256R1 : 0;
		server.script.clear();
		server.script.addAll(moment.script);
		EngineHarness harness = new EngineHarness(engine, server).start();
		if (moment == Moment.WE_HAVE_CLOSED) {
			engine.shutdown();
			harness.run();
		}
		assertEquals(TlsError.name(0), TlsError.name(engine.error()), moment.name());
		return harness;
	}

	private static void refused(EngineHarness harness, Moment moment, String name, byte[] message) {
		int before = harness.received().length;
		harness.then(ServerStep.record(HANDSHAKE, message));
		String where = name + " in " + moment;
		TlsEngine engine = harness.engine;
		assertEquals(TlsError.name(TlsError.UNEXPECTED_MESSAGE), TlsError.name(engine.error()), where);
		assertEquals(TlsEngine.CLOSED, engine.state(), where);
		assertEquals(before, harness.received().length, where);
		// Nothing may follow our close_notify, not even an alert.
		int alert = moment == Moment.WE_HAVE_CLOSED ? CLOSE_NOTIFY : UNEXPECTED_MESSAGE;
		assertEquals(alert, harness.server.client.alert().description(), where);
		assertEquals(moment.encrypted, harness.server.client.alert().encrypted(), where);
		assertEquals(alert, engine.alertSent(), where);
	}
}
