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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.ClientHelloFields;
import dev.thimble.support.ClientScript;
import dev.thimble.support.ClientStep;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.FixedTime;
import dev.thimble.support.Framing;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Psk;
import dev.thimble.support.ScriptedClient;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;
import dev.thimble.x509.PathError;
import dev.thimble.x509.TimeSource;

/** What a TLS 1.3 server refuses, one case a thing that a client can do wrong. */
class ServerRefusalTest {

	private static final byte[] KEY = ScriptedClient.bytes(77, 32);
	private static final int COOKIE = 44;

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	// The ClientHello.

	private static ServerRefusal hello(String name, int error, int alert, Consumer<ClientHelloFields> change) {
		return ServerRefusal.of(name, error, alert, c -> c.hello = change);
	}

	private static ServerRefusal malformed(String name, int type, int... data) {
		return hello(name, TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.extensions.set(type, Octets.of(data)));
	}

	private static byte[] share(int group, byte[] key) {
		return new Octets().vector16(new Octets().u16(group).vector16(key).toBytes()).toBytes();
	}

	static Stream<ServerRefusal> hellos() {
		return Stream.of(
				hello("only TLS 1.2", TlsError.NO_COMMON_VERSION, PROTOCOL_VERSION, f -> f.extensions.set(SUPPORTED_VERSIONS, Octets.of(2, 3, 3))),
				hello("no supported_versions", TlsError.NO_COMMON_VERSION, PROTOCOL_VERSION, f -> f.extensions.remove(SUPPORTED_VERSIONS)),
				hello("SSL 3.0", TlsError.NO_COMMON_VERSION, PROTOCOL_VERSION, f -> {
					f.version = 0x0300;
					f.noExtensions = true;
				}),
				ServerRefusal.of("no common suite", TlsError.NO_COMMON_SUITE, HANDSHAKE_FAILURE, c -> c.suites = List.of(AES_128_GCM_SHA256))
						.with(c -> c.cipherSuites(AES_256_GCM_SHA384)),
				ServerRefusal.of("no common group", TlsError.NO_COMMON_GROUP, HANDSHAKE_FAILURE, c -> c.groups = List.of(X25519))
						.with(c -> c.groups(SECP256R1)),
				ServerRefusal.of("no scheme of our key", TlsError.NO_SUITABLE_CERTIFICATE, HANDSHAKE_FAILURE,
						c -> c.schemes = List.of(RSA_PSS_RSAE_SHA256, ED25519)),
				ServerRefusal.of("no common application protocol", TlsError.NO_COMMON_PROTOCOL, NO_APPLICATION_PROTOCOL, c -> c.alpn = List.of("h2"))
						.with(c -> c.applicationProtocols("mqtt")),
				hello("compression too", TlsError.HELLO_COMPRESSION, ILLEGAL_PARAMETER, f -> f.compression = Octets.of(0, 1)),
				hello("compression only", TlsError.HELLO_COMPRESSION, ILLEGAL_PARAMETER, f -> f.compression = Octets.of(1)),
				hello("no key_share", TlsError.HELLO_INCOMPLETE, MISSING_EXTENSION, f -> f.extensions.remove(KEY_SHARE)),
				hello("no supported_groups", TlsError.HELLO_INCOMPLETE, MISSING_EXTENSION, f -> f.extensions.remove(SUPPORTED_GROUPS)),
				hello("neither", TlsError.HELLO_INCOMPLETE, MISSING_EXTENSION, f -> f.extensions.remove(SUPPORTED_GROUPS).remove(KEY_SHARE)),
				hello("no signature_algorithms", TlsError.HELLO_INCOMPLETE, MISSING_EXTENSION, f -> f.extensions.remove(SIGNATURE_ALGORITHMS)),
				hello("an extension twice", TlsError.DUPLICATE_EXTENSION, ILLEGAL_PARAMETER,
						f -> f.extensions.add(RECORD_SIZE_LIMIT, Octets.of(64, 0))),
				hello("record_size_limit 63", TlsError.RECORD_SIZE_LIMIT, ILLEGAL_PARAMETER,
						f -> f.extensions.set(RECORD_SIZE_LIMIT, Octets.of(0, 63))),
				hello("max_fragment_length 0", TlsError.RECORD_SIZE_LIMIT, ILLEGAL_PARAMETER, f -> f.extensions.add(MAX_FRAGMENT_LENGTH, Octets.of(0))),
				hello("max_fragment_length 5", TlsError.RECORD_SIZE_LIMIT, ILLEGAL_PARAMETER, f -> f.extensions.add(MAX_FRAGMENT_LENGTH, Octets.of(5))),
				hello("a cookie nobody gave", TlsError.COOKIE_INVALID, ILLEGAL_PARAMETER, f -> f.extensions.add(COOKIE, Octets.of(0, 2, 7, 7))),
				hello("the same, of the length ours have", TlsError.COOKIE_INVALID, ILLEGAL_PARAMETER,
						f -> f.extensions.add(COOKIE, new Octets().vector16(new byte[72]).toBytes())).with(c -> c.tickets(ServerConfigs.ticketKeys(1))),
				// Key shares.
				hello("a share twice", TlsError.KEY_SHARE, ILLEGAL_PARAMETER, f -> {
					byte[] one = share(X25519, new byte[32]);
					byte[] item = Arrays.copyOfRange(one, 2, one.length);
					f.extensions.set(KEY_SHARE, new Octets().vector16(Octets.concat(item, item)).toBytes());
				}),
				hello("a share of zeros", TlsError.KEY_SHARE, ILLEGAL_PARAMETER, f -> f.extensions.set(KEY_SHARE, share(X25519, new byte[32]))),
				hello("a share too short", TlsError.KEY_SHARE, ILLEGAL_PARAMETER, f -> f.extensions.set(KEY_SHARE, share(X25519, new byte[31]))),
				hello("a share too long", TlsError.KEY_SHARE, ILLEGAL_PARAMETER, f -> f.extensions.set(KEY_SHARE, share(X25519, new byte[98]))),
				hello("a point off its curve", TlsError.KEY_SHARE, ILLEGAL_PARAMETER, f -> {
					byte[] point = new byte[65];
					point[0] = 4;
					point[64] = 1;
					f.extensions.set(KEY_SHARE, share(SECP256R1, point));
				}),
				hello("a compressed point", TlsError.KEY_SHARE, ILLEGAL_PARAMETER, f -> {
					byte[] point = new byte[33];
					point[0] = 2;
					f.extensions.set(KEY_SHARE, share(SECP256R1, point));
				}),
				// Malformed.
				hello("bytes behind the extensions", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.trailing = new byte[1]),
				hello("a session id of 33 bytes", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.sessionId = new byte[33]),
				hello("no suites", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.suites = List.of()),
				hello("no compression methods", TlsError.DECODE_ERROR, DECODE_ERROR, f -> f.compression = new byte[0]),
				malformed("supported_versions empty", SUPPORTED_VERSIONS, 0),
				malformed("supported_versions odd", SUPPORTED_VERSIONS, 3, 3, 4, 3),
				malformed("supported_versions too long", SUPPORTED_VERSIONS, 4, 3, 4),
				malformed("supported_groups empty", SUPPORTED_GROUPS, 0, 0),
				malformed("supported_groups odd", SUPPORTED_GROUPS, 0, 3, 0, 29, 0),
				malformed("signature_algorithms empty", SIGNATURE_ALGORITHMS, 0, 0),
				malformed("signature_algorithms too short", SIGNATURE_ALGORITHMS, 0, 4, 4, 3),
				malformed("key_share's list too short", KEY_SHARE, 0, 8, 0, 29, 0, 4, 1, 2, 3),
				malformed("a share of nothing", KEY_SHARE, 0, 4, 0, 29, 0, 0),
				malformed("server_name empty", SERVER_NAME),
				malformed("server_name of no bytes", SERVER_NAME, 0, 3, 0, 0, 0),
				malformed("server_name longer than its list", SERVER_NAME, 0, 4, 0, 0, 2, 'a'),
				malformed("two server_names", SERVER_NAME, 0, 8, 0, 0, 1, 'a', 0, 0, 1, 'b'),
				malformed("ALPN empty", ALPN, 0, 0),
				malformed("an ALPN name of no bytes", ALPN, 0, 1, 0),
				malformed("an ALPN name too long", ALPN, 0, 3, 3, 'a', 'b'),
				malformed("record_size_limit of a byte", RECORD_SIZE_LIMIT, 64),
				malformed("max_fragment_length of two bytes", MAX_FRAGMENT_LENGTH, 1, 1),
				malformed("an empty cookie", COOKIE, 0, 0),
				malformed("psk_key_exchange_modes empty", PSK_KEY_EXCHANGE_MODES, 0),
				malformed("early_data with a byte", EARLY_DATA, 0),
				malformed("pre_shared_key empty", PRE_SHARED_KEY, 0, 0, 0, 0),
				malformed("pre_shared_key without binders", PRE_SHARED_KEY, 0, 7, 0, 1, 'a', 0, 0, 0, 0));
	}

	@ParameterizedTest
	@MethodSource("hellos")
	void hello(ServerRefusal refusal) {
		refusal.run(false);
	}

	/** The same in a second ClientHello. */
	@ParameterizedTest
	@MethodSource("hellos")
	void secondHello(ServerRefusal refusal) {
		boolean negotiation = refusal.error() == TlsError.NO_COMMON_SUITE || refusal.error() == TlsError.NO_COMMON_GROUP
				|| refusal.error() == TlsError.NO_SUITABLE_CERTIFICATE || refusal.error() == TlsError.NO_COMMON_PROTOCOL
				|| refusal.name().startsWith("a cookie nobody") || refusal.name().startsWith("a session id") || refusal.name().startsWith("no suites")
				|| refusal.name().startsWith("a point") || refusal.name().startsWith("a compressed") || refusal.name().startsWith("the same");
		if (negotiation) {
			// What the first hello decides, or what then is another thing: see retries().
			return;
		}
		// Behind a HelloRetryRequest the version is settled.
		boolean version = refusal.error() == TlsError.NO_COMMON_VERSION;
		new ServerRefusal(refusal.name(), version ? TlsError.HELLO_CHANGED : refusal.error(), version ? ILLEGAL_PARAMETER : refusal.alert(), c -> {
			refusal.client().accept(c);
			c.secondHello = c.hello;
			c.hello = f -> {
			};
			c.script(ClientScript.retried());
			c.shares = List.of();
		}, refusal.config()).run(false);
	}

	// HelloRetryRequest.

	private static ServerRefusal retry(String name, int error, Consumer<ClientHelloFields> change) {
		return ServerRefusal.of(name, error, ILLEGAL_PARAMETER, c -> {
			c.script(ClientScript.retried());
			c.shares = List.of();
			c.secondHello = change;
		}).with(c -> c.tickets(ServerConfigs.ticketKeys(1)));
	}

	static Stream<ServerRefusal> retries() {
		return Stream.of(
				retry("another random", TlsError.HELLO_CHANGED, f -> f.random = new byte[32]),
				retry("another session id", TlsError.HELLO_CHANGED, f -> f.sessionId = new byte[32]),
				retry("a shorter session id", TlsError.HELLO_CHANGED, f -> f.sessionId = Arrays.copyOf(f.sessionId, 31)),
				retry("without the suite chosen", TlsError.HELLO_CHANGED, f -> f.suites = List.of(AES_128_CCM_SHA256)),
				retry("no share still", TlsError.HELLO_CHANGED, f -> f.extensions.set(KEY_SHARE, Octets.of(0, 0))),
				retry("a share of another group", TlsError.HELLO_CHANGED, f -> f.extensions.set(KEY_SHARE, share(SECP256R1, new byte[65]))),
				retry("no cookie", TlsError.COOKIE_INVALID, f -> f.extensions.remove(COOKIE)),
				retry("a cookie changed", TlsError.COOKIE_INVALID, f -> f.extensions.set(COOKIE, Messages.flip(f.extensions.get(COOKIE), 40))),
				retry("a cookie under another key", TlsError.COOKIE_INVALID, f -> f.extensions.set(COOKIE, Messages.flip(f.extensions.get(COOKIE), 3))),
				retry("a cookie cut off", TlsError.COOKIE_INVALID, f -> {
					byte[] cookie = f.extensions.get(COOKIE);
					f.extensions.set(COOKIE, new Octets().vector16(Arrays.copyOfRange(cookie, 2, cookie.length - 1)).toBytes());
				}),
				retry("a cookie as the last extension, changed", TlsError.COOKIE_INVALID,
						f -> f.extensions.set(COOKIE, Messages.flip(f.extensions.get(COOKIE), 50)).last(COOKIE)));
	}

	@ParameterizedTest
	@MethodSource("retries")
	void retries(ServerRefusal refusal) {
		refusal.run(false);
	}

	/** A cookie is good for one first hello. */
	@Test
	void cookieOfAnotherConnection() {
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		ScriptedClient one = new ScriptedClient().script(ClientScript.retried());
		one.shares = List.of();
		one.random = ScriptedClient.bytes(5, 32);
		EngineHarness.connect(ServerConfigs.of("P-256").tickets(keys), one);
		assertTrue(one.server.finished);
		byte[] cookie = one.sentHello.extensions.get(COOKIE);
		ScriptedClient two = new ScriptedClient().script(ClientScript.retried());
		two.shares = List.of();
		two.secondHello = f -> f.extensions.set(COOKIE, cookie);
		EngineHarness harness = EngineHarness.connect(ServerConfigs.of("P-256").tickets(keys), two);
		ServerRefusal.assertRefused(harness, two, TlsError.COOKIE_INVALID, ILLEGAL_PARAMETER, false);
	}

	@Test
	void cookieAsTheLastExtension() {
		ScriptedClient client = new ScriptedClient().script(ClientScript.retried());
		client.shares = List.of();
		client.secondHello = f -> f.extensions.last(COOKIE);
		EngineHarness.connect(ServerConfigs.of("P-256").tickets(ServerConfigs.ticketKeys(1)), client);
		assertTrue(client.server.finished);
	}

	// Pre-shared keys.

	private static ServerRefusal psk(String name, int error, int alert, Consumer<ScriptedClient> client) {
		return ServerRefusal.of(name, error, alert, c -> {
			c.psks.add(Psk.external("nobody", KEY));
			c.psks.add(Psk.external("device 7", KEY));
			client.accept(c);
		}).with(c -> c.preSharedKeys(new PreSharedKey(ascii("device 7"), KEY)));
	}

	static Stream<ServerRefusal> psks() {
		return Stream.of(
				psk("a wrong binder", TlsError.BINDER_INVALID, DECRYPT_ERROR, c -> c.binder = (i, b) -> i == 1 ? Messages.flip(b, 31) : b),
				psk("another key", TlsError.BINDER_INVALID, DECRYPT_ERROR, c -> c.psks.set(1, Psk.external("device 7", ScriptedClient.bytes(1, 32)))),
				psk("the binder of an imported key", TlsError.BINDER_INVALID, DECRYPT_ERROR,
						c -> c.psks.set(1, new Psk("imp binder", ascii("device 7"), KEY, "SHA-256"))),
				psk("the binder of a ticket", TlsError.BINDER_INVALID, DECRYPT_ERROR,
						c -> c.psks.set(1, new Psk("res binder", ascii("device 7"), KEY, "SHA-256"))),
				psk("a binder of another hash", TlsError.BINDER_INVALID, DECRYPT_ERROR,
						c -> c.psks.set(1, Psk.external(ascii("device 7"), KEY, "SHA-384"))),
				psk("not the last extension", TlsError.PSK_EXTENSION, ILLEGAL_PARAMETER,
						c -> c.afterHash.put(CLIENT_HELLO, ServerRefusalTest::pskFirst)),
				psk("no modes", TlsError.PSK_MODES_MISSING, MISSING_EXTENSION, c -> c.pskModes = List.of()),
				psk("a binder too few", TlsError.PSK_EXTENSION, ILLEGAL_PARAMETER, c -> c.afterHash.put(CLIENT_HELLO, ServerRefusalTest::binderTooFew)),
				psk("only unknown keys, and no certificate", TlsError.PSK_UNKNOWN, UNKNOWN_PSK_IDENTITY, c -> c.psks.remove(1))
						.with(c -> c.identity().preSharedKeys(new PreSharedKey(ascii("device 7"), KEY))),
				ServerRefusal.of("no keys, and no certificate", TlsError.PSK_UNKNOWN, UNKNOWN_PSK_IDENTITY, c -> {
				}).with(c -> c.identity().preSharedKeys(new PreSharedKey(ascii("device 7"), KEY))),
				psk("only psk_ke, which is not allowed, and no certificate", TlsError.PSK_UNKNOWN, UNKNOWN_PSK_IDENTITY,
						c -> c.pskModes = List.of(Psk.ONLY)).with(c -> c.identity().preSharedKeys(new PreSharedKey(ascii("device 7"), KEY))));
	}

	/** Adds an empty extension behind pre_shared_key. */
	private static byte[] pskFirst(byte[] message) {
		byte[] grown = Octets.concat(message, Octets.of(0xfe, 0xfe, 0, 0));
		return lengthened(grown, 4);
	}

	/** Cuts off the last of two binders of 32 bytes. */
	private static byte[] binderTooFew(byte[] message) {
		byte[] cut = Arrays.copyOf(message, message.length - 33);
		byte[] result = lengthened(cut, -33);
		// the list of binders, and the extension
		int binders = result.length - 33 - 2;
		result[binders + 1] -= 33;
		int identities = 2 + 2 + 6 + 4 + 2 + 8 + 4;
		int extension = binders - identities - 2;
		int length = Octets.u16At(result, extension) - 33;
		result[extension] = (byte) (length >> 8);
		result[extension + 1] = (byte) length;
		return result;
	}

	/** Corrects the lengths of the message and of its extensions, behind a session id of 32 bytes, four suites and one compression method. */
	private static byte[] lengthened(byte[] message, int by) {
		byte[] result = message.clone();
		int n = message.length - 4;
		result[1] = (byte) (n >> 16);
		result[2] = (byte) (n >> 8);
		result[3] = (byte) n;
		int at = 4 + 2 + 32 + 1 + 32 + 2 + 8 + 2;
		int length = Octets.u16At(message, at) + by;
		result[at] = (byte) (length >> 8);
		result[at + 1] = (byte) length;
		return result;
	}

	@ParameterizedTest
	@MethodSource("psks")
	void psk(ServerRefusal refusal) {
		refusal.run(false);
	}

	// Tickets that are not taken: a full handshake follows.

	private static Psk ticket(TicketKeys keys, int lifetime) {
		ScriptedClient client = new ScriptedClient();
		EngineHarness.connect(ServerConfigs.of("P-256").tickets(keys, 1, lifetime), client);
		return client.server.tickets.get(0);
	}

	private static void assertNotTaken(TicketKeys keys, Psk ticket, UnaryOperator<EngineConfig> change) {
		ScriptedClient client = new ScriptedClient();
		client.psks.add(ticket);
		EngineHarness harness = EngineHarness.connect(change.apply(ServerConfigs.of("P-256").tickets(keys)), client);
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertTrue(client.server.finished);
		assertFalse(harness.engine.resumed());
		assertFalse(client.server.resumed());
	}

	@Test
	void ticketsNotTaken() {
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		Psk ticket = ticket(keys, 100);
		assertNotTaken(ServerConfigs.ticketKeys(2), ticket, c -> c);
		for (int i = 0; i < ticket.identity.length; i++) {
			Psk changed = new Psk(ticket.label, Messages.flip(ticket.identity, i), ticket.key, ticket.digest);
			changed.ageAdd = ticket.ageAdd;
			assertNotTaken(keys, changed, c -> c);
		}
		assertNotTaken(keys, new Psk(ticket.label, Arrays.copyOf(ticket.identity, ticket.identity.length - 1), ticket.key, ticket.digest), c -> c);
		// The client itself says that it is too old.
		ticket.age = 100_001;
		assertNotTaken(keys, ticket, c -> c);
		ticket.age = 1000;
		// No suite with its hash.
		assertNotTaken(keys, ticket, c -> c.cipherSuites(AES_256_GCM_SHA384));
		keys.rotate();
		keys.rotate();
		assertNotTaken(keys, ticket, c -> c);
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 101, 1L << 40 })
	void ticketsOfAnotherTime(long later) {
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		Psk ticket = ticket(keys, 100);
		assertNotTaken(keys, ticket, c -> at(later, c));
	}

	/** A configuration of the same server, some seconds later. */
	private static EngineConfig at(long later, EngineConfig config) {
		return new EngineConfig(config.crypto, config.random, null, new FixedTime(TimeSource.TRUSTED, EngineHarness.CLOCK.seconds() + later),
				new Tls13Server()).identity(config.identities).tickets(config.ticketKeys, 1, 100);
	}

	/** Who comes back before a ticket's end gets another, good until the same end: nobody lives on tickets for ever. */
	@Test
	void aTicketForATicketLivesNoLonger() {
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		Psk ticket = ticket(keys, 100);
		for (int later : new int[] { 60, 99, 99 }) {
			ScriptedClient client = new ScriptedClient();
			client.psks.add(ticket);
			EngineHarness harness = EngineHarness.connect(at(later, ServerConfigs.of("P-256").tickets(keys)), client);
			assertTrue(harness.engine.resumed());
			ticket = client.server.tickets.get(0);
			// whatever the client says
			ticket.age = 0;
		}
		assertNotTaken(keys, ticket, c -> at(100, c));
	}

	@Test
	void ticketWithWrongBinder() {
		TicketKeys keys = ServerConfigs.ticketKeys(1);
		Psk ticket = ticket(keys, 100);
		ScriptedClient client = new ScriptedClient();
		client.psks.add(ticket);
		client.binder = (i, b) -> Messages.flip(b, 0);
		EngineHarness harness = EngineHarness.connect(ServerConfigs.of("P-256").tickets(keys), client);
		ServerRefusal.assertRefused(harness, client, TlsError.BINDER_INVALID, DECRYPT_ERROR, false);
	}

	// The client's flight.

	private static ServerRefusal certified(String name, int error, int alert, Consumer<ScriptedClient> client) {
		return ServerRefusal.of(name, error, alert, c -> {
			c.script(ClientScript.certified());
			c.identity = ServerIdentity.ofClient("P-256", 1);
			client.accept(c);
		}).with(c -> c.clientAuthentication(EngineConfig.REQUIRED));
	}

	static Stream<ServerRefusal> flights() {
		return Stream.of(
				ServerRefusal.of("a forged Finished", TlsError.FINISHED_INVALID, DECRYPT_ERROR,
						c -> c.afterHash.put(FINISHED, m -> Messages.flip(m, 20))),
				ServerRefusal.of("a Finished too short", TlsError.DECODE_ERROR, DECODE_ERROR,
						c -> c.afterHash.put(FINISHED, m -> Octets.message(FINISHED, Arrays.copyOfRange(m, 4, 35)))),
				ServerRefusal.of("a ClientHello changed on its way", TlsError.BAD_RECORD, BAD_RECORD_MAC, c -> {
					c.suites = List.of(AES_128_GCM_SHA256);
					c.script(ClientScript.full().before(ClientStep.FINISHED, ClientStep.wire("garbage", Octets.record(23, 0x0303, new byte[50]))));
				}),
				certified("no certificate", TlsError.CLIENT_CERTIFICATE_MISSING, CERTIFICATE_REQUIRED, c -> c.identity = null),
				certified("a forged CertificateVerify", TlsError.SIGNATURE_INVALID, DECRYPT_ERROR,
						c -> c.beforeHash.put(CERTIFICATE_VERIFY, m -> Messages.flip(m, m.length - 3))),
				certified("CertificateVerify for a server", TlsError.SIGNATURE_INVALID, DECRYPT_ERROR, c -> c.beforeHash.put(CERTIFICATE_VERIFY,
						m -> Messages.certificateVerify(c.identity, c.identity.scheme, Messages.SERVER_CONTEXT, new byte[32]))),
				certified("a scheme that does not fit the key", TlsError.SIGNATURE_SCHEME, ILLEGAL_PARAMETER,
						c -> c.beforeHash.put(CERTIFICATE_VERIFY, m -> {
							byte[] changed = m.clone();
							changed[4] = 5;
							return changed;
						})),
				certified("PKCS #1 v1.5", TlsError.SIGNATURE_SCHEME, ILLEGAL_PARAMETER, c -> {
					c.identity = ServerIdentity.ofClient("RSA-2048", 0);
					c.beforeHash.put(CERTIFICATE_VERIFY, m -> {
						byte[] changed = m.clone();
						changed[4] = 4;
						changed[5] = 1;
						return changed;
					});
				}),
				certified("a scheme nobody knows", TlsError.SIGNATURE_SCHEME, ILLEGAL_PARAMETER, c -> c.beforeHash.put(CERTIFICATE_VERIFY, m -> {
					byte[] changed = m.clone();
					changed[4] = 9;
					return changed;
				})),
				certified("a server's certificate", PathError.EXTENDED_KEY_USAGE, UNSUPPORTED_CERTIFICATE,
						c -> c.identity = ServerIdentity.of("P-256", 1)),
				certified("an unknown authority", PathError.UNKNOWN_CA, UNKNOWN_CA, c -> {
					ServerIdentity good = ServerIdentity.ofClient("P-256", 2);
					c.identity = new ServerIdentity(good.key, good.scheme, good.chain.subList(0, 1));
				}),
				certified("a certificate changed", PathError.SIGNATURE_INVALID, BAD_CERTIFICATE,
						c -> c.beforeHash.put(CERTIFICATE, m -> Messages.flip(m, 14 + Octets.u24At(m, 8) - 8))),
				certified("a context in Certificate", TlsError.CERTIFICATE_CONTEXT, ILLEGAL_PARAMETER,
						c -> c.beforeHash.put(CERTIFICATE, m -> Messages.certificate(new byte[1], c.identity.chain))),
				certified("no CertificateVerify", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
						c -> c.script(ClientScript.certified().remove(ClientStep.VERIFY))),
				certified("no Certificate", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
						c -> c.script(ClientScript.certified().remove(ClientStep.CERTIFICATE).remove(ClientStep.VERIFY))),
				ServerRefusal.of("application data before Finished", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
						c -> c.script(ClientScript.full().before(ClientStep.FINISHED, ClientStep.data(new byte[9])))),
				ServerRefusal.of("something behind Finished in its record", TlsError.MESSAGE_SPANS_KEY_CHANGE, UNEXPECTED_MESSAGE, c -> {
					c.framing = Framing.COALESCED;
					c.script(ClientScript.full().after(ClientStep.FINISHED, ClientStep.message(Messages.keyUpdate(0))));
				}));
	}

	@ParameterizedTest
	@MethodSource("flights")
	void flight(ServerRefusal refusal) {
		refusal.run(true);
	}

	/** Where a certificate is optional, a bad one is refused all the same. */
	@ParameterizedTest
	@MethodSource("flights")
	void flightWhereCertificatesAreOptional(ServerRefusal refusal) {
		if (refusal.error() != TlsError.CLIENT_CERTIFICATE_MISSING && refusal.client() != null) {
			refusal.with(c -> {
				refusal.config().accept(c);
				if (c.clientAuthentication == EngineConfig.REQUIRED) {
					c.clientAuthentication(EngineConfig.OPTIONAL);
				}
			}).run(true);
		}
	}

	// Records.

	private static EngineHarness raw(EngineConfig config, byte[] bytes, ScriptedClient client) {
		client.script(ClientScript.of(ClientStep.wire("raw", bytes)));
		return EngineHarness.connect(config, client);
	}

	@Test
	void garbage() {
		for (String text : new String[] { "GET / HTTP/1.1\r\n\r\n", "SSH-2.0-OpenSSH_9\r\n", "\u0080\u002e\u0001\u0003\u0001\0\0\0" }) {
			ScriptedClient client = new ScriptedClient();
			EngineHarness harness = raw(ServerConfigs.of("P-256"), text.getBytes(StandardCharsets.ISO_8859_1), client);
			assertEquals(TlsError.name(TlsError.NOT_TLS), TlsError.name(harness.engine.error()));
			assertEquals(PROTOCOL_VERSION, client.server.alert().description());
		}
	}

	@Test
	void recordsBeforeAClientHello() {
		int[][] records = { { 20, 1 }, { 23, 1, 2, 3 }, { 22 }, { 24, 0 }, { 20, 2 }, { 23 } };
		int[] errors = { TlsError.CHANGE_CIPHER_SPEC, TlsError.UNEXPECTED_MESSAGE, TlsError.EMPTY_FRAGMENT, TlsError.UNEXPECTED_MESSAGE,
				TlsError.CHANGE_CIPHER_SPEC, TlsError.UNEXPECTED_MESSAGE };
		for (int i = 0; i < records.length; i++) {
			ScriptedClient client = new ScriptedClient();
			byte[] record = Octets.record(records[i][0], 0x0301, Octets.of(Arrays.copyOfRange(records[i], 1, records[i].length)));
			EngineHarness harness = raw(ServerConfigs.of("P-256"), record, client);
			ServerRefusal.assertRefused(harness, client, errors[i], UNEXPECTED_MESSAGE, false);
		}
	}

	@Test
	void alertBeforeAClientHello() {
		ScriptedClient client = new ScriptedClient();
		EngineHarness harness = raw(ServerConfigs.of("P-256"), Octets.record(21, 0x0301, Octets.of(2, 80)), client);
		assertEquals(TlsError.name(TlsError.ALERT_RECEIVED), TlsError.name(harness.engine.error()));
		assertNull(client.server.alert());
		assertEquals(80, harness.engine.alertReceived());
	}

	/** A client that cannot read our ServerHello has no keys for its alert. */
	@Test
	void alertThatIsNotProtected() {
		ScriptedClient client = new ScriptedClient().script(ClientScript.full().until(ClientStep.CHANGE_CIPHER_SPEC)
				.add(ClientStep.plainRecord(21, Octets.of(2, ILLEGAL_PARAMETER))));
		EngineHarness harness = EngineHarness.connect(ServerConfigs.of("P-256"), client);
		assertEquals(TlsError.name(TlsError.ALERT_RECEIVED), TlsError.name(harness.engine.error()));
		assertEquals(ILLEGAL_PARAMETER, harness.engine.alertReceived());
	}

	/** Once the client has shown that it has keys, nothing is taken without: a close_notify could be anybody's. */
	@Test
	void alertThatIsNotProtectedTooLate() {
		for (ClientScript script : List.of(ClientScript.full(), ClientScript.full().add(ClientStep.keyUpdate(false)))) {
			ScriptedClient client = new ScriptedClient().script(script.add(ClientStep.plainRecord(21, Octets.of(1, 0))));
			EngineHarness harness = EngineHarness.connect(ServerConfigs.of("P-256"), client);
			ServerRefusal.assertRefused(harness, client, TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, true);
		}
	}

	@Test
	void handshakeMessageThatIsNotProtected() {
		ScriptedClient client = new ScriptedClient().script(ClientScript.full().until(ClientStep.CHANGE_CIPHER_SPEC)
				.add(ClientStep.plainRecord(22, Octets.message(FINISHED, new byte[32]))));
		EngineHarness harness = EngineHarness.connect(ServerConfigs.of("P-256"), client);
		ServerRefusal.assertRefused(harness, client, TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, true);
	}

	@Test
	void somethingBehindTheClientHello() {
		ScriptedClient client = new ScriptedClient();
		client.afterHash.put(CLIENT_HELLO, m -> Octets.concat(m, Octets.message(FINISHED, new byte[32])));
		EngineHarness harness = EngineHarness.connect(ServerConfigs.of("P-256"), client);
		ServerRefusal.assertRefused(harness, client, TlsError.MESSAGE_SPANS_KEY_CHANGE, UNEXPECTED_MESSAGE, false);
	}

	@Test
	void tooMuchEarlyData() {
		for (boolean retry : new boolean[] { false, true }) {
			ScriptedClient client = new ScriptedClient().script(retry ? ClientScript.retried().after(ClientStep.HELLO, ClientStep.EARLY_DATA)
					: ClientScript.early());
			client.shares = retry ? List.of() : client.shares;
			client.psks.add(Psk.external("device 7", KEY));
			client.earlyData = ScriptedClient.bytes(9, 34000);
			EngineConfig config = ServerConfigs.of("P-256").preSharedKeys(new PreSharedKey(ascii("device 7"), KEY));
			EngineHarness harness = EngineHarness.connect(config, client);
			ServerRefusal.assertRefused(harness, client, retry ? TlsError.UNEXPECTED_MESSAGE : TlsError.BAD_RECORD,
					retry ? UNEXPECTED_MESSAGE : BAD_RECORD_MAC, !retry);
		}
	}

	/** Without early_data in the hello nothing is passed over. */
	@Test
	void earlyDataUnannounced() {
		ScriptedClient client = new ScriptedClient().script(ClientScript.of(ClientStep.HELLO,
				ClientStep.wire("early data", Octets.record(23, 0x0303, new byte[40]))));
		EngineHarness harness = EngineHarness.connect(ServerConfigs.of("P-256"), client);
		ServerRefusal.assertRefused(harness, client, TlsError.BAD_RECORD, BAD_RECORD_MAC, true);
	}

	@Test
	void changeCipherSpecAfterFinished() {
		ScriptedClient client = new ScriptedClient().script(ClientScript.full().add(ClientStep.plainRecord(20, Octets.of(1))));
		EngineHarness harness = EngineHarness.connect(ServerConfigs.of("P-256"), client);
		ServerRefusal.assertRefused(harness, client, TlsError.CHANGE_CIPHER_SPEC, UNEXPECTED_MESSAGE, true);
	}

	@Test
	void keyUpdateOfAnUndefinedValue() {
		ScriptedClient client = new ScriptedClient().script(ClientScript.full().add(ClientStep.message(Messages.keyUpdate(2))));
		EngineHarness harness = EngineHarness.connect(ServerConfigs.of("P-256"), client);
		ServerRefusal.assertRefused(harness, client, TlsError.KEY_UPDATE_VALUE, ILLEGAL_PARAMETER, true);
	}

	@Test
	void helloTooLong() {
		ScriptedClient client = new ScriptedClient();
		EngineHarness harness = raw(ServerConfigs.of("P-256"), Octets.record(22, 0x0301, Octets.of(1, 1, 0, 0)), client);
		ServerRefusal.assertRefused(harness, client, TlsError.MESSAGE_TOO_LONG, ILLEGAL_PARAMETER, false);
	}

	@Test
	void aServerHello() {
		ScriptedClient client = new ScriptedClient();
		EngineHarness harness = raw(ServerConfigs.of("P-256"), Octets.record(22, 0x0301, Octets.message(SERVER_HELLO, new byte[80])), client);
		ServerRefusal.assertRefused(harness, client, TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, false);
	}

	@Test
	void rolesAreNotMixed() {
		TlsEngine server = new TlsEngine(ServerConfigs.of("P-256"));
		assertThrows(IllegalStateException.class, () -> server.start("a"));
		TlsEngine client = new TlsEngine(EngineHarness.config());
		assertThrows(IllegalStateException.class, client::accept);
		assertThrows(IllegalArgumentException.class, () -> new TlsEngine(ServerConfigs.of()));
		assertThrows(IllegalArgumentException.class, () -> new TlsEngine(
				new EngineConfig(new JceCrypto(), ServerConfigs.random(1), null, null, new Tls13Server()).clientAuthentication(EngineConfig.OPTIONAL)));
	}
}
