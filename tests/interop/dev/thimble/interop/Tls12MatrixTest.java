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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.host.EngineBuilder;
import dev.thimble.host.KeyKind;
import dev.thimble.host.Parameters;
import dev.thimble.host.TrustStore;
import dev.thimble.support.GnuTlsServer;
import dev.thimble.support.Network;
import dev.thimble.support.Network.Delivery;
import dev.thimble.support.OpenSslServer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.support.TlsServer;
import dev.thimble.tls.CipherSuite;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.SignatureScheme;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/**
 * Verified TLS 1.2 handshakes and data both ways with OpenSSL and GnuTLS: every suite with a certificate × group × kind of certificate, by an engine of
 * TLS 1.2 alone and by one that offers TLS 1.3 as well; record limits, lengths of the chain and ways of delivery take turns.
 */
final class Tls12MatrixTest {

	private static final int[] ECDSA = { CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
			CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
			CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 };
	private static final int[] RSA = { CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
			CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 };
	private static final int[] GROUPS = { KeyAgreement.X25519, KeyAgreement.SECP256R1, KeyAgreement.SECP384R1 };
	private static final int[] LIMITS = { 512, 1024, 4096, 16384 };
	private static final Delivery[] DELIVERIES = { Delivery.ONE_BYTE, Delivery.COALESCED, Delivery.RANDOM, Delivery.AS_IT_COMES };
	private static final int CHAIN = 3;
	private static final long SEED = 20_261_123L;

	/** Counts handshakes: server and kind of certificate, then what was varied. */
	private static final TreeMap<String, TreeMap<String, Integer>> RAN = new TreeMap<>();

	private static TlsServer server;
	private static String serverKey = "";

	private record Case(boolean openSsl, KeyKind kind, int suite, int group, boolean both, int limit, Delivery delivery) {

		@Override
		public String toString() {
			return (this.openSsl ? "OpenSSL " : "GnuTLS ") + this.kind + ", " + CipherSuite.name(this.suite) + ", "
					+ Parameters.groupName(this.group) + (this.both ? ", TLS 1.3 offered too" : "") + ", limit " + this.limit + ", " + this.delivery;
		}
	}

	@TestFactory
	Stream<DynamicTest> openSslCompletesAndEchoes() {
		OpenSslServer.assume();
		return tests(true);
	}

	@TestFactory
	Stream<DynamicTest> gnuTlsCompletesAndEchoes() {
		GnuTlsServer.assume();
		return tests(false);
	}

	@AfterAll
	static void printTableAndStopServer() {
		if (server != null) {
			server.close();
		}
		System.out.println("TLS 1.2 handshakes completed with data both ways:");
		RAN.forEach((peer, counts) -> System.out.println("  " + peer + ": " + counts));
	}

	private static Stream<DynamicTest> tests(boolean openSsl) {
		Random random = new Random(SEED);
		List<Case> cases = new ArrayList<>();
		for (KeyKind kind : KeyKind.values()) {
			for (int suite : kind.toString().startsWith("RSA") ? RSA : ECDSA) {
				for (int group : GROUPS) {
					boolean both = random.nextBoolean();
					cases.add(new Case(openSsl, kind, suite, group, both, LIMITS[random.nextInt(LIMITS.length)],
							DELIVERIES[random.nextInt(DELIVERIES.length)]));
				}
			}
		}
		return cases.stream().map(one -> DynamicTest.dynamicTest(one.toString(), () -> run(one)));
	}

	private static void run(Case one) throws IOException {
		Chain chain = TestPki.chain(one.kind, CHAIN);
		TlsServer peer = server(one, chain);
		Protocol[] protocols = one.both ? new Protocol[] { new Tls13Client(), new Tls12Client() } : new Protocol[] { new Tls12Client() };
		int[] suites = one.both ? new int[] { CipherSuite.TLS_AES_128_GCM_SHA256, one.suite } : new int[] { one.suite };
		int[] groups = groups(one);
		TlsEngine engine = new EngineBuilder().protocols(protocols).anchors(TrustStore.of(chain.root())).suites(suites).groups(groups)
				.recordInLimit(one.limit).recordOutLimit(one.limit).build();
		Random random = new Random(one.toString().hashCode());
		try (Network network = new Network(engine, one.delivery, random.nextLong())) {
			network.start(peer.address(), TestPki.HOST);
			assertTrue(network.handshake(), () -> "the handshake failed: " + TlsError.name(engine.error()) + ", alert received "
					+ engine.alertReceived());
			assertEquals(0x0303, engine.version());
			assertFalse(engine.resumed());
			assertEquals(CipherSuite.name(one.suite), engine.cipherSuiteName());
			assertEquals(Parameters.groupName(one.group), Parameters.groupName(engine.group()));
			assertTrue(engine.signatureScheme() != 0, () -> SignatureScheme.name(engine.signatureScheme()));
			for (int length : new int[] { 2, 600 + random.nextInt(1200) }) {
				byte[] line = HandshakeMatrixTest.line(random, length);
				assertTrue(network.send(line), "could not send");
				assertArrayEquals(peer.echo(line), network.receive(length), () -> "echo, error " + TlsError.name(engine.error()));
			}
			assertEquals("E_NONE", TlsError.name(network.finish()));
			assertTrue(engine.peerClosed(), "the peer did not close");
		}
		count(peer.name() + " " + one.kind, one);
	}

	/** In TLS 1.2 the groups a client offers are those it verifies signatures on as well (RFC 8422 §5.1.1). */
	private static int[] groups(Case one) {
		if (one.kind == KeyKind.P256 && one.group != KeyAgreement.SECP256R1) {
			return new int[] { one.group, KeyAgreement.SECP256R1 };
		}
		if (one.kind == KeyKind.P384 && one.group != KeyAgreement.SECP384R1) {
			return new int[] { one.group, KeyAgreement.SECP384R1 };
		}
		return new int[] { one.group };
	}

	private static TlsServer server(Case one, Chain chain) throws IOException {
		String key = one.openSsl + " " + one.kind;
		if (!key.equals(serverKey)) {
			if (server != null) {
				server.close();
				server = null;
			}
			server = one.openSsl ? OpenSslServer.start(chain, OpenSslServer.TLS_1_2, "-cipher", "ALL:@SECLEVEL=0", "-rev")
					: GnuTlsServer.startWithPriority(chain, GnuTlsServer.PRIORITY_12);
			serverKey = key;
		}
		return server;
	}

	private static void count(String peer, Case one) {
		TreeMap<String, Integer> counts = RAN.computeIfAbsent(peer, name -> new TreeMap<>());
		counts.merge("all", 1, Integer::sum);
		counts.merge(CipherSuite.name(one.suite).substring(4), 1, Integer::sum);
		counts.merge(one.both ? "TLS 1.3 offered too" : "TLS 1.2 alone", 1, Integer::sum);
		counts.merge("limit " + one.limit, 1, Integer::sum);
		counts.merge(one.delivery.toString(), 1, Integer::sum);
	}
}
