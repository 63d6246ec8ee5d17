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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.host.KeyKind;
import dev.thimble.identity.Identity;
import dev.thimble.support.ClientPki;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.ExtensionList;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.x509.PathError;
import dev.thimble.x509.TrustedKeys;

/** Raw public keys (RFC 7250), of the server and of the client. */
class RawPublicKeyTest {

	private static final byte[] DATA = { 1, 2, 3 };

	private static TrustedKeys trusted(ServerIdentity... identities) {
		byte[][] keys = new byte[identities.length][];
		for (int i = 0; i < keys.length; i++) {
			keys[i] = identities[i].rawKey();
		}
		return TrustedKeys.of(new JceCrypto(), keys);
	}

	/** A configuration without trusted roots. */
	private static EngineConfig keysOnly() {
		EngineConfig base = EngineHarness.config();
		return new EngineConfig(base.crypto, base.random, null, EngineHarness.CLOCK);
	}

	private static void assertConnected(EngineHarness harness) {
		assertEquals("E_NONE", TlsError.name(harness.engine.error()));
		assertTrue(harness.engine.handshakeComplete());
		harness.then(ServerStep.data(DATA)).send(new byte[] { 4, 5 });
		assertArrayEquals(DATA, harness.received());
		assertArrayEquals(new byte[] { 4, 5 }, harness.server.client.data());
	}

	@ParameterizedTest
	@ValueSource(strings = { "P-256", "P-384", "Ed25519" })
	void trustsTheServersKey(String kind) {
		ServerIdentity identity = ServerIdentity.of(kind);
		for (int chunk : new int[] { 1, 100, Integer.MAX_VALUE }) {
			ScriptedServer server = new ScriptedServer();
			server.identity = identity;
			server.rawKey = true;
			EngineHarness harness = new EngineHarness(new TlsEngine(keysOnly().peerKeys(trusted(ServerIdentity.of("RSA"), identity))), server);
			harness.chunk = chunk;
			assertConnected(harness.start());
			assertArrayEquals(Octets.of(1, 2), server.client.lastHello().extensions.get(SERVER_CERTIFICATE_TYPE));
			assertFalse(server.client.lastHello().extensions.containsKey(CLIENT_CERTIFICATE_TYPE));
		}
	}

	/** With roots as well the server may choose. */
	@Test
	void takesEither() {
		for (boolean raw : new boolean[] { true, false }) {
			ScriptedServer server = new ScriptedServer();
			server.rawKey = raw;
			assertConnected(EngineHarness.connect(EngineHarness.config().peerKeys(trusted(server.identity)), server));
			assertArrayEquals(Octets.of(2, 2, 0), server.client.lastHello().extensions.get(SERVER_CERTIFICATE_TYPE));
		}
	}

	@Test
	void oneEngineTakesOneAfterTheOther() {
		TlsEngine engine = new TlsEngine(EngineHarness.config().peerKeys(trusted(ServerIdentity.of("P-256"))));
		for (boolean raw : new boolean[] { true, false, true }) {
			ScriptedServer server = new ScriptedServer();
			server.rawKey = raw;
			assertConnected(new EngineHarness(engine, server).start());
			engine.abort();
		}
	}

	@Test
	void resumes() {
		Session session = new Session(new byte[500], 0, 500);
		TrustedKeys keys = trusted(ServerIdentity.of("P-256"));
		ScriptedServer server = new ScriptedServer();
		server.rawKey = true;
		EngineHarness harness = EngineHarness.connect(keysOnly().peerKeys(keys).session(session), server);
		assertConnected(harness);
		harness.then(ServerStep.TICKET);
		// A session stands for the keys it was verified against.
		ScriptedServer other = new ScriptedServer();
		EngineHarness.connect(keysOnly().peerKeys(trusted(ServerIdentity.of("P-384"))).session(session), other);
		assertEquals(0, other.client.offers.size());
		ScriptedServer second = new ScriptedServer().script(Script.psk());
		second.psks.addAll(server.tickets);
		harness = EngineHarness.connect(keysOnly().peerKeys(keys).session(session), second);
		assertConnected(harness);
		assertTrue(harness.engine.resumed());
	}

	static final List<Refusal> WRONG = List.of(
			Refusal.of("another key", PathError.KEY_NOT_TRUSTED, BAD_CERTIFICATE, s -> s.identity = ServerIdentity.of("P-384")),
			Refusal.of("two keys", PathError.TOO_MANY_KEYS, BAD_CERTIFICATE, s -> s.beforeHash.put((int) CERTIFICATE,
					m -> Messages.certificate(new byte[0], List.of(s.identity.rawKey(), s.identity.rawKey())))),
			Refusal.of("no key", TlsError.NO_CERTIFICATE, DECODE_ERROR, s -> s.beforeHash.put((int) CERTIFICATE,
					m -> Messages.certificate(new byte[0], List.of()))),
			Refusal.of("a certificate that was called a key", PathError.MALFORMED, BAD_CERTIFICATE, s -> s.beforeHash.put((int) CERTIFICATE,
					m -> Messages.certificate(new byte[0], s.identity.chain))),
			Refusal.of("a signature by another key", TlsError.SIGNATURE_INVALID, DECRYPT_ERROR, s -> s.beforeHash.put((int) CERTIFICATE_VERIFY,
					m -> Messages.flip(m, m.length - 1))),
			Refusal.of("a certificate", TlsError.RAW_KEY_MISSING, UNSUPPORTED_CERTIFICATE, s -> s.rawKey = false),
			Refusal.of("a certificate, by name", TlsError.CERTIFICATE_KIND, ILLEGAL_PARAMETER,
					s -> s.encryptedExtensions = e -> e.set(SERVER_CERTIFICATE_TYPE, Octets.of(0))),
			Refusal.of("a kind nobody knows", TlsError.CERTIFICATE_KIND, ILLEGAL_PARAMETER,
					s -> s.encryptedExtensions = e -> e.set(SERVER_CERTIFICATE_TYPE, Octets.of(1))),
			Refusal.of("a list of kinds", TlsError.DECODE_ERROR, DECODE_ERROR,
					s -> s.encryptedExtensions = e -> e.set(SERVER_CERTIFICATE_TYPE, Octets.of(2, 2))),
			Refusal.of("no kind", TlsError.DECODE_ERROR, DECODE_ERROR,
					s -> s.encryptedExtensions = e -> e.set(SERVER_CERTIFICATE_TYPE, new byte[0])),
			Refusal.of("a kind for the client that was not asked for", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION,
					s -> s.encryptedExtensions = e -> e.add(CLIENT_CERTIFICATE_TYPE, Octets.of(2))));

	@ParameterizedTest
	@FieldSource("WRONG")
	void refuses(Refusal refusal) {
		ScriptedServer server = new ScriptedServer();
		server.rawKey = true;
		TrustedKeys keys = trusted(server.identity);
		refusal.server().accept(server);
		EngineHarness harness = EngineHarness.connect(keysOnly().peerKeys(keys), server);
		Refusal.assertRefused(harness, refusal.error(), refusal.alert(), true);
		assertFalse(harness.everComplete);
	}

	@Test
	void refusesWhatWasNotOffered() {
		Refusal.of("server_certificate_type", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION,
				s -> s.encryptedExtensions = e -> e.add(SERVER_CERTIFICATE_TYPE, Octets.of(2))).run(true);
	}

	@Test
	void tellsThatNobodyIsTrusted() {
		assertThrows(IllegalArgumentException.class, () -> new TlsEngine(keysOnly()));
	}

	// The client's key.

	@ParameterizedTest
	@ValueSource(strings = { "P256", "P384", "ED25519" })
	void sendsItsOwnKey(String name) {
		Chain chain = ClientPki.chain(KeyKind.valueOf(name), 1, 0);
		EngineConfig config = EngineHarness.config();
		Identity key = Identity.rawKey(new PortableEcCrypto(), ClientPki.key(chain));
		// The names of authorities mean nothing to a key.
		ExtensionList asked = new ExtensionList().add(SIGNATURE_ALGORITHMS, Octets.of(0, 6, 4, 3, 5, 3, 8, 7))
				.add(ExtensionType.CERTIFICATE_AUTHORITIES, new Octets().vector16(new Octets().vector16(new byte[] { 0x30, 0 }).toBytes()).toBytes());
		ScriptedServer server = new ScriptedServer().script(Script.full().after(ServerStep.EXTENSIONS,
				ServerStep.of("request", s -> s.send(CERTIFICATE_REQUEST, Messages.certificateRequest(new byte[0], asked)))));
		server.clientRawKey = true;
		EngineHarness harness = EngineHarness.connect(config.identity(key), server);
		assertConnected(harness);
		assertEquals(0, harness.engine.identity());
		assertArrayEquals(Octets.of(1, 2), server.client.lastHello().extensions.get(CLIENT_CERTIFICATE_TYPE));
		assertEquals(1, server.client.chain.size());
		assertArrayEquals(key.certificates(), server.client.chain.get(0));
	}

	/** What is sent is of the kind the server asks for: without a word of it, a certificate. */
	@Test
	void sendsTheKindTheServerAsksFor() {
		Chain chain = ClientPki.chain(KeyKind.P256, 1, 0);
		for (boolean raw : new boolean[] { true, false }) {
			EngineConfig config = EngineHarness.config();
			config.identity(Identity.rawKey(new PortableEcCrypto(), ClientPki.key(chain)),
					new Identity(config.crypto, ClientPki.certificates(chain), ClientPki.key(chain)));
			ScriptedServer server = new ScriptedServer().script(Script.requested());
			server.clientRawKey = raw;
			EngineHarness harness = EngineHarness.connect(config, server);
			assertConnected(harness);
			assertEquals(raw ? 0 : 1, harness.engine.identity());
			assertArrayEquals(Octets.of(2, 2, 0), server.client.lastHello().extensions.get(CLIENT_CERTIFICATE_TYPE));
		}
		EngineConfig config = EngineHarness.config();
		ScriptedServer server = new ScriptedServer().script(Script.requested());
		EngineHarness harness = EngineHarness.connect(config.identity(Identity.rawKey(new PortableEcCrypto(), ClientPki.key(chain))), server);
		assertConnected(harness);
		assertEquals(-1, harness.engine.identity());
		assertTrue(harness.engine.certificateRequested());
	}

	@Test
	void refusesAKindOfItsOwnThatItDoesNotHave() {
		EngineConfig config = EngineHarness.config();
		config.identity(Identity.rawKey(new PortableEcCrypto(), ClientPki.key(ClientPki.chain(KeyKind.P256, 1, 0))));
		ScriptedServer server = new ScriptedServer().script(Script.requested());
		server.encryptedExtensions = e -> e.add(CLIENT_CERTIFICATE_TYPE, Octets.of(0));
		EngineHarness harness = EngineHarness.connect(config, server);
		Refusal.assertRefused(harness, TlsError.CERTIFICATE_KIND, ILLEGAL_PARAMETER, true);
	}
}
