/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.ServerProcess;
import dev.thimble.host.TrustStore;
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
import dev.thimble.tls.Tls13Server;
import dev.thimble.tls.TlsEngine;
import dev.thimble.x509.TimeSource;

/** The clients of OpenSSL and GnuTLS connect to a TLS 1.3 server of ours. */
final class ServerInteropTest {

	/** What the tests need of a client program. */
	enum Program {
		OPENSSL("openssl"), GNUTLS("gnutls-cli");

		final String command;

		Program(String command) {
			this.command = command;
		}
	}

	private static final int PATIENCE = 90_000;
	private static final byte[] PSK = Octets.unhex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
	private static final TreeMap<String, Integer> RAN = new TreeMap<>();

	@TempDir
	static Path folder;

	@AfterAll
	static void printTable() {
		System.out.println("Handshakes of our server completed with data both ways:");
		RAN.forEach((what, count) -> System.out.println("  " + what + ": " + count));
	}

	private static EngineConfig config(KeyKind kind) {
		return config(kind, new Tls13Server());
	}

	static EngineConfig config(KeyKind kind, Protocol... protocols) {
		PortableCrypto crypto = new PortableCrypto();
		EngineConfig config = new EngineConfig(crypto, ServerConfigs.random(11), TrustStore.of(ClientPki.chain(KeyKind.P256, 1, 0).root()),
				new FixedTime(TimeSource.TRUSTED, System.currentTimeMillis() / 1000), protocols).recordInLimit(16384);
		if (kind == null) {
			return config;
		}
		Chain chain = TestPki.chain(kind, 2);
		byte[] certificates = Octets.concat(TestPki.certificates(chain.path()));
		byte[] key = chain.leaf().keys().getPrivate().getEncoded();
		return config.identity(kind == KeyKind.RSA2048 ? dev.thimble.identity.Identity.rsa(crypto, certificates, key)
				: new dev.thimble.identity.Identity[] { new dev.thimble.identity.Identity(crypto, certificates, key) });
	}

	/** A client program, one connection: it sends a line, gets it back, and ends. */
	static Outcome connect(Program program, EngineServer server, String what, String... options) throws IOException, InterruptedException {
		List<String> words = new ArrayList<>();
		String port = Integer.toString(server.port());
		if (program == Program.OPENSSL) {
			words.addAll(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port, "-servername", TestPki.HOST));
			if (!Arrays.asList(options).contains("-tls1_2")) {
				words.add("-tls1_3");
			}
		} else {
			words.addAll(List.of("gnutls-cli", "--port", port, "--sni-hostname", TestPki.HOST, "--verify-hostname", TestPki.HOST));
		}
		words.addAll(Arrays.asList(options));
		if (program == Program.GNUTLS) {
			words.add("127.0.0.1");
		}
		String line = "line of " + program + " to be sent back";
		try (ServerProcess process = ServerProcess.startWithInput(folder, words.toArray(new String[0]))) {
			int times = words.contains("--resume") ? 2 : 1;
			Outcome outcome = null;
			for (int i = 0; i < times; i++) {
				int mark = process.mark();
				if (i == 0 && times == 2) {
					// gnutls-cli leaves the first connection by itself, without sending anything.
					outcome = server.next();
					assertTrue(outcome.complete, outcome::toString);
					continue;
				}
				process.input().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
				process.input().flush();
				assertNotNull(process.await(mark, line, PATIENCE), () -> what + ": " + process.output(0));
				process.input().close();
				outcome = server.next();
			}
			assertEquals(line, outcome.line, () -> what + ": " + process.output(0));
			assertEquals("E_NONE", outcome.error);
			RAN.merge(program + " " + what, 1, Integer::sum);
			return outcome;
		}
	}

	static EngineServer serve(Supplier<EngineConfig> config, Delivery delivery) throws IOException {
		return new EngineServer(() -> new TlsEngine(config.get()), delivery);
	}

	static String pem(String name, Identity... chain) throws IOException {
		return Identity.writeChain(folder.resolve(name), chain).toString();
	}

	static String[] trusting(Program program, KeyKind kind) throws IOException {
		String file = pem("root-" + kind + ".pem", TestPki.chain(kind, 2).root());
		return program == Program.OPENSSL ? new String[] { "-CAfile", file, "-verify_return_error", "-verify_hostname", TestPki.HOST }
				: new String[] { "--x509cafile", file };
	}

	static String[] join(String[] a, String... b) {
		String[] all = Arrays.copyOf(a, a.length + b.length);
		System.arraycopy(b, 0, all, a.length, b.length);
		return all;
	}

	static void assume(Program program) {
		Assumptions.assumeTrue(ServerProcess.installed(program.command), program.command + " is not installed: no interoperability tests against it");
	}

	private static String suiteName(int suite) {
		return CipherSuite.name(suite);
	}

	private static String gnuSuite(int suite) {
		switch (suite) {
		case CipherSuite.TLS_AES_256_GCM_SHA384:
			return "+AES-256-GCM";
		case CipherSuite.TLS_CHACHA20_POLY1305_SHA256:
			return "+CHACHA20-POLY1305";
		case CipherSuite.TLS_AES_128_CCM_SHA256:
			return "+AES-128-CCM";
		default:
			return "+AES-128-GCM";
		}
	}

	@ParameterizedTest
	@CsvSource({ "OPENSSL,P256", "OPENSSL,P384", "OPENSSL,ED25519", "OPENSSL,RSA2048", "GNUTLS,P256", "GNUTLS,P384", "GNUTLS,ED25519",
			"GNUTLS,RSA2048" })
	void certificate(Program program, KeyKind kind) throws IOException, InterruptedException {
		assume(program);
		Delivery[] deliveries = { Delivery.AS_IT_COMES, Delivery.RANDOM, Delivery.ONE_BYTE };
		int[] suites = { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
				CipherSuite.TLS_AES_128_CCM_SHA256 };
		for (int i = 0; i < suites.length; i++) {
			int limit = i == 0 ? 512 : 16384;
			try (EngineServer server = serve(() -> config(kind).recordOutLimit(limit), deliveries[i % deliveries.length])) {
				String[] options = program == Program.OPENSSL ? new String[] { "-ciphersuites", suiteName(suites[i]) }
						: new String[] { "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:" + gnuSuite(suites[i]) + ":+SIGN-ALL" };
				Outcome outcome = connect(program, server, kind + " certificate", join(trusting(program, kind), options));
				assertEquals(suites[i], outcome.suite);
				assertEquals(TestPki.HOST, outcome.serverName);
				assertFalse(outcome.resumed);
			}
		}
	}

	/** A share for a group we do not have, and the group in the list: HelloRetryRequest, with and without a cookie. */
	@ParameterizedTest
	@EnumSource
	void helloRetryRequest(Program program) throws IOException, InterruptedException {
		assume(program);
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		int[] groups = { KeyAgreement.SECP256R1, KeyAgreement.SECP384R1, KeyAgreement.X25519 };
		String[] openSsl = { "X448:P-256", "X448:P-384", "P-256:X25519" };
		String[] gnu = { "+GROUP-SECP521R1:+GROUP-SECP256R1", "+GROUP-SECP521R1:+GROUP-SECP384R1", "+GROUP-SECP521R1:+GROUP-X25519" };
		for (int i = 0; i < groups.length; i++) {
			int group = groups[i];
			for (boolean cookie : new boolean[] { false, true }) {
				try (EngineServer server = serve(() -> config(KeyKind.P256).groups(group).tickets(cookie ? keys : null), Delivery.AS_IT_COMES)) {
					// gnutls-cli sends shares of two groups of different kinds at most.
					String[] options = program == Program.OPENSSL ? new String[] { "-groups", openSsl[i] }
							: new String[] { "--single-key-share", "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.3:-GROUP-ALL:" + gnu[i] };
					Outcome outcome = connect(program, server, "HelloRetryRequest" + (cookie ? " with a cookie" : ""),
							join(trusting(program, KeyKind.P256), options));
					assertTrue(outcome.retried);
					assertEquals(group, outcome.group);
				}
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "OPENSSL,P256", "OPENSSL,P384", "OPENSSL,ED25519", "OPENSSL,RSA2048", "GNUTLS,P256", "GNUTLS,RSA2048" })
	void clientCertificate(Program program, KeyKind kind) throws IOException, InterruptedException {
		assume(program);
		Chain client = ClientPki.chain(kind, 2, 0);
		String chain = pem("client-" + kind + ".pem", client.path());
		Path key = client.leaf().writeKey(folder.resolve("client-" + kind + ".key"));
		String[] options = program == Program.OPENSSL ? new String[] { "-cert", chain, "-cert_chain", chain, "-key", key.toString() }
				: new String[] { "--x509certfile", chain, "--x509keyfile", key.toString(), "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.3:+SIGN-ALL" };
		for (int mode : new int[] { EngineConfig.OPTIONAL, EngineConfig.REQUIRED }) {
			PortableCrypto crypto = new PortableCrypto();
			Chain own = TestPki.chain(KeyKind.P256, 2);
			EngineConfig config = new EngineConfig(crypto, ServerConfigs.random(7), TrustStore.of(client.root()),
					new FixedTime(TimeSource.TRUSTED, System.currentTimeMillis() / 1000), new Tls13Server()).recordInLimit(16384)
							.identity(new dev.thimble.identity.Identity(crypto, Octets.concat(TestPki.certificates(own.path())),
									own.leaf().keys().getPrivate().getEncoded()))
							.clientAuthentication(mode).ed25519CertificateLength(2048);
			try (EngineServer server = serve(() -> config, Delivery.AS_IT_COMES)) {
				assertTrue(connect(program, server, kind + " client certificate", join(trusting(program, KeyKind.P256), options)).clientVerified);
				if (mode == EngineConfig.OPTIONAL) {
					assertFalse(connect(program, server, "no client certificate where it is optional", trusting(program, KeyKind.P256)).clientVerified);
				}
			}
		}
	}

	/** The server that resumes is another object each time: all it has of the first connection is in the ticket. */
	@ParameterizedTest
	@ValueSource(ints = { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384 })
	void openSslResumes(int suite) throws IOException, InterruptedException {
		assume(Program.OPENSSL);
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		String session = folder.resolve("session-" + suite).toString();
		try (EngineServer server = serve(() -> config(KeyKind.P256).tickets(keys, 2, 7200).cipherSuites(suite), Delivery.AS_IT_COMES)) {
			String[] trusting = trusting(Program.OPENSSL, KeyKind.P256);
			assertFalse(connect(Program.OPENSSL, server, "certificate, with tickets", join(trusting, "-sess_out", session)).resumed);
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
	@ValueSource(ints = { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384 })
	void gnuTlsResumes(int suite) throws IOException, InterruptedException {
		assume(Program.GNUTLS);
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		try (EngineServer server = serve(() -> config(KeyKind.P256).tickets(keys, 1, 7200).cipherSuites(suite), Delivery.AS_IT_COMES)) {
			assertTrue(connect(Program.GNUTLS, server, "resumed by ticket", join(trusting(Program.GNUTLS, KeyKind.P256), "--resume", "--waitresumption",
					"--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.3")).resumed);
		}
	}

	@ParameterizedTest
	@EnumSource
	void preSharedKey(Program program) throws IOException, InterruptedException {
		assume(program);
		String hex = Octets.hex(PSK).replaceAll("\\s", "");
		String[] options = program == Program.OPENSSL
				? new String[] { "-psk_identity", "device 7", "-psk", hex, "-ciphersuites", "TLS_AES_128_GCM_SHA256" }
				: new String[] { "--pskusername", "device7", "--pskkey", hex, "--priority",
						"NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:+AES-128-GCM:-KX-ALL:+ECDHE-PSK:+DHE-PSK:+PSK" };
		byte[] identity = (program == Program.OPENSSL ? "device 7" : "device7").getBytes(StandardCharsets.US_ASCII);
		for (boolean tickets : new boolean[] { false, true }) {
			TicketKeys keys = tickets ? ServerConfigs.ticketKeys(2) : null;
			try (EngineServer server = serve(() -> config(null).tickets(keys).preSharedKeys(new PreSharedKey(identity, PSK)), Delivery.RANDOM)) {
				Outcome outcome = connect(program, server, "pre-shared key", options);
				assertTrue(outcome.resumed);
				assertEquals(-1, outcome.identity);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void applicationProtocol(Program program) throws IOException, InterruptedException {
		assume(program);
		String[] options = program == Program.OPENSSL ? new String[] { "-alpn", "h2,mqtt,coap" }
				: new String[] { "--alpn", "h2", "--alpn", "mqtt", "--alpn", "coap", "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.3" };
		try (EngineServer server = serve(() -> config(KeyKind.P256).applicationProtocols("coap", "mqtt"), Delivery.AS_IT_COMES)) {
			assertEquals(0, connect(program, server, "ALPN", join(trusting(program, KeyKind.P256), options)).protocol);
		}
	}

	/** A peer that keeps to small records: OpenSSL by max_fragment_length, GnuTLS by record_size_limit. */
	@ParameterizedTest
	@EnumSource
	void smallRecords(Program program) throws IOException, InterruptedException {
		assume(program);
		String[] options = program == Program.OPENSSL ? new String[] { "-maxfraglen", "512" }
				: new String[] { "--recordsize", "512", "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.3" };
		try (EngineServer server = serve(() -> config(KeyKind.RSA2048).recordInLimit(512).recordOutLimit(512), Delivery.AS_IT_COMES)) {
			connect(program, server, "records of 512 bytes", join(trusting(program, KeyKind.RSA2048), options));
		}
	}
}
