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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.support.ClientScript12;
import dev.thimble.support.ClientStep12;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.FixedTime;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.PeerRecords;
import dev.thimble.support.Psk;
import dev.thimble.support.ScriptedClient12;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.Session12;
import dev.thimble.support.Suite12;
import dev.thimble.support.TlsNumbers;
import dev.thimble.x509.TimeSource;

/** A TLS 1.2 server, alone and behind TLS 1.3, with clients that are right, and with others. */
class Tls12ServerTest {

	private static final byte[] KEY = ScriptedClient12.bytes(5, 24);
	private static final byte[] PING = ScriptedClient12.bytes(3, 900);
	private static final byte[] PONG = ScriptedClient12.bytes(4, 3000);
	private static final byte[] IDENTITY = "device 7".getBytes(StandardCharsets.US_ASCII);

	private static EngineConfig config(boolean both, String... kinds) {
		return config(new JceCrypto(), both, kinds);
	}

	private static EngineConfig config(CryptoProvider crypto, boolean both, String... kinds) {
		return both ? ServerConfigs.of(crypto, kinds, new Tls13Server(), new Tls12Server()) : ServerConfigs.of(crypto, kinds, new Tls12Server());
	}

	private static EngineHarness run(EngineConfig config, ScriptedClient12 client) {
		return run(new EngineHarness(new TlsEngine(config), client), client);
	}

	private static EngineHarness run(EngineHarness harness, ScriptedClient12 client) {
		harness.start();
		assertEquals("E_NONE", TlsError.name(harness.engine.error()));
		assertTrue(client.server.finished, "the client did not get to its end");
		assertTrue(harness.engine.handshakeComplete());
		assertEquals(0x0303, harness.engine.version());
		return harness;
	}

	/** Data both ways, then an orderly end; no secret stays. */
	private static void exchange(EngineHarness harness, ScriptedClient12 client) {
		client.then(ClientStep12.data(PING));
		harness.run();
		assertArrayEquals(PING, harness.received());
		harness.send(PONG);
		assertArrayEquals(PONG, client.server.data());
		byte[] exported = new byte[33];
		assertTrue(harness.engine.export("EXPORTER-a".getBytes(StandardCharsets.US_ASCII), Octets.of(1), exported, 0, 33));
		assertArrayEquals(client.schedule.export("EXPORTER-a", Octets.of(1), 33), exported);
		client.then(ClientStep12.CLOSE_NOTIFY);
		harness.run();
		harness.engine.shutdown();
		harness.run();
		assertEquals(TlsEngine.CLOSED, harness.engine.state());
		assertEquals("E_NONE", TlsError.name(harness.engine.error()));
		assertClean(harness.engine, client);
	}

	private static void assertClean(TlsEngine engine, ScriptedClient12 client) {
		if (client.schedule != null && client.schedule.master != null) {
			assertNull(new SecretSearch().add("master secret", client.schedule.master).findIn(engine), "secrets left");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0xc02b, 0xc02c, 0xcca9, 0xc0ac, 0xc0ae })
	void certificate(int number) {
		for (String kind : new String[] { "P-256", "P-384" }) {
			for (int group : new int[] { TlsNumbers.X25519, TlsNumbers.SECP256R1, TlsNumbers.SECP384R1 }) {
				for (boolean both : new boolean[] { false, true }) {
					ScriptedClient12 client = new ScriptedClient12();
					client.suites = List.of(Suite12.of(number));
					client.groups = List.of(group, TlsNumbers.SECP256R1, TlsNumbers.SECP384R1);
					EngineConfig config = config(both, kind).groups(group).cipherSuites(0x1301, number);
					EngineHarness harness = new EngineHarness(new TlsEngine(config), client);
					harness.chunk = both ? 1 : 7;
					harness.outChunk = harness.chunk;
					run(harness, client);
					assertEquals(CipherSuite.name(number), harness.engine.cipherSuiteName());
					assertEquals(group, harness.engine.group());
					assertEquals(0, harness.engine.identity());
					assertFalse(harness.engine.resumed());
					exchange(harness, client);
				}
			}
		}
	}

	/** The portable primitives share their memory: the agreement's private key outlives signature and chain. */
	@ParameterizedTest
	@ValueSource(strings = { "P-256", "P-384" })
	void portablePrimitives(String kind) {
		for (int group : new int[] { TlsNumbers.X25519, TlsNumbers.SECP256R1, TlsNumbers.SECP384R1 }) {
			ScriptedClient12 client = new ScriptedClient12();
			client.groups = List.of(group, TlsNumbers.SECP256R1, TlsNumbers.SECP384R1);
			client.identity = ServerIdentity.ofClient("P-384", 1);
			client.script(ClientScript12.certified());
			EngineConfig config = config(new PortableEcCrypto(), true, kind).clientAuthentication(EngineConfig.REQUIRED).groups(group);
			EngineHarness harness = run(config, client);
			assertTrue(harness.engine.clientVerified());
			exchange(harness, client);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0xa8, 0xa9, 0xc0a4, 0xc0a8, 0xccab, 0xd001, 0xd002, 0xd003, 0xd005, 0xccac })
	void preSharedKey(int number) {
		for (boolean both : new boolean[] { false, true }) {
			Suite12 suite = Suite12.of(number);
			ScriptedClient12 client = new ScriptedClient12();
			client.suites = List.of(suite);
			client.psk = Psk.external(IDENTITY, KEY, suite.digest);
			EngineConfig config = (both ? config(true, "P-256") : config(false)).cipherSuites(0x1301, number).preSharedKeys(
					new PreSharedKey("device 8".getBytes(StandardCharsets.US_ASCII), KEY, suite.digest.equals("SHA-384") ? Hash.SHA_384 : Hash.SHA_256),
					new PreSharedKey(IDENTITY, KEY), new PreSharedKey(IDENTITY, KEY, Hash.SHA_384));
			EngineHarness harness = run(config, client);
			assertTrue(harness.engine.resumed());
			assertEquals(-1, harness.engine.identity());
			assertEquals(CipherSuite.name(number), harness.engine.cipherSuiteName());
			exchange(harness, client);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "P-256", "P-384", "RSA-2048", "RSA-PSS", "none" })
	void clientCertificate(String kind) {
		for (int suite : new int[] { 0xc02b, 0xc02c }) {
			for (int limit : new int[] { 512, 16384 }) {
				ScriptedClient12 client = new ScriptedClient12();
				client.suites = List.of(Suite12.of(suite));
				client.identity = kind.equals("none") ? null : ServerIdentity.ofClient(kind, 2);
				client.script(kind.equals("none") ? ClientScript12.full().before(ClientStep12.KEY_EXCHANGE, ClientStep12.CERTIFICATE)
						: ClientScript12.certified());
				EngineConfig config = config(false, "P-256").recordInLimit(limit).recordOutLimit(limit)
						.clientAuthentication(kind.equals("none") ? EngineConfig.OPTIONAL : EngineConfig.REQUIRED);
				EngineHarness harness = run(config, client);
				assertEquals(!kind.equals("none"), harness.engine.clientVerified());
				assertTrue(harness.engine.certificateRequested());
				exchange(harness, client);
			}
		}
	}

	/** A ticket is good again and again, and renewed each time; keys of another server do not open it. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void ticketIsTaken(boolean both) {
		TicketKeys keys = ServerConfigs.ticketKeys(9);
		Session12 session = null;
		for (int i = 0; i < 4; i++) {
			ScriptedClient12 client = new ScriptedClient12();
			client.offersTicket = true;
			client.session = session;
			client.sessionId = session == null ? new byte[0] : ScriptedClient12.bytes(i, 32);
			client.script(session == null ? ClientScript12.full() : ClientScript12.resumed());
			EngineHarness harness = run(config(both, "P-256").tickets(keys, 1, 1000), client);
			assertEquals(session != null, harness.engine.resumed());
			assertEquals(session == null ? 1 : 0, harness.engine.group() == 0 ? 0 : 1);
			exchange(harness, client);
			session = client.established;
			assertTrue(session.ticket != null && session.ticket.length > 0);
		}
		for (Consumer<ScriptedClient12> change : List.<Consumer<ScriptedClient12>>of(c -> c.session.ticket = Messages.flip(c.session.ticket, 50),
				c -> c.session.ticket = Arrays.copyOf(c.session.ticket, 60), c -> c.serverName = "other.example",
				c -> c.suites = List.of(Suite12.of(0xc0ae)))) {
			ScriptedClient12 client = new ScriptedClient12();
			client.offersTicket = true;
			client.session = copy(session);
			change.accept(client);
			client.sessionId = ScriptedClient12.bytes(7, 32);
			EngineHarness harness = run(config(both, "P-256").tickets(keys, 1, 1000).cipherSuites(0x1301, 0xc02b, 0xc0ae), client);
			assertFalse(harness.engine.resumed());
		}
		ScriptedClient12 client = new ScriptedClient12();
		client.offersTicket = true;
		client.session = session;
		assertFalse(run(config(both, "P-256").tickets(ServerConfigs.ticketKeys(10), 1, 1000), client).engine.resumed());
	}

	/** Who comes back before a ticket's end gets another, good until the same end: nobody lives on tickets for ever. */
	@Test
	void aTicketForATicketLivesNoLonger() {
		TicketKeys keys = ServerConfigs.ticketKeys(9);
		Session12 session = null;
		for (int later : new int[] { 0, 60, 99, 99, 100 }) {
			ScriptedClient12 client = new ScriptedClient12();
			client.offersTicket = true;
			client.session = session;
			client.sessionId = session == null ? new byte[0] : ScriptedClient12.bytes(later, 32);
			boolean good = session != null && later < 100;
			client.script(good ? ClientScript12.resumed() : ClientScript12.full());
			EngineConfig base = config(false, "P-256");
			EngineConfig config = new EngineConfig(base.crypto, base.random, null,
					new FixedTime(TimeSource.TRUSTED, EngineHarness.CLOCK.seconds() + later), new Tls12Server()).identity(base.identities)
							.tickets(keys, 1, 100);
			assertEquals(good, run(config, client).engine.resumed(), later + " s later");
			session = client.established;
		}
	}

	private static Session12 copy(Session12 session) {
		Session12 copy = new Session12(session.id, session.suite, session.master, true);
		copy.ticket = session.ticket;
		return copy;
	}

	@Test
	void applicationProtocolAndNameAreTaken() {
		ScriptedClient12 client = new ScriptedClient12();
		client.alpn = List.of("h2", "mqtt");
		EngineHarness harness = run(config(false, "P-256").applicationProtocols("mqtt"), client);
		assertEquals(0, harness.engine.applicationProtocol());
		exchange(harness, client);
	}

	/** RFC 8422: who names no groups takes all. */
	@Test
	void helloWithoutGroupsOrPointFormats() {
		ScriptedClient12 client = new ScriptedClient12();
		client.pointFormats = new byte[0];
		client.hello = f -> f.extensions.remove(TlsNumbers.SUPPORTED_GROUPS);
		exchange(run(config(false, "P-256").groups(TlsNumbers.SECP256R1), client), client);
	}

	/** A client's wish to renegotiate is answered by a warning, and the connection goes on. */
	@Test
	void renegotiationIsRefused() {
		ScriptedClient12 client = new ScriptedClient12();
		EngineHarness harness = run(config(false, "P-256"), client);
		client.then(ClientStep12.RENEGOTIATE);
		harness.run();
		assertEquals(new PeerRecords.Alert(1, TlsNumbers.NO_RENEGOTIATION, true), client.server.alert());
		client.then(ClientStep12.data(PING));
		harness.run();
		assertArrayEquals(PING, harness.received());
	}

	// Refusals.

	private record Wrong(String name, int error, int alert, Consumer<ScriptedClient12> client, Consumer<EngineConfig> config) {

		@Override
		public String toString() {
			return this.name;
		}
	}

	private static Wrong wrong(String name, int error, int alert, Consumer<ScriptedClient12> client) {
		return new Wrong(name, error, alert, client, c -> {
		});
	}

	private static Wrong requested(String name, int error, int alert, Consumer<ScriptedClient12> client) {
		return new Wrong(name, error, alert, c -> {
			c.identity = ServerIdentity.ofClient("P-256", 1);
			c.script(ClientScript12.certified());
			client.accept(c);
		}, c -> c.clientAuthentication(EngineConfig.REQUIRED));
	}

	static Stream<Wrong> wrongs() {
		return Stream.of(
				wrong("no extended master secret", TlsError.CLIENT_MASTER_SECRET, TlsNumbers.HANDSHAKE_FAILURE, c -> c.extendedMasterSecret = false),
				wrong("TLS 1.1", TlsError.NO_COMMON_VERSION, TlsNumbers.PROTOCOL_VERSION, c -> c.hello = f -> f.version = 0x0302),
				wrong("a fallback that was not needed", TlsError.INAPPROPRIATE_FALLBACK, Alert.INAPPROPRIATE_FALLBACK,
						c -> c.hello = f -> f.suites.add(0x5600)),
				wrong("no suite of ours", TlsError.NO_COMMON_SUITE, TlsNumbers.HANDSHAKE_FAILURE,
						c -> c.suites = List.of(Suite12.ECDHE_RSA_WITH_AES_128_GCM_SHA256)),
				wrong("no scheme of ours", TlsError.NO_SUITABLE_CERTIFICATE, TlsNumbers.HANDSHAKE_FAILURE,
						c -> c.schemes = List.of(TlsNumbers.RSA_PKCS1_SHA256)),
				wrong("no group of ours", TlsError.NO_SUITABLE_CERTIFICATE, TlsNumbers.HANDSHAKE_FAILURE, c -> c.groups = List.of(25)),
				wrong("no curve of our certificate", TlsError.NO_SUITABLE_CERTIFICATE, TlsNumbers.HANDSHAKE_FAILURE,
						c -> c.groups = List.of(TlsNumbers.X25519)),
				wrong("only compression", TlsError.HELLO_COMPRESSION, TlsNumbers.ILLEGAL_PARAMETER, c -> c.hello = f -> f.compression = Octets.of(1)),
				wrong("renegotiation_info of an earlier handshake", TlsError.HELLO_CHANGED, TlsNumbers.ILLEGAL_PARAMETER,
						c -> c.hello = f -> f.extensions.set(TlsNumbers.RENEGOTIATION_INFO, Octets.of(1, 7))),
				wrong("no protocol of ours", TlsError.NO_COMMON_PROTOCOL, TlsNumbers.NO_APPLICATION_PROTOCOL, c -> c.alpn = List.of("h2")),
				wrong("an empty point", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR,
						c -> c.beforeHash.put(TlsNumbers.CLIENT_KEY_EXCHANGE, m -> Octets.unhex("1000000100"))),
				wrong("a point longer than any", TlsError.KEY_SHARE, TlsNumbers.ILLEGAL_PARAMETER, c -> c.beforeHash
						.put(TlsNumbers.CLIENT_KEY_EXCHANGE, m -> Octets.message(16, new Octets().vector8(new byte[133]).toBytes()))),
				wrong("a point that is none", TlsError.KEY_SHARE, TlsNumbers.ILLEGAL_PARAMETER, c -> c.beforeHash
						.put(TlsNumbers.CLIENT_KEY_EXCHANGE, m -> Octets.message(16, new Octets().vector8(new byte[m.length - 5]).toBytes()))),
				wrong("something behind the point", TlsError.DECODE_ERROR, TlsNumbers.DECODE_ERROR,
						c -> c.beforeHash.put(TlsNumbers.CLIENT_KEY_EXCHANGE, m -> Messages.grown(m, 0))),
				wrong("a wrong Finished", TlsError.FINISHED_INVALID, TlsNumbers.DECRYPT_ERROR, c -> c.finishedData = v -> Messages.flip(v, 5)),
				wrong("an early change_cipher_spec", TlsError.CHANGE_CIPHER_SPEC, TlsNumbers.UNEXPECTED_MESSAGE,
						c -> c.script(ClientScript12.full().before(ClientStep12.KEY_EXCHANGE, ClientStep12.CCS_RECORD))),
				wrong("change_cipher_spec first", TlsError.CHANGE_CIPHER_SPEC, TlsNumbers.UNEXPECTED_MESSAGE,
						c -> c.script(ClientScript12.full().before(ClientStep12.HELLO, ClientStep12.CCS_RECORD))),
				wrong("Finished without change_cipher_spec", TlsError.UNEXPECTED_MESSAGE, TlsNumbers.UNEXPECTED_MESSAGE,
						c -> c.script(ClientScript12.full().remove(ClientStep12.CHANGE_CIPHER_SPEC))),
				wrong("a certificate nobody asked for", TlsError.UNEXPECTED_MESSAGE, TlsNumbers.UNEXPECTED_MESSAGE, c -> {
					c.identity = ServerIdentity.ofClient("P-256", 0);
					c.script(ClientScript12.full().before(ClientStep12.KEY_EXCHANGE, ClientStep12.CERTIFICATE));
				}),
				requested("no certificate", TlsError.CLIENT_CERTIFICATE_MISSING, Alert.CERTIFICATE_REQUIRED, c -> {
					c.identity = null;
					c.script(ClientScript12.full().before(ClientStep12.KEY_EXCHANGE, ClientStep12.CERTIFICATE));
				}),
				requested("no CertificateVerify", TlsError.CHANGE_CIPHER_SPEC, TlsNumbers.UNEXPECTED_MESSAGE,
						c -> c.script(ClientScript12.certified().remove(ClientStep12.VERIFY))),
				requested("a wrong signature", TlsError.SIGNATURE_INVALID, TlsNumbers.DECRYPT_ERROR, c -> c.signature = x -> Messages.flip(x, 10)),
				requested("a scheme that was not asked for", TlsError.SIGNATURE_SCHEME, TlsNumbers.ILLEGAL_PARAMETER,
						c -> c.beforeHash.put(TlsNumbers.CERTIFICATE_VERIFY, m -> {
							byte[] changed = m.clone();
							changed[4] = 6;
							changed[5] = 3;
							return changed;
						})),
				requested("a scheme that does not fit the key", TlsError.SIGNATURE_SCHEME, TlsNumbers.ILLEGAL_PARAMETER,
						c -> c.beforeHash.put(TlsNumbers.CERTIFICATE_VERIFY, m -> {
							byte[] changed = m.clone();
							changed[4] = 8;
							changed[5] = 4;
							return changed;
						})),
				new Wrong("an unknown pre-shared key", TlsError.PSK_UNKNOWN, Alert.UNKNOWN_PSK_IDENTITY, c -> {
					c.suites = List.of(Suite12.PSK_WITH_AES_128_CCM);
					c.psk = Psk.external("device 9", KEY);
				}, c -> c.preSharedKeys(new PreSharedKey(IDENTITY, KEY))),
				new Wrong("another pre-shared key", TlsError.BAD_RECORD, TlsNumbers.BAD_RECORD_MAC, c -> {
					c.suites = List.of(Suite12.PSK_WITH_AES_128_CCM);
					c.psk = Psk.external("device 7", Messages.flip(KEY, 0));
				}, c -> c.preSharedKeys(new PreSharedKey(IDENTITY, KEY))));
	}

	@ParameterizedTest
	@MethodSource("wrongs")
	void isRefused(Wrong wrong) {
		EngineConfig config = config(true, "P-256").applicationProtocols("mqtt");
		wrong.config.accept(config);
		ScriptedClient12 client = new ScriptedClient12();
		wrong.client.accept(client);
		EngineHarness harness = new EngineHarness(new TlsEngine(config), client).start();
		TlsEngine engine = harness.engine;
		assertEquals(TlsError.name(wrong.error), TlsError.name(engine.error()));
		assertEquals(TlsEngine.CLOSED, engine.state(), "state");
		assertEquals(Alert.name(wrong.alert), Alert.name(engine.alertSent()), "alert the engine says it sent");
		assertEquals(2, client.server.alert().level());
		assertEquals(wrong.alert, client.server.alert().description(), "alert on the wire");
		assertEquals(0, harness.received().length, "application bytes delivered");
		assertFalse(harness.everComplete);
		assertClean(engine, client);
	}

	/** The flight-order matrix. */
	@Test
	void unexpectedMessagesAreRefused() {
		Object[][] moments = { { ClientScript12.full().until(ClientStep12.HELLO), 1, false }, { ClientScript12.full().until(ClientStep12.KEY_EXCHANGE), 16, false },
				{ ClientScript12.certified().until(ClientStep12.CERTIFICATE), 11, true },
				{ ClientScript12.certified().until(ClientStep12.KEY_EXCHANGE), 16, true },
				{ ClientScript12.certified().until(ClientStep12.VERIFY), 15, true },
				{ ClientScript12.full().until(ClientStep12.CHANGE_CIPHER_SPEC), -1, false },
				{ ClientScript12.full().until(ClientStep12.FINISHED), 20, false }, { ClientScript12.full(), 1, false } };
		for (Object[] moment : moments) {
			for (int type = 0; type <= 25; type++) {
				if (moment[1].equals(type)) {
					continue;
				}
				ScriptedClient12 client = new ScriptedClient12();
				client.identity = ServerIdentity.ofClient("P-256", 0);
				client.script(ClientScript12.of(((ClientScript12) moment[0]).steps().toArray(new ClientStep12[0]))
						.add(ClientStep12.message(Octets.message(type, new byte[12]))));
				EngineConfig config = config(false, "P-256");
				EngineHarness harness = new EngineHarness(
						new TlsEngine((Boolean) moment[2] ? config.clientAuthentication(EngineConfig.OPTIONAL) : config), client).start();
				assertEquals("E_UNEXPECTED_MESSAGE", TlsError.name(harness.engine.error()), "message " + type);
			}
		}
	}
}
