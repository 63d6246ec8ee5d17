/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.AeadOperation;
import dev.thimble.crypto.ChaCha20Poly1305;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.crypto.Random;
import dev.thimble.host.HeapWalker;
import dev.thimble.host.KeyKind;
import dev.thimble.host.TrustStore;
import dev.thimble.identity.Identity;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.ClientPki;
import dev.thimble.support.FixedTime;
import dev.thimble.support.Octets;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.tls.CipherSuite;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Session;
import dev.thimble.tls.TicketKeys;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.Tls13Server;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;
import dev.thimble.x509.TimeSource;
import dev.thimble.x509.TrustAnchors;

/** What a TLS 1.3 server takes of the heap: its share at construction, and nothing afterwards, nor does the client it talks to in memory. */
final class ServerMemoryTest {

	private static final int BUDGET = 8 * 1024;
	private static final int HANDSHAKES = 5;
	private static final int RECORDS = 20;
	private static final String NAME = TestPki.HOST;
	private static final byte[] KEY_NAME = { 'd', 'e', 'v', '7' };
	private static final TimeSource CLOCK = new FixedTime(TimeSource.TRUSTED, System.currentTimeMillis() / 1000);
	private static final Chain SERVER = TestPki.chain(KeyKind.P256, 2);
	private static final Chain CLIENT = ClientPki.chain(KeyKind.P256, 2, 0);
	/** In flash on a device, as the trust anchors. */
	private static final byte[] CHAIN = Octets.concat(TestPki.certificates(SERVER.path()));
	/** One for all engines of a device. */
	private static final TicketKeys KEYS = tickets();
	private static final TrustAnchors SERVERS = TrustStore.of(SERVER.root());
	private static final TrustAnchors CLIENTS = TrustStore.of(CLIENT.root());

	/** Randomness that costs no allocation. */
	private static final class Numbers implements Random {

		private long state = 88172645463325252L;

		@Override
		public boolean generate(byte[] output, int offset, int length) {
			for (int i = offset; i < offset + length; i++) {
				this.state ^= this.state << 13;
				this.state ^= this.state >>> 7;
				this.state ^= this.state << 17;
				output[i] = (byte) this.state;
			}
			return true;
		}
	}

	private static EngineConfig client(CryptoProvider crypto) {
		return new EngineConfig(crypto, new Numbers(), SERVERS, CLOCK, new Tls13Client());
	}

	private static EngineConfig server(CryptoProvider crypto) {
		return new EngineConfig(crypto, new Numbers(), CLIENTS, CLOCK, new Tls13Server()).identity(identity(crypto, SERVER));
	}

	private static Identity identity(CryptoProvider crypto, Chain chain) {
		return new Identity(crypto, chain == SERVER ? CHAIN : Octets.concat(TestPki.certificates(chain.path())), chain.leaf().keys().getPrivate().getEncoded());
	}

	private static TicketKeys tickets() {
		return new TicketKeys(new ChaCha20Poly1305(new AeadOperation()), Aead.CHACHA20_POLY1305, new Numbers());
	}

	/** Engines that talk in one thread over arrays. */
	private static final class Pair implements Runnable {

		private final TlsEngine client;
		private final TlsEngine server;
		private final byte[] toServer = new byte[1 << 15];
		private final byte[] toClient = new byte[1 << 15];
		private int toServerEnd;
		private int toClientEnd;
		private int received;
		private final int expected;

		Pair(EngineConfig client, EngineConfig server, int expectedError) {
			this.client = new TlsEngine(client);
			this.server = new TlsEngine(server);
			this.expected = expectedError;
		}

		@Override
		public void run() {
			this.toServerEnd = 0;
			this.toClientEnd = 0;
			this.server.accept();
			this.client.start(NAME);
			pump();
			for (int i = 0; i < RECORDS && this.client.handshakeComplete(); i++) {
				this.received = 0;
				write(this.client, 100);
				pump();
				write(this.server, 100);
				pump();
				check(this.received == 200);
			}
			this.client.keyUpdate(true);
			pump();
			this.client.shutdown();
			pump();
			this.server.shutdown();
			pump();
			check(this.server.error() == this.expected && (this.server.state() & TlsEngine.CLOSED) != 0);
		}

		private static void check(boolean good) {
			if (!good) {
				throw new IllegalStateException("the engines do not do what they should");
			}
		}

		private static void write(TlsEngine engine, int count) {
			check(engine.appOutLength() >= count);
			engine.appOutAck(count);
			engine.flush();
		}

		private void pump() {
			boolean moved = true;
			while (moved) {
				moved = turn(this.client, true) | turn(this.server, false);
			}
		}

		private boolean turn(TlsEngine engine, boolean ofClient) {
			int state = engine.state();
			if ((state & TlsEngine.HAS_RECORD_OUT) != 0) {
				int count = engine.recordOutLength();
				byte[] to = ofClient ? this.toServer : this.toClient;
				int at = ofClient ? this.toServerEnd : this.toClientEnd;
				System.arraycopy(engine.recordOutArray(), engine.recordOutOffset(), to, at, count);
				this.toServerEnd += ofClient ? count : 0;
				this.toClientEnd += ofClient ? 0 : count;
				engine.recordOutAck(count);
				return true;
			}
			if ((state & TlsEngine.HAS_APP_IN) != 0) {
				this.received += engine.appInLength();
				engine.appInAck(engine.appInLength());
				return true;
			}
			if ((state & TlsEngine.BUSY) != 0) {
				engine.step();
				return true;
			}
			int waiting = ofClient ? this.toClientEnd : this.toServerEnd;
			if ((state & TlsEngine.WANTS_RECORD_IN) != 0 && waiting > 0) {
				byte[] from = ofClient ? this.toClient : this.toServer;
				int window = engine.recordInLength();
				int count = waiting < window ? waiting : window;
				System.arraycopy(from, 0, engine.recordInArray(), engine.recordInOffset(), count);
				System.arraycopy(from, count, from, 0, waiting - count);
				this.toServerEnd -= ofClient ? 0 : count;
				this.toClientEnd -= ofClient ? count : 0;
				engine.recordInAck(count);
				return true;
			}
			return false;
		}
	}

	private static Arguments row(String name, int expectedError, BiConsumer<EngineConfig, EngineConfig> change) {
		PortableEcCrypto clientCrypto = new PortableEcCrypto();
		EngineConfig client = client(clientCrypto).recordOutLimit(512);
		EngineConfig server = server(new PortableEcCrypto()).recordOutLimit(512);
		if (name.startsWith("client certificate")) {
			client.identity(identity(clientCrypto, CLIENT));
		}
		change.accept(client, server);
		return Arguments.of(name, new Pair(client, server, expectedError));
	}

	static Stream<Arguments> rows() {
		PreSharedKey key = new PreSharedKey(KEY_NAME, new byte[32]);
		return Stream.of(row("certificate", 0, (client, server) -> server.applicationProtocols("mqtt")),
				row("AES-256-GCM, SHA-384", 0, (client, server) -> server.cipherSuites(CipherSuite.TLS_AES_256_GCM_SHA384)),
				row("client certificate", 0, (client, server) -> server.clientAuthentication(EngineConfig.REQUIRED)),
				row("HelloRetryRequest with a cookie", 0, (client, server) -> server.groups(KeyAgreement.SECP256R1).tickets(tickets())),
				row("resumed by ticket", 0, (client, server) -> {
					client.session(new Session(new byte[400], 0, 400));
					server.tickets(tickets());
				}),
				row("pre-shared key", 0, (client, server) -> {
					client.preSharedKeys(key);
					server.preSharedKeys(key);
				}),
				row("pre-shared key without key agreement", 0, (client, server) -> {
					client.preSharedKeys(key).pskOnly(true);
					server.preSharedKeys(key).pskOnly(true);
				}),
				row("refused: no common protocol", TlsError.NO_COMMON_PROTOCOL, (client, server) -> {
					client.applicationProtocols("h2");
					server.applicationProtocols("mqtt");
				}),
				row("refused: no client certificate", TlsError.CLIENT_CERTIFICATE_MISSING,
						(client, server) -> server.clientAuthentication(EngineConfig.REQUIRED)));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void nothingIsAllocatedAfterConstruction(String what, Runnable pair) {
		long allocated = AllocationMeter.measureSlow(HANDSHAKES, pair);
		System.out.println("allocated by client and server over " + HANDSHAKES + " connections, " + what + ": " + allocated + " bytes");
		assertEquals(0, allocated);
	}

	@Test
	void heap() {
		walk("certificate", server(new PortableEcCrypto()));
		walk("certificate, tickets", server(new PortableEcCrypto()).tickets(KEYS));
		walk("certificate, tickets, client certificates, pre-shared key", server(new PortableEcCrypto()).tickets(KEYS)
				.clientAuthentication(EngineConfig.REQUIRED).preSharedKeys(new PreSharedKey(KEY_NAME, new byte[32])));
		walk("pre-shared key, without certificates", new EngineConfig(new PortableEcCrypto(), new Numbers(), null, null, new Tls13Server())
				.preSharedKeys(new PreSharedKey(KEY_NAME, new byte[32])));
	}

	private static void walk(String what, EngineConfig config) {
		TlsEngine engine = new TlsEngine(config);
		engine.accept();
		HeapWalker walker = new HeapWalker().exclude(SERVERS, CLIENTS, CLOCK, KEYS, CHAIN, engine.recordInArray(), engine.recordOutArray(), engine.appInArray(),
				engine.appOutArray()).walk(engine);
		System.out.println("heap of one server engine, " + what + ": " + walker.bytes() + " bytes in " + walker.objects()
				+ " objects, without record buffers; budget " + BUDGET);
		assertTrue(walker.bytes() <= BUDGET, walker::table);
	}
}
