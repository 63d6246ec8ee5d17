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
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.PortableSymmetricCrypto;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Octets;
import dev.thimble.support.Psk;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerStep;

/** External pre-shared keys (RFC 8446 §2.2, RFC 9258), with key agreement and without. */
class PskTest {

	private static final byte[] DATA = { 1, 2, 3 };
	private static final byte[] KEY = ScriptedServer.bytes(77, 32);
	private static final byte[] KEY_384 = ScriptedServer.bytes(78, 48);
	private static final byte[] CONTEXT = text("context");

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static PreSharedKey[] keys() {
		return new PreSharedKey[] { new PreSharedKey(text("first"), KEY), new PreSharedKey(text("second"), KEY_384, Hash.SHA_384),
				PreSharedKey.imported(new JceCrypto(), text("third"), KEY, Hash.SHA_256, CONTEXT, Hash.SHA_256),
				PreSharedKey.imported(new JceCrypto(), text("third"), KEY, Hash.SHA_256, CONTEXT, Hash.SHA_384) };
	}

	private static List<Psk> peers() {
		return List.of(Psk.external(text("first"), KEY, "SHA-256"), Psk.external(text("second"), KEY_384, "SHA-384"),
				Psk.imported(text("third"), KEY, CONTEXT, "SHA-256", "SHA-256"), Psk.imported(text("third"), KEY, CONTEXT, "SHA-256", "SHA-384"));
	}

	private static EngineConfig config() {
		return EngineHarness.config().preSharedKeys(keys());
	}

	/** A configuration without trusted roots. */
	private static EngineConfig pskConfig(CryptoProvider crypto) {
		EngineConfig base = EngineHarness.config();
		return new EngineConfig(crypto, base.random, null, EngineHarness.CLOCK, new Tls13PskClient());
	}

	private static void assertConnected(EngineHarness harness, boolean resumed) {
		assertEquals("E_NONE", TlsError.name(harness.engine.error()));
		assertTrue(harness.engine.handshakeComplete());
		assertEquals(resumed, harness.engine.resumed());
		harness.then(ServerStep.data(DATA)).send(new byte[] { 4, 5 });
		assertArrayEquals(DATA, harness.received());
		assertArrayEquals(new byte[] { 4, 5 }, harness.server.client.data());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	void standsOnAnyOfItsKeys(int index) {
		for (boolean retried : new boolean[] { false, true }) {
			ScriptedServer server = new ScriptedServer().script(retried ? Script.retriedPsk() : Script.psk());
			server.psks.add(peers().get(index));
			if (retried) {
				server.group = KeyAgreement.SECP384R1;
			}
			EngineHarness harness = EngineHarness.connect(config().recordOutLimit(512), server);
			assertConnected(harness, true);
			// Behind a retry only the keys of its hash are left.
			assertEquals(retried ? 2 : 4, server.client.offers.size());
			for (dev.thimble.support.PskOffer offer : server.client.offers) {
				assertEquals(0, offer.age());
				assertEquals(offer.known() != null, offer.right());
			}
		}
	}

	@Test
	void allBindersAreRight() {
		ScriptedServer server = new ScriptedServer().script(Script.psk());
		server.psks.addAll(peers());
		assertConnected(EngineHarness.connect(config(), server), true);
		assertEquals(4, server.client.offers.stream().filter(dev.thimble.support.PskOffer::right).count());
	}

	@Test
	void goesOnWithACertificateIfTheServerKnowsNone() {
		ScriptedServer server = new ScriptedServer();
		assertConnected(EngineHarness.connect(config(), server), false);
		assertEquals(4, server.client.offers.size());
	}

	@Test
	void offersNeitherWipedKeysNorThoseWithoutASuite() {
		PreSharedKey[] keys = keys();
		keys[0].wipe();
		ScriptedServer server = new ScriptedServer();
		assertConnected(EngineHarness.connect(EngineHarness.config().preSharedKeys(keys).cipherSuites(AES_128_GCM_SHA256), server), false);
		assertEquals(1, server.client.offers.size());
		assertArrayEquals(keys[2].identity(), server.client.offers.get(0).identity());
	}

	/** What a server that knows another key of that name does. */
	@Test
	void tellsOfAServerThatDoesNotAcceptTheBinder() {
		ScriptedServer server = new ScriptedServer()
				.script(Script.of(ServerStep.AWAIT_HELLO, ServerStep.alert(2, DECRYPT_ERROR)));
		server.psks.add(Psk.external("first", KEY_384));
		EngineHarness harness = EngineHarness.connect(config(), server);
		assertFalse(server.client.offers.get(0).right());
		Refusal.assertEndedSilently(harness, TlsError.ALERT_RECEIVED);
		assertEquals(DECRYPT_ERROR, harness.engine.alertReceived());
	}

	static final List<Refusal> WRONG = List.of(
			Refusal.of("the fifth of four keys", TlsError.PSK_IDENTITY, ILLEGAL_PARAMETER,
					s -> s.serverHello = f -> f.extensions.set(PRE_SHARED_KEY, Octets.of(0, 4))),
			Refusal.of("the second key, of another hash", TlsError.PSK_HASH, ILLEGAL_PARAMETER,
					s -> s.serverHello = f -> f.extensions.set(PRE_SHARED_KEY, Octets.of(0, 1))),
			Refusal.of("a key of a hash that was dropped", TlsError.PSK_IDENTITY, ILLEGAL_PARAMETER, s -> {
				s.script(Script.retriedPsk());
				s.group = KeyAgreement.SECP256R1;
				s.serverHello = f -> f.extensions.set(PRE_SHARED_KEY, Octets.of(0, 2));
			}),
			Refusal.of("no key share", TlsError.PSK_KEY_EXCHANGE, ILLEGAL_PARAMETER, s -> s.pskMode = Psk.ONLY));

	@ParameterizedTest
	@FieldSource("WRONG")
	void refuses(Refusal refusal) {
		ScriptedServer server = new ScriptedServer().script(Script.psk());
		server.psks.addAll(peers());
		server.suite = AES_128_GCM_SHA256;
		refusal.server().accept(server);
		EngineHarness harness = EngineHarness.connect(config(), server);
		Refusal.assertRefused(harness, refusal.error(), refusal.alert(), false);
		assertFalse(harness.everComplete);
	}

	/** The server took the first key but says it was the third. */
	@Test
	void doesNotFinishWithAnotherKeyThanTheServers() {
		ScriptedServer server = new ScriptedServer().script(Script.psk());
		server.psks.addAll(peers());
		server.suite = AES_128_GCM_SHA256;
		server.serverHello = f -> f.extensions.set(PRE_SHARED_KEY, Octets.of(0, 2));
		EngineHarness harness = new EngineHarness(new TlsEngine(config()), server);
		assertThrows(IllegalStateException.class, harness::start);
		assertEquals("E_BAD_RECORD", TlsError.name(harness.engine.error()));
	}

	// Without certificates.

	@Test
	void needsNoCertificates() {
		ScriptedServer server = new ScriptedServer().script(Script.psk());
		server.psks.addAll(peers());
		assertConnected(EngineHarness.connect(pskConfig(new JceCrypto()).preSharedKeys(keys()), server), true);
		assertFalse(server.client.lastHello().extensions.containsKey(SIGNATURE_ALGORITHMS));
		assertTrue(server.client.lastHello().extensions.containsKey(KEY_SHARE));
	}

	@Test
	void refusesACertificateWhereItHasNoUseForOne() {
		EngineHarness harness = EngineHarness.connect(pskConfig(new JceCrypto()).preSharedKeys(keys()), new ScriptedServer());
		Refusal.assertRefused(harness, TlsError.PSK_REFUSED, HANDSHAKE_FAILURE, false);
	}

	@Test
	void needsAKeyOrACertificate() {
		PreSharedKey[] keys = { new PreSharedKey(text("first"), KEY) };
		TlsEngine engine = new TlsEngine(pskConfig(new JceCrypto()).preSharedKeys(keys));
		keys[0].wipe();
		EngineHarness harness = new EngineHarness(engine, new ScriptedServer().script(Script.of())).start();
		assertEquals("E_NO_PRE_SHARED_KEY", TlsError.name(harness.engine.error()));
		assertEquals(TlsEngine.CLOSED, harness.engine.state());
		assertEquals(0, engine.recordsOut());
	}

	@Test
	void tellsWhatIsMissingInAConfiguration() {
		refused("pre-shared key", pskConfig(new JceCrypto()));
		refused("group", pskConfig(new PortableSymmetricCrypto()).preSharedKeys(keys()));
		refused("before TLS 1.2", new EngineConfig(new JceCrypto(), EngineHarness.config().random, null, EngineHarness.CLOCK, new Tls13PskClient(),
				new Tls13PskClient()).preSharedKeys(keys()));
		assertThrows(IllegalArgumentException.class, () -> EngineHarness.config().preSharedKeys(new PreSharedKey[9]));
	}

	private static void refused(String word, EngineConfig config) {
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new TlsEngine(config));
		assertTrue(e.getMessage().contains(word), e.getMessage());
	}

	// Without key agreement.

	@Test
	void needsNoKeyAgreement() {
		Session session = new Session(new byte[600], 0, 600);
		ScriptedServer server = new ScriptedServer().script(Script.psk());
		server.psks.addAll(peers());
		TlsEngine engine = new TlsEngine(pskConfig(new PortableSymmetricCrypto()).preSharedKeys(keys()).pskOnly(true).session(session));
		EngineHarness harness = new EngineHarness(engine, server).start();
		assertConnected(harness, true);
		assertEquals(0, engine.group());
		assertEquals(List.of(Psk.ONLY), server.client.lastHello().pskModes);
		assertFalse(server.client.lastHello().extensions.containsKey(KEY_SHARE));
		assertFalse(server.client.lastHello().extensions.containsKey(SUPPORTED_GROUPS));
		harness.then(ServerStep.TICKET);
		engine.abort();
		// A session does as well as the key it began with.
		ScriptedServer second = new ScriptedServer().script(Script.psk());
		second.psks.addAll(server.tickets);
		second.suite = server.suite;
		assertConnected(new EngineHarness(engine, second).start(), true);
	}

	/** A client with certificates can save the key agreement when it resumes, and only then. */
	@Test
	void resumesWithoutKeyAgreement() {
		Session session = new Session(new byte[600], 0, 600);
		TlsEngine engine = new TlsEngine(EngineHarness.config().session(session).pskOnly(true));
		ScriptedServer first = new ScriptedServer();
		EngineHarness harness = new EngineHarness(engine, first).start();
		assertConnected(harness, false);
		harness.then(ServerStep.TICKET);
		engine.abort();
		ScriptedServer second = new ScriptedServer().script(Script.psk());
		second.psks.addAll(first.tickets);
		harness = new EngineHarness(engine, second).start();
		assertConnected(harness, true);
		assertEquals(0, engine.group());
		assertArrayEquals(new byte[2], second.client.lastHello().extensions.get(KEY_SHARE));
		harness.then(ServerStep.TICKET);
		engine.abort();
		// A server that does not take the ticket asks for a key share.
		ScriptedServer third = new ScriptedServer().script(Script.retried());
		third.group = KeyAgreement.X25519;
		harness = new EngineHarness(engine, third).start();
		assertConnected(harness, false);
		assertEquals(1, third.client.offers.size());
	}

	static final List<Refusal> WRONG_WITHOUT_AGREEMENT = List.of(
			Refusal.of("a key share", TlsError.PSK_KEY_EXCHANGE, ILLEGAL_PARAMETER,
					s -> s.serverHello = f -> f.extensions.add(KEY_SHARE, new Octets().u16(KeyAgreement.X25519).vector16(KEY).toBytes())),
			Refusal.of("a key share and no key", TlsError.GROUP, ILLEGAL_PARAMETER, s -> s.serverHello = f -> {
				f.extensions.add(KEY_SHARE, new Octets().u16(KeyAgreement.X25519).vector16(KEY).toBytes());
				f.extensions.remove(PRE_SHARED_KEY);
			}),
			Refusal.of("neither key nor key share", TlsError.MISSING_EXTENSION, MISSING_EXTENSION,
					s -> s.serverHello = f -> f.extensions.remove(PRE_SHARED_KEY)));

	@ParameterizedTest
	@FieldSource("WRONG_WITHOUT_AGREEMENT")
	void refusesWithoutAgreement(Refusal refusal) {
		ScriptedServer server = new ScriptedServer().script(Script.psk());
		server.psks.addAll(peers());
		server.suite = AES_128_GCM_SHA256;
		refusal.server().accept(server);
		EngineHarness harness = EngineHarness.connect(config().pskOnly(true), server);
		Refusal.assertRefused(harness, refusal.error(), refusal.alert(), false);
		assertFalse(harness.everComplete);
	}

	@Test
	void leavesNoSecretBehind() {
		ScriptedServer server = new ScriptedServer().script(Script.psk());
		server.psks.addAll(peers());
		EngineHarness harness = EngineHarness.connect(config(), server);
		assertConnected(harness, true);
		assertNull(new SecretSearch().add("early secret", server.schedule.earlySecret).findIn(harness.engine));
		harness.engine.abort();
		assertNull(new SecretSearch().add(server).findIn(harness.engine));
	}
}
