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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.ExtensionList;
import dev.thimble.support.Framing;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;
import dev.thimble.support.TicketFields;
import dev.thimble.x509.TimeSource;

/** Resumption of TLS 1.3 sessions (RFC 8446 §2.2, §4.2.11, §4.6.1). */
class ResumptionTest {

	private static final byte[] DATA = { 1, 2, 3 };

	private final Clock clock = new Clock();
	private final byte[] slot = new byte[700];
	private final Session session = new Session(this.slot, 20, 600);

	/** A clock a test can set. */
	static final class Clock implements TimeSource {

		int state = TRUSTED;
		long seconds = ServerIdentity.TIME.getEpochSecond();

		@Override
		public int state() {
			return this.state;
		}

		@Override
		public long seconds() {
			return this.seconds;
		}
	}

	private EngineConfig config() {
		return configWithout().session(this.session);
	}

	private EngineConfig configWithout() {
		EngineConfig base = EngineHarness.config();
		return new EngineConfig(base.crypto, base.random, EngineHarness.ANCHORS, this.clock);
	}

	/** A connection that ends with a session in the slot. */
	private ScriptedServer first(EngineConfig config, Consumer<TicketFields> ticket, Consumer<ScriptedServer> settings) {
		ScriptedServer server = new ScriptedServer();
		settings.accept(server);
		EngineHarness harness = EngineHarness.connect(config, server);
		harness.then(ServerStep.ticket(ticket), ServerStep.data(DATA));
		assertEquals("E_NONE", TlsError.name(harness.engine.error()));
		assertFalse(harness.engine.resumed());
		assertArrayEquals(DATA, harness.received());
		harness.engine.abort();
		return server;
	}

	private ScriptedServer first() {
		ScriptedServer server = first(config(), t -> {
		}, s -> {
		});
		assertTrue(this.session.valid());
		return server;
	}

	/** A server that knows the tickets of another. */
	private static ScriptedServer knowing(ScriptedServer other, Script script) {
		ScriptedServer server = new ScriptedServer().script(script);
		server.psks.addAll(other.tickets);
		return server;
	}

	private static void assertConnected(EngineHarness harness, boolean resumed) {
		assertEquals("E_NONE", TlsError.name(harness.engine.error()));
		assertTrue(harness.engine.handshakeComplete());
		assertEquals(resumed, harness.engine.resumed());
		harness.then(ServerStep.data(DATA)).send(new byte[] { 4, 5 });
		assertArrayEquals(DATA, harness.received());
		assertArrayEquals(new byte[] { 4, 5 }, harness.server.client.data());
	}

	@ParameterizedTest
	@ValueSource(ints = { AES_128_GCM_SHA256, AES_256_GCM_SHA384, CHACHA20_POLY1305_SHA256 })
	void resumes(int suite) {
		ScriptedServer first = first(config(), t -> t.ageAdd = 0xfffff000L, s -> s.suite = suite);
		assertTrue(this.session.takeChanged());
		assertEquals(suite, this.session.suite());
		this.clock.seconds += 100;
		ScriptedServer second = knowing(first, Script.psk());
		second.suite = suite;
		EngineHarness harness = EngineHarness.connect(config(), second);
		assertConnected(harness, true);
		assertEquals(suite, harness.engine.cipherSuite());
		assertEquals(0, harness.engine.signatureScheme());
		assertEquals(1, second.client.offers.size());
		assertEquals(0xfffff000L + 100_000 & 0xffffffffL, second.client.offers.get(0).age());
		assertEquals(List.of(1), second.client.lastHello().pskModes);
		// A ticket is used once; the next one takes its place.
		assertFalse(this.session.valid());
		assertTrue(this.session.takeChanged());
		harness.then(ServerStep.TICKET);
		assertTrue(this.session.valid());
		ScriptedServer third = knowing(second, Script.psk());
		third.suite = suite;
		assertConnected(EngineHarness.connect(config(), third), true);
		assertFalse(this.session.valid());
		ScriptedServer fourth = knowing(second, Script.full());
		assertConnected(EngineHarness.connect(config(), fourth), false);
		assertEquals(0, fourth.client.offers.size());
	}

	@Test
	void oneEngineResumesItsOwnSessions() {
		EngineConfig config = config().applicationProtocols("a", "bc");
		TlsEngine engine = new TlsEngine(config);
		ScriptedServer last = new ScriptedServer();
		last.alpn = "bc";
		for (int i = 0; i < 5; i++) {
			EngineHarness harness = new EngineHarness(engine, last).start();
			assertConnected(harness, i > 0);
			assertEquals(1, engine.applicationProtocol());
			harness.then(ServerStep.TICKET, ServerStep.TICKET);
			engine.shutdown();
			harness.then(ServerStep.CLOSE_NOTIFY);
			assertEquals(TlsEngine.CLOSED, engine.state());
			assertTrue(this.session.agreedOn("bc"));
			last = knowing(last, Script.psk());
			last.alpn = "bc";
		}
	}

	/** The binder covers what is sent: in pieces, behind a HelloRetryRequest, beside long tickets. */
	@ParameterizedTest
	@ValueSource(ints = { 48, 400, 3500 })
	void offersTicketsOfAnyLength(int length) {
		byte[] room = new byte[4096];
		Session large = new Session(room, 0, room.length);
		for (Framing framing : List.of(Framing.ONE_PER_MESSAGE, Framing.pieces(1), Framing.pieces(100))) {
			for (boolean retried : new boolean[] { false, true }) {
				ScriptedServer first = first(configWithout().session(large), t -> t.ticket = ScriptedServer.bytes(7, length), s -> s.framing = framing);
				ScriptedServer second = knowing(first, retried ? Script.retriedPsk() : Script.psk());
				if (retried) {
					second.group = KeyAgreement.SECP256R1;
					second.cookie = ScriptedServer.bytes(3, 300);
				}
				EngineHarness harness = EngineHarness.connect(configWithout().session(large).recordOutLimit(512), second);
				assertConnected(harness, true);
				assertEquals(retried, harness.engine.helloRetried());
				assertTrue(second.client.offers.get(0).right());
			}
		}
	}

	/** §4.1.4: of the keys only those stay that go with the suite of the HelloRetryRequest. */
	@Test
	void dropsTheSessionIfTheRetryHasAnotherHash() {
		ScriptedServer first = first(config(), t -> {
		}, s -> s.suite = AES_128_GCM_SHA256);
		ScriptedServer second = knowing(first, Script.retried());
		second.suite = AES_256_GCM_SHA384;
		second.group = KeyAgreement.SECP256R1;
		EngineHarness harness = EngineHarness.connect(config(), second);
		assertConnected(harness, false);
		assertTrue(second.client.hellos.get(0).extensions.containsKey(PRE_SHARED_KEY));
		assertFalse(second.client.hellos.get(1).extensions.containsKey(PRE_SHARED_KEY));
	}

	@Test
	void goesOnWithACertificateIfTheServerDoesNotKnowTheTicket() {
		first();
		ScriptedServer other = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(config(), other);
		assertConnected(harness, false);
		assertEquals(1, other.client.offers.size());
		assertFalse(this.session.valid());
		harness.then(ServerStep.TICKET);
		assertConnected(EngineHarness.connect(config(), knowing(other, Script.psk())), true);
	}

	/** A session stands for a name and for a verdict: with others it is as good as none, but stays where it is. */
	@Test
	void ignoresASessionOfAnotherServerOrPolicy() {
		ScriptedServer first = first(config().applicationProtocols("a"), t -> {
		}, s -> {
		});
		EngineConfig[] others = { config(), config().applicationProtocols("a", "b"), config().applicationProtocols("ab"),
				config().applicationProtocols("a").preSharedKeys(new PreSharedKey(new byte[1], new byte[16])) };
		for (EngineConfig config : others) {
			ScriptedServer second = knowing(first, Script.full());
			EngineHarness harness = EngineHarness.connect(config, second);
			assertConnected(harness, false);
			assertEquals(0, second.client.offers.stream().filter(o -> o.known() != null).count());
			assertTrue(this.session.valid());
		}
		TlsEngine engine = new TlsEngine(config().applicationProtocols("a"));
		ScriptedServer other = knowing(first, Script.of(ServerStep.AWAIT_HELLO));
		EngineHarness harness = new EngineHarness(engine, other);
		engine.start("other." + ServerIdentity.SERVER_NAME);
		harness.run();
		assertEquals(0, other.client.offers.size());
		engine.start(ServerIdentity.SERVER_NAME.toUpperCase(java.util.Locale.ROOT));
		harness = new EngineHarness(engine, knowing(first, Script.psk())).run();
		assertConnected(harness, true);
	}

	@Test
	void ignoresASessionFromBeforeAKeyWasReplaced() {
		byte[] replaced = new byte[16];
		replaced[15] = 1;
		ScriptedServer first = first(config().preSharedKeys(new PreSharedKey(new byte[1], new byte[16])), t -> {
		}, s -> {
		});
		ScriptedServer second = knowing(first, Script.full());
		assertConnected(EngineHarness.connect(config().preSharedKeys(new PreSharedKey(new byte[1], replaced)), second), false);
		assertEquals(0, second.client.offers.stream().filter(o -> o.known() != null).count());
		assertTrue(this.session.valid());
		assertConnected(EngineHarness.connect(config().preSharedKeys(new PreSharedKey(new byte[1], new byte[16])), knowing(first, Script.psk())), true);
	}

	@Test
	void refusesPinsByASessionToo() {
		ScriptedServer first = first();
		byte[] wrong = new byte[32];
		ScriptedServer second = knowing(first, Script.full());
		EngineHarness harness = EngineHarness.connect(config().pins(wrong), second);
		assertEquals(0, second.client.offers.size());
		assertFalse(harness.everComplete);
	}

	@Test
	void obeysLifetimeAndClock() {
		ScriptedServer first = first(config(), t -> t.lifetime = 100, s -> {
		});
		long received = this.clock.seconds;
		for (long seconds : new long[] { received + 100, received + 1_000_000, received - 1 }) {
			this.clock.seconds = seconds;
			assertNotOffered(first);
		}
		this.clock.seconds = received + 99;
		for (int state : new int[] { TimeSource.FLOOR, TimeSource.UNKNOWN }) {
			this.clock.state = state;
			ScriptedServer second = knowing(first, Script.of(ServerStep.AWAIT_HELLO));
			EngineHarness.connect(config(), second);
			assertEquals(0, second.client.offers.size());
			assertTrue(this.session.valid());
		}
		this.clock.state = TimeSource.TRUSTED;
		assertConnected(EngineHarness.connect(config(), knowing(first, Script.psk())), true);
	}

	@Test
	void keepsNoTicketLongerThanAWeek() {
		ScriptedServer first = first(config(), t -> t.lifetime = 0xffffffffL, s -> {
		});
		this.clock.seconds += 604_800;
		assertNotOffered(first);
		this.clock.seconds -= 1;
		assertConnected(EngineHarness.connect(config(), knowing(first, Script.psk())), true);
	}

	/** §4.6.1: one ticket after the other must not put off for ever that the server shows its certificate. */
	@Test
	void verifiesTheServerAnewFromTimeToTime() {
		long week = 604_800;
		ScriptedServer last = first(config(), t -> t.lifetime = week, s -> {
		});
		long verified = this.clock.seconds / week;
		int full = 0;
		for (int i = 0; i < 12; i++) {
			this.clock.seconds += 5 * 86_400;
			boolean resumes = this.clock.seconds / week - verified <= 1;
			full += resumes ? 0 : 1;
			ScriptedServer next = knowing(last, resumes ? Script.psk() : Script.full());
			EngineHarness harness = EngineHarness.connect(config(), next);
			assertConnected(harness, resumes);
			assertEquals(resumes ? 1 : 0, next.client.offers.size());
			harness.then(ServerStep.ticket(t -> t.lifetime = week));
			assertTrue(this.session.valid());
			verified = resumes ? verified : this.clock.seconds / week;
			last = next;
		}
		assertTrue(full >= 3, full + " full handshakes in 60 days");
	}

	private void assertNotOffered(ScriptedServer first) {
		ScriptedServer second = knowing(first, Script.full());
		assertConnected(EngineHarness.connect(config(), second), false);
		assertEquals(0, second.client.offers.size());
		assertTrue(this.session.valid());
	}

	/** Damage of any byte, and a cut anywhere, leads to a full handshake. */
	@Test
	void ignoresDamagedImages() {
		ScriptedServer first = first();
		byte[] good = this.slot.clone();
		int size = this.session.size();
		for (int i = 0; i < size; i++) {
			System.arraycopy(good, 0, this.slot, 0, good.length);
			this.slot[20 + i] ^= (byte) (1 << i % 8);
			assertFalse(this.session.valid());
			ScriptedServer second = knowing(first, Script.of(ServerStep.AWAIT_HELLO));
			EngineHarness harness = EngineHarness.connect(config(), second);
			assertEquals(0, second.client.offers.size(), "byte " + i);
			assertEquals(0, harness.engine.error());
		}
	}

	static final List<Refusal> WRONG = List.of(
			Refusal.of("the second of one key", TlsError.PSK_IDENTITY, ILLEGAL_PARAMETER,
					s -> s.serverHello = f -> f.extensions.set(PRE_SHARED_KEY, Octets.of(0, 1))),
			Refusal.of("the key 65535", TlsError.PSK_IDENTITY, ILLEGAL_PARAMETER,
					s -> s.serverHello = f -> f.extensions.set(PRE_SHARED_KEY, Octets.of(0xff, 0xff))),
			Refusal.of("pre_shared_key of one byte", TlsError.DECODE_ERROR, DECODE_ERROR,
					s -> s.serverHello = f -> f.extensions.set(PRE_SHARED_KEY, Octets.of(0))),
			Refusal.of("pre_shared_key of three bytes", TlsError.DECODE_ERROR, DECODE_ERROR,
					s -> s.serverHello = f -> f.extensions.set(PRE_SHARED_KEY, Octets.of(0, 0, 0))),
			Refusal.of("pre_shared_key twice", TlsError.DUPLICATE_EXTENSION, ILLEGAL_PARAMETER,
					s -> s.serverHello = f -> f.extensions.add(PRE_SHARED_KEY, Octets.of(0, 0))),
			Refusal.of("a suite of another hash", TlsError.PSK_HASH, ILLEGAL_PARAMETER, s -> {
				s.suite = AES_256_GCM_SHA384;
				s.psk = s.psks.get(0);
			}),
			Refusal.of("no key share", TlsError.PSK_KEY_EXCHANGE, ILLEGAL_PARAMETER, s -> s.pskMode = 0),
			Refusal.of("pre_shared_key in HelloRetryRequest", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER, s -> {
				s.script(Script.retriedPsk());
				s.group = KeyAgreement.SECP256R1;
				s.retry = f -> f.extensions.add(PRE_SHARED_KEY, Octets.of(0, 0));
			}),
			Refusal.of("psk_key_exchange_modes in ServerHello", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER,
					s -> s.serverHello = f -> f.extensions.add(PSK_KEY_EXCHANGE_MODES, Octets.of(1, 1))));

	@ParameterizedTest
	@FieldSource("WRONG")
	void refuses(Refusal refusal) {
		ScriptedServer first = first(config(), t -> {
		}, s -> s.suite = AES_128_GCM_SHA256);
		ScriptedServer second = knowing(first, Script.psk());
		refusal.server().accept(second);
		EngineHarness harness = EngineHarness.connect(config(), second);
		Refusal.assertRefused(harness, refusal.error(), refusal.alert(), false);
		assertFalse(harness.everComplete);
		assertNull(new SecretSearch().add("PSK", first.tickets.get(0).key).findIn(harness.engine));
	}

	static final List<Refusal> WRONG_LATER = List.of(
			Refusal.of("a certificate", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
					s -> s.script(Script.psk().after(ServerStep.EXTENSIONS, ServerStep.CERTIFICATE))),
			Refusal.of("CertificateRequest", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
					s -> s.script(Script.psk().after(ServerStep.EXTENSIONS, ServerStep.REQUEST))),
			Refusal.of("pre_shared_key in EncryptedExtensions", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER,
					s -> s.encryptedExtensions = e -> e.add(PRE_SHARED_KEY, Octets.of(0, 0))),
			Refusal.of("early_data that was not offered", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION,
					s -> s.encryptedExtensions = e -> e.add(EARLY_DATA, new byte[0])),
			Refusal.of("a wrong Finished", TlsError.FINISHED_INVALID, DECRYPT_ERROR,
					s -> s.afterHash.put((int) FINISHED, m -> Messages.flip(m, 10))));

	@ParameterizedTest
	@FieldSource("WRONG_LATER")
	void refusesLater(Refusal refusal) {
		ScriptedServer second = knowing(first(), Script.psk());
		refusal.server().accept(second);
		EngineHarness harness = EngineHarness.connect(config(), second);
		Refusal.assertRefused(harness, refusal.error(), refusal.alert(), true);
		assertFalse(harness.everComplete);
	}

	/** A server that has the ticket but not its secret cannot finish. */
	@Test
	void refusesAServerWithoutTheSecret() {
		ScriptedServer first = first();
		ScriptedServer second = new ScriptedServer().script(Script.psk());
		second.psk = new dev.thimble.support.Psk("res binder", first.tickets.get(0).identity, new byte[32], "SHA-256");
		EngineHarness harness = new EngineHarness(new TlsEngine(config()), second);
		// The server cannot read our alert either.
		assertThrows(IllegalStateException.class, harness::start);
		assertEquals("E_BAD_RECORD", TlsError.name(harness.engine.error()));
		assertFalse(harness.everComplete);
	}

	@Test
	void refusesASelectionWhereNothingWasOffered() {
		Refusal.of("pre_shared_key", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION,
				s -> s.serverHello = f -> f.extensions.add(PRE_SHARED_KEY, Octets.of(0, 0))).with(c -> c.session(this.session)).run(false);
	}

	// Tickets.

	@Test
	void theLastTicketWins() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(config(), server);
		for (int i = 0; i < 300; i++) {
			harness.then(ServerStep.TICKET);
		}
		assertEquals(0, harness.engine.error());
		ScriptedServer second = knowing(server, Script.psk());
		assertConnected(EngineHarness.connect(config(), second), true);
		assertArrayEquals(server.tickets.get(299).identity, second.client.offers.get(0).identity());
	}

	@Test
	void letsUnusableTicketsPass() {
		List<Consumer<TicketFields>> unusable = List.of(t -> t.ticket = new byte[600], t -> t.ticket = new byte[65_535], t -> t.lifetime = 0,
				t -> t.nonce = new byte[65], t -> t.nonce = new byte[255]);
		for (Consumer<TicketFields> edit : unusable) {
			this.session.clear();
			ScriptedServer server = new ScriptedServer();
			EngineHarness harness = EngineHarness.connect(config().recordInLimit(512), server);
			harness.then(ServerStep.ticket(edit));
			assertFalse(this.session.valid());
			assertEquals(0, harness.engine.error());
			// Nor do they harm the one before.
			harness.then(ServerStep.TICKET, ServerStep.ticket(edit));
			assertConnected(EngineHarness.connect(config().recordInLimit(512), knowing(server, Script.psk())), true);
		}
	}

	@Test
	void takesNoncesAndExtensionsOfManyShapes() {
		List<Consumer<TicketFields>> usable = List.of(t -> t.nonce = new byte[0], t -> t.nonce = ScriptedServer.bytes(1, 64),
				t -> t.ticket = new byte[1], t -> t.extensions.add(0x1234, new byte[700]), t -> t.maxEarlyData(0xffffffffL));
		for (Consumer<TicketFields> edit : usable) {
			assertConnected(EngineHarness.connect(config(), knowing(first(config(), edit, s -> {
			}), Script.psk())), true);
		}
	}

	@Test
	void keepsNothingWithoutATrustedClock() {
		this.clock.state = TimeSource.FLOOR;
		first(config(), t -> {
		}, s -> {
		});
		assertFalse(this.session.valid());
	}

	/** A certificate that was checked against no clock, or the build date's, is checked again. */
	@Test
	void keepsNothingIfTheClockWasSetLater() {
		this.clock.state = TimeSource.FLOOR;
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(config(), server);
		this.clock.state = TimeSource.TRUSTED;
		harness.then(ServerStep.TICKET);
		assertEquals(0, harness.engine.error());
		assertFalse(this.session.valid());
	}

	@Test
	void keepsNothingOfATicketThatIsCutOff() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(config(), server);
		byte[] message = Messages.newSessionTicket(7200, DATA, ScriptedServer.bytes(1, 100), new ExtensionList().add(EARLY_DATA, new byte[3]));
		harness.then(ServerStep.message(message));
		Refusal.assertRefused(harness, TlsError.DECODE_ERROR, DECODE_ERROR, true);
		assertFalse(this.session.valid());
		for (byte b : this.slot) {
			assertEquals(0, b);
		}
	}

	/** RFC 8446 §4.6.1 allows a ticket right behind the server's Finished: its secret comes from ours. */
	@Test
	void takesATicketFromBeforeOurFinished() {
		ScriptedServer server = new ScriptedServer();
		byte[] message = Messages.newSessionTicket(7200, DATA, ScriptedServer.bytes(1, 100), new ExtensionList());
		server.script(Script.full().after(ServerStep.APPLICATION_KEYS, ServerStep.message(message)));
		EngineHarness harness = EngineHarness.connect(config(), server);
		assertEquals(0, harness.engine.error());
		assertTrue(this.session.valid());
		byte[] secret = server.schedule.expandLabel(server.schedule.resumptionMaster, "resumption", DATA, this.session.secretLength());
		assertArrayEquals(secret, java.util.Arrays.copyOfRange(this.slot, this.session.secret(), this.session.secret() + secret.length));
	}

	/** An image of another kind, or of a suite that is not offered any more, is no session for this engine. */
	@Test
	void ignoresSessionsItHasNoUseFor() {
		ScriptedServer first = first(config(), t -> {
		}, s -> s.suite = AES_256_GCM_SHA384);
		ScriptedServer second = knowing(first, Script.full());
		assertConnected(EngineHarness.connect(config().cipherSuites(AES_128_GCM_SHA256), second), false);
		assertEquals(0, second.client.offers.size());
		byte[] tag = java.util.Arrays.copyOfRange(this.slot, 20 + 30, 20 + 46);
		assertTrue(this.session.begin(Session.TLS12_TICKET, AES_128_GCM_SHA256, 48, null, 3));
		this.session.setTimes(this.clock.seconds, 100, 0);
		this.session.setTag(tag, 0);
		this.session.append(DATA, 0, 3);
		assertTrue(this.session.commit());
		ScriptedServer third = knowing(first, Script.full());
		assertConnected(EngineHarness.connect(config(), third), false);
		assertEquals(0, third.client.offers.size());
	}
}
