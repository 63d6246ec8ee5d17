/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.host.EngineBuilder;
import dev.thimble.host.EngineDriver;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.Parameters;
import dev.thimble.host.TrustStore;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.ClientPki;
import dev.thimble.support.OpenSslServer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.support.TlsServer;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Session;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/**
 * The engine allocates 0 bytes from its first call to close, over 100 handshakes and 1,000 records each way, by the JVM's per-thread counter.
 *
 * <p>The counter also sees what the JVM itself allocates in the thread: loading classes, and, now and then, when it throws optimised code away and
 * resolves names anew (with -Xint or -XX:TieredStopAtLevel=1 it never does). So a first round is not judged, and of the others one must be at 0:
 * an engine that allocates does so in every round, each of which has an engine of its own.
 */
final class AllocationTest {

	private static final int HANDSHAKES = 100;
	private static final int RECORDS = 1000;
	private static final int ROUNDS = 5;

	@ParameterizedTest
	@ValueSource(strings = { "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_CCM_SHA256",
			"TLS_AES_128_CCM_8_SHA256" })
	void nothingIsAllocatedWithSuite(String suite) throws IOException {
		measure(suite, TestPki.chain(KeyKind.P256, 2), new EngineBuilder().suites(Parameters.suites(suite)));
	}

	@ParameterizedTest
	@EnumSource(KeyKind.class)
	void nothingIsAllocatedWithKey(KeyKind kind) throws IOException {
		measure(kind.toString(), TestPki.chain(kind, 3), new EngineBuilder());
	}

	@ParameterizedTest
	@ValueSource(strings = { "x25519", "secp256r1", "secp384r1" })
	void nothingIsAllocatedWithGroup(String group) throws IOException {
		measure(group, TestPki.chain(KeyKind.P256, 2), new EngineBuilder().groups(Parameters.groups(group)));
	}

	@ParameterizedTest
	@EnumSource(value = KeyKind.class, names = { "P256", "P384", "ED25519" })
	void nothingIsAllocatedWithClientKey(KeyKind kind, @TempDir Path folder) throws IOException {
		Chain client = ClientPki.chain(kind, 3, 0);
		String roots = Identity.writeChain(folder.resolve("roots.pem"), client.root()).toString();
		measure("client with " + kind, TestPki.chain(KeyKind.P256, 1),
				new EngineBuilder().recordOutLimit(512).identity(ClientPki.certificates(client), ClientPki.key(client)), "-Verify", "4",
				"-verify_return_error", "-CAfile", roots);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
			"TLS_ECDHE_ECDSA_WITH_AES_128_CCM" })
	void nothingIsAllocatedInTls12With(String suite) throws IOException {
		measure(suite, TestPki.chain(KeyKind.P256, 2), new EngineBuilder().protocols(new Tls12Client()).suites(Parameters.suites(suite)),
				OpenSslServer.TLS_1_2, "-cipher", "ALL:@SECLEVEL=0");
	}

	@Test
	void nothingIsAllocatedInTls12WithAClientCertificate(@TempDir Path folder) throws IOException {
		Chain client = ClientPki.chain(KeyKind.P256, 3, 0);
		String roots = Identity.writeChain(folder.resolve("roots.pem"), client.root()).toString();
		measure("TLS 1.2, client certificate", TestPki.chain(KeyKind.P256, 1), new EngineBuilder().recordOutLimit(512).protocols(new Tls12Client())
				.identity(ClientPki.certificates(client), ClientPki.key(client)), OpenSslServer.TLS_1_2, "-Verify", "4", "-verify_return_error",
				"-CAfile", roots);
	}

	/** By ticket, and by session id. */
	@ParameterizedTest
	@ValueSource(strings = { "1.3", "1.2", "1.2 -no_ticket" })
	void nothingIsAllocatedWithSessions(String version) throws IOException {
		byte[] slot = new byte[1024];
		EngineBuilder builder = new EngineBuilder().session(new Session(slot, 0, slot.length), slot);
		if (version.startsWith("1.2")) {
			builder.protocols(new Tls12Client());
		}
		measure("resumed, TLS " + version, TestPki.chain(KeyKind.P256, 2), builder, version.equals("1.3") ? new String[0]
				: version.equals("1.2") ? new String[] { OpenSslServer.TLS_1_2 } : new String[] { OpenSslServer.TLS_1_2, "-no_ticket" });
		assertTrue(new Session(slot, 0, slot.length).valid());
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLS_PSK_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256" })
	void nothingIsAllocatedInTls12WithAPreSharedKey(String suite) throws IOException {
		measure(suite, TestPki.chain(KeyKind.P256, 1), new EngineBuilder().protocols(new Tls12Client()).preSharedKeys(
				new PreSharedKey("device".getBytes(StandardCharsets.US_ASCII), new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }))
				.suites(Parameters.suites(suite)), OpenSslServer.TLS_1_2, "-psk", "0102030405060708090a0b0c0d0e0f10", "-psk_identity", "device");
	}

	private static void measure(String what, Chain chain, EngineBuilder builder, String... options) throws IOException {
		AllocationMeter.selfTest();
		builder.anchors(TrustStore.of(chain.root()));
		String[] all = Arrays.copyOf(options, options.length + 1);
		all[options.length] = "-rev";
		try (TlsServer server = OpenSslServer.start(chain, all)) {
			long least = Long.MAX_VALUE;
			for (int round = 0; round < ROUNDS && least != 0; round++) {
				long bytes = round(server, builder, round == 0 ? "rehearsal, " + what : what);
				least = round == 0 ? least : Math.min(least, bytes);
			}
			long allocated = least;
			assertEquals(0, allocated, () -> "bytes allocated in the engine in each of " + (ROUNDS - 1) + " rounds, " + what);
		}
	}

	private static long round(TlsServer server, EngineBuilder builder, String what) throws IOException {
		EngineDriver driver = new EngineDriver(builder.build());
		for (int i = 0; i < HANDSHAKES; i++) {
			connect(driver, server, i == HANDSHAKES / 2 ? RECORDS : 1);
		}
		refuse(driver, server, !what.contains("PSK"));
		System.out.println("allocated over " + HANDSHAKES + " handshakes and " + RECORDS + " records each way, " + what + ": "
				+ driver.allocatedBytes() + " bytes in " + driver.steps() + " steps");
		return driver.allocatedBytes();
	}

	private static void connect(EngineDriver driver, TlsServer server, int records) throws IOException {
		TlsEngine engine = driver.engine();
		byte[] line = HandshakeMatrixTest.line(new Random(records), 200);
		byte[] expected = server.echo(line);
		byte[] echo = new byte[line.length];
		try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
			socket.setSoTimeout(TlsServer.PATIENCE);
			assertTrue(driver.handshake(socket, TestPki.HOST), () -> TlsError.name(engine.error()));
			for (int i = 0; i < records; i++) {
				driver.write(line, 0, line.length);
				assertTrue(driver.readFully(echo, 0, echo.length), () -> TlsError.name(engine.error()));
				if (!Arrays.equals(expected, echo)) {
					throw new AssertionError("the echo differs in record " + i);
				}
			}
			assertEquals("E_NONE", TlsError.name(driver.close()));
			assertTrue(engine.recordsIn() > records && engine.recordsOut() > records);
		}
	}

	/** The way to an error allocates nothing either. */
	private static void refuse(EngineDriver driver, TlsServer server, boolean named) throws IOException {
		try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
			socket.setSoTimeout(TlsServer.PATIENCE);
			// There is no name in a pre-shared key: who has it is the server.
			assertEquals(named, !driver.handshake(socket, "wrong.thimble.test"));
		}
	}
}
