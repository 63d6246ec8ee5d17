/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.crypto.PortableSymmetricCrypto;
import dev.thimble.identity.Identity;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.JoinedEngines;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;
import dev.thimble.x509.TrustedKeys;

/** Thimble to Thimble: a client and a server in memory, with the portable primitives on both sides. */
class BothRolesTest {

	private static final byte[] PING = ScriptedServer.bytes(3, 900);
	private static final byte[] PONG = ScriptedServer.bytes(4, 3000);
	private static final byte[] KEY = ScriptedServer.bytes(77, 32);
	private static final byte[] NAME = "device 7".getBytes(StandardCharsets.US_ASCII);
	private static final int[] GROUPS = { KeyAgreement.X25519, KeyAgreement.SECP256R1, KeyAgreement.SECP384R1 };
	private static final int[] SUITES = { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384,
			CipherSuite.TLS_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_AES_128_CCM_SHA256, CipherSuite.TLS_AES_128_CCM_8_SHA256 };

	private static EngineConfig client(CryptoProvider crypto) {
		return new EngineConfig(crypto, ServerConfigs.random(5), EngineHarness.ANCHORS, EngineHarness.CLOCK, new Tls13Client());
	}

	private static JoinedEngines connect(EngineConfig client, EngineConfig server, int chunk) {
		return connect(new TlsEngine(client), new TlsEngine(server), chunk);
	}

	private static JoinedEngines connect(TlsEngine client, TlsEngine server, int chunk) {
		JoinedEngines pair = new JoinedEngines(client, server);
		pair.chunk = chunk;
		pair.start();
		assertEquals(TlsError.name(0), TlsError.name(client.error()));
		assertEquals(TlsError.name(0), TlsError.name(server.error()));
		assertTrue(client.handshakeComplete() && server.handshakeComplete());
		assertArrayEquals(PING, pair.toServer(PING));
		assertArrayEquals(PONG, pair.toClient(PONG));
		assertEquals(client.resumed(), server.resumed());
		assertEquals(client.cipherSuite(), server.cipherSuite());
		assertEquals(client.group(), server.group());
		assertEquals(client.helloRetried(), server.helloRetried());
		assertEquals(client.applicationProtocol() >= 0, server.applicationProtocol() >= 0);
		byte[] exported = new byte[40];
		byte[] other = new byte[40];
		assertTrue(client.export(NAME, PING, exported, 0, 40) && server.export(NAME, PING, other, 0, 40));
		assertArrayEquals(exported, other);
		return pair;
	}

	private static void end(JoinedEngines pair) {
		pair.close();
		assertEquals(TlsEngine.CLOSED, pair.client.state());
		assertEquals(TlsEngine.CLOSED, pair.server.state());
		assertEquals(0, pair.client.error());
		assertEquals(0, pair.server.error());
	}

	static Stream<String> kinds() {
		return Stream.of("P-256", "P-384", "Ed25519");
	}

	/** Every suite with every group, with and without a HelloRetryRequest, one engine for all connections. */
	@ParameterizedTest
	@MethodSource("kinds")
	void everySuiteAndGroup(String kind) {
		for (int group = 0; group < GROUPS.length; group++) {
			for (int suite : SUITES) {
				for (boolean retry : new boolean[] { false, true }) {
					// A client that prefers another group sends no share for the only one the server has.
					int first = retry ? GROUPS[(group + 1) % GROUPS.length] : GROUPS[group];
					EngineConfig client = client(new JceCrypto()).groups(first, GROUPS[(group + 2) % GROUPS.length], retry ? GROUPS[group]
							: GROUPS[(group + 1) % GROUPS.length]).cipherSuites(suite);
					EngineConfig server = ServerConfigs.of(kind).groups(GROUPS[group]).cipherSuites(suite);
					if (suite != CipherSuite.TLS_AES_128_GCM_SHA256) {
						server.tickets(ServerConfigs.ticketKeys(3));
					}
					JoinedEngines pair = connect(client, server, Integer.MAX_VALUE);
					assertEquals(retry, pair.server.helloRetried());
					assertEquals(GROUPS[group], pair.server.group());
					end(pair);
				}
			}
		}
	}

	static IntStream chunks() {
		return IntStream.of(1, 2, 3, 5, 17, 64, 511, 700);
	}

	/** The smallest record buffers on both sides, certificates both ways, a retry, tickets; every chunk size moves it. */
	@ParameterizedTest
	@MethodSource("chunks")
	void smallRecordsInSmallChunks(int chunk) {
		EngineConfig server = ServerConfigs.of("P-256").recordInLimit(512).recordOutLimit(512).groups(KeyAgreement.SECP256R1)
				.clientAuthentication(EngineConfig.REQUIRED).tickets(ServerConfigs.ticketKeys(1), 2, 60).applicationProtocols("mqtt", "coap");
		JceCrypto crypto = new JceCrypto();
		EngineConfig client = client(crypto).recordInLimit(512).recordOutLimit(512).applicationProtocols("h2", "coap")
				.identity(ServerConfigs.identity(crypto, ServerIdentity.ofClient("P-384", 2)));
		TlsEngine clientEngine = new TlsEngine(client);
		TlsEngine serverEngine = new TlsEngine(server);
		for (int i = 0; i < 3; i++) {
			JoinedEngines pair = connect(clientEngine, serverEngine, chunk);
			assertTrue(serverEngine.clientVerified());
			assertTrue(serverEngine.helloRetried());
			assertEquals(1, clientEngine.applicationProtocol());
			assertEquals(1, serverEngine.applicationProtocol());
			assertTrue(clientEngine.keyUpdate(true));
			pair.run();
			assertTrue(serverEngine.keyUpdate(true));
			pair.run();
			assertEquals(2 * PING.length, pair.toServer(PING).length);
			assertEquals(2 * PONG.length, pair.toClient(PONG).length);
			end(pair);
		}
	}

	/** The portable primitives on both sides, certificates both ways. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void portablePrimitives(boolean rsa) {
		CryptoProvider serverCrypto = rsa ? new PortableCrypto() : new PortableEcCrypto();
		CryptoProvider clientCrypto = rsa ? new PortableCrypto() : new PortableEcCrypto();
		TlsEngine server = new TlsEngine(ServerConfigs.of(serverCrypto, new String[] { "P-256", "Ed25519" }, new Tls13Server())
				.clientAuthentication(EngineConfig.REQUIRED).tickets(ServerConfigs.ticketKeys(1)));
		for (int suite : SUITES) {
			EngineConfig client = client(clientCrypto).cipherSuites(suite)
					.identity(ServerConfigs.identity(clientCrypto, ServerIdentity.ofClient("P-256", 1)));
			if (suite == CipherSuite.TLS_AES_128_CCM_8_SHA256) {
				continue;
			}
			end(connect(new TlsEngine(client), server, Integer.MAX_VALUE));
		}
	}

	@Test
	void resumption() {
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		for (int suite : new int[] { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384 }) {
			for (boolean only : new boolean[] { false, true }) {
				for (boolean retry : new boolean[] { false, true }) {
					Session session = new Session(new byte[500], 0, 500);
					EngineConfig config = client(new JceCrypto()).cipherSuites(suite).session(session).pskOnly(only);
					TlsEngine client = new TlsEngine(config.groups(retry ? GROUPS : new int[] { KeyAgreement.SECP256R1 }));
					for (int i = 0; i < 4; i++) {
						// Every time another server, as after a restart.
						TlsEngine server = new TlsEngine(ServerConfigs.of("P-256").groups(KeyAgreement.SECP256R1).tickets(keys).pskOnly(only));
						JoinedEngines pair = connect(client, server, Integer.MAX_VALUE);
						assertEquals(i > 0, server.resumed(), "connection " + i);
						assertEquals(i > 0 && only ? 0 : KeyAgreement.SECP256R1, server.group());
						assertFalse(server.clientVerified());
						end(pair);
						assertTrue(session.valid());
					}
				}
			}
		}
	}

	@Test
	void externalKeys() {
		for (boolean only : new boolean[] { false, true }) {
			CryptoProvider crypto = new JceCrypto();
			PreSharedKey[] keys = { new PreSharedKey(NAME, KEY),
					PreSharedKey.imported(crypto, NAME, KEY, Hash.SHA_256, KEY, Hash.SHA_384) };
			for (PreSharedKey key : keys) {
				EngineConfig server = new EngineConfig(new JceCrypto(), ServerConfigs.random(1), null, null, new Tls13Server()).pskOnly(only)
						.preSharedKeys(keys);
				JoinedEngines pair = connect(client(crypto).preSharedKeys(key).pskOnly(only), server, 100);
				assertTrue(pair.server.resumed());
				end(pair);
			}
		}
	}

	@Test
	void rawPublicKeys() {
		JceCrypto clientCrypto = new JceCrypto();
		JceCrypto serverCrypto = new JceCrypto();
		ServerIdentity one = ServerIdentity.of("P-256");
		ServerIdentity other = ServerIdentity.ofClient("Ed25519", 0);
		EngineConfig client = new EngineConfig(clientCrypto, ServerConfigs.random(5), null, null, new Tls13Client())
				.peerKeys(TrustedKeys.of(clientCrypto, one.rawKey()))
				.identity(Identity.rawKey(clientCrypto, other.rawKey(), ServerConfigs.identity(clientCrypto, other).signer()));
		EngineConfig server = new EngineConfig(serverCrypto, ServerConfigs.random(1), null, null, new Tls13Server())
				.peerKeys(TrustedKeys.of(serverCrypto, other.rawKey())).clientAuthentication(EngineConfig.REQUIRED)
				.identity(Identity.rawKey(serverCrypto, one.rawKey(), ServerConfigs.identity(serverCrypto, one).signer()));
		JoinedEngines pair = connect(client, server, 60);
		assertTrue(pair.server.clientVerified());
		end(pair);
	}

	/** No certificate and no elliptic curve on either side: RFC 8446 figure 3 with psk_ke. */
	@Test
	void symmetricAlone() {
		for (int suite : new int[] { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_CHACHA20_POLY1305_SHA256 }) {
			PreSharedKey key = new PreSharedKey(NAME, KEY);
			EngineConfig client = new EngineConfig(new PortableSymmetricCrypto(), ServerConfigs.random(5), null, EngineHarness.CLOCK,
					new Tls13PskClient()).preSharedKeys(key).pskOnly(true).cipherSuites(suite);
			Session session = new Session(new byte[300], 0, 300);
			EngineConfig server = new EngineConfig(new PortableSymmetricCrypto(), ServerConfigs.random(1), null, EngineHarness.CLOCK, new Tls13Server())
					.preSharedKeys(key).pskOnly(true).tickets(ServerConfigs.ticketKeys(1));
			TlsEngine clientEngine = new TlsEngine(client.session(session));
			for (int i = 0; i < 2; i++) {
				JoinedEngines pair = connect(clientEngine, new TlsEngine(server), 50);
				assertTrue(pair.server.resumed());
				assertEquals(0, pair.server.group());
				end(pair);
				assertTrue(session.valid());
			}
		}
	}
}
