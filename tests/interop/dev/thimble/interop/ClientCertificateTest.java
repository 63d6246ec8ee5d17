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
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.host.EngineBuilder;
import dev.thimble.host.HeapWalker;
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
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/** OpenSSL and GnuTLS demand a client certificate and verify it. */
final class ClientCertificateTest {

	private static final KeyKind[] KINDS = { KeyKind.P256, KeyKind.P384, KeyKind.ED25519 };
	private static final Chain SERVER = TestPki.chain(KeyKind.P256, 1);
	private static final TreeMap<String, Integer> RAN = new TreeMap<>();

	@TempDir
	private static Path folder;

	/** Starts a server that demands certificates below the clients' roots of some kinds. */
	private static TlsServer demanding(boolean openSsl, String priority, KeyKind... kinds) throws IOException {
		List<Identity> roots = new ArrayList<>();
		for (KeyKind kind : kinds) {
			roots.add(ClientPki.chain(kind, 1, 0).root());
		}
		String file = Identity.writeChain(folder.resolve("roots" + System.nanoTime() + ".pem"), roots.toArray(new Identity[0])).toString();
		if (openSsl) {
			return priority == null ? OpenSslServer.start(SERVER, "-rev", "-Verify", "4", "-verify_return_error", "-CAfile", file)
					: OpenSslServer.start(SERVER, "-rev", "-Verify", "4", "-verify_return_error", "-CAfile", file, "-client_sigalgs", priority);
		}
		return GnuTlsServer.startWithPriority(SERVER, priority == null ? GnuTlsServer.PRIORITY : priority, "--require-client-cert",
				"--verify-client-cert", "--x509cafile", file);
	}

	private static EngineBuilder builder(Chain... clients) {
		EngineBuilder builder = new EngineBuilder().anchors(TrustStore.of(SERVER.root()));
		for (Chain client : clients) {
			builder.identity(ClientPki.certificates(client), ClientPki.key(client));
		}
		return builder;
	}

	private static void exchange(TlsEngine engine, TlsServer server, Delivery delivery, int identity) throws IOException {
		Random random = new Random(1);
		try (Network network = new Network(engine, delivery, 1)) {
			network.start(server.address(), TestPki.HOST);
			assertTrue(network.handshake(), () -> TlsError.name(engine.error()) + ", alert received " + Alert.name(engine.alertReceived()));
			byte[] line = HandshakeMatrixTest.line(random, 700);
			assertTrue(network.send(line));
			assertArrayEquals(server.echo(line), network.receive(700), () -> TlsError.name(engine.error()) + " "
					+ Alert.name(engine.alertReceived()));
			assertTrue(engine.certificateRequested());
			assertEquals(identity, engine.identity());
			assertEquals("E_NONE", TlsError.name(network.finish()));
		}
	}

	@AfterAll
	static void printTable() {
		System.out.println("Mutual TLS 1.3 handshakes completed with data both ways:");
		RAN.forEach((peer, count) -> System.out.println("  " + peer + ": " + count));
	}

	@ParameterizedTest
	@CsvSource({ "true,P256", "true,P384", "true,ED25519", "false,P256", "false,P384", "false,ED25519" })
	void isVerified(boolean openSsl, KeyKind kind) throws IOException {
		try (TlsServer server = demanding(openSsl, null, KINDS)) {
			Delivery[] deliveries = { Delivery.AS_IT_COMES, Delivery.RANDOM, Delivery.COALESCED, Delivery.ONE_BYTE };
			int turn = 0;
			for (Chain client : new Chain[] { ClientPki.chain(kind, 1, 0), ClientPki.chain(kind, 3, 0), ClientPki.chain(kind, 2, 5000) }) {
				for (int suite : new int[] { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384,
						CipherSuite.TLS_CHACHA20_POLY1305_SHA256 }) {
					for (int limit : new int[] { 512, 1024, 16384 }) {
						TlsEngine engine = builder(client).suites(suite).recordInLimit(limit).recordOutLimit(limit).build();
						exchange(engine, server, deliveries[turn++ % deliveries.length], 0);
						RAN.merge(server.name() + " " + kind + " " + CipherSuite.name(suite).substring(4) + ", limits 512, 1024, 16384", 1, Integer::sum);
					}
				}
			}
		}
	}

	/** An RSA key signs with PSS, and in TLS 1.2 with PKCS #1 v1.5 if the server takes nothing else. */
	@ParameterizedTest
	@CsvSource({ "true,false,,0", "false,false,,0", "true,true,rsa_pss_rsae_sha256:rsa_pkcs1_sha256,0", "true,true,rsa_pkcs1_sha256,1",
			"false,true,+SIGN-RSA-PSS-RSAE-SHA256:+SIGN-RSA-SHA256,0", "false,true,+SIGN-RSA-SHA256,1" })
	void isVerifiedWithAnRsaKey(boolean openSsl, boolean version12, String schemes, int expected) throws IOException {
		for (int length = 1; length <= 2; length++) {
			Chain client = ClientPki.chain(KeyKind.RSA2048, length, 0);
			EngineBuilder builder = builder(client);
			if (version12) {
				builder.protocols(new Tls12Client());
			}
			try (TlsServer server = version12 ? demanding12(openSsl, schemes, client) : demanding(openSsl, null, KeyKind.RSA2048)) {
				exchange(builder.build(), server, Delivery.RANDOM, expected);
			}
		}
	}

	private static TlsServer demanding12(boolean openSsl, String schemes, Chain client) throws IOException {
		String file = Identity.writeChain(folder.resolve("roots" + System.nanoTime() + ".pem"), client.root()).toString();
		return openSsl
				? OpenSslServer.start(SERVER, OpenSslServer.TLS_1_2, "-rev", "-Verify", "4", "-verify_return_error", "-CAfile", file, "-client_sigalgs",
						schemes)
				: GnuTlsServer.startWithPriority(SERVER, GnuTlsServer.PRIORITY_12 + ":-SIGN-ALL:+SIGN-ECDSA-SHA256:" + schemes, "--require-client-cert",
						"--verify-client-cert", "--x509cafile", file);
	}

	/** Server and client agree on the identity by the schemes or by the authorities the server names. */
	@ParameterizedTest
	@CsvSource({ "true,ecdsa_secp256r1_sha256,0", "true,ecdsa_secp384r1_sha384,1", "true,ed25519,2",
			"false,NORMAL:-VERS-ALL:+VERS-TLS1.3:-SIGN-ALL:+SIGN-ECDSA-SECP256R1-SHA256,0",
			"false,NORMAL:-VERS-ALL:+VERS-TLS1.3:-SIGN-ALL:+SIGN-ECDSA-SECP384R1-SHA384:+SIGN-ECDSA-SECP256R1-SHA256,0" })
	void isSelectedBySchemes(boolean openSsl, String schemes, int expected) throws IOException {
		try (TlsServer server = demanding(openSsl, schemes, KINDS)) {
			exchange(builder(ClientPki.chain(KeyKind.P256, 1, 0), ClientPki.chain(KeyKind.P384, 1, 0), ClientPki.chain(KeyKind.ED25519, 1, 0))
					.build(), server, Delivery.AS_IT_COMES, expected);
		}
	}

	@ParameterizedTest
	@CsvSource({ "true,P256,0", "true,P384,1", "true,ED25519,2", "false,P256,0", "false,P384,1", "false,ED25519,2" })
	void isSelectedByAuthorities(boolean openSsl, KeyKind kind, int expected) throws IOException {
		try (TlsServer server = demanding(openSsl, null, kind)) {
			exchange(builder(ClientPki.chain(KeyKind.P256, 2, 0), ClientPki.chain(KeyKind.P384, 2, 0), ClientPki.chain(KeyKind.ED25519, 2, 0))
					.build(), server, Delivery.AS_IT_COMES, expected);
		}
	}

	/** RFC 8446 §4.4.2.4: without a certificate the server may give up, and says certificate_required. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void withoutOneTheServerSaysSo(boolean openSsl) throws IOException {
		try (TlsServer server = demanding(openSsl, null, KeyKind.P256)) {
			for (EngineBuilder builder : new EngineBuilder[] { builder(), builder(ClientPki.chain(KeyKind.P384, 1, 0)) }) {
				TlsEngine engine = builder.build();
				try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
					network.start(server.address(), TestPki.HOST);
					network.handshake();
					network.receive(1);
					assertEquals("E_ALERT_RECEIVED", TlsError.name(engine.error()));
					assertEquals(Alert.name(Alert.CERTIFICATE_REQUIRED), Alert.name(engine.alertReceived()));
					assertTrue(engine.certificateRequested());
					assertEquals(-1, engine.identity());
				}
			}
		}
	}

	/** A server that names no authorities and does not trust ours says what it thinks of the certificate. */
	@Test
	void aStrangersCertificateIsRefusedByAlert() throws IOException, GeneralSecurityException {
		String other = Identity.writeChain(folder.resolve("other.pem"), TestPki.root(KeyKind.P256)).toString();
		try (TlsServer server = OpenSslServer.start(SERVER, "-rev", "-Verify", "4", "-verify_return_error", "-verifyCAfile", other, "-no-CAfile")) {
			TlsEngine engine = builder(ClientPki.chain(KeyKind.P256, 1, 0)).build();
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
				network.start(server.address(), TestPki.HOST);
				network.handshake();
				network.receive(1);
				assertEquals("E_ALERT_RECEIVED", TlsError.name(engine.error()));
				assertEquals(Alert.name(Alert.UNKNOWN_CA), Alert.name(engine.alertReceived()));
				assertEquals(0, engine.identity());
			}
		}
	}

	/** What an identity adds to the heap; the certificates stand in flash. */
	@Test
	void takesLittleHeap() {
		long without = heap();
		StringBuilder line = new StringBuilder("heap of an engine's identity:");
		for (KeyKind kind : KINDS) {
			long more = heap(ClientPki.chain(kind, 2, 0)) - without;
			line.append(' ').append(kind).append(' ').append(more).append(" bytes,");
			assertTrue(more <= 1400, () -> kind + ": " + more);
		}
		System.out.println(line.append(" of two certificates"));
	}

	private static long heap(Chain... clients) {
		EngineBuilder builder = builder(clients).crypto(new PortableEcCrypto());
		TlsEngine engine = builder.build();
		engine.start(TestPki.HOST);
		engine.step();
		HeapWalker walker = builder.walk(engine, false);
		engine.abort();
		return walker.bytes();
	}
}
