/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.thimble.host.EngineBuilder;
import dev.thimble.host.KeyKind;
import dev.thimble.host.Parameters;
import dev.thimble.host.TrustStore;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.ClientPki;
import dev.thimble.support.EnginePair;
import dev.thimble.support.Octets;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Session;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls12Server;
import dev.thimble.tls.Tls13PskClient;
import dev.thimble.tls.Tls13Server;
import dev.thimble.tls.TlsEngine;

/**
 * Client and server allocate 0 bytes with each feature, from the first call to close, connection after connection, by the JVM's per-thread counter:
 * both engines run in one thread, and nothing between them allocates. The features OpenSSL has are measured against it in {@link AllocationTest}.
 */
final class FeatureAllocationTest {

	private static final int CONNECTIONS = 10;
	private static final Chain SERVER = TestPki.chain(KeyKind.P256, 2);
	private static final Chain CLIENT = ClientPki.chain(KeyKind.P256, 2, 0);

	/** A feature: what it needs on both sides, and what it shows in. */
	private record Row(String name, Consumer<EngineBuilder> client, Consumer<EngineBuilder> server, boolean resumed) {

		@Override
		public String toString() {
			return this.name;
		}
	}

	private static EngineBuilder client() {
		return new EngineBuilder().anchors(TrustStore.of(SERVER.root()));
	}

	private static EngineBuilder server() {
		return new EngineBuilder().protocols(new Tls13Server(), new Tls12Server()).identity(Octets.concat(TestPki.certificates(SERVER.path())), SERVER.leaf().keys().getPrivate().getEncoded());
	}

	private static PreSharedKey key() {
		return new PreSharedKey("device".getBytes(StandardCharsets.US_ASCII), "thirty-two bytes of a shared key".getBytes(StandardCharsets.US_ASCII));
	}

	private static void session(EngineBuilder builder) {
		byte[] slot = new byte[1024];
		builder.session(new Session(slot, 0, slot.length), slot);
	}

	static Stream<Row> rows() {
		return Stream.of(
				new Row("server and client", c -> { }, s -> { }, false),
				new Row("hello retried, with a cookie", c -> c.groups(Parameters.groups("x25519,secp256r1")), s -> s.tickets()
						.groups(Parameters.groups("secp256r1")), false),
				new Row("mutual", c -> c.identity(ClientPki.certificates(CLIENT), ClientPki.key(CLIENT)),
						s -> s.anchors(TrustStore.of(CLIENT.root())).clientAuthentication(EngineConfig.REQUIRED), false),
				new Row("resumed", FeatureAllocationTest::session, EngineBuilder::tickets, true),
				new Row("resumed without key agreement", c -> {
					session(c);
					c.pskOnly(true);
				}, s -> s.tickets().pskOnly(true), true),
				new Row("mutual, resumed", c -> {
					session(c);
					c.identity(ClientPki.certificates(CLIENT), ClientPki.key(CLIENT));
				}, s -> s.tickets().anchors(TrustStore.of(CLIENT.root())).clientAuthentication(EngineConfig.REQUIRED), true),
				new Row("pre-shared key", c -> c.preSharedKeys(key()), s -> s.preSharedKeys(key()), true),
				new Row("pre-shared key without key agreement", c -> c.preSharedKeys(key()).pskOnly(true), s -> s.preSharedKeys(key()).pskOnly(true), true),
				new Row("pre-shared key, no certificates in the client", c -> c.anchors(null).protocols(new Tls13PskClient()).preSharedKeys(key())
						.pskOnly(true), s -> s.preSharedKeys(key()).pskOnly(true), true),
				new Row("TLS 1.2", c -> c.protocols(new Tls12Client()), s -> { }, false),
				new Row("TLS 1.2, mutual", c -> c.protocols(new Tls12Client()).identity(ClientPki.certificates(CLIENT), ClientPki.key(CLIENT)),
						s -> s.anchors(TrustStore.of(CLIENT.root())).clientAuthentication(EngineConfig.REQUIRED), false),
				new Row("TLS 1.2, resumed", c -> session(c.protocols(new Tls12Client())), EngineBuilder::tickets, true),
				new Row("TLS 1.2, pre-shared key", c -> c.protocols(new Tls12Client()).preSharedKeys(key()), s -> s.preSharedKeys(key()), true),
				new Row("early data that the server refuses", c -> {
					session(c);
					c.earlyData(true);
				}, EngineBuilder::tickets, true));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void nothingIsAllocatedWith(Row row) {
		EngineBuilder clientBuilder = client();
		EngineBuilder serverBuilder = server();
		row.client.accept(clientBuilder);
		row.server.accept(serverBuilder);
		TlsEngine client = clientBuilder.build();
		TlsEngine server = serverBuilder.build();
		EnginePair pair = new EnginePair(client, server).early();
		boolean[] done = { true };
		// The first connection brings the session that the others resume.
		done[0] = pair.connect(TestPki.HOST);
		long allocated = AllocationMeter.measureSlow(CONNECTIONS, () -> done[0] &= pair.connect(TestPki.HOST));
		assertEquals(List.of(true, row.resumed, 0, 0), List.of(done[0], client.resumed(), client.error(), server.error()));
		System.out.println("allocated by client and server, " + row + ": " + allocated + " bytes in " + CONNECTIONS + " connections");
		assertEquals(0, allocated, () -> "bytes allocated with " + row);
	}
}
