/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import dev.thimble.support.ClientHelloView;
import dev.thimble.support.EarlyData;
import dev.thimble.support.EphemeralKey;
import dev.thimble.support.Framing;
import dev.thimble.support.Octets;
import dev.thimble.support.Psk;
import dev.thimble.support.RecordProtection;
import dev.thimble.support.ReferenceSchedule;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerStep;
import dev.thimble.support.TlsNumbers;

/** The fixtures the engine's resumption is tested with, on the trace of RFC 8448 §4: its client's bytes meet the scripted server. */
class ScriptedResumptionTraceTest {

	private final Rfc8448 rfc = new Rfc8448(4);

	@Test
	void theSecretsAreThoseOfTheTrace() {
		ReferenceSchedule schedule = new ReferenceSchedule(TlsNumbers.AES_128_GCM_SHA256);
		schedule.resumptionMaster = new Rfc8448(3).get("resumption master secret");
		ClientHelloView hello = new ClientHelloView(this.rfc.get("ClientHello"));
		Psk psk = Psk.ticket(hello.pskIdentities.get(0), Octets.of(0, 0), schedule, TlsNumbers.AES_128_GCM_SHA256);
		assertValue("PSK", psk.key);
		assertValue("binder hash", schedule.hash(hello.truncated()));
		assertValue("binder", psk.binder(schedule.hash(hello.truncated())));
		assertValue("binder", hello.pskBinders.get(0));
		schedule.early(psk.key);
		assertValue("early secret", schedule.earlySecret);
		schedule.earlyTraffic(schedule.hash(hello.message));
		assertValue("client early traffic secret", schedule.clientEarly);
		RecordProtection early = new RecordProtection(TlsNumbers.AES_128_GCM_SHA256, schedule, schedule.clientEarly);
		assertValue("client early key", early.key);
		assertValue("client early iv", early.iv);
	}

	@Test
	void theScriptedServerAnswersAsInTheTrace() {
		ScriptedServer server = new ScriptedServer().script(Script.early().remove(ServerStep.CHANGE_CIPHER_SPEC));
		Psk psk = new Psk("res binder", new ClientHelloView(this.rfc.get("ClientHello")).pskIdentities.get(0), this.rfc.get("PSK"),
				"SHA-256");
		server.psks.add(psk);
		server.earlyData = EarlyData.ACCEPT;
		server.framing = Framing.COALESCED;
		server.random = Arrays.copyOfRange(this.rfc.get("ServerHello"), 6, 38);
		server.ephemeral = EphemeralKey.of(TlsNumbers.X25519, this.rfc.get("server private key"), this.rfc.get("server public key"));
		server.serverHello = f -> {
			byte[] share = f.extensions.get(TlsNumbers.KEY_SHARE);
			f.extensions.remove(TlsNumbers.KEY_SHARE).add(TlsNumbers.KEY_SHARE, share).last(TlsNumbers.SUPPORTED_VERSIONS);
		};
		server.encryptedExtensions = e -> {
			byte[] early = e.get(TlsNumbers.EARLY_DATA);
			e.remove(TlsNumbers.RECORD_SIZE_LIMIT).remove(TlsNumbers.EARLY_DATA);
			e.add(TlsNumbers.SUPPORTED_GROUPS, Octets.unhex("0012001d00170018001901000101010201030104"))
					.add(TlsNumbers.RECORD_SIZE_LIMIT, Octets.of(0x40, 1)).add(TlsNumbers.SERVER_NAME, new byte[0]).add(TlsNumbers.EARLY_DATA, early);
		};
		server.receive(this.rfc.get("ClientHello record"));
		assertTrue(server.client.offers.get(0).right());
		assertValue("handshake secret", server.schedule.handshakeSecret);
		assertValue("client handshake traffic secret", server.schedule.clientHandshake);
		assertValue("server handshake traffic secret", server.schedule.serverHandshake);
		assertEquals(Octets.hex(this.rfc.get("ServerHello record")) + Octets.hex(this.rfc.get("server flight record")), Octets.hex(server.take()));
		assertValue("client application traffic secret", server.schedule.clientApplication);
		assertValue("server application traffic secret", server.schedule.serverApplication);
		assertValue("exporter master secret", server.schedule.exporterMaster);
		server.receive(this.rfc.get("early data record"));
		assertArrayEquals("ABCDEF".getBytes(StandardCharsets.US_ASCII), server.client.earlyData());
		server.receive(this.rfc.get("EndOfEarlyData record"));
		assertTrue(server.client.endOfEarlyData);
		server.receive(this.rfc.get("client Finished record"));
		assertTrue(server.client.finished);
		server.receive(this.rfc.get("client data record"));
		assertEquals(50, server.client.data().length);
		server.then(ServerStep.data(server.client.data()), ServerStep.CLOSE_NOTIFY);
		assertEquals(Octets.hex(this.rfc.get("server data record")) + Octets.hex(this.rfc.get("server close_notify record")),
				Octets.hex(server.take()));
		server.receive(this.rfc.get("client close_notify record"));
		assertEquals(TlsNumbers.CLOSE_NOTIFY, server.client.alert().description());
	}

	private void assertValue(String name, byte[] actual) {
		assertEquals(Octets.hex(this.rfc.get(name)), Octets.hex(actual), name);
	}
}
