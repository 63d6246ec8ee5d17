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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import dev.thimble.support.EngineHarness;
import dev.thimble.support.EphemeralKey;
import dev.thimble.support.Framing;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerHelloFields;
import dev.thimble.support.ServerStep;

/** Everything a ServerHello can get wrong (RFC 8446 §4.1.3, §4.2). No keys exist yet, so the alerts are plaintext. */
class ServerHelloRefusalTest {

	static final List<Refusal> HELLOS = List.of(
			hello("legacy_version 0x0301", TlsError.SELECTED_VERSION, ILLEGAL_PARAMETER, f -> f.version = 0x0301),
			hello("legacy_version 0x0304", TlsError.SELECTED_VERSION, ILLEGAL_PARAMETER, f -> f.version = 0x0304),
			hello("TLS 1.2", TlsError.PROTOCOL_VERSION, PROTOCOL_VERSION, f -> f.extensions.remove(SUPPORTED_VERSIONS).remove(KEY_SHARE)),
			hello("TLS 1.2 with a suite of its own", TlsError.PROTOCOL_VERSION, PROTOCOL_VERSION, f -> {
				f.extensions.remove(SUPPORTED_VERSIONS).remove(KEY_SHARE).add(23, new byte[0]).add(0xff01, Octets.of(0)).add(35, new byte[0]);
				f.suite = 0xc02f;
				f.sessionId = ScriptedServer.bytes(9, 32);
			}),
			hello("TLS 1.2 without extensions", TlsError.PROTOCOL_VERSION, PROTOCOL_VERSION, f -> f.noExtensions = true),
			hello("TLS 1.1", TlsError.PROTOCOL_VERSION, PROTOCOL_VERSION, f -> {
				f.version = 0x0302;
				f.noExtensions = true;
			}),
			hello("TLS 1.2 with the downgrade sentinel", TlsError.DOWNGRADE, ILLEGAL_PARAMETER, f -> {
				f.extensions.remove(SUPPORTED_VERSIONS).remove(KEY_SHARE);
				f.downgradeSentinel(true);
			}),
			hello("TLS 1.1 with the downgrade sentinel", TlsError.DOWNGRADE, ILLEGAL_PARAMETER, f -> {
				f.version = 0x0302;
				f.noExtensions = true;
				f.downgradeSentinel(false);
			}),
			version("supported_versions selects TLS 1.2", 0x0303),
			version("supported_versions selects a later version", 0x0305),
			version("supported_versions selects a draft", 0x7f1c),
			hello("supported_versions of one byte", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.extensions.set(SUPPORTED_VERSIONS,
					Octets.of(3))),
			hello("supported_versions of three bytes", TlsError.DECODE_ERROR, DECODE_ERROR,
					f -> f.extensions.set(SUPPORTED_VERSIONS, Octets.of(3, 4, 0))),
			hello("supported_versions as a list", TlsError.DECODE_ERROR, DECODE_ERROR,
					f -> f.extensions.set(SUPPORTED_VERSIONS, Octets.of(2, 3, 4))),
			hello("another session id", TlsError.SESSION_ID, ILLEGAL_PARAMETER, f -> f.sessionId = ScriptedServer.bytes(7, 32)),
			hello("one bit of the session id", TlsError.SESSION_ID, ILLEGAL_PARAMETER, f -> f.sessionId = Messages.flip(f.sessionId, 31)),
			hello("a shorter session id", TlsError.SESSION_ID, ILLEGAL_PARAMETER, f -> f.sessionId = Arrays.copyOf(f.sessionId, 31)),
			hello("no session id", TlsError.SESSION_ID, ILLEGAL_PARAMETER, f -> f.sessionId = new byte[0]),
			hello("a session id where none was sent", TlsError.SESSION_ID, ILLEGAL_PARAMETER, f -> f.sessionId = Octets.of(1))
					.with(c -> c.middleboxCompatibility(false)),
			hello("a session id of 33 bytes", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.sessionId = Arrays.copyOf(f.sessionId, 33)),
			hello("compression", TlsError.COMPRESSION, ILLEGAL_PARAMETER, f -> f.compression = 1),
			hello("a suite that was not offered", TlsError.CIPHER_SUITE, ILLEGAL_PARAMETER, f -> f.suite = AES_128_GCM_SHA256)
					.with(c -> c.cipherSuites(CipherSuite.TLS_CHACHA20_POLY1305_SHA256)),
			hello("CCM_8, not offered by default", TlsError.CIPHER_SUITE, ILLEGAL_PARAMETER, f -> f.suite = AES_128_CCM_8_SHA256),
			hello("a suite nobody knows", TlsError.CIPHER_SUITE, ILLEGAL_PARAMETER, f -> f.suite = 0x1306),
			hello("a suite of TLS 1.2", TlsError.CIPHER_SUITE, ILLEGAL_PARAMETER, f -> f.suite = 0xc02b),
			hello("the null suite", TlsError.CIPHER_SUITE, ILLEGAL_PARAMETER, f -> f.suite = 0),
			hello("an unknown extension", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, f -> f.extensions.add(0x1234, new byte[3])),
			hello("pre_shared_key", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, f -> f.extensions.add(PRE_SHARED_KEY,
					Octets.of(0, 0))),
			hello("renegotiation_info", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, f -> f.extensions.add(0xff01, Octets.of(0))),
			hello("ALPN", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER, f -> f.extensions.add(ALPN, Octets.of(0, 3, 2, 'h', '2')))
					.with(c -> c.applicationProtocols("h2")),
			hello("server_name", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER, f -> f.extensions.add(SERVER_NAME, new byte[0])),
			hello("record_size_limit", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER,
					f -> f.extensions.add(RECORD_SIZE_LIMIT, Octets.of(0x40, 0))),
			hello("a cookie", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER, f -> f.extensions.add(COOKIE, Octets.of(0, 1, 7))),
			hello("supported_groups", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER, f -> f.extensions.add(SUPPORTED_GROUPS,
					Octets.of(0, 2, 0, 29))),
			hello("supported_versions twice", TlsError.DUPLICATE_EXTENSION, ILLEGAL_PARAMETER,
					f -> f.extensions.add(SUPPORTED_VERSIONS, Octets.of(3, 4))),
			hello("key_share twice", TlsError.DUPLICATE_EXTENSION, ILLEGAL_PARAMETER,
					f -> f.extensions.add(KEY_SHARE, f.extensions.get(KEY_SHARE))),
			hello("no key_share", TlsError.MISSING_EXTENSION, MISSING_EXTENSION, f -> f.extensions.remove(KEY_SHARE)),
			hello("a group that was offered, but no share for it", TlsError.GROUP, ILLEGAL_PARAMETER,
					f -> f.extensions.set(KEY_SHARE, share(SECP256R1, EphemeralKey.generate(SECP256R1).share))),
			hello("a group that was not offered", TlsError.GROUP, ILLEGAL_PARAMETER, f -> f.extensions.set(KEY_SHARE, share(0x001e,
					new byte[56]))),
			hello("a share of a group, without the key", TlsError.DECODE_ERROR, DECODE_ERROR,
					f -> f.extensions.set(KEY_SHARE, Octets.of(0, 0x1d))),
			hello("an empty key_share extension", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.extensions.set(KEY_SHARE, new byte[0])),
			hello("a share of length 0", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.extensions.set(KEY_SHARE, share(X25519, new byte[0]))),
			hello("a byte behind the share", TlsError.DECODE_ERROR, DECODE_ERROR,
					f -> f.extensions.set(KEY_SHARE, Octets.concat(f.extensions.get(KEY_SHARE), new byte[1]))),
			hello("bytes behind the extensions", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.trailing = new byte[1]),
			hello("many bytes behind the extensions", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.trailing = new byte[300]),
			message("an empty ServerHello", TlsError.DECODE_ERROR, DECODE_ERROR, m -> Octets.message(2, new byte[0])),
			message("a ServerHello of 10 bytes", TlsError.DECODE_ERROR, DECODE_ERROR, m -> Octets.message(2, Arrays.copyOfRange(m, 4, 14))),
			message("a ServerHello without its last byte", TlsError.DECODE_ERROR, DECODE_ERROR, m -> Messages.shrunk(m, 1)),
			message("a ServerHello that ends in the session id", TlsError.DECODE_ERROR, DECODE_ERROR, m -> Messages.shrunk(m, m.length - 50)),
			message("an extension that runs over its list", TlsError.DECODE_ERROR, DECODE_ERROR, m -> at(m, 78, 1)),
			message("a list of extensions shorter than told", TlsError.DECODE_ERROR, DECODE_ERROR, m -> at(m, 75, m[75] + 1)),
			message("a list of extensions longer than told", TlsError.DECODE_ERROR, DECODE_ERROR, m -> at(m, 75, m[75] - 1)),
			message("half an extension's header", TlsError.DECODE_ERROR, DECODE_ERROR,
					m -> at(Messages.grown(m, 0x12, 0x34), 75, m[75] + 2)),
			message("a message length of 16 MB", TlsError.MESSAGE_TOO_LONG, ILLEGAL_PARAMETER, m -> at(m, 1, 0xff)));

	static final List<Refusal> X25519_SHARES = List.of(
			share("31 bytes", new byte[31]), share("33 bytes", new byte[33]), share("97 bytes", new byte[97]), share("98 bytes", new byte[98]),
			share("4,000 bytes", new byte[4000]), share("all zero", new byte[32]), share("u = 1", scalar("01")),
			share("a point of order 8", Octets.unhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")),
			share("the other point of order 8", Octets.unhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")),
			share("u = p - 1", Octets.unhex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")),
			share("u = p", Octets.unhex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")),
			share("u = p + 1", Octets.unhex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")));

	static final List<Refusal> EC_SHARES = List.of(
			point("a byte less", SECP256R1, p -> Arrays.copyOf(p, 64)), point("a byte more", SECP256R1, p -> Arrays.copyOf(p, 66)),
			point("not on the curve", SECP256R1, p -> Messages.flip(p, 64)), point("infinity", SECP256R1, p -> Octets.of(0)),
			point("zeros", SECP256R1, p -> Octets.concat(Octets.of(4), new byte[64])),
			point("compressed", SECP256R1, p -> Octets.concat(Octets.of(2 | p[64] & 1), Arrays.copyOfRange(p, 1, 33))),
			point("hybrid", SECP256R1, p -> at(p, 0, 6 | p[64] & 1)), point("x only", SECP256R1, p -> Arrays.copyOfRange(p, 1, 33)),
			point("coordinates above the prime", SECP256R1, p -> {
				byte[] large = p.clone();
				Arrays.fill(large, 1, 65, (byte) 0xff);
				return large;
			}), point("a byte less", SECP384R1, p -> Arrays.copyOf(p, 96)), point("not on the curve", SECP384R1, p -> Messages.flip(p, 96)),
			point("a point of P-256", SECP384R1, p -> EphemeralKey.generate(SECP256R1).share),
			point("zeros", SECP384R1, p -> Octets.concat(Octets.of(4), new byte[96])));

	static final List<Refusal> RETRIES = List.of(
			retry("no group and no cookie", TlsError.HELLO_RETRY_POINTLESS, ILLEGAL_PARAMETER, f -> f.extensions.remove(KEY_SHARE)),
			retry("the group there is a share of", TlsError.HELLO_RETRY_POINTLESS, ILLEGAL_PARAMETER,
					f -> f.extensions.set(KEY_SHARE, Octets.of(0, 0x1d))),
			retry("the group there is a share of, with a cookie", TlsError.HELLO_RETRY_POINTLESS, ILLEGAL_PARAMETER,
					f -> f.extensions.set(KEY_SHARE, Octets.of(0, 0x1d)).add(COOKIE, Octets.of(0, 1, 7))),
			retry("a group that was not offered", TlsError.GROUP, ILLEGAL_PARAMETER, f -> f.extensions.set(KEY_SHARE, Octets.of(0, 0x19))),
			retry("another session id", TlsError.SESSION_ID, ILLEGAL_PARAMETER, f -> f.sessionId = Messages.flip(f.sessionId, 0)),
			retry("compression", TlsError.COMPRESSION, ILLEGAL_PARAMETER, f -> f.compression = 1),
			retry("a suite that was not offered", TlsError.CIPHER_SUITE, ILLEGAL_PARAMETER, f -> f.suite = AES_128_CCM_8_SHA256),
			retry("no supported_versions", TlsError.PROTOCOL_VERSION, PROTOCOL_VERSION, f -> f.extensions.remove(SUPPORTED_VERSIONS)),
			retry("TLS 1.2 selected", TlsError.SELECTED_VERSION, ILLEGAL_PARAMETER, f -> f.extensions.set(SUPPORTED_VERSIONS, Octets.of(3, 3))),
			retry("an unknown extension", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, f -> f.extensions.add(0x1234, new byte[0])),
			retry("server_name", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER, f -> f.extensions.add(SERVER_NAME, new byte[0])),
			retry("key_share twice", TlsError.DUPLICATE_EXTENSION, ILLEGAL_PARAMETER, f -> f.extensions.add(KEY_SHARE, Octets.of(0, 0x17))),
			retry("a whole share", TlsError.DECODE_ERROR, DECODE_ERROR,
					f -> f.extensions.set(KEY_SHARE, share(SECP256R1, EphemeralKey.generate(SECP256R1).share))),
			retry("a group of one byte", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.extensions.set(KEY_SHARE, Octets.of(0))),
			retry("an empty cookie", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.extensions.add(COOKIE, Octets.of(0, 0))),
			retry("a cookie extension without a cookie", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.extensions.add(COOKIE, new byte[0])),
			retry("a cookie shorter than told", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.extensions.add(COOKIE, Octets.of(0, 3, 1, 2))),
			retry("a cookie longer than told", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.extensions.add(COOKIE, Octets.of(0, 1, 1, 2))),
			retry("a cookie larger than the buffers", TlsError.COOKIE_TOO_LONG, INTERNAL_ERROR,
					f -> f.extensions.add(COOKIE, new Octets().vector16(new byte[3000]).toBytes())),
			retry("bytes behind the extensions", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.trailing = new byte[2]),
			afterRetry("another suite than before", TlsError.CIPHER_SUITE, ILLEGAL_PARAMETER, f -> f.suite = AES_256_GCM_SHA384),
			afterRetry("another hash than before", TlsError.CIPHER_SUITE, ILLEGAL_PARAMETER,
					f -> f.suite = f.suite == AES_128_GCM_SHA256 ? AES_256_GCM_SHA384 : AES_128_GCM_SHA256),
			afterRetry("the group of the first share", TlsError.GROUP, ILLEGAL_PARAMETER,
					f -> f.extensions.set(KEY_SHARE, share(X25519, EphemeralKey.generate(X25519).share))),
			afterRetry("a third group", TlsError.GROUP, ILLEGAL_PARAMETER,
					f -> f.extensions.set(KEY_SHARE, share(SECP384R1, EphemeralKey.generate(SECP384R1).share))),
			afterRetry("no key_share", TlsError.MISSING_EXTENSION, MISSING_EXTENSION, f -> f.extensions.remove(KEY_SHARE)),
			afterRetry("TLS 1.2", TlsError.PROTOCOL_VERSION, PROTOCOL_VERSION, f -> f.extensions.remove(SUPPORTED_VERSIONS).remove(KEY_SHARE)),
			Refusal.of("a second HelloRetryRequest", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, s -> {
				s.group = SECP256R1;
				s.script(Script.of(ServerStep.AWAIT_HELLO, ServerStep.RETRY, ServerStep.AWAIT_HELLO,
						ServerStep.of("third group", x -> x.group = SECP384R1), ServerStep.RETRY));
			}), Refusal.of("a second HelloRetryRequest with a cookie only", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, s -> {
				s.cookie = Octets.of(1, 2, 3);
				s.script(Script.of(ServerStep.AWAIT_HELLO, ServerStep.RETRY, ServerStep.AWAIT_HELLO,
						ServerStep.of("another cookie", x -> x.cookie = Octets.of(4)), ServerStep.RETRY));
			}));

	@Test
	void refusesServerHelloInTheRecordOfHelloRetryRequest() {
		Refusal.of("no wait", TlsError.MESSAGE_SPANS_KEY_CHANGE, UNEXPECTED_MESSAGE, s -> {
			s.cookie = Octets.of(1);
			s.framing = Framing.COALESCED;
			s.script(Script.full().until(ServerStep.CHANGE_CIPHER_SPEC).before(ServerStep.HELLO, ServerStep.RETRY));
		}).run(false);
	}

	/** A server that does not wait for the second ClientHello does not know it, so its keys are not ours. */
	@Test
	void refusesAServerThatDoesNotWait() {
		ScriptedServer server = new ScriptedServer();
		server.cookie = Octets.of(1);
		server.script(Script.of(ServerStep.AWAIT_HELLO, ServerStep.RETRY, ServerStep.HELLO,
				ServerStep.plainRecord(APPLICATION_DATA, ScriptedServer.bytes(1, 100))));
		EngineHarness harness = new EngineHarness(new TlsEngine(EngineHarness.config()), server);
		// The alert goes out under keys this server has not made.
		assertThrows(IllegalStateException.class, harness::start);
		assertEquals(2, server.client.hellos.size());
		assertEquals(TlsError.name(TlsError.BAD_RECORD), TlsError.name(harness.engine.error()));
		assertEquals(BAD_RECORD_MAC, harness.engine.alertSent());
		assertFalse(harness.everComplete);
	}

	/** The sentinel means something in older versions only (RFC 8446 §4.1.3). */
	@Test
	void acceptsARandomThatLooksLikeADowngrade() {
		ScriptedServer server = new ScriptedServer();
		server.serverHello = f -> f.downgradeSentinel(true);
		assertTrue(EngineHarness.connect(EngineHarness.config(), server).engine.handshakeComplete());
	}

	@ParameterizedTest
	@FieldSource("HELLOS")
	void refusesServerHello(Refusal refusal) {
		refusal.run(false);
	}

	@ParameterizedTest
	@FieldSource({ "X25519_SHARES", "EC_SHARES" })
	void refusesKeyShare(Refusal refusal) {
		refusal.run(false);
	}

	@ParameterizedTest
	@FieldSource("RETRIES")
	void refusesHelloRetryRequest(Refusal refusal) {
		refusal.run(false);
	}

	private static Refusal hello(String name, int error, int alert, Consumer<ServerHelloFields> change) {
		return Refusal.of(name, error, alert, s -> s.serverHello = change);
	}

	private static Refusal version(String name, int selected) {
		return hello(name, TlsError.SELECTED_VERSION, ILLEGAL_PARAMETER,
				f -> f.extensions.set(SUPPORTED_VERSIONS, new Octets().u16(selected).toBytes()));
	}

	private static Refusal message(String name, int error, int alert, UnaryOperator<byte[]> change) {
		return Refusal.of(name, error, alert, s -> s.beforeHash.put(SERVER_HELLO, change));
	}

	private static Refusal share(String name, byte[] key) {
		return hello("x25519: " + name, TlsError.KEY_SHARE, ILLEGAL_PARAMETER, f -> f.extensions.set(KEY_SHARE, share(X25519, key)));
	}

	private static Refusal point(String name, int group, UnaryOperator<byte[]> change) {
		return hello((group == SECP256R1 ? "P-256: " : "P-384: ") + name, TlsError.KEY_SHARE, ILLEGAL_PARAMETER,
				f -> f.extensions.set(KEY_SHARE, share(group, change.apply(EphemeralKey.generate(group).share)))).with(c -> c.groups(group));
	}

	private static Refusal retry(String name, int error, int alert, Consumer<ServerHelloFields> change) {
		return Refusal.of("HelloRetryRequest: " + name, error, alert, s -> {
			s.script(Script.retried());
			s.group = SECP256R1;
			s.retry = change;
		});
	}

	private static Refusal afterRetry(String name, int error, int alert, Consumer<ServerHelloFields> change) {
		return Refusal.of("after HelloRetryRequest: " + name, error, alert, s -> {
			s.script(Script.retried());
			s.group = SECP256R1;
			s.serverHello = change;
		});
	}

	private static byte[] share(int group, byte[] key) {
		return new Octets().u16(group).vector16(key).toBytes();
	}

	private static byte[] scalar(String lowByte) {
		return Arrays.copyOf(Octets.unhex(lowByte), 32);
	}

	private static byte[] at(byte[] bytes, int index, int value) {
		byte[] result = bytes.clone();
		result[index] = (byte) value;
		return result;
	}
}
