/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.EngineHarness;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.PeerRecords;
import dev.thimble.support.Psk;
import dev.thimble.support.Script12;
import dev.thimble.support.ScriptedServer12;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep12;
import dev.thimble.support.Session12;
import dev.thimble.support.Suite12;
import dev.thimble.support.TlsNumbers;

/** What a TLS 1.2 client refuses, and with which error and alert; and what it bears with. */
class Tls12RefusalTest {

	private static final byte[] KEY = Octets.unhex("000102030405060708090a0b0c0d0e0f");
	private static final PreSharedKey PRE_SHARED = new PreSharedKey(Octets.unhex("6964"), KEY);

	private static EngineConfig config(boolean both) {
		Random random = new Random(12);
		Protocol[] protocols = both ? new Protocol[] { new Tls13Client(), new Tls12Client() } : new Protocol[] { new Tls12Client() };
		return new EngineConfig(new JceCrypto(), (output, offset, length) -> {
			byte[] bytes = new byte[length];
			random.nextBytes(bytes);
			System.arraycopy(bytes, 0, output, offset, length);
			return true;
		}, EngineHarness.ANCHORS, EngineHarness.CLOCK, protocols);
	}

	/** A server that does something wrong. */
	private record Wrong(String name, int error, int alert, boolean both, Consumer<ScriptedServer12> server, Consumer<EngineConfig> config) {

		@Override
		public String toString() {
			return this.name + (this.both ? " (TLS 1.3 offered too)" : "");
		}
	}

	private static Wrong wrong(String name, int error, int alert, Consumer<ScriptedServer12> server) {
		return new Wrong(name, error, alert, false, server, c -> {
		});
	}

	private static Wrong both(String name, int error, int alert, Consumer<ScriptedServer12> server) {
		return new Wrong(name, error, alert, true, server, c -> {
		});
	}

	private static void psk(ScriptedServer12 server) {
		server.psk = Psk.external("id", KEY);
		server.script(Script12.psk());
	}

	private static Wrong withKey(String name, int error, int alert, Consumer<ScriptedServer12> server) {
		return new Wrong(name, error, alert, false, s -> {
			psk(s);
			server.accept(s);
		}, c -> c.preSharedKeys(PRE_SHARED));
	}

	static Stream<Wrong> wrongs() {
		return Stream.of(
				// ServerHello
				wrong("no extended master secret", TlsError.EXTENDED_MASTER_SECRET, TlsNumbers.HANDSHAKE_FAILURE, s -> s.extendedMasterSecret = false),
				both("no extended master secret", TlsError.EXTENDED_MASTER_SECRET, TlsNumbers.HANDSHAKE_FAILURE, s -> s.extendedMasterSecret = false),
				wrong("no extensions", TlsError.EXTENDED_MASTER_SECRET, TlsNumbers.HANDSHAKE_FAILURE,
						s -> s.serverHello = f -> f.noExtensions = true),
				wrong("extended master secret with content", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR,
						s -> s.serverHello = f -> f.extensions.set(TlsNumbers.EXTENDED_MASTER_SECRET, Octets.of(0))),
				wrong("no renegotiation_info", TlsError.RENEGOTIATION_INFO, TlsNumbers.HANDSHAKE_FAILURE, s -> s.renegotiationInfo = false),
				wrong("renegotiation_info of an earlier handshake", TlsError.RENEGOTIATION_INFO, TlsNumbers.HANDSHAKE_FAILURE,
						s -> s.serverHello = f -> f.extensions.set(TlsNumbers.RENEGOTIATION_INFO, Octets.of(1, 7))),
				wrong("renegotiation_info longer than it says", TlsError.RENEGOTIATION_INFO, TlsNumbers.HANDSHAKE_FAILURE,
						s -> s.serverHello = f -> f.extensions.set(TlsNumbers.RENEGOTIATION_INFO, Octets.of(0, 0))),
				wrong("renegotiation_info twice", TlsError.DUPLICATE_EXTENSION, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.serverHello = f -> f.extensions.add(TlsNumbers.RENEGOTIATION_INFO, Octets.of(0))),
				wrong("no uncompressed points", TlsError.POINT_FORMAT, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.serverHello = f -> f.extensions.set(TlsNumbers.EC_POINT_FORMATS, Octets.of(2, 1, 2))),
				wrong("empty list of point formats", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR,
						s -> s.serverHello = f -> f.extensions.set(TlsNumbers.EC_POINT_FORMATS, Octets.of(0))),
				wrong("unknown extension", TlsError.UNSUPPORTED_EXTENSION, TlsNumbers.UNSUPPORTED_EXTENSION,
						s -> s.serverHello = f -> f.extensions.add(9, new byte[0])),
				wrong("session_ticket although none was offered", TlsError.UNSUPPORTED_EXTENSION, TlsNumbers.UNSUPPORTED_EXTENSION,
						s -> s.serverHello = f -> f.extensions.add(TlsNumbers.SESSION_TICKET, new byte[0])),
				wrong("a protocol although none was offered", TlsError.UNSUPPORTED_EXTENSION, TlsNumbers.UNSUPPORTED_EXTENSION, s -> s.alpn = "h2"),
				wrong("both limits", TlsError.RECORD_SIZE_LIMIT, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.serverHello = f -> f.extensions.add(TlsNumbers.MAX_FRAGMENT_LENGTH, Octets.of(4))),
				wrong("key_share", TlsError.MISPLACED_EXTENSION, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.serverHello = f -> f.extensions.add(TlsNumbers.KEY_SHARE, new Octets().u16(29).vector16(new byte[32]).toBytes())),
				wrong("TLS 1.3 although it was not offered", TlsError.SELECTED_VERSION, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.serverHello = f -> f.extensions.add(TlsNumbers.SUPPORTED_VERSIONS, Octets.of(3, 4))),
				both("TLS 1.2 by supported_versions", TlsError.SELECTED_VERSION, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.serverHello = f -> f.extensions.add(TlsNumbers.SUPPORTED_VERSIONS, Octets.of(3, 3))),
				wrong("TLS 1.1", TlsError.PROTOCOL_VERSION, TlsNumbers.PROTOCOL_VERSION, s -> s.serverHello = f -> f.version = 0x0302),
				both("TLS 1.1", TlsError.PROTOCOL_VERSION, TlsNumbers.PROTOCOL_VERSION, s -> s.serverHello = f -> f.version = 0x0302),
				both("TLS 1.2 by a server of TLS 1.3", TlsError.DOWNGRADE, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.serverHello = f -> f.downgradeSentinel(true)),
				both("TLS 1.2 with the mark of TLS 1.1", TlsError.DOWNGRADE, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.serverHello = f -> f.downgradeSentinel(false)),
				wrong("TLS 1.1 by a server of TLS 1.2", TlsError.DOWNGRADE, TlsNumbers.ILLEGAL_PARAMETER, s -> s.serverHello = f -> {
					f.version = 0x0302;
					f.downgradeSentinel(false);
				}),
				wrong("a suite that was not offered", TlsError.CIPHER_SUITE, TlsNumbers.ILLEGAL_PARAMETER, s -> s.serverHello = f -> f.suite = 0xc013),
				wrong("compression", TlsError.COMPRESSION, TlsNumbers.ILLEGAL_PARAMETER, s -> s.serverHello = f -> f.compression = 1),
				both("a suite of TLS 1.3", TlsError.CIPHER_SUITE, TlsNumbers.ILLEGAL_PARAMETER, s -> s.serverHello = f -> f.suite = 0x1301),
				both("the random session id, as if it was resumed", TlsError.SESSION_ID, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.serverHello = f -> f.sessionId = s.client.lastHello().sessionId),
				// Certificate and ServerKeyExchange
				wrong("an RSA certificate for a suite with ECDSA", TlsError.CERTIFICATE_TYPE, TlsNumbers.UNSUPPORTED_CERTIFICATE, s -> {
					s.identity = ServerIdentity.of("RSA-2048");
					s.suite = Suite12.ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
				}),
				wrong("an EC certificate for a suite with RSA", TlsError.CERTIFICATE_TYPE, TlsNumbers.UNSUPPORTED_CERTIFICATE,
						s -> s.suite = Suite12.ECDHE_RSA_WITH_AES_128_GCM_SHA256),
				wrong("no certificate", TlsError.NO_CERTIFICATE, TlsNumbers.DECODE_ERROR,
						s -> s.beforeHash.put(TlsNumbers.CERTIFICATE, m -> Octets.unhex("0b000003000000"))),
				wrong("a certificate list that is too short", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR,
						s -> s.beforeHash.put(TlsNumbers.CERTIFICATE, m -> Messages.grown(m, 0))),
				wrong("a signature that is wrong", TlsError.SIGNATURE_INVALID, TlsNumbers.DECRYPT_ERROR, s -> s.signature = x -> Messages.flip(x, 12)),
				wrong("a signature of another connection's random", TlsError.SIGNATURE_INVALID, TlsNumbers.DECRYPT_ERROR,
						s -> s.afterHash.put(TlsNumbers.SERVER_HELLO, m -> Messages.flip(m, 10))),
				wrong("a key that was not signed", TlsError.SIGNATURE_INVALID, TlsNumbers.DECRYPT_ERROR,
						s -> s.beforeHash.put(TlsNumbers.SERVER_KEY_EXCHANGE, m -> Messages.flip(m, 12))),
				wrong("a scheme that does not fit the key", TlsError.SIGNATURE_SCHEME, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.beforeHash.put(TlsNumbers.SERVER_KEY_EXCHANGE, m -> scheme(m, TlsNumbers.RSA_PKCS1_SHA256))),
				wrong("a scheme that was not offered", TlsError.SIGNATURE_SCHEME, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.beforeHash.put(TlsNumbers.SERVER_KEY_EXCHANGE, m -> scheme(m, 0x0203))),
				wrong("an empty signature", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR, s -> s.signature = x -> new byte[0]),
				wrong("a signature longer than any", TlsError.SIGNATURE_INVALID, TlsNumbers.DECRYPT_ERROR, s -> s.signature = x -> new byte[600]),
				wrong("a described curve", TlsError.CURVE_TYPE, TlsNumbers.ILLEGAL_PARAMETER, s -> s.keyExchange = f -> f.curveType = 1),
				wrong("a group that was not offered", TlsError.GROUP, TlsNumbers.ILLEGAL_PARAMETER, s -> s.keyExchange = f -> f.group = 25),
				wrong("an empty point", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR, s -> s.keyExchange = f -> f.point = new byte[0]),
				wrong("a point longer than any", TlsError.KEY_SHARE, TlsNumbers.ILLEGAL_PARAMETER, s -> s.keyExchange = f -> f.point = new byte[133]),
				wrong("a point of another length", TlsError.KEY_SHARE, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.keyExchange = f -> f.point = Arrays.copyOf(f.point, f.point.length - 1)),
				wrong("a point that is zero", TlsError.KEY_SHARE, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.keyExchange = f -> f.point = new byte[f.point.length]),
				both("a point that is zero", TlsError.KEY_SHARE, TlsNumbers.ILLEGAL_PARAMETER,
						s -> s.keyExchange = f -> f.point = new byte[f.point.length]),
				wrong("something behind the signature", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR,
						s -> s.beforeHash.put(TlsNumbers.SERVER_KEY_EXCHANGE, m -> Messages.grown(m, 0))),
				// CertificateRequest, ServerHelloDone
				wrong("a request without types", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR, s -> {
					s.script(Script12.requested());
					s.requestTypes = new byte[0];
				}),
				wrong("a request without schemes", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR, s -> {
					s.script(Script12.requested());
					s.requestSchemes = List.of();
				}),
				wrong("a request with an empty name", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR, s -> {
					s.script(Script12.requested());
					s.requestAuthorities = List.of(new byte[0]);
				}),
				wrong("a request with something behind", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR, s -> {
					s.script(Script12.requested());
					s.beforeHash.put(TlsNumbers.CERTIFICATE_REQUEST, m -> Messages.grown(m, 0));
				}),
				wrong("ServerHelloDone with content", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR,
						s -> s.beforeHash.put(TlsNumbers.SERVER_HELLO_DONE, m -> Messages.grown(m, 0))),
				withKey("a request by a server without a certificate", TlsError.ANONYMOUS_REQUEST, TlsNumbers.HANDSHAKE_FAILURE,
						s -> s.script(Script12.psk().before(ServerStep12.DONE, ServerStep12.REQUEST))),
				withKey("a hint longer than the message", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR, s -> {
					s.suite = Suite12.PSK_WITH_AES_128_GCM_SHA256;
					s.pskHint = new byte[3];
					s.beforeHash.put(TlsNumbers.SERVER_KEY_EXCHANGE, m -> Messages.flip(m, 4));
				}),
				withKey("something behind the hint", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR, s -> {
					s.suite = Suite12.PSK_WITH_AES_128_GCM_SHA256;
					s.pskHint = new byte[3];
					s.keyExchange = f -> f.trailing = new byte[1];
				}),
				withKey("something behind the key", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR, s -> {
					s.suite = Suite12.ECDHE_PSK_WITH_AES_128_GCM_SHA256;
					s.keyExchange = f -> f.trailing = new byte[1];
				}),
				// change_cipher_spec
				wrong("change_cipher_spec before the ServerHello", TlsError.CHANGE_CIPHER_SPEC, TlsNumbers.UNEXPECTED_MESSAGE,
						s -> s.script(Script12.full().before(ServerStep12.HELLO, ServerStep12.CCS_RECORD))),
				both("change_cipher_spec before the ServerHello", TlsError.CHANGE_CIPHER_SPEC, TlsNumbers.UNEXPECTED_MESSAGE,
						s -> s.script(Script12.full().before(ServerStep12.HELLO, ServerStep12.CCS_RECORD))),
				wrong("change_cipher_spec behind the ServerHello", TlsError.CHANGE_CIPHER_SPEC, TlsNumbers.UNEXPECTED_MESSAGE,
						s -> s.script(Script12.full().after(ServerStep12.HELLO, ServerStep12.CCS_RECORD))),
				wrong("change_cipher_spec behind the Certificate", TlsError.CHANGE_CIPHER_SPEC, TlsNumbers.UNEXPECTED_MESSAGE,
						s -> s.script(Script12.full().after(ServerStep12.CERTIFICATE, ServerStep12.CCS_RECORD))),
				// Where the next one is expected, so that one is too much.
				wrong("change_cipher_spec behind the ServerHelloDone", TlsError.BAD_RECORD, TlsNumbers.BAD_RECORD_MAC,
						s -> s.script(Script12.full().after(ServerStep12.DONE, ServerStep12.CCS_RECORD))),
				wrong("another change_cipher_spec", TlsError.BAD_RECORD, TlsNumbers.BAD_RECORD_MAC,
						s -> s.script(Script12.full().before(ServerStep12.FINISHED, ServerStep12.CCS_RECORD))),
				wrong("change_cipher_spec of two bytes", TlsError.CHANGE_CIPHER_SPEC, TlsNumbers.UNEXPECTED_MESSAGE,
						s -> s.script(Script12.full().before(ServerStep12.CHANGE_CIPHER_SPEC,
								ServerStep12.plainRecord(TlsNumbers.CHANGE_CIPHER_SPEC, Octets.of(1, 1))))),
				// Finished
				wrong("Finished before change_cipher_spec", TlsError.UNEXPECTED_MESSAGE, TlsNumbers.UNEXPECTED_MESSAGE,
						s -> s.script(Script12.full().remove(ServerStep12.CHANGE_CIPHER_SPEC))),
				wrong("a wrong Finished", TlsError.FINISHED_INVALID, TlsNumbers.DECRYPT_ERROR, s -> s.finishedData = v -> Messages.flip(v, 3)),
				both("a wrong Finished", TlsError.FINISHED_INVALID, TlsNumbers.DECRYPT_ERROR, s -> s.finishedData = v -> Messages.flip(v, 11)),
				wrong("a Finished that is too long", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR, s -> s.finishedData = v -> Arrays.copyOf(v, 13)),
				wrong("a Finished that is too short", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR, s -> s.finishedData = v -> Arrays.copyOf(v, 11)),
				wrong("a Finished that is not protected", TlsError.BAD_RECORD, TlsNumbers.BAD_RECORD_MAC,
						s -> s.script(Script12.full().remove(ServerStep12.CHANGE_CIPHER_SPEC).before(ServerStep12.FINISHED, ServerStep12.CCS_RECORD))),
				wrong("a ticket that was not promised", TlsError.UNEXPECTED_MESSAGE, TlsNumbers.UNEXPECTED_MESSAGE,
						s -> s.script(Script12.full().withTicket())),
				wrong("data before the Finished", TlsError.UNEXPECTED_MESSAGE, TlsNumbers.UNEXPECTED_MESSAGE,
						s -> s.script(Script12.full().before(ServerStep12.FINISHED, ServerStep12.data(Octets.of(1))))),
				wrong("plain data", TlsError.UNEXPECTED_MESSAGE, TlsNumbers.UNEXPECTED_MESSAGE,
						s -> s.script(Script12.full().after(ServerStep12.HELLO, ServerStep12.plainRecord(TlsNumbers.APPLICATION_DATA, Octets.of(1))))),
				wrong("an alert in the middle of a message, warning", TlsError.UNEXPECTED_MESSAGE, TlsNumbers.UNEXPECTED_MESSAGE,
						s -> s.script(Script12.full().until(ServerStep12.CERTIFICATE).add(
								ServerStep12.plainRecord(TlsNumbers.HANDSHAKE, Octets.of(11, 0)), ServerStep12.alert(1, TlsNumbers.CLOSE_NOTIFY)))));
	}

	/** Puts another scheme into a ServerKeyExchange with a point of X25519 or P-256. */
	private static byte[] scheme(byte[] message, int scheme) {
		byte[] changed = message.clone();
		int at = 4 + 4 + (message[7] & 0xff);
		changed[at] = (byte) (scheme >> 8);
		changed[at + 1] = (byte) scheme;
		return changed;
	}

	@ParameterizedTest
	@MethodSource("wrongs")
	void isRefused(Wrong wrong) {
		EngineConfig config = config(wrong.both);
		wrong.config.accept(config);
		ScriptedServer12 server = new ScriptedServer12();
		wrong.server.accept(server);
		EngineHarness harness = EngineHarness.connect(config, server);
		assertRefused(harness, server, wrong.error, wrong.alert);
		assertFalse(harness.everComplete, "the handshake counted as complete");
	}

	private static void assertRefused(EngineHarness harness, ScriptedServer12 server, int error, int alert) {
		TlsEngine engine = harness.engine;
		assertEquals(TlsError.name(error), TlsError.name(engine.error()));
		assertEquals(TlsEngine.CLOSED, engine.state(), "state");
		assertEquals(Alert.name(alert), Alert.name(engine.alertSent()), "alert the engine says it sent");
		assertEquals(2, server.client.alert().level());
		assertEquals(alert, server.client.alert().description(), "alert on the wire");
		assertEquals(0, harness.received().length, "application bytes delivered");
		assertTrue(TlsError.text(error).endsWith("."), TlsError.text(error));
		assertFalse(TlsError.name(error).equals("E_UNKNOWN"));
		assertClean(engine, server);
	}

	private static void assertClean(TlsEngine engine, ScriptedServer12 server) {
		if (server.schedule != null && server.schedule.master != null) {
			assertNull(new SecretSearch().add("master secret", server.schedule.master).findIn(engine), "secrets left");
		}
	}

	// What it bears with.

	/** Each suite, alone and behind TLS 1.3, through tiny pieces, with data and close_notify both ways. */
	@ParameterizedTest
	@ValueSource(ints = { 0xc02b, 0xc02c, 0xcca9, 0xc0ac, 0xc0ae, 0xc02f, 0xc030, 0xcca8, 0xa8, 0xa9, 0xc0a4, 0xc0a8, 0xccab, 0xd001, 0xd002, 0xd003,
			0xd005, 0xccac })
	void everySuiteIsSpoken(int number) {
		Suite12 suite = Suite12.of(number);
		for (boolean both : new boolean[] { false, true }) {
			ScriptedServer12 server = new ScriptedServer12();
			server.suite = suite;
			server.issuesTicket = true;
			server.recordSizeLimit = 64;
			if (suite.exchange == Suite12.Exchange.ECDHE_RSA) {
				server.identity = ServerIdentity.of("RSA-2048");
			}
			EngineConfig config = config(both).cipherSuites(0x1301, number).recordInLimit(512).recordOutLimit(512);
			if (suite.exchange.preShared()) {
				psk(server);
				server.suite = suite;
				server.psk = Psk.external(Octets.unhex("6964"), KEY, suite.digest);
				config.preSharedKeys(new PreSharedKey(Octets.unhex("6964"), KEY, dev.thimble.crypto.Hash.SHA_384), PRE_SHARED);
			}
			EngineHarness harness = new EngineHarness(new TlsEngine(config), server);
			harness.chunk = 1;
			harness.outChunk = 1;
			harness.start();
			assertTrue(harness.engine.handshakeComplete(), () -> TlsError.name(harness.engine.error()));
			assertEquals(CipherSuite.name(number), harness.engine.cipherSuiteName());
			assertEquals(0x0303, harness.engine.version());
			assertEquals(64, harness.engine.recordOutLimit());
			byte[] data = new byte[1000];
			new Random(number).nextBytes(data);
			harness.send(data);
			assertArrayEquals(data, server.client.data());
			server.then(ServerStep12.data(new byte[0]), ServerStep12.data(Arrays.copyOf(data, 500)), ServerStep12.CLOSE_NOTIFY);
			harness.run();
			assertArrayEquals(Arrays.copyOf(data, 500), harness.received());
			assertTrue(harness.engine.peerClosed());
			byte[] exported = new byte[50];
			byte[] label = "EXPORTER-x".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
			assertTrue(harness.engine.export(label, Octets.of(1, 2, 3), exported, 0, 50));
			assertArrayEquals(server.schedule.export("EXPORTER-x", Octets.of(1, 2, 3), 50), exported);
			assertTrue(harness.engine.export(label, new byte[0], exported, 0, 50));
			assertArrayEquals(server.schedule.export("EXPORTER-x", null, 50), exported);
			harness.engine.shutdown();
			harness.run();
			assertEquals(TlsEngine.CLOSED, harness.engine.state());
			assertEquals("E_NONE", TlsError.name(harness.engine.error()));
			assertEquals(new PeerRecords.Alert(1, TlsNumbers.CLOSE_NOTIFY, true), server.client.alert());
			assertClean(harness.engine, server);
		}
	}

	/** RFC 5246 §7.4.1.1: HelloRequest is ignored in a handshake, and answered by no_renegotiation afterwards; the connection goes on. */
	@Test
	void renegotiationIsRefused() {
		ScriptedServer12 server = new ScriptedServer12();
		server.script(Script12.full().before(ServerStep12.HELLO, ServerStep12.HELLO_REQUEST).before(ServerStep12.DONE, ServerStep12.HELLO_REQUEST)
				.add(ServerStep12.HELLO_REQUEST, ServerStep12.data(Octets.of(7))));
		EngineHarness harness = EngineHarness.connect(config(false), server);
		assertEquals("E_NONE", TlsError.name(harness.engine.error()));
		assertEquals(new PeerRecords.Alert(1, 100, true), server.client.alert());
		assertEquals(Alert.NONE, harness.engine.alertSent());
		assertArrayEquals(Octets.of(7), harness.received());
		harness.send(Octets.of(9));
		assertArrayEquals(Octets.of(9), server.client.data());
		server.then(ServerStep12.message(Octets.message(TlsNumbers.SERVER_HELLO, new byte[80])));
		harness.run();
		assertEquals("E_UNEXPECTED_MESSAGE", TlsError.name(harness.engine.error()));
		assertEquals(TlsNumbers.UNEXPECTED_MESSAGE, server.client.alerts.get(1).description());
	}

	/** Warnings are let pass, but not without end; close_notify is none. */
	@Test
	void warningsAreIgnored() {
		for (boolean both : new boolean[] { false, true }) {
			ScriptedServer12 server = new ScriptedServer12();
			server.script(Script12.full().before(ServerStep12.HELLO, ServerStep12.alert(1, 112)).before(ServerStep12.DONE, ServerStep12.alert(1, 41))
					.add(ServerStep12.alert(1, 90), ServerStep12.alert(1, 100)));
			EngineHarness harness = EngineHarness.connect(config(both), server);
			assertTrue(harness.engine.handshakeComplete(), () -> TlsError.name(harness.engine.error()));
			assertEquals(Alert.NONE, harness.engine.alertReceived());
			for (int i = 0; i < 40; i++) {
				server.then(ServerStep12.alert(1, 100));
			}
			harness.run();
			assertEquals("E_TOO_MANY_EMPTY_RECORDS", TlsError.name(harness.engine.error()));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 0 })
	void otherAlertsEndTheConnection(int level) {
		ScriptedServer12 server = new ScriptedServer12();
		server.script(Script12.full().add(ServerStep12.alert(level, 112)));
		EngineHarness harness = EngineHarness.connect(config(false), server);
		assertEquals("E_ALERT_RECEIVED", TlsError.name(harness.engine.error()));
		assertEquals(112, harness.engine.alertReceived());
		assertNull(server.client.alert());
	}

	/** A server without a limit sends its certificates in records longer than the buffer; data must keep to it. */
	@Test
	void plainRecordsMayBeLongerThanTheBuffer() {
		for (boolean both : new boolean[] { false, true }) {
			ScriptedServer12 server = new ScriptedServer12();
			server.identity = ServerIdentity.of("P-256", 3);
			server.recordSizeLimit = 0;
			EngineHarness harness = EngineHarness.connect(config(both).recordInLimit(512), server);
			assertTrue(harness.engine.handshakeComplete(), () -> TlsError.name(harness.engine.error()));
			server.then(ServerStep12.record(TlsNumbers.APPLICATION_DATA, new byte[514]));
			harness.run();
			assertEquals("E_RECORD_LIMIT_IGNORED", TlsError.name(harness.engine.error()));
		}
	}

	/** Under one key no more records are sent than is safe: what was given goes out, then the connection ends. */
	@Test
	void wornOutKeyEndsTheConnection() throws ReflectiveOperationException {
		ScriptedServer12 server = new ScriptedServer12();
		EngineHarness harness = EngineHarness.connect(config(false), server);
		java.lang.reflect.Field handshake = TlsEngine.class.getDeclaredField("handshake");
		handshake.setAccessible(true);
		RecordProtection writing = ((Handshake) handshake.get(harness.engine)).writing;
		java.lang.reflect.Field sequence = RecordProtection.class.getDeclaredField("sequence");
		sequence.setAccessible(true);
		sequence.set(writing, RecordWriter.KEY_UPDATE_AFTER - 1);
		server.client.readKeys().sequence = RecordWriter.KEY_UPDATE_AFTER - 1;
		harness.send(Octets.of(5));
		assertArrayEquals(Octets.of(5), server.client.data());
		assertEquals("E_KEY_WORN_OUT", TlsError.name(harness.engine.error()));
		assertEquals(new PeerRecords.Alert(1, TlsNumbers.CLOSE_NOTIFY, true), server.client.alert());
		assertEquals(TlsEngine.CLOSED, harness.engine.state());
	}

	// Client certificates.

	/** The key signs with its own hash, whatever the suite's; names of authorities stream past in any pieces. */
	@ParameterizedTest
	@ValueSource(strings = { "P-256", "P-384" })
	void clientCertificateIsSent(String kind) {
		for (int suite : new int[] { 0xc02b, 0xc02c }) {
			for (int chunk : new int[] { 1, 4096 }) {
				ScriptedServer12 server = new ScriptedServer12();
				server.suite = Suite12.of(suite);
				server.script(Script12.requested());
				server.requestAuthorities = List.of(new byte[300], ServerIdentity.rootName());
				EngineConfig config = config(false).cipherSuites(suite);
				config.identity(identity(config, kind));
				EngineHarness harness = new EngineHarness(new TlsEngine(config), server);
				harness.chunk = chunk;
				harness.start();
				assertTrue(harness.engine.handshakeComplete(), () -> TlsError.name(harness.engine.error()));
				assertEquals(0, harness.engine.identity());
				assertEquals(ServerIdentity.ofClient(kind, 1).chain.size(), server.client.chain.size());
				assertEquals(ServerIdentity.ofClient(kind, 1).scheme, server.client.scheme);
				harness.send(Octets.of(1));
				assertArrayEquals(Octets.of(1), server.client.data());
			}
		}
	}

	private static dev.thimble.identity.Identity identity(EngineConfig config, String kind) {
		return dev.thimble.support.ServerConfigs.identity(config.crypto, ServerIdentity.ofClient(kind, 1));
	}

	/** What the server cannot take is not sent: an empty Certificate is, and no CertificateVerify. */
	@Test
	void clientCertificateThatDoesNotFitIsNotSent() {
		Map<String, Consumer<ScriptedServer12>> servers = new LinkedHashMap<>();
		servers.put("wants RSA", s -> s.requestTypes = Octets.of(1));
		servers.put("wants other types", s -> s.requestTypes = Octets.of(2, 3, 4));
		servers.put("wants other schemes", s -> s.requestSchemes = List.of(TlsNumbers.RSA_PKCS1_SHA256, 0x0203));
		servers.put("wants other authorities", s -> s.requestAuthorities = List.of(Messages.flip(ServerIdentity.rootName(), 9), new byte[4]));
		servers.forEach((name, change) -> {
			ScriptedServer12 server = new ScriptedServer12();
			server.script(Script12.requested());
			change.accept(server);
			EngineConfig config = config(false);
			config.identity(identity(config, "P-256"));
			EngineHarness harness = EngineHarness.connect(config, server);
			assertTrue(harness.engine.handshakeComplete(), () -> name + ": " + TlsError.name(harness.engine.error()));
			assertTrue(harness.engine.certificateRequested());
			assertEquals(-1, harness.engine.identity(), name);
			assertEquals(0, server.client.chain.size(), name);
		});
	}

	@Test
	void keyThatCannotSignEndsTheHandshake() {
		ScriptedServer12 server = new ScriptedServer12();
		server.script(Script12.requested());
		EngineConfig config = config(false);
		dev.thimble.identity.Identity identity = identity(config, "P-256");
		config.identity(identity);
		TlsEngine engine = new TlsEngine(config);
		identity.wipe();
		EngineHarness harness = new EngineHarness(engine, server).start();
		assertRefused(harness, server, TlsError.SIGNING_FAILED, Alert.INTERNAL_ERROR);
	}

	// Resumption.

	private static ScriptedServer12 ticketServer() {
		ScriptedServer12 server = new ScriptedServer12();
		server.issuesTicket = true;
		return server.script(Script12.full().withTicket());
	}

	private static Session session() {
		return new Session(new byte[1000], 0, 1000);
	}

	private static Session12 establish(Session session, boolean ticket) {
		ScriptedServer12 server = ticket ? ticketServer() : new ScriptedServer12();
		EngineHarness harness = EngineHarness.connect(config(false).session(session), server);
		assertTrue(harness.engine.handshakeComplete(), () -> TlsError.name(harness.engine.error()));
		harness.engine.abort();
		assertTrue(session.valid());
		return server.established;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sessionIsResumedOverAndOver(boolean ticket) {
		Session session = session();
		Session12 known = establish(session, ticket);
		for (int i = 0; i < 3; i++) {
			ScriptedServer12 server = new ScriptedServer12();
			server.session = known;
			server.script(Script12.resumed());
			if (ticket && i == 1) {
				server.issuesTicket = true;
				server.ticket = new byte[200];
				server.script(Script12.resumed().withTicket());
			}
			EngineHarness harness = EngineHarness.connect(config(i == 2).session(session), server);
			assertTrue(harness.engine.handshakeComplete(), () -> TlsError.name(harness.engine.error()));
			assertTrue(harness.engine.resumed());
			assertEquals(0, harness.engine.group());
			harness.send(Octets.of(1));
			assertArrayEquals(Octets.of(1), server.client.data());
			harness.engine.abort();
			known = server.established.ticket != null || !ticket ? server.established : known;
			assertTrue(session.valid());
		}
	}

	@Test
	void emptyTicketKeepsTheSession() {
		Session session = session();
		Session12 known = establish(session, true);
		ScriptedServer12 server = new ScriptedServer12();
		server.session = known;
		server.issuesTicket = true;
		server.ticket = new byte[0];
		server.script(Script12.resumed().withTicket());
		EngineHarness harness = EngineHarness.connect(config(false).session(session), server);
		assertTrue(harness.engine.handshakeComplete(), () -> TlsError.name(harness.engine.error()));
		assertTrue(session.valid());
	}

	/** A session that fails is thrown away, or the device would never come back. */
	@Test
	void resumedHandshakeThatFailsForgetsTheSession() {
		Map<String, Consumer<ScriptedServer12>> wrongs = new LinkedHashMap<>();
		wrongs.put("E_FINISHED_INVALID", s -> s.finishedData = v -> Messages.flip(v, 0));
		wrongs.put("E_BAD_RECORD", s -> s.session.master = Messages.flip(s.session.master, 0));
		wrongs.put("E_EXTENDED_MASTER_SECRET", s -> s.extendedMasterSecret = false);
		wrongs.put("E_UNEXPECTED_MESSAGE", s -> s.script(Script12.resumed().remove(ServerStep12.CHANGE_CIPHER_SPEC)));
		wrongs.forEach((error, change) -> {
			Session session = session();
			ScriptedServer12 server = new ScriptedServer12();
			server.session = establish(session, true);
			server.script(Script12.resumed());
			change.accept(server);
			EngineHarness harness = EngineHarness.connect(config(false).session(session), server);
			assertEquals(error, TlsError.name(harness.engine.error()));
			assertEquals(error.equals("E_EXTENDED_MASTER_SECRET"), session.valid(), error);
		});
	}

	@Test
	void otherSuiteOfAResumedSessionIsRefused() {
		Session session = session();
		ScriptedServer12 server = new ScriptedServer12();
		server.session = establish(session, true);
		server.script(Script12.resumed());
		server.serverHello = f -> f.suite = 0xc02c;
		EngineHarness harness = EngineHarness.connect(config(false).session(session), server);
		assertRefused(harness, server, TlsError.RESUMED_OTHERWISE, TlsNumbers.ILLEGAL_PARAMETER);
	}

	@Test
	void truncatedTicketIsRefused() {
		ScriptedServer12 server = ticketServer();
		server.beforeHash.put(TlsNumbers.NEW_SESSION_TICKET, m -> Messages.grown(m, 1));
		Session session = session();
		EngineHarness harness = EngineHarness.connect(config(false).session(session), server);
		assertRefused(harness, server, TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR);
		assertFalse(session.valid());
	}

	@Test
	void promisedTicketMustCome() {
		ScriptedServer12 server = new ScriptedServer12();
		server.issuesTicket = true;
		EngineHarness harness = EngineHarness.connect(config(false).session(session()), server);
		assertRefused(harness, server, TlsError.CHANGE_CIPHER_SPEC, TlsNumbers.UNEXPECTED_MESSAGE);
	}

	// The flight-order matrix.

	/** Every handshake message, and numbers there is no message for, at every moment; what is not expected ends with unexpected_message. */
	static Stream<Object[]> moments() {
		Object[][] moments = { { "ServerHello", Script12.full().until(ServerStep12.HELLO), List.of(2, 0) },
				{ "Certificate", Script12.full().until(ServerStep12.CERTIFICATE), List.of(11, 0) },
				{ "ServerKeyExchange", Script12.full().until(ServerStep12.KEY_EXCHANGE), List.of(12, 0) },
				{ "CertificateRequest or ServerHelloDone", Script12.full().until(ServerStep12.DONE), List.of(13, 14, 0) },
				{ "ServerHelloDone", Script12.requested().until(ServerStep12.DONE), List.of(14, 0) },
				{ "change_cipher_spec", Script12.full().until(ServerStep12.CHANGE_CIPHER_SPEC), List.of() },
				{ "Finished", Script12.full().until(ServerStep12.FINISHED), List.of(20) }, { "connected", Script12.full(), List.of(0) } };
		return Stream.of(moments);
	}

	@ParameterizedTest
	@MethodSource("moments")
	void unexpectedMessagesAreRefused(String name, Script12 script, List<Integer> expected) {
		for (int type = 0; type <= 30; type++) {
			if (expected.contains(type)) {
				continue;
			}
			ScriptedServer12 server = new ScriptedServer12();
			server.script(Script12.of(script.steps().toArray(new ServerStep12[0]))
					.add(ServerStep12.message(Octets.message(type, new byte[type == 14 || type == 0 ? 0 : 12]))));
			EngineHarness harness = EngineHarness.connect(config(false), server);
			assertRefused(harness, server, TlsError.UNEXPECTED_MESSAGE, TlsNumbers.UNEXPECTED_MESSAGE);
		}
	}
}
