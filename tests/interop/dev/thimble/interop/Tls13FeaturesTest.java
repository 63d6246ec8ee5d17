/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.PortableSymmetricCrypto;
import dev.thimble.host.EngineBuilder;
import dev.thimble.host.KeyKind;
import dev.thimble.host.TrustStore;
import dev.thimble.support.GnuTlsServer;
import dev.thimble.support.Network;
import dev.thimble.support.Network.Delivery;
import dev.thimble.support.OpenSslServer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.support.TlsServer;
import dev.thimble.tls.Alert;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Session;
import dev.thimble.tls.Tls13PskClient;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/** Resumption, pre-shared keys and early data of a TLS 1.3 client, with OpenSSL and GnuTLS. */
final class Tls13FeaturesTest {

	private static final Chain SERVER = TestPki.chain(KeyKind.P256, 2);
	private static final byte[] KEY = HexFormat.of().parseHex("00112233445566778899aabbccddeeff0123456789abcdef");
	private static final String IDENTITY = "device 17";
	private static final String GNUTLS_PSK = GnuTlsServer.PRIORITY + ":+ECDHE-PSK:+PSK";
	private static final TreeMap<String, Integer> RAN = new TreeMap<>();

	@TempDir
	private static Path folder;

	@AfterAll
	static void printTable() {
		System.out.println("TLS 1.3 handshakes completed with data both ways:");
		RAN.forEach((peer, count) -> System.out.println("  " + peer + ": " + count));
	}

	private static EngineBuilder builder() {
		return new EngineBuilder().anchors(TrustStore.of(SERVER.root()));
	}

	private static TlsServer server(boolean openSsl, String... options) throws IOException {
		if (!openSsl) {
			return GnuTlsServer.startWithPriority(SERVER, GNUTLS_PSK, options);
		}
		String[] all = Arrays.copyOf(options, options.length + 1);
		all[options.length] = "-rev";
		return OpenSslServer.start(SERVER, all);
	}

	/** Connects, sends and receives, and ends with close_notify both ways. */
	private static void exchange(TlsEngine engine, TlsServer server, Delivery delivery, String what) throws IOException {
		Random random = new Random(what.hashCode());
		try (Network network = new Network(engine, delivery, 1)) {
			network.start(server.address(), TestPki.HOST);
			assertTrue(network.handshake(), () -> what + ": " + TlsError.name(engine.error()) + ", alert received "
					+ Alert.name(engine.alertReceived()));
			for (int length : new int[] { 3, 900 }) {
				byte[] line = HandshakeMatrixTest.line(random, length);
				assertTrue(network.send(line));
				assertArrayEquals(server.echo(line), network.receive(length), () -> what + ": " + TlsError.name(engine.error()) + " "
						+ Alert.name(engine.alertReceived()));
			}
			assertEquals("E_NONE", TlsError.name(network.finish()));
		}
		RAN.merge(server.name() + ", " + what, 1, Integer::sum);
	}

	/** The session goes from one engine to the next as after a power cycle: only the slot's bytes survive. */
	@ParameterizedTest
	@CsvSource({ "true,TLS_AES_128_GCM_SHA256", "true,TLS_AES_256_GCM_SHA384", "true,TLS_CHACHA20_POLY1305_SHA256", "false,TLS_AES_128_CCM_SHA256",
			"false,TLS_AES_256_GCM_SHA384" })
	void sessionIsResumed(boolean openSsl, String suite) throws IOException {
		int[] suites = dev.thimble.host.Parameters.suites(suite);
		byte[] slot = new byte[2048];
		try (TlsServer server = server(openSsl)) {
			for (Delivery delivery : new Delivery[] { Delivery.AS_IT_COMES, Delivery.ONE_BYTE, Delivery.RANDOM, Delivery.COALESCED }) {
				boolean first = delivery == Delivery.AS_IT_COMES;
				slot = Arrays.copyOf(slot, slot.length);
				Session session = new Session(slot, 0, slot.length);
				assertEquals(!first, session.valid());
				TlsEngine engine = builder().suites(suites).session(session).recordOutLimit(first ? 2048 : 512).build();
				exchange(engine, server, delivery, first ? "full" : "resumed, " + suite);
				assertEquals(!first, engine.resumed(), suite + " " + delivery);
				assertTrue(engine.group() != 0);
				assertTrue(session.valid());
				assertTrue(first == engine.handshakeBytesIn() > 1000, "certificates: " + engine.handshakeBytesIn());
			}
		}
		// Another server does not know the ticket, and a full handshake follows.
		try (TlsServer other = server(openSsl)) {
			Session session = new Session(slot, 0, slot.length);
			TlsEngine engine = builder().suites(suites).session(session).build();
			exchange(engine, other, Delivery.AS_IT_COMES, "not resumed, foreign ticket");
			assertFalse(engine.resumed());
			engine = builder().suites(suites).session(session).build();
			exchange(engine, other, Delivery.AS_IT_COMES, "resumed, " + suite);
			assertTrue(engine.resumed());
			// A damaged image is no session.
			slot[60] ^= 1;
			engine = builder().suites(suites).session(new Session(slot, 0, slot.length)).build();
			exchange(engine, other, Delivery.AS_IT_COMES, "full, damaged session");
			assertFalse(engine.resumed());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sessionIsResumedBehindARetry(boolean openSsl) throws IOException {
		Session session = new Session(new byte[2048], 0, 2048);
		try (TlsServer server = openSsl ? server(true, "-groups", "P-384")
				: GnuTlsServer.startWithPriority(SERVER, GnuTlsServer.PRIORITY + ":-GROUP-ALL:+GROUP-SECP384R1")) {
			for (int round = 0; round < 3; round++) {
				TlsEngine engine = builder().session(session).recordOutLimit(512).build();
				exchange(engine, server, Delivery.RANDOM, round == 0 ? "full, retried" : "resumed, retried");
				assertEquals(round > 0, engine.resumed());
				assertTrue(engine.helloRetried());
			}
		}
	}

	/** psk_ke: a server that allows it resumes without key agreement. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sessionIsResumedWithoutKeyAgreement(boolean openSsl) throws IOException {
		Session session = new Session(new byte[2048], 0, 2048);
		try (TlsServer server = openSsl ? server(true, "-allow_no_dhe_kex") : server(false)) {
			for (int round = 0; round < 3; round++) {
				TlsEngine engine = builder().session(session).pskOnly(true).build();
				exchange(engine, server, Delivery.AS_IT_COMES, round == 0 ? "full" : "resumed without key agreement");
				assertEquals(round > 0, engine.resumed());
				assertEquals(round == 0, engine.group() != 0);
			}
		}
	}

	/** OpenSSL wants key agreement unless told otherwise: it asks for a key share, and there is a full handshake. */
	@Test
	void serverThatWantsKeyAgreementGetsIt() throws IOException {
		Session session = new Session(new byte[2048], 0, 2048);
		try (TlsServer server = server(true)) {
			for (int round = 0; round < 2; round++) {
				TlsEngine engine = builder().session(session).pskOnly(true).build();
				exchange(engine, server, Delivery.AS_IT_COMES, "key agreement demanded");
				assertFalse(engine.resumed());
			}
		}
	}

	private static TlsServer pskServer(boolean openSsl, String... options) throws IOException {
		if (openSsl) {
			String[] all = Arrays.copyOf(new String[] { "-psk", HexFormat.of().formatHex(KEY), "-psk_identity", IDENTITY }, 4 + options.length);
			System.arraycopy(options, 0, all, 4, options.length);
			return server(true, all);
		}
		Path passwords = folder.resolve("psk.txt");
		Files.writeString(passwords, IDENTITY + ":" + HexFormat.of().formatHex(KEY) + "\n");
		return server(false, "--pskpasswd", passwords.toString());
	}

	private static PreSharedKey key(byte[] bytes) {
		return new PreSharedKey(IDENTITY.getBytes(StandardCharsets.US_ASCII), bytes);
	}

	private static PreSharedKey stranger() {
		return new PreSharedKey(new byte[100], new byte[16]);
	}

	@ParameterizedTest
	@CsvSource({ "true,TLS_AES_128_GCM_SHA256", "true,TLS_CHACHA20_POLY1305_SHA256", "true,TLS_AES_128_CCM_SHA256", "false,TLS_AES_128_GCM_SHA256",
			"false,TLS_AES_128_CCM_8_SHA256" })
	void preSharedKeyIsEnough(boolean openSsl, String suite) throws IOException {
		int[] suites = dev.thimble.host.Parameters.suites(suite);
		try (TlsServer server = pskServer(openSsl)) {
			for (Delivery delivery : Delivery.values()) {
				// A key the server does not know harms nobody though it comes first; but GnuTLS makes one up, for nobody to tell which names it has.
				PreSharedKey[] keys = openSsl ? new PreSharedKey[] { stranger(), key(KEY) } : new PreSharedKey[] { key(KEY) };
				TlsEngine engine = new EngineBuilder().protocols(new Tls13PskClient()).preSharedKeys(keys).suites(suites).recordInLimit(512)
						.recordOutLimit(512).build();
				exchange(engine, server, delivery, "pre-shared key, " + suite);
				assertTrue(engine.resumed());
				assertTrue(engine.group() != 0);
				assertEquals(0, engine.signatureScheme());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void preSharedKeyAloneIsEnough(boolean openSsl) throws IOException {
		try (TlsServer server = openSsl ? pskServer(true, "-allow_no_dhe_kex") : pskServer(false)) {
			for (Delivery delivery : Delivery.values()) {
				TlsEngine engine = new EngineBuilder().crypto(new PortableSymmetricCrypto()).protocols(new Tls13PskClient()).preSharedKeys(key(KEY))
						.pskOnly(true).build();
				exchange(engine, server, delivery, "pre-shared key alone");
				assertTrue(engine.resumed());
				assertEquals(0, engine.group());
			}
		}
	}

	/** A server that has the name and another key says so; one that does not have the name goes on with its certificate. */
	@Test
	void wrongPreSharedKeysAreRefused() throws IOException {
		try (TlsServer server = pskServer(true)) {
			byte[] wrong = KEY.clone();
			wrong[0] ^= 1;
			TlsEngine engine = builder().preSharedKeys(key(wrong)).build();
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
				network.start(server.address(), TestPki.HOST);
				assertFalse(network.handshake());
				assertEquals("E_ALERT_RECEIVED", TlsError.name(engine.error()));
			}
			engine = builder().preSharedKeys(stranger()).build();
			exchange(engine, server, Delivery.AS_IT_COMES, "certificate, for no key is common");
			assertFalse(engine.resumed());
			engine = new EngineBuilder().protocols(new Tls13PskClient()).preSharedKeys(stranger()).build();
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
				network.start(server.address(), TestPki.HOST);
				assertFalse(network.handshake());
				// It learned from our signature_algorithms, which were not there, that its certificate would be of no use.
				assertEquals("E_ALERT_RECEIVED", TlsError.name(engine.error()));
			}
		}
	}

	private static void say(TlsServer server, String text) throws IOException {
		server.process().input().write(text.getBytes(StandardCharsets.US_ASCII));
		server.process().input().flush();
	}

	/** OpenSSL takes early data once for a ticket, and prints it. */
	@ParameterizedTest
	@ValueSource(strings = { "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256" })
	void earlyDataIsAccepted(String suite) throws IOException {
		int[] suites = dev.thimble.host.Parameters.suites(suite);
		Session session = new Session(new byte[2048], 0, 2048);
		try (TlsServer server = OpenSslServer.startWithInput(SERVER, "-early_data")) {
			for (int round = 0; round < 4; round++) {
				TlsEngine engine = builder().suites(suites).session(session).earlyData(true).build();
				String text = "early data " + round + ".";
				try (Network network = new Network(engine, round == 3 ? Delivery.ONE_BYTE : Delivery.AS_IT_COMES, 1)) {
					network.start(server.address(), TestPki.HOST);
					// The window opens for early data or, the first time, with the connection.
					assertTrue(network.send(text.getBytes(StandardCharsets.US_ASCII)));
					assertEquals(round == 0, engine.handshakeComplete());
					assertTrue(network.handshake(), () -> TlsError.name(engine.error()));
					assertEquals(round > 0, engine.resumed());
					assertEquals(round > 0, engine.earlyDataAccepted());
					assertNotNull(server.process().await(0, text, TlsServer.PATIENCE));
					say(server, "to the client\n");
					assertArrayEquals("to the client\n".getBytes(StandardCharsets.US_ASCII), network.receive(14));
					// OpenSSL forgets sessions of connections that are cut.
					assertEquals("E_NONE", TlsError.name(network.finish()));
				}
				RAN.merge(server.name() + ", " + (round == 0 ? "full" : "early data, " + suite), 1, Integer::sum);
			}
		}
	}

	/** A server that has lost its ticket keys refuses early data with the session; the application is told, and nothing is sent again. */
	@Test
	void earlyDataIsRefused() throws IOException {
		Session session = new Session(new byte[2048], 0, 2048);
		try (TlsServer server = OpenSslServer.startWithInput(SERVER, "-early_data")) {
			try (Network network = new Network(builder().session(session).build(), Delivery.AS_IT_COMES, 1)) {
				network.start(server.address(), TestPki.HOST);
				assertTrue(network.handshake());
				say(server, "x\n");
				network.receive(2);
				network.finish();
			}
		}
		assertTrue(session.valid());
		try (TlsServer server = server(true)) {
			TlsEngine engine = builder().session(session).earlyData(true).build();
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
				network.start(server.address(), TestPki.HOST);
				assertTrue(network.send("lost\n".getBytes(StandardCharsets.US_ASCII)));
				assertFalse(engine.handshakeComplete());
				assertTrue(network.handshake(), () -> TlsError.name(engine.error()));
				assertFalse(engine.resumed());
				assertFalse(engine.earlyDataAccepted());
				byte[] line = HandshakeMatrixTest.line(new Random(1), 40);
				assertTrue(network.send(line));
				// The echo is of this line, not of what was lost.
				assertArrayEquals(server.echo(line), network.receive(40));
				assertEquals("E_NONE", TlsError.name(network.finish()));
			}
		}
	}

	/** A client with both versions resumes what the server speaks. */
	@Test
	void bothVersionsShareASlot() throws IOException {
		Session session = new Session(new byte[2048], 0, 2048);
		int[] versions = { 0x0303, 0x0303, 0x0304, 0x0304, 0x0303, 0x0303 };
		for (int round = 0; round < versions.length; round += 2) {
			try (TlsServer server = versions[round] == 0x0304 ? server(true) : OpenSslServer.start(SERVER, OpenSslServer.TLS_1_2, "-rev")) {
				for (int i = 0; i < 2; i++) {
					TlsEngine engine = builder().protocols(new dev.thimble.tls.Tls13Client(), new dev.thimble.tls.Tls12Client()).session(session)
							.preSharedKeys(stranger()).build();
					exchange(engine, server, Delivery.RANDOM, "1.2 and 1.3, " + (i == 0 ? "full" : "resumed"));
					assertEquals(versions[round], engine.version());
					assertEquals(i > 0, engine.resumed());
				}
			}
		}
	}
}
