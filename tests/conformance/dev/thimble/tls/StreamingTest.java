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
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.EngineHarness;
import dev.thimble.support.ExtensionList;
import dev.thimble.support.Framing;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;

/** The same handshake however its bytes are cut: into records, by the network, and to small buffers. */
class StreamingTest {

	private static final byte[] PING = ScriptedServer.bytes(1, 3000);
	private static final byte[] PONG = ScriptedServer.bytes(2, 20000);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 7, 16, 63, 64, 100, 255, 256, 511, 512, 513, 1000, 4096 })
	void recordsOfEveryLength(int length) {
		ScriptedServer server = server(2);
		server.framing = Framing.pieces(length);
		assertWorks(new EngineHarness(new TlsEngine(EngineHarness.config()), server));
	}

	/** One cut at every position of the flight: headers, lengths and certificates are all cut somewhere. */
	@Test
	void aCutAtEveryPosition() {
		TlsEngine engine = new TlsEngine(EngineHarness.config());
		int flight = ServerIdentity.of("P-256").chain.get(0).length + 300;
		for (int position = 1; position < flight; position++) {
			ScriptedServer server = server(0).script(Script.requested());
			server.framing = Framing.cutAt(position);
			EngineHarness harness = new EngineHarness(engine, server).start();
			assertEquals(TlsError.name(0), TlsError.name(engine.error()), "cut at " + position);
			assertTrue(server.client.finished);
			assertNotNull(server.client.certificate);
			harness.engine.abort();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 })
	void randomRecordsAndRandomDelivery(long seed) {
		Random random = new Random(seed);
		ScriptedServer server = server(random.nextInt(4)).script(random.nextBoolean() ? Script.requested() : Script.retried());
		server.group = SECP256R1;
		server.cookie = random.nextBoolean() ? ScriptedServer.bytes(seed, 1 + random.nextInt(300)) : null;
		server.framing = Framing.random(seed, 1 + random.nextInt(700));
		server.padding = () -> random.nextInt(4) == 0 ? random.nextInt(300) : 0;
		EngineHarness harness = new EngineHarness(new TlsEngine(EngineHarness.config().recordInLimit(512 + random.nextInt(4000))), server);
		harness.chunk = 1 + random.nextInt(2000);
		harness.chunks = random;
		harness.outChunk = 1 + random.nextInt(600);
		assertWorks(harness);
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "1,100000", "100000,1", "5,3", "1460,1460" })
	void deliveredInPieces(int in, int out) {
		ScriptedServer server = server(3);
		server.framing = Framing.COALESCED;
		EngineHarness harness = new EngineHarness(new TlsEngine(EngineHarness.config()), server);
		harness.chunk = in;
		harness.outChunk = out;
		assertWorks(harness);
	}

	@ParameterizedTest
	@CsvSource({ "512,512", "513,600", "1024,512", "4096,2048", "16384,16384", "512,16384", "16384,512" })
	void buffersOfEverySize(int in, int out) {
		for (Framing framing : new Framing[] { Framing.COALESCED, Framing.ONE_PER_MESSAGE }) {
			ScriptedServer server = server(3);
			server.framing = framing;
			EngineHarness harness = new EngineHarness(new TlsEngine(EngineHarness.config().recordInLimit(in).recordOutLimit(out)), server);
			assertWorks(harness);
			assertEquals(out, harness.engine.recordOutLimit());
			assertTrue(server.client.largestInner <= out + 1);
			assertEquals(in + 1, server.client.hellos.get(0).recordSizeLimit());
		}
	}

	/** RFC 8449: the peer's limit binds us. */
	@ParameterizedTest
	@ValueSource(ints = { 64, 65, 100, 512, 1000, 2049, 16385, 65535 })
	void keepsThePeersRecordSizeLimit(int limit) {
		ScriptedServer server = server(0);
		server.recordSizeLimit = limit;
		EngineHarness harness = new EngineHarness(new TlsEngine(EngineHarness.config()), server);
		assertWorks(harness);
		assertTrue(server.client.largestInner <= limit);
		assertEquals(Math.min(limit - 1, 2048), harness.engine.recordOutLimit());
	}

	/** RFC 6066 §4: a server that knows only max_fragment_length. */
	@ParameterizedTest
	@CsvSource({ "512,1,512", "1000,1,512", "1024,2,1024", "2048,3,2048", "4096,4,2048", "16383,4,2048" })
	void keepsMaxFragmentLength(int in, int code, int out) {
		ScriptedServer server = server(0);
		server.recordSizeLimit = 0;
		server.encryptedExtensions = e -> e.add(MAX_FRAGMENT_LENGTH, Octets.of(code));
		EngineHarness harness = new EngineHarness(new TlsEngine(EngineHarness.config().recordInLimit(in)), server);
		assertWorks(harness);
		assertArrayEquals(Octets.of(code), server.client.hellos.get(0).extensions.get(MAX_FRAGMENT_LENGTH));
		assertEquals(out, harness.engine.recordOutLimit());
		assertTrue(server.client.largestInner <= out + 1);
	}

	/** A chain of 12 KB passes through a buffer of 1 KB. */
	@Test
	void aLongChainThroughASmallBuffer() {
		ScriptedServer server = server(3);
		byte[] root = ServerIdentity.root();
		server.beforeHash.put(CERTIFICATE, m -> {
			// What follows behind an anchor's issue is skipped, so the chain can be made long with it.
			Octets entries = new Octets();
			for (byte[] certificate : server.identity.chain) {
				entries.add(Messages.certificateEntry(certificate, new ExtensionList()));
			}
			while (entries.length() < 12000) {
				entries.add(Messages.certificateEntry(root, new ExtensionList()));
			}
			return Messages.certificateOf(new byte[0], entries.toBytes());
		});
		assertWorks(new EngineHarness(new TlsEngine(EngineHarness.config().recordInLimit(1024)), server));
	}

	/** The ClientHello itself is longer than the outbound buffer. */
	@Test
	void aClientHelloLongerThanTheBuffer() {
		ScriptedServer server = server(0).script(Script.retried());
		server.group = SECP384R1;
		server.cookie = ScriptedServer.bytes(5, 400);
		EngineHarness harness = new EngineHarness(new TlsEngine(EngineHarness.config().recordOutLimit(512)
				.applicationProtocols("x".repeat(255), "y".repeat(255), "mqtt")), server);
		server.alpn = "mqtt";
		assertWorks(harness);
		assertEquals(2, harness.engine.applicationProtocol());
		assertTrue(server.client.hellos.get(1).message.length > 1000);
		assertArrayEquals(new Octets().vector16(server.cookie).toBytes(), server.client.hellos.get(1).extensions.get(COOKIE));
	}

	@Test
	void paddingAndEmptyRecords() {
		ScriptedServer server = server(1);
		server.padding = () -> 1000;
		EngineHarness harness = new EngineHarness(new TlsEngine(EngineHarness.config()), server);
		assertWorks(harness);
		harness.then(ServerStep.data(new byte[0]), ServerStep.data(PING), ServerStep.data(new byte[0]));
		assertEquals(0, harness.engine.error());
		assertArrayEquals(Octets.concat(PONG, PING), harness.received());
	}

	/** change_cipher_spec is dropped wherever it may stand (RFC 8446 §5). */
	@Test
	void changeCipherSpecAnywhereInTheHandshake() {
		ServerStep ccs = ServerStep.CHANGE_CIPHER_SPEC;
		ScriptedServer server = server(0).script(Script.requested().before(ServerStep.HELLO, ccs).before(ServerStep.EXTENSIONS, ccs, ccs)
				.before(ServerStep.REQUEST, ccs).before(ServerStep.CERTIFICATE, ccs).before(ServerStep.VERIFY,
				ccs).before(ServerStep.FINISHED, ccs));
		assertWorks(new EngineHarness(new TlsEngine(EngineHarness.config()), server));
		server = server(0).script(Script.full().remove(ccs));
		assertWorks(new EngineHarness(new TlsEngine(EngineHarness.config()), server));
	}

	/** RFC 8446 §5.1: the version of a plaintext record is to be ignored. */
	@Test
	void recordVersionsOfOldServers() {
		for (int version : new int[] { 0x0300, 0x0301, 0x0302, 0x0303, 0x0304 }) {
			ScriptedServer server = server(0);
			server.recordEdit = record -> {
				if (server.recordsSent == 0) {
					record[2] = (byte) version;
				}
				return record;
			};
			assertWorks(new EngineHarness(new TlsEngine(EngineHarness.config()), server));
		}
	}

	private static ScriptedServer server(int intermediates) {
		ScriptedServer server = new ScriptedServer();
		server.identity = ServerIdentity.of("P-256", intermediates);
		return server;
	}

	/** Completes the handshake and moves data both ways. */
	private static void assertWorks(EngineHarness harness) {
		harness.start();
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertTrue(harness.engine.handshakeComplete());
		assertTrue(harness.server.client.finished);
		harness.send(PING).then(ServerStep.data(PONG));
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertArrayEquals(PING, harness.server.client.data());
		assertArrayEquals(PONG, harness.received());
	}
}
