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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;
import dev.thimble.support.ClientHelloView;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.ExtensionList;
import dev.thimble.support.FixedRandom;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;

/** What a right server can choose, and what the engine tells about it. */
class NegotiationTest {

	private static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] PONG = ScriptedServer.bytes(3, 6000);

	static Stream<Arguments> choices() {
		List<Integer> suites = List.of(AES_128_GCM_SHA256, AES_256_GCM_SHA384, CHACHA20_POLY1305_SHA256, AES_128_CCM_SHA256,
				AES_128_CCM_8_SHA256);
		List<String> kinds = List.of("P-256", "P-384", "Ed25519", "RSA-2048", "RSA-PSS");
		return suites.stream().flatMap(suite -> Stream.of(X25519, SECP256R1, SECP384R1)
				.flatMap(group -> kinds.stream().map(kind -> Arguments.of(suite, group, kind))));
	}

	/** Portable primitives, every suite, group and kind of key, with and without HelloRetryRequest. */
	@ParameterizedTest
	@MethodSource("choices")
	void worksWithEveryChoice(int suite, int group, String kind) {
		EngineConfig config = EngineHarness.config(new PortableCrypto(), suite * 31 + group).cipherSuites(AES_128_GCM_SHA256, AES_256_GCM_SHA384,
				CHACHA20_POLY1305_SHA256, AES_128_CCM_SHA256, AES_128_CCM_8_SHA256);
		TlsEngine engine = new TlsEngine(config);
		for (boolean retry : new boolean[] { false, true }) {
			if (group != X25519 && !retry) {
				continue;
			}
			ScriptedServer server = new ScriptedServer();
			server.suite = suite;
			server.identity = ServerIdentity.of(kind, 1);
			if (retry) {
				server.script(Script.retried());
				server.cookie = ScriptedServer.bytes(1, 32);
				server.group = group == X25519 ? 0 : group;
			}
			EngineHarness harness = new EngineHarness(engine, server).start();
			assertEquals(TlsError.name(0), TlsError.name(engine.error()));
			assertEquals(suite, engine.cipherSuite());
			assertEquals(group, engine.group());
			assertEquals(server.identity.scheme, engine.signatureScheme());
			assertEquals(retry, engine.helloRetried());
			assertEquals(-1, engine.applicationProtocol());
			harness.send(PING).then(ServerStep.data(PONG));
			assertArrayEquals(PING, server.client.data());
			assertArrayEquals(PONG, harness.received());
			byte[] exported = new byte[77];
			assertTrue(engine.export(PING, PONG, exported, 0, 77));
			assertArrayEquals(server.schedule.export("ping", PONG, 77), exported);
			harness.then(ServerStep.CLOSE_NOTIFY);
			engine.shutdown();
			harness.run();
			assertEquals(0, engine.error());
			assertEquals(TlsEngine.CLOSED, engine.state());
			assertNull(new SecretSearch().add(server).findIn(engine), "secrets left");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { RSA_PSS_RSAE_SHA256, RSA_PSS_RSAE_SHA384, RSA_PSS_RSAE_SHA512 })
	void worksWithEveryHashOfPss(int scheme) {
		ServerIdentity rsa = ServerIdentity.of("RSA-2048");
		ScriptedServer server = new ScriptedServer();
		server.identity = new ServerIdentity(rsa.key, scheme, rsa.chain);
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertEquals(scheme, harness.engine.signatureScheme());
	}

	@Test
	void offersWhatItIsConfiguredFor() {
		ScriptedServer server = new ScriptedServer().script(Script.of(ServerStep.AWAIT_HELLO));
		EngineHarness.connect(EngineHarness.config().cipherSuites(AES_128_CCM_8_SHA256, AES_256_GCM_SHA384).groups(SECP384R1, X25519)
				.applicationProtocols("mqtt", "h2").recordInLimit(1000), server);
		ClientHelloView hello = server.client.hellos.get(0);
		assertEquals(List.of(AES_128_CCM_8_SHA256, AES_256_GCM_SHA384), hello.suites);
		assertEquals(List.of(SECP384R1, X25519), hello.groups);
		assertEquals(List.of(SECP384R1), List.copyOf(hello.shares.keySet()));
		assertEquals(32, hello.sessionId.length);
		assertArrayEquals(Octets.of(0, 8, 4, 'm', 'q', 't', 't', 2, 'h', '2'), hello.extensions.get(ALPN));
		assertArrayEquals(Octets.of(2, 3, 4), hello.extensions.get(SUPPORTED_VERSIONS));
		assertArrayEquals(Octets.of(3, 0xe9), hello.extensions.get(RECORD_SIZE_LIMIT));
		assertArrayEquals(Octets.of(1), hello.extensions.get(MAX_FRAGMENT_LENGTH));
		byte[] name = ServerIdentity.SERVER_NAME.getBytes(StandardCharsets.US_ASCII);
		assertArrayEquals(new Octets().u16(name.length + 3).u8(0).vector16(name).toBytes(), hello.extensions.get(SERVER_NAME));
		assertFalse(hello.extensions.containsKey(COOKIE));
		assertFalse(hello.extensions.containsKey(PRE_SHARED_KEY));
	}

	@Test
	void offersTheDefaultsWithoutCcm8() {
		ScriptedServer server = new ScriptedServer().script(Script.of(ServerStep.AWAIT_HELLO));
		EngineHarness.connect(EngineHarness.config().recordInLimit(16384).middleboxCompatibility(false), server);
		ClientHelloView hello = server.client.hellos.get(0);
		assertEquals(List.of(CHACHA20_POLY1305_SHA256, AES_128_GCM_SHA256, AES_256_GCM_SHA384, AES_128_CCM_SHA256), hello.suites);
		assertEquals(List.of(X25519, SECP256R1, SECP384R1), hello.groups);
		assertEquals(0, hello.sessionId.length);
		assertFalse(hello.extensions.containsKey(ALPN));
		assertFalse(hello.extensions.containsKey(MAX_FRAGMENT_LENGTH));
	}

	/** RFC 6066 §3: no server_name for an address, and never with a trailing dot. */
	@Test
	void namesTheServer() {
		for (String name : new String[] { "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1" }) {
			assertFalse(helloTo(name).extensions.containsKey(SERVER_NAME), name);
		}
		assertArrayEquals(Octets.of(0, 4, 0, 0, 1, 'a'), helloTo("a").extensions.get(SERVER_NAME));
		assertArrayEquals(Octets.of(0, 6, 0, 0, 3, 'a', '.', 'b'), helloTo("a.b.").extensions.get(SERVER_NAME));
		assertEquals(5 + 255, helloTo("a".repeat(255)).extensions.get(SERVER_NAME).length);
	}

	private static ClientHelloView helloTo(String name) {
		ScriptedServer server = new ScriptedServer().script(Script.of(ServerStep.AWAIT_HELLO));
		EngineHarness harness = new EngineHarness(new TlsEngine(EngineHarness.config()), server);
		harness.engine.start(name);
		harness.run();
		return server.client.hellos.get(0);
	}

	@Test
	void refusesImpossibleNames() {
		TlsEngine engine = new TlsEngine(EngineHarness.config());
		for (String name : new String[] { "", "a".repeat(256), "b\u00fccher.example", "a b", "a\n" }) {
			assertThrows(IllegalArgumentException.class, () -> engine.start(name), name);
		}
		assertEquals(TlsEngine.CLOSED, engine.state());
	}

	@Test
	void choosesAnApplicationProtocol() {
		for (int i = 0; i < 3; i++) {
			ScriptedServer server = new ScriptedServer();
			server.alpn = List.of("h2", "http/1.1", "x".repeat(255)).get(i);
			EngineHarness harness = EngineHarness.connect(EngineHarness.config().applicationProtocols("h2", "http/1.1", "x".repeat(255)),
					server);
			assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
			assertEquals(i, harness.engine.applicationProtocol());
		}
	}

	@Test
	void acceptsEveryAnswerThatIsAllowed() {
		ScriptedServer server = new ScriptedServer();
		server.encryptedExtensions = e -> e.add(SERVER_NAME, new byte[0]).add(SUPPORTED_GROUPS, ScriptedServer.bytes(1, 300));
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
	}

	/** RFC 8446 §4.4.2: without a certificate the client sends an empty list and goes on. */
	@Test
	void answersCertificateRequests() {
		for (int suite : new int[] { AES_128_GCM_SHA256, AES_256_GCM_SHA384 }) {
			ScriptedServer server = new ScriptedServer().script(Script.requested());
			server.suite = suite;
			server.beforeHash.put(CERTIFICATE_REQUEST, m -> Messages.certificateRequest(new byte[0], new ExtensionList()
					.add(0x1234, new byte[500]).add(SIGNATURE_ALGORITHMS, Octets.of(0, 4, 4, 3, 8, 4)).add(47,
					new byte[1000]).add(0x1234, new byte[0])));
			EngineHarness harness = EngineHarness.connect(EngineHarness.config().recordOutLimit(512), server);
			assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
			assertTrue(server.client.finished);
			assertArrayEquals(Octets.of(CERTIFICATE, 0, 0, 4, 0, 0, 0, 0), server.client.certificate);
		}
	}

	@Test
	void compatibilityModeSendsChangeCipherSpecOnce() {
		for (boolean on : new boolean[] { true, false }) {
			for (boolean retry : new boolean[] { true, false }) {
				ScriptedServer server = new ScriptedServer().script(retry ? Script.retried() : Script.full());
				server.group = retry ? SECP256R1 : 0;
				EngineHarness harness = EngineHarness.connect(EngineHarness.config().middleboxCompatibility(on), server);
				assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
				assertEquals(on ? 1 : 0, server.client.changeCipherSpecs);
				if (on) {
					// RFC 8446 §D.4: behind the first ClientHello, right before what comes next.
					assertEquals(CHANGE_CIPHER_SPEC, server.client.wire.get(1)[0]);
				}
			}
		}
	}

	@Test
	void oneEngineConnectsAgainAndAgain() {
		TlsEngine engine = new TlsEngine(EngineHarness.config());
		byte[] lastRandom = null;
		for (int i = 0; i < 50; i++) {
			ScriptedServer server = new ScriptedServer().script(i % 3 == 0 ? Script.retried() : Script.full());
			server.group = i % 3 == 0 ? SECP384R1 : 0;
			server.suite = AES_128_GCM_SHA256 + i % 4;
			if (i % 5 == 4) {
				server.beforeHash.put(FINISHED, m -> Messages.flip(m, 5));
			}
			EngineHarness harness = new EngineHarness(engine, server).start();
			byte[] random = server.client.hellos.get(0).random;
			assertFalse(Arrays.equals(lastRandom, random));
			lastRandom = random;
			if (i % 5 == 4) {
				assertEquals(TlsError.FINISHED_INVALID, engine.error());
				continue;
			}
			assertEquals(TlsError.name(0), TlsError.name(engine.error()));
			harness.send(PING).then(ServerStep.data(PONG));
			assertArrayEquals(PONG, harness.received());
			assertArrayEquals(PING, server.client.data());
			assertEquals(-1, engine.alertSent());
			assertEquals(-1, engine.alertReceived());
			assertFalse(engine.peerClosed());
			// some are left open: start() forgets them
			if (i % 2 == 0) {
				engine.abort();
			}
		}
	}

	@Test
	void countsRecordsAndHandshakeBytes() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		TlsEngine engine = harness.engine;
		// ServerHello, change_cipher_spec, EncryptedExtensions, Certificate, CertificateVerify, Finished
		assertEquals(6, engine.recordsIn());
		assertEquals(3, engine.recordsOut());
		assertEquals(server.client.hellos.get(0).message.length + 36, engine.handshakeBytesOut());
		assertTrue(engine.handshakeBytesIn() > 500);
		harness.send(PING).then(ServerStep.data(PING));
		assertEquals(7, engine.recordsIn());
		assertEquals(4, engine.recordsOut());
	}

	@Test
	void hasNoExporterWithoutAHandshake() {
		ScriptedServer server = new ScriptedServer().script(Script.full().until(ServerStep.FINISHED));
		TlsEngine engine = new TlsEngine(EngineHarness.config());
		byte[] out = new byte[10];
		assertFalse(engine.export(PING, PING, out, 0, 10));
		EngineHarness harness = new EngineHarness(engine, server).start();
		assertFalse(engine.export(PING, PING, out, 0, 10));
		assertArrayEquals(new byte[10], out);
		assertFalse(engine.handshakeComplete());
		harness.then(ServerStep.FINISHED, ServerStep.APPLICATION_KEYS);
		assertTrue(engine.export(PING, PING, out, 0, 10));
		assertFalse(engine.export(new byte[0], PING, out, 0, 10));
		assertFalse(engine.export(new byte[65], PING, out, 0, 10));
		assertFalse(engine.export(PING, PING, out, 0, 0));
		assertFalse(engine.export(PING, PING, out, 0, 9000));
	}

	@Test
	void withoutEntropyNoConnection() {
		EngineConfig config = new EngineConfig(new JceCrypto(), new FixedRandom(null), EngineHarness.ANCHORS, EngineHarness.CLOCK);
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(config, server);
		assertEquals(TlsError.NO_ENTROPY, harness.engine.error());
		assertEquals(TlsEngine.CLOSED, harness.engine.state());
		assertTrue(server.client.hellos.isEmpty());
	}

	/** The source fails at the n-th request: for the random, the session id, the key pair, the second key pair. */
	@Test
	void withoutEntropyLaterOnNoConnectionEither() {
		for (int good = 0; good < 4; good++) {
			int[] left = { good };
			EngineConfig config = new EngineConfig(new JceCrypto(), (out, offset, length) -> left[0]-- > 0, EngineHarness.ANCHORS,
					EngineHarness.CLOCK);
			ScriptedServer server = new ScriptedServer().script(Script.retried());
			server.group = SECP256R1;
			EngineHarness harness = EngineHarness.connect(config, server);
			assertEquals(TlsError.name(TlsError.NO_ENTROPY), TlsError.name(harness.engine.error()), good + " good");
			assertEquals(TlsEngine.CLOSED, harness.engine.state());
			assertEquals(good == 3 ? 1 : 0, server.client.hellos.size());
		}
	}

	/** A provider that lacks things: they are not offered. */
	@Test
	void offersOnlyWhatTheProviderHas() {
		CryptoProvider small = new Without(new JceCrypto());
		ScriptedServer server = new ScriptedServer();
		server.group = SECP256R1;
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(small, 1), server);
		ClientHelloView hello = server.client.hellos.get(0);
		assertEquals(List.of(AES_128_GCM_SHA256), hello.suites);
		assertEquals(List.of(SECP256R1), hello.groups);
		assertArrayEquals(Octets.of(0, 2, 4, 3), hello.extensions.get(SIGNATURE_ALGORITHMS));
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertThrows(IllegalArgumentException.class,
				() -> new TlsEngine(EngineHarness.config(new Without(new JceCrypto()), 1).cipherSuites(AES_256_GCM_SHA384)));
		assertThrows(IllegalArgumentException.class, () -> new TlsEngine(EngineHarness.config(new Without(new JceCrypto()), 1).groups(X25519)));
		assertThrows(IllegalArgumentException.class, () -> new TlsEngine(EngineHarness.config().cipherSuites(0x1399)));
	}

	/** With a provider of short signatures the engine has no room for a long protocol name, and need not. */
	@Test
	void refusesALongProtocolWithoutRoomForIt() {
		ScriptedServer server = new ScriptedServer();
		server.alpn = "x".repeat(255);
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(new Without(new JceCrypto()), 1).applicationProtocols("h2"), server);
		Refusal.assertRefused(harness, TlsError.APPLICATION_PROTOCOL, ILLEGAL_PARAMETER, true);
	}

	@Test
	void refusesImpossibleConfigurations() {
		EngineConfig config = EngineHarness.config();
		assertThrows(IllegalArgumentException.class, () -> config.recordInLimit(511));
		assertThrows(IllegalArgumentException.class, () -> config.recordInLimit(16385));
		assertThrows(IllegalArgumentException.class, () -> config.recordOutLimit(511));
		assertThrows(IllegalArgumentException.class, () -> config.applicationProtocols(""));
		assertThrows(IllegalArgumentException.class, () -> config.applicationProtocols("x".repeat(256)));
		assertThrows(IllegalArgumentException.class, () -> config.pins(new byte[33]));
	}

	@Test
	void windowsRefuseMoreThanTheyHold() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		TlsEngine engine = harness.engine;
		assertThrows(IllegalArgumentException.class, () -> engine.recordInAck(engine.recordInLength() + 1));
		assertThrows(IllegalArgumentException.class, () -> engine.recordInAck(-1));
		assertThrows(IllegalArgumentException.class, () -> engine.recordOutAck(1));
		assertThrows(IllegalArgumentException.class, () -> engine.appInAck(1));
		assertThrows(IllegalArgumentException.class, () -> engine.appOutAck(engine.appOutLength() + 1));
		engine.recordInAck(0);
		engine.recordOutAck(0);
		engine.appInAck(0);
		engine.appOutAck(0);
		harness.send(PING);
		assertArrayEquals(PING, server.client.data());
	}

	/** Received data can be taken byte by byte. */
	@Test
	void theApplicationTakesWhatItLikes() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		harness.takesData = false;
		harness.then(ServerStep.data(PING));
		TlsEngine engine = harness.engine;
		for (int i = 0; i < PING.length; i++) {
			assertEquals(PING.length - i, engine.appInLength());
			assertEquals(0, engine.recordInLength());
			assertEquals(PING[i], engine.appInArray()[engine.appInOffset()]);
			engine.appInAck(1);
		}
		assertEquals(0, engine.appInLength());
		assertTrue(engine.recordInLength() > 0);
	}

	@Test
	void namesAndTextsExistForEveryCode() {
		for (int code = 0; code < 160; code++) {
			assertFalse(TlsError.name(code).isEmpty());
			assertFalse(TlsError.text(code).isEmpty());
			TlsError.alert(code);
		}
		for (int code = 1; code <= 38; code++) {
			assertFalse(TlsError.name(code).equals("E_UNKNOWN"), "code " + code);
			assertTrue(TlsError.text(code).endsWith("."), "code " + code);
			assertFalse(TlsError.text(code).equals("Unknown error."), "code " + code);
		}
		for (int alert = -1; alert < 256; alert++) {
			assertFalse(Alert.name(alert).isEmpty());
		}
		assertEquals("decode_error", Alert.name(50));
		assertEquals("no_application_protocol", Alert.name(120));
		assertEquals("TLS_AES_128_CCM_8_SHA256", CipherSuite.name(0x1305));
		assertEquals("unknown", CipherSuite.name(0));
		assertEquals(-1, CipherSuite.aead(0));
		for (int i = 0; i < SignatureScheme.count(); i++) {
			assertFalse(SignatureScheme.name(SignatureScheme.at(i)).equals("unknown"));
		}
		assertEquals("unknown", SignatureScheme.name(0x0201));
		assertEquals(-1, SignatureScheme.verifier(0x0201));
		for (int suite = 0x1301; suite <= 0x1305; suite++) {
			assertTrue(CipherSuite.name(suite).startsWith("TLS_"));
		}
	}

	/** AES-128-GCM, P-256 and ECDSA on it only. */
	private record Without(CryptoProvider all) implements CryptoProvider {

		@Override
		public Hash newHash(int algorithm) {
			return this.all.newHash(algorithm);
		}

		@Override
		public Hash workHash(int algorithm) {
			return this.all.workHash(algorithm);
		}

		@Override
		public Aead newAead(int algorithm) {
			return algorithm == Aead.AES_128_GCM ? this.all.newAead(algorithm) : null;
		}

		@Override
		public KeyAgreement newKeyAgreement(int group) {
			return group == KeyAgreement.SECP256R1 ? this.all.newKeyAgreement(group) : null;
		}

		@Override
		public SignatureVerifier newVerifier(int algorithm) {
			return algorithm == SignatureVerifier.ECDSA_P256 ? this.all.newVerifier(algorithm) : null;
		}

		@Override
		public Signer newSigner(int algorithm, byte[] key, int offset) {
			return this.all.newSigner(algorithm, key, offset);
		}

		@Override
		public int maxKeyLength() {
			return 65;
		}

		@Override
		public int maxSignatureLength() {
			return 72;
		}
	}
}
