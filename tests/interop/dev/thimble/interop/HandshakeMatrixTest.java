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
import dev.thimble.tls.SignatureScheme;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/**
 * Verified handshakes and data both ways with OpenSSL and GnuTLS: suite × group × kind of certificate × record limit × length of the chain × delivery.
 * Every suite × group × kind of certificate runs at least once against each server; how much of the rest runs is the property
 * {@code thimble.share}, 0 to 1 (all).
 */
final class HandshakeMatrixTest {

	private static final int[] SUITES = { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384,
			CipherSuite.TLS_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_AES_128_CCM_SHA256, CipherSuite.TLS_AES_128_CCM_8_SHA256 };
	private static final int[] GROUPS = { KeyAgreement.X25519, KeyAgreement.SECP256R1, KeyAgreement.SECP384R1 };
	private static final int[] LIMITS = { 512, 1024, 4096, 16384 };
	private static final int[] CHAINS = { 1, 2, 3, 4 };
	private static final Delivery[] DELIVERIES = { Delivery.ONE_BYTE, Delivery.COALESCED, Delivery.RANDOM };
	private static final double SHARE = Double.parseDouble(System.getProperty("thimble.share", "0.1"));
	private static final long SEED = 20_260_101L;

	/** Counts handshakes: server and kind of certificate, then what was varied. */
	private static final TreeMap<String, TreeMap<String, Integer>> RAN = new TreeMap<>();

	private static TlsServer server;
	private static String serverKey = "";

	private static final class Case {

		private final boolean openSsl;
		private final KeyKind kind;
		private final int chain;
		private final int suite;
		private final int group;
		private final int limit;
		private final Delivery delivery;

		Case(boolean openSsl, KeyKind kind, int chain, int suite, int group, int limit, Delivery delivery) {
			this.openSsl = openSsl;
			this.kind = kind;
			this.chain = chain;
			this.suite = suite;
			this.group = group;
			this.limit = limit;
			this.delivery = delivery;
		}

		@Override
		public String toString() {
			return (this.openSsl ? "OpenSSL " : "GnuTLS ") + this.kind + " chain of " + this.chain + ", " + CipherSuite.name(this.suite) + ", "
					+ Parameters.groupName(this.group) + ", limit " + this.limit + ", " + this.delivery;
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
		System.out.println("Handshakes completed with data both ways (share " + SHARE + " of the full product):");
		RAN.forEach((peer, counts) -> System.out.println("  " + peer + ": " + counts));
	}

	private static Stream<DynamicTest> tests(boolean openSsl) {
		return cases(openSsl).stream().map(one -> DynamicTest.dynamicTest(one.toString(), () -> run(one)));
	}

	/** Ordered by server, so that one server process runs at a time. */
	private static List<Case> cases(boolean openSsl) {
		Random random = new Random(SEED);
		List<Case> cases = new ArrayList<>();
		for (KeyKind kind : KeyKind.values()) {
			int[] onceAt = new int[SUITES.length * GROUPS.length];
			for (int i = 0; i < onceAt.length; i++) {
				onceAt[i] = random.nextInt(CHAINS.length * LIMITS.length * DELIVERIES.length);
			}
			int variant = 0;
			for (int chain : CHAINS) {
				for (int limit : LIMITS) {
					for (Delivery delivery : DELIVERIES) {
						for (int i = 0; i < onceAt.length; i++) {
							if (random.nextDouble() < SHARE || onceAt[i] == variant) {
								cases.add(new Case(openSsl, kind, chain, SUITES[i / GROUPS.length], GROUPS[i % GROUPS.length], limit, delivery));
							}
						}
						variant++;
					}
				}
			}
		}
		return cases;
	}

	private static void run(Case one) throws IOException {
		Chain chain = TestPki.chain(one.kind, one.chain);
		TlsServer peer = server(one, chain);
		TlsEngine engine = new EngineBuilder().anchors(TrustStore.of(chain.root())).suites(one.suite).groups(one.group).recordInLimit(one.limit)
				.recordOutLimit(one.limit).build();
		Random random = new Random(one.toString().hashCode());
		try (Network network = new Network(engine, one.delivery, random.nextLong())) {
			network.start(peer.address(), TestPki.HOST);
			assertTrue(network.handshake(), () -> "the handshake failed: " + TlsError.name(engine.error()) + ", alert received "
					+ engine.alertReceived());
			assertEquals(CipherSuite.name(one.suite), CipherSuite.name(engine.cipherSuite()));
			assertEquals(Parameters.groupName(one.group), Parameters.groupName(engine.group()));
			assertTrue(fits(one.kind, engine.signatureScheme()), () -> one.kind + " signed with " + SignatureScheme.name(engine.signatureScheme()));
			for (int length : new int[] { 2, 600 + random.nextInt(1200) }) {
				byte[] line = line(random, length);
				assertTrue(network.send(line), "could not send");
				assertArrayEquals(peer.echo(line), network.receive(length), () -> "echo, error " + TlsError.name(engine.error()));
			}
			assertEquals("E_NONE", TlsError.name(network.finish()));
			assertTrue(engine.peerClosed(), "the peer did not close");
		}
		count(peer.name() + " " + one.kind, one);
	}

	private static TlsServer server(Case one, Chain chain) throws IOException {
		String key = one.openSsl + " " + one.kind + " " + one.chain;
		if (!key.equals(serverKey)) {
			if (server != null) {
				server.close();
				server = null;
			}
			server = one.openSsl ? OpenSslServer.start(chain, OpenSslServer.REVERSE) : GnuTlsServer.start(chain);
			serverKey = key;
		}
		return server;
	}

	private static boolean fits(KeyKind kind, int scheme) {
		switch (kind) {
		case P256:
			return scheme == SignatureScheme.ECDSA_SECP256R1_SHA256;
		case P384:
			return scheme == SignatureScheme.ECDSA_SECP384R1_SHA384;
		case ED25519:
			return scheme == SignatureScheme.ED25519;
		case RSA_PSS:
			return scheme >= SignatureScheme.RSA_PSS_PSS_SHA256 && scheme <= SignatureScheme.RSA_PSS_PSS_SHA512;
		default:
			return scheme >= SignatureScheme.RSA_PSS_RSAE_SHA256 && scheme <= SignatureScheme.RSA_PSS_RSAE_SHA512;
		}
	}

	/** A line of letters that no server takes for a command. */
	static byte[] line(Random random, int length) {
		byte[] line = new byte[length];
		for (int i = 0; i < length - 1; i++) {
			line[i] = (byte) ('a' + random.nextInt(26));
		}
		line[length - 1] = '\n';
		return line;
	}

	private static void count(String peer, Case one) {
		TreeMap<String, Integer> counts = RAN.computeIfAbsent(peer, name -> new TreeMap<>());
		counts.merge("all", 1, Integer::sum);
		counts.merge(CipherSuite.name(one.suite).substring(4), 1, Integer::sum);
		counts.merge(Parameters.groupName(one.group), 1, Integer::sum);
		counts.merge("limit " + one.limit, 1, Integer::sum);
		counts.merge("chain " + one.chain, 1, Integer::sum);
		counts.merge(one.delivery.toString(), 1, Integer::sum);
	}
}
