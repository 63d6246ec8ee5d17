/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static dev.thimble.support.TlsNumbers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.Test;

import dev.thimble.host.TrustStore;
import dev.thimble.identity.Identity;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.Script12;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ScriptedServer12;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;
import dev.thimble.support.Suite12;
import dev.thimble.x509.TrustAnchors;

/** What somebody may try on a client who knows how it is made. */
class ClientAttackTest {

	private static EngineConfig config(JceCrypto crypto, Protocol... protocols) {
		return new EngineConfig(crypto, ServerConfigs.random(3), EngineHarness.ANCHORS, EngineHarness.CLOCK, protocols);
	}

	/** In TLS 1.2 a client signs by its key's hash, also where no suite has that hash. */
	@Test
	void signsByAHashNoSuiteHas() {
		JceCrypto crypto = new JceCrypto();
		Identity identity = ServerConfigs.identity(crypto, ServerIdentity.ofClient("P-384", 0));
		EngineConfig config = config(crypto, new Tls12Client()).cipherSuites(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256).identity(identity);
		ScriptedServer12 server = new ScriptedServer12().script(Script12.requested());
		server.suite = Suite12.of(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
		EngineHarness harness = EngineHarness.connect(config, server);
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertTrue(harness.engine.handshakeComplete());
		assertEquals(0, harness.engine.identity());
		assertEquals(ECDSA_SECP384R1_SHA384, server.client.scheme);
	}

	/** Whom a firmware trusts no more must not be resumed with either, though there are as many others now. */
	@Test
	void sessionUnderOtherRoots() throws IOException {
		Session session = new Session(new byte[700], 0, 700);
		ScriptedServer first = new ScriptedServer().script(Script.full().add(ServerStep.TICKET));
		assertTrue(EngineHarness.connect(config(EngineHarness.ANCHORS).session(session), first).engine.handshakeComplete());
		assertTrue(session.valid());
		ScriptedServer second = new ScriptedServer();
		second.psks.addAll(first.tickets);
		byte[] issuer = second.identity.chain.get(second.identity.chain.size() - 1);
		EngineHarness harness = EngineHarness.connect(config(roots(issuer)).session(session), second);
		assertEquals(0, second.client.offers.size());
		assertFalse(harness.engine.resumed());
	}

	/** RFC 5705 §4: the length of an exporter's context is two bytes; a longer one must not count as one that is shorter. */
	@Test
	void contextTooLongForAnExporter() {
		EngineHarness harness = EngineHarness.connect(config(new JceCrypto(), new Tls13Client(), new Tls12Client()), new ScriptedServer12());
		byte[] label = "EXPORTER-test".getBytes(StandardCharsets.US_ASCII);
		assertTrue(harness.engine.export(label, new byte[65535], new byte[32], 0, 32));
		assertFalse(harness.engine.export(label, new byte[65536], new byte[32], 0, 32));
	}

	private static EngineConfig config(TrustAnchors anchors) {
		return new EngineConfig(new JceCrypto(), ServerConfigs.random(3), anchors, EngineHarness.CLOCK);
	}

	private static TrustAnchors roots(byte[] certificate) throws IOException {
		Path file = Files.createTempFile("root", ".pem");
		try {
			Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(certificate)
					+ "\n-----END CERTIFICATE-----\n", StandardCharsets.US_ASCII);
			return TrustStore.read(file);
		} finally {
			Files.delete(file);
		}
	}

	/** A pre-shared key of TLS 1.3 cannot be selected in TLS 1.2. */
	@Test
	void preSharedKeyInServerHelloOfTls12() {
		JceCrypto crypto = new JceCrypto();
		EngineConfig config = config(crypto, new Tls13Client(), new Tls12Client()).preSharedKeys(new PreSharedKey(new byte[] { 7 }, new byte[32]));
		ScriptedServer12 server = new ScriptedServer12();
		server.serverHello = f -> f.extensions.add(PRE_SHARED_KEY, Octets.of(0, 0));
		EngineHarness harness = EngineHarness.connect(config, server);
		assertFalse(harness.everComplete);
		assertEquals(TlsError.name(TlsError.MISPLACED_EXTENSION), TlsError.name(harness.engine.error()));
		assertEquals(ILLEGAL_PARAMETER, server.client.alert().description());
	}
}
