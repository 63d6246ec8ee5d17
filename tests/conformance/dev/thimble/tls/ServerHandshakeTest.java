/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static dev.thimble.support.TlsNumbers.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.identity.Identity;
import dev.thimble.support.ClientScript;
import dev.thimble.support.ClientStep;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.ExtensionList;
import dev.thimble.support.Framing;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Octets;
import dev.thimble.support.Psk;
import dev.thimble.support.ScriptedClient;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;
import dev.thimble.x509.TrustedKeys;

/** What a TLS 1.3 server does with a client that is right. The scripted client checks every message the server sends. */
class ServerHandshakeTest {

	private static final byte[] PING = ScriptedClient.bytes(3, 900);
	private static final byte[] PONG = ScriptedClient.bytes(4, 3000);
	private static final byte[] KEY = ScriptedClient.bytes(77, 32);

	private static EngineHarness run(EngineConfig config, ScriptedClient client) {
		EngineHarness harness = new EngineHarness(new TlsEngine(config), client).start();
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertTrue(client.server.finished, "the client did not get to its end");
		assertTrue(harness.engine.handshakeComplete());
		return harness;
	}

	/** Data both ways, then an orderly end; no secret stays. */
	private static void exchange(EngineHarness harness, ScriptedClient client) {
		client.then(ClientStep.data(PING));
		harness.run();
		assertArrayEquals(PING, harness.received());
		harness.send(PONG);
		assertArrayEquals(PONG, client.server.data());
		client.then(ClientStep.CLOSE_NOTIFY);
		harness.run();
		harness.engine.shutdown();
		harness.run();
		assertEquals(TlsEngine.CLOSED, harness.engine.state());
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertNull(new SecretSearch().add(client).findIn(harness.engine), "secrets left");
	}

	static Stream<Arguments> kinds() {
		return Stream.of("P-256", "P-384", "Ed25519").flatMap(kind -> Stream.of(KeyAgreement.X25519, KeyAgreement.SECP256R1, KeyAgreement.SECP384R1)
				.map(group -> Arguments.of(kind, group)));
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void certificate(String kind, int group) {
		for (int suite : new int[] { AES_128_GCM_SHA256, AES_256_GCM_SHA384, CHACHA20_POLY1305_SHA256, AES_128_CCM_SHA256 }) {
			for (boolean retry : new boolean[] { false, true }) {
				ScriptedClient client = new ScriptedClient().script(retry ? ClientScript.retried() : ClientScript.full());
				client.suites = List.of(suite);
				client.groups = List.of(group);
				client.shares = retry ? List.of() : List.of(group);
				EngineHarness harness = run(ServerConfigs.of(kind), client);
				assertEquals(suite, harness.engine.cipherSuite());
				assertEquals(group, harness.engine.group());
				assertEquals(retry, harness.engine.helloRetried());
				assertEquals(0, harness.engine.identity());
				assertEquals(ServerIdentity.of(kind).scheme, client.server.scheme);
				assertFalse(harness.engine.resumed());
				assertFalse(harness.engine.clientVerified());
				exchange(harness, client);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 50, 511, 4096 })
	void piecesOfAnySize(int chunk) {
		for (int limit : new int[] { 512, 700, 2048, 16384 }) {
			for (int peer : new int[] { 64, 100, 1000, 16385 }) {
				ScriptedClient client = new ScriptedClient().script(ClientScript.certified());
				client.identity = ServerIdentity.ofClient("P-384", 2);
				client.recordSizeLimit = peer;
				client.framing = chunk < 50 ? Framing.pieces(chunk + 6) : Framing.COALESCED;
				EngineConfig config = ServerConfigs.of("P-256").recordInLimit(limit).recordOutLimit(limit).clientAuthentication(EngineConfig.REQUIRED)
						.tickets(ServerConfigs.ticketKeys(1), 2, 100).pendingCertificates(0);
				EngineHarness harness = new EngineHarness(new TlsEngine(config), client);
				harness.chunk = chunk;
				harness.outChunk = chunk;
				harness.start();
				assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
				assertTrue(harness.engine.clientVerified());
				assertEquals(2, client.server.tickets.size());
				exchange(harness, client);
			}
		}
	}

	/** A ClientHello can be longer than a record buffer: before there are keys, records are read in pieces. */
	@ParameterizedTest
	@ValueSource(ints = { 600, 5000, 16000 })
	void longHello(int padding) {
		for (boolean retry : new boolean[] { false, true }) {
			ScriptedClient client = new ScriptedClient().script(retry ? ClientScript.retried() : ClientScript.full());
			client.shares = retry ? List.of() : client.shares;
			client.psks.add(Psk.external("device 7", KEY));
			client.hello = f -> f.extensions.add(21, new byte[padding]).last(PRE_SHARED_KEY);
			EngineConfig config = ServerConfigs.of("P-256").recordInLimit(512).preSharedKeys(new PreSharedKey(ascii("device 7"), KEY));
			EngineHarness harness = run(config, client);
			assertTrue(harness.engine.resumed());
			exchange(harness, client);
		}
	}

	@Test
	void portablePrimitives() {
		PortableEcCrypto crypto = new PortableEcCrypto();
		EngineConfig config = ServerConfigs.of(crypto, new String[] { "P-256" }, new Tls13Server()).clientAuthentication(EngineConfig.OPTIONAL);
		TlsEngine engine = new TlsEngine(config);
		for (int suite : new int[] { AES_128_GCM_SHA256, AES_256_GCM_SHA384, CHACHA20_POLY1305_SHA256, AES_128_CCM_SHA256 }) {
			for (boolean certified : new boolean[] { false, true }) {
				ScriptedClient client = new ScriptedClient().script(ClientScript.certified());
				client.suites = List.of(suite);
				client.identity = certified ? ServerIdentity.ofClient("P-256", 1) : null;
				EngineHarness harness = new EngineHarness(engine, client).start();
				assertEquals(TlsError.name(0), TlsError.name(engine.error()));
				assertEquals(certified, engine.clientVerified());
				exchange(harness, client);
			}
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	// Choices.

	@Test
	void ownSuiteOrderButForChaCha() {
		int[] order = { AES_256_GCM_SHA384, AES_128_GCM_SHA256, CHACHA20_POLY1305_SHA256 };
		assertEquals(AES_256_GCM_SHA384, chosen(order, AES_128_GCM_SHA256, CHACHA20_POLY1305_SHA256, AES_256_GCM_SHA384));
		assertEquals(AES_128_GCM_SHA256, chosen(order, AES_128_GCM_SHA256, CHACHA20_POLY1305_SHA256));
		assertEquals(CHACHA20_POLY1305_SHA256, chosen(order, CHACHA20_POLY1305_SHA256, AES_128_GCM_SHA256, AES_256_GCM_SHA384));
		assertEquals(AES_128_GCM_SHA256, chosen(new int[] { AES_128_GCM_SHA256 }, CHACHA20_POLY1305_SHA256, AES_128_GCM_SHA256));
	}

	private static int chosen(int[] ours, Integer... theirs) {
		ScriptedClient client = new ScriptedClient();
		client.suites = List.of(theirs);
		return run(ServerConfigs.of("P-256").cipherSuites(ours), client).engine.cipherSuite();
	}

	@Test
	void sharesComeBeforeAnotherRoundTrip() {
		ScriptedClient client = new ScriptedClient();
		client.shares = List.of(SECP384R1, SECP256R1);
		EngineHarness harness = run(ServerConfigs.of("P-256").groups(X25519, SECP256R1, SECP384R1), client);
		assertEquals(SECP256R1, harness.engine.group());
		assertFalse(harness.engine.helloRetried());
	}

	@Test
	void certificateByScheme() {
		int[] schemes = { ECDSA_SECP256R1_SHA256, ECDSA_SECP384R1_SHA384, ED25519 };
		for (int i = 0; i < schemes.length; i++) {
			ScriptedClient client = new ScriptedClient();
			client.schemes = List.of(RSA_PSS_RSAE_SHA256, schemes[i]);
			EngineHarness harness = run(ServerConfigs.of("P-256", "P-384", "Ed25519"), client);
			assertEquals(i, harness.engine.identity());
			assertEquals(schemes[i], client.server.scheme);
		}
	}

	/** PSS in CertificateVerify; a client that takes PKCS #1 v1.5 takes it in certificates (RFC 8446 §4.2.3). */
	@Test
	void anRsaCertificate() {
		ServerIdentity identity = ServerIdentity.of("RSA-2048");
		PortableCrypto crypto = new PortableCrypto();
		EngineConfig config = ServerConfigs.of(crypto, new String[0], new Tls13Server())
				.identity(Identity.rsa(crypto, Octets.concat(identity.chain.toArray(new byte[0][])), identity.key.getEncoded()));
		ScriptedClient client = new ScriptedClient();
		client.schemes = List.of(RSA_PKCS1_SHA256, ECDSA_SECP256R1_SHA256, RSA_PSS_RSAE_SHA256);
		EngineHarness harness = run(config, client);
		assertEquals(0, harness.engine.identity());
		assertEquals(RSA_PSS_RSAE_SHA256, client.server.scheme);
		exchange(harness, client);
		ScriptedClient old = new ScriptedClient();
		old.schemes = List.of(RSA_PKCS1_SHA256, ECDSA_SECP256R1_SHA256);
		EngineHarness refused = new EngineHarness(new TlsEngine(config), old).start();
		assertEquals(TlsError.name(TlsError.NO_SUITABLE_CERTIFICATE), TlsError.name(refused.engine.error()));
	}

	@Test
	void certificateByName() {
		JceCrypto crypto = new JceCrypto();
		EngineConfig config = ServerConfigs.of(crypto, new String[0], new Tls13Server()).identity(
				ServerConfigs.identity(crypto, ServerIdentity.named("P-256", "one.example")),
				ServerConfigs.identity(crypto, ServerIdentity.named("Ed25519", "*.two.example")),
				ServerConfigs.identity(crypto, ServerIdentity.named("P-256", "*.two.example")));
		String[] names = { "one.example", "ONE.Example", "x.two.example", "X.TWO.EXAMPLE", "two.example", ".two.example", "x.y.two.example", "x.one.example" };
		int[] expected = { 0, 0, 1, 1, 0, 0, 0, 0 };
		for (int i = 0; i < names.length; i++) {
			ScriptedClient client = new ScriptedClient();
			client.serverName = names[i];
			assertEquals(expected[i], run(config, client).engine.identity(), names[i]);
		}
		ScriptedClient client = new ScriptedClient();
		client.serverName = "x.two.example";
		client.schemes = List.of(ECDSA_SECP256R1_SHA256);
		assertEquals(2, run(config, client).engine.identity());
	}

	@Test
	void applicationProtocol() {
		ScriptedClient client = new ScriptedClient();
		client.alpn = List.of("http/1.1", "mqtt", "a name longer than any of ours", "coap");
		EngineHarness harness = run(ServerConfigs.of("P-256").applicationProtocols("h2", "coap", "mqtt"), client);
		assertEquals(1, harness.engine.applicationProtocol());
		assertEquals("coap", client.server.alpn());
		client = new ScriptedClient();
		client.alpn = List.of("mqtt");
		assertEquals(-1, run(ServerConfigs.of("P-256"), client).engine.applicationProtocol());
		assertNull(client.server.alpn());
		assertEquals(-1, run(ServerConfigs.of("P-256").applicationProtocols("h2"), new ScriptedClient()).engine.applicationProtocol());
	}

	@Test
	void serverName() {
		ScriptedClient client = new ScriptedClient();
		client.serverName = "Some.Name.example";
		EngineHarness harness = run(ServerConfigs.of("P-256"), client);
		byte[] name = new byte[300];
		assertEquals(17, harness.engine.serverName(name, 5));
		assertEquals("Some.Name.example", new String(name, 5, 17, StandardCharsets.US_ASCII));
		assertEquals(17, harness.engine.serverName(new byte[16], 0));
		assertNotNull(client.server.encryptedExtensions.get(SERVER_NAME));
		client = new ScriptedClient();
		client.serverName = null;
		assertEquals(0, run(ServerConfigs.of("P-256"), client).engine.serverName(name, 0));
		assertNull(client.server.encryptedExtensions.get(SERVER_NAME));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void maxFragmentLength(int code) {
		ScriptedClient client = new ScriptedClient();
		client.recordSizeLimit = 0;
		client.hello = f -> f.extensions.add(MAX_FRAGMENT_LENGTH, Octets.of(code));
		EngineHarness harness = run(ServerConfigs.of("P-256").recordOutLimit(16384), client);
		assertArrayEquals(Octets.of(code), client.server.encryptedExtensions.get(MAX_FRAGMENT_LENGTH));
		assertEquals(256 << code, harness.engine.recordOutLimit());
	}

	@Test
	void withoutSessionIdNoChangeCipherSpec() {
		ScriptedClient client = new ScriptedClient();
		client.sessionId = new byte[0];
		run(ServerConfigs.of("P-256"), client);
		assertEquals(0, client.server.changeCipherSpecs);
		client = new ScriptedClient();
		run(ServerConfigs.of("P-256"), client);
		assertEquals(1, client.server.changeCipherSpecs);
	}

	// Clients that prove who they are.

	@ParameterizedTest
	@ValueSource(strings = { "P-256", "P-384", "Ed25519", "RSA-2048", "RSA-PSS" })
	void clientCertificate(String kind) {
		for (int mode : new int[] { EngineConfig.OPTIONAL, EngineConfig.REQUIRED }) {
			ScriptedClient client = new ScriptedClient().script(ClientScript.certified());
			client.identity = ServerIdentity.ofClient(kind, 2);
			EngineHarness harness = run(ServerConfigs.of("P-256").clientAuthentication(mode), client);
			assertTrue(harness.engine.clientVerified());
			assertTrue(harness.engine.certificateRequested());
			assertEquals(client.identity.scheme, harness.engine.signatureScheme());
			exchange(harness, client);
		}
	}

	@Test
	void clientWithoutCertificate() {
		ScriptedClient client = new ScriptedClient().script(ClientScript.certified());
		EngineHarness harness = run(ServerConfigs.of("P-256").clientAuthentication(EngineConfig.OPTIONAL), client);
		assertFalse(harness.engine.clientVerified());
		exchange(harness, client);
	}

	// Raw public keys (RFC 7250).

	@ParameterizedTest
	@ValueSource(strings = { "P-256", "P-384", "Ed25519" })
	void ownRawKey(String kind) {
		JceCrypto crypto = new JceCrypto();
		ServerIdentity identity = ServerIdentity.of(kind);
		EngineConfig config = ServerConfigs.of(crypto, new String[0], new Tls13Server()).identity(
				Identity.rawKey(crypto, identity.rawKey(), ServerConfigs.identity(crypto, identity).signer()), ServerConfigs.identity(crypto, identity));
		for (boolean raw : new boolean[] { true, false }) {
			ScriptedClient client = new ScriptedClient();
			client.serverRawKey = raw;
			EngineHarness harness = run(config, client);
			assertEquals(raw ? 0 : 1, harness.engine.identity());
			exchange(harness, client);
		}
		ScriptedClient client = new ScriptedClient();
		client.serverRawKey = true;
		EngineHarness refused = new EngineHarness(new TlsEngine(ServerConfigs.of(kind)), client).start();
		assertEquals(TlsError.name(TlsError.NO_SUITABLE_CERTIFICATE), TlsError.name(refused.engine.error()));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void clientRawKey(boolean roots) {
		ServerIdentity identity = ServerIdentity.ofClient("P-256", 0);
		for (int mode : new int[] { EngineConfig.OPTIONAL, EngineConfig.REQUIRED }) {
			for (boolean trusted : new boolean[] { true, false }) {
				JceCrypto crypto = new JceCrypto();
				EngineConfig config = new EngineConfig(crypto, ServerConfigs.random(1), roots ? EngineHarness.ANCHORS : null,
						roots ? EngineHarness.CLOCK : null, new Tls13Server())
								.identity(ServerConfigs.identity(crypto, ServerIdentity.of("P-256"))).clientAuthentication(mode)
								.peerKeys(TrustedKeys.of(crypto, (trusted ? identity : ServerIdentity.of("P-384")).rawKey()));
				ScriptedClient client = new ScriptedClient().script(ClientScript.certified());
				client.rawKey = true;
				client.identity = identity;
				EngineHarness harness = new EngineHarness(new TlsEngine(config), client).start();
				assertEquals(trusted, harness.engine.handshakeComplete());
				assertEquals(trusted, harness.engine.clientVerified());
				if (trusted) {
					exchange(harness, client);
				}
				// A client that knows nothing of raw keys.
				ScriptedClient other = new ScriptedClient().script(roots ? ClientScript.certified() : ClientScript.full());
				other.identity = identity;
				harness = new EngineHarness(new TlsEngine(config), other).start();
				assertEquals(roots || mode == EngineConfig.OPTIONAL, harness.engine.handshakeComplete());
				assertEquals(roots, harness.engine.clientVerified());
			}
		}
	}

	// Pre-shared keys.

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void externalKey(boolean retry) {
		for (int suite : new int[] { AES_128_GCM_SHA256, AES_256_GCM_SHA384 }) {
			int hash = suite == AES_256_GCM_SHA384 ? Hash.SHA_384 : Hash.SHA_256;
			ScriptedClient client = new ScriptedClient().script(retry ? ClientScript.retried() : ClientScript.full());
			client.shares = retry ? List.of() : client.shares;
			client.psks.add(Psk.external("nobody", KEY));
			client.psks.add(hash == Hash.SHA_384 ? Psk.external(ascii("device 7"), KEY, "SHA-384")
					: Psk.external("device 7", KEY));
			EngineConfig config = new EngineConfig(new JceCrypto(), ServerConfigs.random(1), null, null, new Tls13Server())
					.preSharedKeys(new PreSharedKey(ascii("device 8"), KEY), new PreSharedKey(ascii("device 7"), KEY, hash));
			EngineHarness harness = run(config, client);
			assertTrue(harness.engine.resumed());
			assertEquals(client.psks.get(1), client.server.pskSelected);
			assertEquals(suite == AES_256_GCM_SHA384, harness.engine.cipherSuite() == AES_256_GCM_SHA384);
			assertEquals(-1, harness.engine.identity());
			exchange(harness, client);
		}
	}

	@Test
	void externalKeyWithoutAgreement() {
		for (boolean on : new boolean[] { true, false }) {
			ScriptedClient client = new ScriptedClient();
			client.psks.add(Psk.external("device 7", KEY));
			client.pskModes = List.of(Psk.ONLY, Psk.DHE);
			EngineHarness harness = run(ServerConfigs.of("P-256").preSharedKeys(new PreSharedKey(ascii("device 7"), KEY)).pskOnly(on), client);
			assertEquals(on ? 0 : X25519, harness.engine.group());
			assertTrue(harness.engine.resumed());
			exchange(harness, client);
		}
	}

	@Test
	void unknownKeyGoesOnWithACertificate() {
		ScriptedClient client = new ScriptedClient();
		client.psks.add(Psk.external("nobody", KEY));
		EngineHarness harness = run(ServerConfigs.of("P-256").preSharedKeys(new PreSharedKey(ascii("device 7"), KEY)), client);
		assertFalse(harness.engine.resumed());
		assertEquals(0, harness.engine.identity());
	}

	// Early data.

	@ParameterizedTest
	@ValueSource(ints = { 1, 100, 14000 })
	void earlyDataIsPassedOver(int length) {
		for (boolean retry : new boolean[] { false, true }) {
			ScriptedClient client = new ScriptedClient().script(retry ? ClientScript.retried().after(ClientStep.HELLO, ClientStep.EARLY_DATA)
					: ClientScript.early());
			client.shares = retry ? List.of() : client.shares;
			client.psks.add(Psk.external("device 7", KEY));
			client.earlyData = ScriptedClient.bytes(9, length);
			EngineConfig config = ServerConfigs.of("P-256").recordInLimit(1024).preSharedKeys(new PreSharedKey(ascii("device 7"), KEY));
			EngineHarness harness = run(config, client);
			assertFalse(client.server.earlyDataAccepted);
			exchange(harness, client);
		}
	}

	// Behind the handshake.

	@Test
	void keyUpdates() {
		ScriptedClient client = new ScriptedClient();
		EngineHarness harness = run(ServerConfigs.of("P-256").tickets(ServerConfigs.ticketKeys(1)), client);
		client.then(ClientStep.keyUpdate(true), ClientStep.data(PING), ClientStep.keyUpdate(false), ClientStep.data(PONG));
		harness.run();
		assertEquals(1, client.server.keyUpdates);
		assertArrayEquals(Octets.concat(PING, PONG), harness.received());
		assertTrue(harness.engine.keyUpdate(true));
		harness.run();
		harness.send(PING);
		assertEquals(2, client.server.keyUpdates);
		assertArrayEquals(PING, client.server.data());
	}

	@Test
	void tickets() {
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		for (int suite : new int[] { AES_128_GCM_SHA256, AES_256_GCM_SHA384 }) {
			for (boolean retry : new boolean[] { false, true }) {
				ScriptedClient first = new ScriptedClient();
				first.suites = List.of(suite);
				run(ServerConfigs.of("P-256").tickets(keys, 3, 7200), first);
				assertEquals(3, first.server.tickets.size());
				keys.rotate();
				for (Psk ticket : first.server.tickets) {
					ScriptedClient second = new ScriptedClient().script(retry ? ClientScript.retried() : ClientScript.full());
					second.shares = retry ? List.of() : second.shares;
					second.psks.add(ticket);
					EngineHarness harness = run(ServerConfigs.of("P-256").tickets(keys), second);
					assertTrue(harness.engine.resumed());
					assertEquals(ticket, second.server.pskSelected);
					assertEquals(suite == AES_256_GCM_SHA384, harness.engine.cipherSuite() == AES_256_GCM_SHA384);
					assertEquals(1, second.server.tickets.size());
					exchange(harness, second);
				}
			}
		}
	}

	/** A ticket tells whether its client was verified: where that is required, only such a one resumes. */
	@Test
	void ticketsOfVerifiedClients() {
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		for (boolean certified : new boolean[] { false, true }) {
			ScriptedClient first = new ScriptedClient().script(ClientScript.certified());
			first.identity = certified ? ServerIdentity.ofClient("P-256", 0) : null;
			run(ServerConfigs.of("P-256").tickets(keys).clientAuthentication(EngineConfig.OPTIONAL), first);
			ScriptedClient second = new ScriptedClient().script(certified ? ClientScript.full() : ClientScript.certified());
			second.identity = ServerIdentity.ofClient("P-256", 0);
			second.psks.addAll(first.server.tickets);
			EngineHarness harness = run(ServerConfigs.of("P-256").tickets(keys).clientAuthentication(EngineConfig.REQUIRED), second);
			assertEquals(certified, harness.engine.resumed());
			assertTrue(harness.engine.clientVerified());
		}
	}

	@Test
	void exporter() {
		ScriptedClient client = new ScriptedClient();
		EngineHarness harness = run(ServerConfigs.of("P-256").tickets(ServerConfigs.ticketKeys(1)), client);
		byte[] exported = new byte[100];
		assertTrue(harness.engine.export(ascii("EXPORTER-test"), PING, exported, 0, 100));
		assertArrayEquals(client.schedule.export("EXPORTER-test", PING, 100), exported);
	}
}
