/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static dev.thimble.interop.ServerInteropTest.assume;
import static dev.thimble.interop.ServerInteropTest.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.TrustStore;
import dev.thimble.interop.ServerInteropTest.Program;
import dev.thimble.support.ClientPki;
import dev.thimble.support.EngineServer;
import dev.thimble.support.EngineServer.Outcome;
import dev.thimble.support.FixedTime;
import dev.thimble.support.Network.Delivery;
import dev.thimble.support.Octets;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.tls.CipherSuite;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.TicketKeys;
import dev.thimble.tls.Tls12Server;
import dev.thimble.tls.Tls13Server;
import dev.thimble.tls.TlsEngine;
import dev.thimble.x509.TimeSource;

/** The clients of OpenSSL and GnuTLS connect to a server of ours with TLS 1.2: one of that version alone, and one that has TLS 1.3 as well. */
final class Tls12ServerInteropTest {

	private static final byte[] PSK = Octets.unhex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
	private static final TreeMap<String, Integer> RAN = new TreeMap<>();

	@TempDir
	private static Path folder;

	@AfterAll
	static void printTable() {
		System.out.println("TLS 1.2 handshakes of our server completed with data both ways:");
		RAN.forEach((what, count) -> System.out.println("  " + what + ": " + count));
	}

	private static Protocol[] protocols(boolean both) {
		return both ? new Protocol[] { new Tls13Server(), new Tls12Server() } : new Protocol[] { new Tls12Server() };
	}

	private static EngineConfig config(KeyKind kind, boolean both) {
		return ServerInteropTest.config(kind, protocols(both));
	}

	private static EngineServer serve(Supplier<EngineConfig> config, Delivery delivery) throws IOException {
		return new EngineServer(() -> new TlsEngine(config.get()), delivery);
	}

	private static Outcome connect(Program program, EngineServer server, String what, String... options) throws IOException, InterruptedException {
		ServerInteropTest.folder = folder;
		String[] all = program == Program.OPENSSL ? join(new String[] { "-tls1_2" }, options) : options;
		Outcome outcome = ServerInteropTest.connect(program, server, "TLS 1.2, " + what, all);
		RAN.merge(program + " " + what, 1, Integer::sum);
		return outcome;
	}

	private static String[] trusting(Program program, KeyKind kind) throws IOException {
		ServerInteropTest.folder = folder;
		return ServerInteropTest.trusting(program, kind);
	}

	private static String[] priority(String more) {
		return new String[] { "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.2:+SIGN-ALL" + more };
	}

	@ParameterizedTest
	@CsvSource({ "OPENSSL,P256", "OPENSSL,P384", "OPENSSL,RSA2048", "GNUTLS,P256", "GNUTLS,P384", "GNUTLS,RSA2048" })
	void certificate(Program program, KeyKind kind) throws IOException, InterruptedException {
		assume(program);
		Delivery[] deliveries = { Delivery.AS_IT_COMES, Delivery.RANDOM, Delivery.ONE_BYTE };
		int[] suites = kind == KeyKind.RSA2048
				? new int[] { CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
						CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 }
				: new int[] { CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
						CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
						CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 };
		String[] options = program == Program.OPENSSL ? new String[] { "-cipher", "ALL:@SECLEVEL=0" } : priority(":+AES-128-CCM:+AES-128-CCM-8");
		for (int i = 0; i < suites.length; i++) {
			int suite = suites[i];
			int limit = i == 0 ? 512 : 16384;
			boolean both = i % 2 == 0;
			try (EngineServer server = serve(() -> config(kind, both).cipherSuites(CipherSuite.TLS_AES_128_GCM_SHA256, suite).recordOutLimit(limit),
					deliveries[i % deliveries.length])) {
				Outcome outcome = connect(program, server, kind + " certificate", join(trusting(program, kind), options));
				assertEquals(CipherSuite.name(suite), CipherSuite.name(outcome.suite));
				assertEquals(TestPki.HOST, outcome.serverName);
				assertFalse(outcome.resumed);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "OPENSSL,P256", "OPENSSL,P384", "OPENSSL,RSA2048", "GNUTLS,P256", "GNUTLS,P384", "GNUTLS,RSA2048" })
	void clientCertificate(Program program, KeyKind kind) throws IOException, InterruptedException {
		assume(program);
		Chain client = ClientPki.chain(kind, 2, 0);
		String chain = Identity.writeChain(folder.resolve("client-" + kind + ".pem"), client.path()).toString();
		Path key = client.leaf().writeKey(folder.resolve("client-" + kind + ".key"));
		String[] options = program == Program.OPENSSL ? new String[] { "-cert", chain, "-cert_chain", chain, "-key", key.toString() }
				: join(priority(""), "--x509certfile", chain, "--x509keyfile", key.toString());
		for (int suite : new int[] { CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 }) {
			PortableCrypto crypto = new PortableCrypto();
			Chain own = TestPki.chain(KeyKind.P256, 2);
			EngineConfig config = new EngineConfig(crypto, ServerConfigs.random(7), TrustStore.of(client.root()),
					new FixedTime(TimeSource.TRUSTED, System.currentTimeMillis() / 1000), protocols(true)).recordInLimit(16384).cipherSuites(suite)
							.identity(new dev.thimble.identity.Identity(crypto, Octets.concat(TestPki.certificates(own.path())),
									own.leaf().keys().getPrivate().getEncoded()))
							.clientAuthentication(EngineConfig.REQUIRED);
			try (EngineServer server = serve(() -> config, Delivery.AS_IT_COMES)) {
				assertTrue(connect(program, server, kind + " client certificate", join(trusting(program, KeyKind.P256), options)).clientVerified);
			}
		}
	}

	/** The server that resumes is another object each time: all it has of the first connection is in the ticket. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void openSslResumes(boolean both) throws IOException, InterruptedException {
		assume(Program.OPENSSL);
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		String session = folder.resolve("session-" + both).toString();
		try (EngineServer server = serve(() -> config(KeyKind.P256, both).tickets(keys, 2, 7200), Delivery.AS_IT_COMES)) {
			String[] trusting = trusting(Program.OPENSSL, KeyKind.P256);
			assertFalse(connect(Program.OPENSSL, server, "certificate, with a ticket", join(trusting, "-sess_out", session)).resumed);
			assertTrue(Files.exists(Path.of(session)), "no ticket was kept");
			for (int i = 0; i < 2; i++) {
				assertTrue(connect(Program.OPENSSL, server, "resumed by ticket", join(trusting, "-sess_in", session)).resumed);
			}
			keys.rotate();
			assertTrue(connect(Program.OPENSSL, server, "resumed by ticket", join(trusting, "-sess_in", session)).resumed);
			keys.rotate();
			assertFalse(connect(Program.OPENSSL, server, "certificate, with a ticket too old", join(trusting, "-sess_in", session)).resumed);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void gnuTlsResumes(boolean both) throws IOException, InterruptedException {
		assume(Program.GNUTLS);
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		try (EngineServer server = serve(() -> config(KeyKind.P256, both).tickets(keys, 1, 7200), Delivery.AS_IT_COMES)) {
			assertTrue(connect(Program.GNUTLS, server, "resumed by ticket", join(trusting(Program.GNUTLS, KeyKind.P256), join(priority(""), "--resume")))
					.resumed);
		}
	}

	/** Without ECDHE_PSK for GnuTLS: gnutls-cli 3.7.9 crashes behind such a handshake of TLS 1.2, with gnutls-serv as well. */
	@ParameterizedTest
	@CsvSource({ "OPENSSL,0xa8", "OPENSSL,0xa9", "OPENSSL,0xc0a4", "OPENSSL,0xc0a8", "OPENSSL,0xccab", "OPENSSL,0xccac", "GNUTLS,0xa8", "GNUTLS,0xa9",
			"GNUTLS,0xc0a4", "GNUTLS,0xc0a8", "GNUTLS,0xccab" })
	void preSharedKey(Program program, int suite) throws IOException, InterruptedException {
		assume(program);
		String hex = Octets.hex(PSK).replaceAll("\\s", "");
		String[] options = program == Program.OPENSSL ? new String[] { "-psk_identity", "device7", "-psk", hex, "-cipher", "PSK:@SECLEVEL=0" }
				: new String[] { "--pskusername", "device7", "--pskkey", hex, "--priority",
						"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+ECDHE-PSK:+PSK:+AES-128-CCM:+AES-128-CCM-8" };
		byte[] identity = "device7".getBytes(StandardCharsets.US_ASCII);
		for (boolean both : new boolean[] { false, true }) {
			try (EngineServer server = serve(() -> config(null, both).preSharedKeys(new PreSharedKey(identity, PSK), new PreSharedKey(identity, PSK, Hash.SHA_384))
					.cipherSuites(CipherSuite.TLS_AES_128_GCM_SHA256, suite), Delivery.RANDOM)) {
				Outcome outcome = connect(program, server, CipherSuite.name(suite), options);
				assertTrue(outcome.resumed);
				assertEquals(suite, outcome.suite);
				assertEquals(-1, outcome.identity);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void applicationProtocolAndSmallRecords(Program program) throws IOException, InterruptedException {
		assume(program);
		String[] options = program == Program.OPENSSL ? new String[] { "-alpn", "h2,mqtt,coap", "-maxfraglen", "512" }
				: join(priority(""), "--alpn", "h2", "--alpn", "mqtt", "--alpn", "coap", "--recordsize", "512");
		try (EngineServer server = serve(() -> config(KeyKind.RSA2048, false).applicationProtocols("coap", "mqtt").recordInLimit(512).recordOutLimit(512),
				Delivery.AS_IT_COMES)) {
			assertEquals(0, connect(program, server, "ALPN, records of 512 bytes", join(trusting(program, KeyKind.RSA2048), options)).protocol);
		}
	}
}
