/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;

import org.junit.jupiter.api.Test;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.crypto.PortableSymmetricCrypto;
import dev.thimble.host.EngineBuilder;
import dev.thimble.host.HeapWalker;
import dev.thimble.host.KeyKind;
import dev.thimble.host.TrustStore;
import dev.thimble.support.ClientPki;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Session;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.Tls13PskClient;
import dev.thimble.tls.TlsEngine;

/** The heap of one client engine without its record buffers stays within the budget. */
final class EngineHeapTest {

	private static final int EC_BUDGET = 6 * 1024;
	private static final int RSA_BUDGET = 8 * 1024;
	private static final int PSK_BUDGET = 4 * 1024;
	private static final byte[] SLOT = new byte[512];
	private static final int EVERYTHING_BUDGET = 8 * 1024;
	/** What does not fit into an outbound buffer for records of 2 KB: two of three certificates' records. */
	private static final int RSA_RECORDS = 2304;

	@Test
	void ecProfileTakesAtMost6KB() throws GeneralSecurityException, java.io.IOException {
		walk("EC profile", new PortableEcCrypto(), 2048, EC_BUDGET);
	}

	/** Certificates are looked at in the outbound buffer: one for records of 4 KB holds all of RSA-4096. */
	@Test
	void profileWithRsa4096TakesAtMost8KB() throws GeneralSecurityException, java.io.IOException {
		walk("with RSA-4096, records out of 4 KB", new PortableCrypto(), 4096, RSA_BUDGET);
		walk("with RSA-4096, records out of 2 KB", new PortableCrypto(), 2048, RSA_BUDGET + RSA_RECORDS);
	}

	/** Both versions, a session, a pre-shared key and a client certificate; of these the arrays the caller gives stay in flash or in the caller's RAM. */
	@Test
	void everythingInTakesAtMost8KB() throws GeneralSecurityException, java.io.IOException {
		Chain client = ClientPki.chain(KeyKind.P256, 2, 0);
		walk("everything in: TLS 1.3 and 1.2, sessions, pre-shared key, client certificate", builder(new PortableEcCrypto(), 2048)
				.protocols(new Tls13Client(), new Tls12Client()).session(session(), SLOT).preSharedKeys(new PreSharedKey(new byte[16], new byte[32]))
				.identity(ClientPki.certificates(client), ClientPki.key(client)), EVERYTHING_BUDGET);
	}

	/** No certificates, no curves: what a profile like platform-config/profiles/psk has. */
	@Test
	void aPreSharedKeyAloneTakesAtMost4KB() throws GeneralSecurityException, java.io.IOException {
		walk("a pre-shared key alone, no key agreement", new EngineBuilder().crypto(new PortableSymmetricCrypto()).protocols(new Tls13PskClient())
				.pskOnly(true).preSharedKeys(new PreSharedKey(new byte[16], new byte[32])), PSK_BUDGET);
	}

	@Test
	void eachPartIsCounted() throws GeneralSecurityException, java.io.IOException {
		Chain client = ClientPki.chain(KeyKind.P256, 2, 0);
		walk("TLS 1.2 alone", builder(new PortableEcCrypto(), 2048).protocols(new Tls12Client()), EVERYTHING_BUDGET);
		walk("TLS 1.3 and 1.2", builder(new PortableEcCrypto(), 2048).protocols(new Tls13Client(), new Tls12Client()), EVERYTHING_BUDGET);
		walk("TLS 1.3 with sessions", builder(new PortableEcCrypto(), 2048).session(session(), SLOT), EVERYTHING_BUDGET);
		walk("TLS 1.3 with a client certificate", builder(new PortableEcCrypto(), 2048).identity(ClientPki.certificates(client),
				ClientPki.key(client)), EVERYTHING_BUDGET);
	}

	private static Session session() {
		return new Session(SLOT, 0, SLOT.length);
	}

	private static EngineBuilder builder(CryptoProvider crypto, int recordOutLimit) throws GeneralSecurityException, java.io.IOException {
		return new EngineBuilder().crypto(crypto).anchors(TrustStore.of(TestPki.root(KeyKind.P256))).pendingCertificates(1)
				.recordOutLimit(recordOutLimit).ed25519CertificateLength(0);
	}

	private static void walk(String profile, CryptoProvider crypto, int recordOutLimit, int budget)
			throws GeneralSecurityException, java.io.IOException {
		walk(profile, builder(crypto, recordOutLimit), budget);
	}

	private static void walk(String profile, EngineBuilder builder, int budget) {
		TlsEngine engine = builder.build();
		// Everything a connection refers to is there once one has begun.
		engine.start(TestPki.HOST);
		engine.step();
		HeapWalker bare = builder.walk(engine, false);
		long all = builder.walk(engine, true).bytes();
		engine.abort();
		System.out.println("heap of one client engine, " + profile + ": " + bare.bytes() + " bytes in " + bare.objects() + " objects, without "
				+ (all - bare.bytes()) + " bytes of record buffers; budget " + budget);
		assertTrue(bare.bytes() <= budget, () -> bare.bytes() + " bytes, the budget is " + budget + ":\n" + bare.table());
	}
}
