/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.host.EngineBuilder;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.TrustStore;
import dev.thimble.support.ClientPki;
import dev.thimble.support.GnuTlsServer;
import dev.thimble.support.Network;
import dev.thimble.support.Network.Delivery;
import dev.thimble.support.OpenSslServer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.support.TlsServer;
import dev.thimble.tls.Alert;
import dev.thimble.tls.CipherSuite;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Session;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/** What a TLS 1.2 client can do beside a plain handshake, with OpenSSL and GnuTLS. */
final class Tls12FeaturesTest {

	private static final Chain SERVER = TestPki.chain(KeyKind.P256, 2);
	private static final byte[] KEY = HexFormat.of().parseHex("00112233445566778899aabbccddeeff0123456789abcdef");
	private static final String IDENTITY = "device 17";
	private static final TreeMap<String, Integer> RAN = new TreeMap<>();

	@TempDir
	private static Path folder;

	@AfterAll
	static void printTable() {
		System.out.println("TLS 1.2 handshakes completed with data both ways:");
		RAN.forEach((peer, count) -> System.out.println("  " + peer + ": " + count));
	}

	private static Protocol[] protocols(boolean both) {
		return both ? new Protocol[] { new Tls13Client(), new Tls12Client() } : new Protocol[] { new Tls12Client() };
	}

	private static EngineBuilder builder(boolean both) {
		return new EngineBuilder().protocols(protocols(both)).anchors(TrustStore.of(SERVER.root()));
	}

	private static TlsServer server(boolean openSsl, String... options) throws IOException {
		if (openSsl) {
			String[] all = new String[options.length + 4];
			all[0] = OpenSslServer.TLS_1_2;
			all[1] = "-cipher";
			all[2] = "ALL:@SECLEVEL=0";
			all[3] = "-rev";
			System.arraycopy(options, 0, all, 4, options.length);
			return OpenSslServer.start(SERVER, all);
		}
		return GnuTlsServer.startWithPriority(SERVER, GnuTlsServer.PRIORITY_12, options);
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

	/** The session is taken over from one engine to the next as after a power cycle: only the slot's bytes survive. */
	@ParameterizedTest
	@CsvSource({ "true,true,false", "true,true,true", "true,false,false", "true,false,true", "false,true,false", "false,true,true",
			"false,false,false", "false,false,true" })
	void sessionIsResumed(boolean openSsl, boolean tickets, boolean both) throws IOException {
		String what = "resumed by " + (tickets ? "ticket" : "id") + (both ? ", TLS 1.3 offered too" : "");
		String[] options = tickets ? new String[0] : new String[] { openSsl ? "-no_ticket" : "--noticket" };
		byte[] slot = new byte[2048];
		try (TlsServer server = server(openSsl, options)) {
			for (Delivery delivery : new Delivery[] { Delivery.AS_IT_COMES, Delivery.ONE_BYTE, Delivery.RANDOM, Delivery.COALESCED }) {
				boolean first = delivery == Delivery.AS_IT_COMES;
				Session session = new Session(slot, 0, slot.length);
				TlsEngine engine = builder(both).session(session).build();
				exchange(engine, server, delivery, first ? "full" : what);
				assertEquals(!first, engine.resumed(), what + " " + delivery);
				assertTrue(session.valid(), what);
				assertEquals(0x0303, engine.version());
				assertTrue(first == engine.handshakeBytesIn() > 700, "certificates: " + engine.handshakeBytesIn());
				slot = java.util.Arrays.copyOf(slot, slot.length);
			}
		}
		// Another server does not know the ticket or id, and a full handshake follows.
		try (TlsServer other = server(openSsl, options)) {
			Session session = new Session(slot, 0, slot.length);
			TlsEngine engine = builder(both).session(session).build();
			exchange(engine, other, Delivery.AS_IT_COMES, "not resumed, foreign " + (tickets ? "ticket" : "id"));
			assertEquals(false, engine.resumed());
			TlsEngine again = builder(both).session(session).build();
			exchange(again, other, Delivery.AS_IT_COMES, what);
			assertTrue(again.resumed());
		}
		// A damaged image is no session.
		slot[60] ^= 1;
		try (TlsServer server = server(openSsl, options)) {
			TlsEngine engine = builder(both).session(new Session(slot, 0, slot.length)).build();
			exchange(engine, server, Delivery.AS_IT_COMES, "full, damaged session");
			assertEquals(false, engine.resumed());
		}
	}

	@ParameterizedTest
	@CsvSource({ "true,P256", "true,P384", "false,P256", "false,P384" })
	void clientCertificateIsVerified(boolean openSsl, KeyKind kind) throws IOException {
		String roots = Identity.writeChain(folder.resolve("roots" + System.nanoTime() + ".pem"), ClientPki.chain(kind, 1, 0).root()).toString();
		String[] options = openSsl ? new String[] { "-Verify", "4", "-verify_return_error", "-CAfile", roots }
				: new String[] { "--require-client-cert", "--verify-client-cert", "--x509cafile", roots };
		try (TlsServer server = server(openSsl, options)) {
			Delivery[] deliveries = Delivery.values();
			int turn = 0;
			for (Chain client : new Chain[] { ClientPki.chain(kind, 1, 0), ClientPki.chain(kind, 3, 0), ClientPki.chain(kind, 2, 5000) }) {
				for (int suite : new int[] { CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
						CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 }) {
					for (int limit : new int[] { 512, 16384 }) {
						boolean both = turn % 2 == 0;
						int[] suites = both ? new int[] { CipherSuite.TLS_AES_128_GCM_SHA256, suite } : new int[] { suite };
						TlsEngine engine = builder(both).suites(suites).recordInLimit(limit).recordOutLimit(limit)
								.identity(ClientPki.certificates(client), ClientPki.key(client)).build();
						exchange(engine, server, deliveries[turn++ % deliveries.length], "client certificate " + kind);
						assertTrue(engine.certificateRequested());
						assertEquals(0, engine.identity());
					}
				}
			}
		}
	}

	/** Ed25519 signs the messages themselves, which nobody has kept: no certificate is sent, and the server decides. */
	@Test
	void edwardsKeyIsNotSelected() throws IOException {
		Chain client = ClientPki.chain(KeyKind.ED25519, 1, 0);
		String roots = Identity.writeChain(folder.resolve("edwards.pem"), client.root()).toString();
		try (TlsServer server = server(true, "-verify", "4", "-CAfile", roots)) {
			TlsEngine engine = builder(false).identity(ClientPki.certificates(client), ClientPki.key(client)).build();
			exchange(engine, server, Delivery.AS_IT_COMES, "client certificate asked for, none fits");
			assertTrue(engine.certificateRequested());
			assertEquals(-1, engine.identity());
		}
	}

	@ParameterizedTest
	@CsvSource({ "true,0xa8", "true,0xa9", "true,0xc0a4", "true,0xc0a8", "true,0xccab", "true,0xccac", "false,0xa8", "false,0xa9", "false,0xc0a4",
			"false,0xc0a8", "false,0xccab", "false,0xccac" })
	void preSharedKeyIsEnough(boolean openSsl, int suite) throws IOException {
		Path passwords = folder.resolve("psk.txt");
		Files.writeString(passwords, IDENTITY + ":" + HexFormat.of().formatHex(KEY) + "\n");
		String[] options = openSsl ? new String[] { "-psk", HexFormat.of().formatHex(KEY), "-psk_identity", IDENTITY, "-psk_hint", "who are you?" }
				: new String[] { "--pskpasswd", passwords.toString(), "--pskhint", "who are you?" };
		PreSharedKey sha256 = new PreSharedKey(IDENTITY.getBytes(StandardCharsets.US_ASCII), KEY);
		PreSharedKey sha384 = new PreSharedKey(IDENTITY.getBytes(StandardCharsets.US_ASCII), KEY, Hash.SHA_384);
		try (TlsServer server = server(openSsl, options)) {
			for (Delivery delivery : Delivery.values()) {
				TlsEngine engine = new EngineBuilder().protocols(new Tls12Client()).preSharedKeys(sha256, sha384).suites(suite).recordInLimit(512)
						.recordOutLimit(512).anchors(TrustStore.of(SERVER.root())).build();
				exchange(engine, server, delivery, CipherSuite.name(suite));
				assertEquals(suite, engine.cipherSuite());
				assertTrue(engine.resumed());
				assertEquals(0, engine.signatureScheme());
				assertEquals(suite == CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256, engine.group() != 0);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void wrongPreSharedKeyIsRefusedByTheServer(boolean openSsl) throws IOException {
		Path passwords = folder.resolve("psk2.txt");
		Files.writeString(passwords, IDENTITY + ":" + HexFormat.of().formatHex(KEY) + "\n");
		byte[] wrong = KEY.clone();
		wrong[0] ^= 1;
		try (TlsServer server = openSsl ? server(true, "-psk", HexFormat.of().formatHex(KEY), "-psk_identity", IDENTITY)
				: server(false, "--pskpasswd", passwords.toString())) {
			TlsEngine engine = new EngineBuilder().protocols(new Tls12Client()).suites(CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256)
					.preSharedKeys(new PreSharedKey(IDENTITY.getBytes(StandardCharsets.US_ASCII), wrong)).anchors(TrustStore.of(SERVER.root())).build();
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
				network.start(server.address(), TestPki.HOST);
				assertTrue(!network.handshake());
				assertEquals("E_ALERT_RECEIVED", TlsError.name(engine.error()));
			}
		}
	}

	/** Who offers both versions gets TLS 1.3 from a server that has it, and TLS 1.2 from one that does not. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void newestCommonVersionIsSpoken(boolean openSsl) throws IOException {
		for (boolean serverBoth : new boolean[] { true, false }) {
			try (TlsServer server = !serverBoth ? server(openSsl)
					: openSsl ? OpenSslServer.start(SERVER, OpenSslServer.BOTH_VERSIONS[0], OpenSslServer.BOTH_VERSIONS[1], "-rev")
							: GnuTlsServer.startWithPriority(SERVER, GnuTlsServer.PRIORITY_BOTH)) {
				for (boolean both : new boolean[] { true, false }) {
					for (Delivery delivery : Delivery.values()) {
						TlsEngine engine = builder(both).build();
						exchange(engine, server, delivery, "versions " + (both ? "1.2, 1.3" : "1.2") + " with " + (serverBoth ? "1.2, 1.3" : "1.2"));
						assertEquals(both && serverBoth ? 0x0304 : 0x0303, engine.version());
					}
				}
				// A server with TLS 1.3 that is offered TLS 1.2 alone marks its random; that is no attack then.
			}
		}
	}

	@Test
	void versionsWithoutACommonOneAreTold() throws IOException {
		try (TlsServer server = OpenSslServer.start(SERVER, "-rev")) {
			TlsEngine engine = builder(false).build();
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
				network.start(server.address(), TestPki.HOST);
				assertTrue(!network.handshake());
				assertEquals("E_VERSION_REFUSED", TlsError.name(engine.error()));
				assertEquals(Alert.PROTOCOL_VERSION, engine.alertReceived());
			}
		}
		try (TlsServer server = server(true)) {
			TlsEngine engine = new EngineBuilder().anchors(TrustStore.of(SERVER.root())).build();
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
				network.start(server.address(), TestPki.HOST);
				assertTrue(!network.handshake());
				assertEquals("E_VERSION_REFUSED", TlsError.name(engine.error()));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void applicationProtocolIsAgreedOn(boolean openSsl) throws IOException {
		String[] options = openSsl ? new String[] { "-alpn", "mqtt,h2" } : new String[] { "--alpn", "mqtt", "--alpn", "h2" };
		try (TlsServer server = server(openSsl, options)) {
			TlsEngine engine = builder(true).alpn("http/1.1", "mqtt").build();
			exchange(engine, server, Delivery.RANDOM, "ALPN");
			assertEquals(1, engine.applicationProtocol());
		}
	}

	/** GnuTLS answers record_size_limit, OpenSSL max_fragment_length. */
	@ParameterizedTest
	@CsvSource({ "true,512", "true,1024", "true,3000", "false,512", "false,700", "false,4096" })
	void recordsKeepToTheLimit(boolean openSsl, int limit) throws IOException {
		try (TlsServer server = server(openSsl)) {
			for (boolean both : new boolean[] { true, false }) {
				for (int suite : new int[] { CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
						CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 }) {
					TlsEngine engine = builder(both).suites(CipherSuite.TLS_AES_128_GCM_SHA256, suite).recordInLimit(limit).recordOutLimit(16384).build();
					Random random = new Random(limit);
					try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
						network.start(server.address(), TestPki.HOST);
						assertTrue(network.handshake(), () -> TlsError.name(engine.error()));
						byte[] line = HandshakeMatrixTest.line(random, 5000);
						assertTrue(network.send(line));
						assertArrayEquals(server.echo(line), network.receive(line.length), () -> TlsError.name(engine.error()));
						assertEquals("E_NONE", TlsError.name(network.finish()));
					}
				}
			}
		}
		RAN.merge((openSsl ? "OpenSSL" : "GnuTLS") + ", records of " + limit, 4, Integer::sum);
	}

	/** Both ends export the same keying material (RFC 5705), and the key log has the master secret. */
	@Test
	void exporterAndKeyLogAgreeWithOpenSsl() throws IOException {
		Path log = folder.resolve("keys.log");
		try (TlsServer server = OpenSslServer.startWithInput(SERVER, OpenSslServer.TLS_1_2, "-keymatexport", "EXPORTER-thimble", "-keymatexportlen", "40",
				"-keylogfile", log.toString())) {
			StringBuilder logged = new StringBuilder();
			TlsEngine engine = builder(false).groups(KeyAgreement.SECP256R1).keyLog((label, random, secret, length) -> logged.append(label)
					.append(' ').append(HexFormat.of().formatHex(random, 0, 32)).append(' ').append(HexFormat.of().formatHex(secret, 0, length)))
					.build();
			byte[] material = new byte[40];
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
				network.start(server.address(), TestPki.HOST);
				assertTrue(network.handshake(), () -> TlsError.name(engine.error()));
				assertTrue(engine.export("EXPORTER-thimble".getBytes(StandardCharsets.US_ASCII), new byte[0], material, 0, material.length));
				String before = server.process().await(0, "Keying material: ", TlsServer.PATIENCE);
				assertTrue(before != null, "s_server prints no keying material");
				String said = server.process().await(before.indexOf("Keying material: "), "\n", TlsServer.PATIENCE);
				assertTrue(said.toLowerCase(java.util.Locale.ROOT).contains("keying material: " + HexFormat.of().formatHex(material)), said);
				assertEquals("E_NONE", TlsError.name(network.finish()));
			}
			assertTrue(Files.readString(log).contains(logged), () -> logged.toString());
			assertTrue(logged.toString().startsWith("CLIENT_RANDOM "));
		}
	}

	/** KeyUpdate is not there; HelloRequest, which an operator of s_server can send, is answered by a warning that OpenSSL takes for an error. */
	@Test
	void renegotiationIsRefused() throws IOException {
		try (TlsServer server = OpenSslServer.startWithInput(SERVER, OpenSslServer.TLS_1_2, "-cipher", "ALL:@SECLEVEL=0")) {
			TlsEngine engine = builder(false).build();
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
				network.start(server.address(), TestPki.HOST);
				assertTrue(network.handshake(), () -> TlsError.name(engine.error()));
				assertEquals(false, engine.keyUpdate(true));
				server.process().input().write("r\n".getBytes(StandardCharsets.US_ASCII));
				server.process().input().flush();
				assertEquals(0, network.receive(1).length);
				assertEquals("E_ALERT_RECEIVED", TlsError.name(engine.error()));
				assertEquals(Alert.HANDSHAKE_FAILURE, engine.alertReceived());
			}
		}
	}
}
