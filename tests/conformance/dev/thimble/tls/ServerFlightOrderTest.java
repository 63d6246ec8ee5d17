/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static dev.thimble.support.TlsNumbers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.thimble.support.ClientScript;
import dev.thimble.support.ClientStep;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.ExtensionList;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.ScriptedClient;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;

/**
 * The flight-order matrix of the server: every handshake message there is, and every number there is no message for, at every moment of a
 * handshake. What RFC 8446 §4 does not allow then ends with unexpected_message.
 */
class ServerFlightOrderTest {

	/** The moments: what the server expects, and the script that brings it there. */
	enum Moment {

		HELLO(ClientScript.of(), false, 1),
		SECOND_HELLO(ClientScript.retried().until(ClientStep.CHANGE_CIPHER_SPEC), false, 1),
		CERTIFICATE_AFTER_REQUEST(ClientScript.certified().until(ClientStep.CERTIFICATE), true, 11),
		VERIFY(ClientScript.certified().until(ClientStep.VERIFY), true, 15),
		FINISHED_AFTER_VERIFY(ClientScript.certified().until(ClientStep.FINISHED), true, 20),
		FINISHED_WITHOUT_REQUEST(ClientScript.full().until(ClientStep.FINISHED), true, 20),
		CONNECTED(ClientScript.full(), true, 24),
		CONNECTED_WITH_CERTIFICATE(ClientScript.certified(), true, 24),
		CONNECTED_AND_USED(ClientScript.full().add(ClientStep.data(Octets.of(1))), true, 24),
		KEYS_UPDATED(ClientScript.full().add(ClientStep.keyUpdate(true)), true, 24);

		final List<ClientStep> script;
		final boolean encrypted;
		final int expected;

		Moment(ClientScript script, boolean encrypted, int expected) {
			this.script = List.copyOf(script.steps());
			this.encrypted = encrypted;
			this.expected = expected;
		}

		boolean certified() {
			return this.script.contains(ClientStep.CERTIFICATE) || this == CERTIFICATE_AFTER_REQUEST;
		}
	}

	/** Well-formed messages by name; the first byte of each is its type. */
	private static Map<String, Function<ScriptedClient, byte[]>> messages() {
		ServerIdentity identity = ServerIdentity.ofClient("P-256", 0);
		Map<String, Function<ScriptedClient, byte[]>> all = new LinkedHashMap<>();
		all.put("HelloRequest", c -> Octets.message(0, new byte[0]));
		all.put("ClientHello", c -> c.sentHello == null ? Octets.message(CLIENT_HELLO, new byte[90]) : c.sentHello.toMessage());
		all.put("ServerHello", c -> Octets.message(SERVER_HELLO, new byte[80]));
		all.put("HelloVerifyRequest", c -> Octets.message(3, Octets.of(3, 3, 4, 1, 2, 3, 4)));
		all.put("NewSessionTicket", c -> Messages.newSessionTicket());
		all.put("EndOfEarlyData", c -> Octets.message(END_OF_EARLY_DATA, new byte[0]));
		all.put("EncryptedExtensions", c -> Messages.encryptedExtensions(new ExtensionList()));
		all.put("Certificate", c -> Messages.certificate(new byte[0], identity.chain));
		all.put("empty Certificate", c -> Messages.certificate(new byte[0], List.of()));
		all.put("ServerKeyExchange", c -> Octets.message(12, new byte[70]));
		all.put("CertificateRequest", c -> Messages.certificateRequest());
		all.put("ServerHelloDone", c -> Octets.message(14, new byte[0]));
		all.put("CertificateVerify", c -> Messages.certificateVerify(identity, identity.scheme, Messages.SERVER_CONTEXT, new byte[32]));
		all.put("ClientKeyExchange", c -> Octets.message(16, new byte[66]));
		all.put("Finished", c -> Octets.message(FINISHED, new byte[32]));
		all.put("CertificateURL", c -> Octets.message(21, new byte[8]));
		all.put("CertificateStatus", c -> Octets.message(22, new byte[8]));
		all.put("KeyUpdate", c -> Messages.keyUpdate(0));
		all.put("CompressedCertificate", c -> Octets.message(COMPRESSED_CERTIFICATE, new byte[80]));
		all.put("MessageHash", c -> Octets.message(MESSAGE_HASH, new byte[32]));
		return all;
	}

	@ParameterizedTest
	@EnumSource
	void refusesEveryMessageAtEveryWrongMoment(Moment moment) {
		EngineConfig config = ServerConfigs.of("P-256").tickets(ServerConfigs.ticketKeys(1));
		TlsEngine engine = new TlsEngine(moment.certified() ? config.clientAuthentication(EngineConfig.REQUIRED) : config);
		int cells = 0;
		for (Map.Entry<String, Function<ScriptedClient, byte[]>> message : messages().entrySet()) {
			ScriptedClient client = new ScriptedClient();
			EngineHarness harness = at(engine, moment, client);
			byte[] bytes = message.getValue().apply(client);
			if ((bytes[0] & 0xff) != moment.expected) {
				refused(harness, client, moment, message.getKey(), bytes);
				cells++;
			}
		}
		for (int type = 0; type < 256; type++) {
			if (type == moment.expected) {
				continue;
			}
			for (int length : new int[] { 0, 300 }) {
				ScriptedClient client = new ScriptedClient();
				refused(at(engine, moment, client), client, moment, type + " of " + length + " bytes", Octets.message(type, new byte[length]));
				cells++;
			}
			// The header alone decides: nothing more has to arrive.
			ScriptedClient client = new ScriptedClient();
			refused(at(engine, moment, client), client, moment, "header of " + type, Octets.of(type, 0xff, 0xff, 0xff));
			cells++;
		}
		System.out.println("Flight-order matrix of the server, " + moment + ": " + cells + " cells");
	}

	private static EngineHarness at(TlsEngine engine, Moment moment, ScriptedClient client) {
		client.identity = ServerIdentity.ofClient("P-256", 0);
		client.shares = moment == Moment.SECOND_HELLO ? List.of() : client.shares;
		client.script.clear();
		client.script.addAll(moment.script);
		EngineHarness harness = new EngineHarness(engine, client).start();
		assertEquals(TlsError.name(0), TlsError.name(engine.error()), moment.name());
		return harness;
	}

	private static void refused(EngineHarness harness, ScriptedClient client, Moment moment, String name, byte[] message) {
		int before = harness.received().length;
		client.then(ClientStep.record(HANDSHAKE, message));
		harness.run();
		String where = name + " in " + moment;
		TlsEngine engine = harness.engine;
		assertEquals(TlsError.name(TlsError.UNEXPECTED_MESSAGE), TlsError.name(engine.error()), where);
		assertEquals(TlsEngine.CLOSED, engine.state(), where);
		assertEquals(before, harness.received().length, where);
		assertEquals(UNEXPECTED_MESSAGE, client.server.alert().description(), where);
		assertEquals(moment.encrypted, client.server.alert().encrypted(), where);
		assertEquals(UNEXPECTED_MESSAGE, engine.alertSent(), where);
	}
}
