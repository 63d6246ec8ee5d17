/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static dev.thimble.support.TlsNumbers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.EngineHarness;
import dev.thimble.support.Framing;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;

/** Everything the record layer has to refuse (RFC 8446 §5): before the keys, during the handshake, and once connected. */
class RecordRefusalTest {

	private static final byte[] EMPTY = new byte[0];
	private static final byte[] DATA = "not to be delivered".getBytes(StandardCharsets.US_ASCII);

	/** What comes instead of a ServerHello. */
	static final List<Refusal> PLAIN = List.of(
			first("application data", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.plainRecord(APPLICATION_DATA, DATA)),
			first("empty application data", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.plainRecord(APPLICATION_DATA, EMPTY)),
			first("a heartbeat record", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.plainRecord(24, DATA)),
			first("record type 0", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.plainRecord(0, DATA)),
			first("record type 255", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.plainRecord(255, DATA)),
			first("HTTP", TlsError.NOT_TLS, PROTOCOL_VERSION, ServerStep.wire("http", "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ascii()))),
			first("SSH", TlsError.NOT_TLS, PROTOCOL_VERSION, ServerStep.wire("ssh", "SSH-2.0-OpenSSH_9.6\r\n".getBytes(ascii()))),
			first("SMTP", TlsError.NOT_TLS, PROTOCOL_VERSION, ServerStep.wire("smtp", "220 mail.example ESMTP\r\n".getBytes(ascii()))),
			first("a record of SSL 2", TlsError.NOT_TLS, PROTOCOL_VERSION, ServerStep.wire("ssl2", Octets.of(22, 2, 0, 0, 1, 2))),
			first("an empty handshake record", TlsError.EMPTY_FRAGMENT, UNEXPECTED_MESSAGE, ServerStep.plainRecord(HANDSHAKE, EMPTY)),
			first("an empty alert", TlsError.EMPTY_FRAGMENT, UNEXPECTED_MESSAGE, ServerStep.plainRecord(ALERT, EMPTY)),
			first("half an alert", TlsError.ALERT_MALFORMED, DECODE_ERROR, ServerStep.plainRecord(ALERT, Octets.of(2))),
			first("two alerts in one record", TlsError.ALERT_MALFORMED, DECODE_ERROR, ServerStep.plainRecord(ALERT, Octets.of(1, 90, 2, 40))),
			first("a record above 2^14", TlsError.RECORD_OVERFLOW, RECORD_OVERFLOW, ServerStep.wire("long", Octets.of(22, 3, 3, 0x40, 1))),
			first("a record of 65,535 bytes", TlsError.RECORD_OVERFLOW, RECORD_OVERFLOW, ServerStep.wire("long", Octets.of(22, 3, 3,
					0xff, 0xff))),
			first("a record above the limit", TlsError.RECORD_LIMIT_IGNORED, RECORD_OVERFLOW, ServerStep.wire("long", Octets.of(22, 3, 3,
					0x10, 1))),
			first("change_cipher_spec 2", TlsError.CHANGE_CIPHER_SPEC, UNEXPECTED_MESSAGE, ServerStep.plainRecord(CHANGE_CIPHER_SPEC,
					Octets.of(2))),
			first("change_cipher_spec of 2 bytes", TlsError.CHANGE_CIPHER_SPEC, UNEXPECTED_MESSAGE,
					ServerStep.plainRecord(CHANGE_CIPHER_SPEC, Octets.of(1, 1))),
			first("an empty change_cipher_spec", TlsError.CHANGE_CIPHER_SPEC, UNEXPECTED_MESSAGE,
					ServerStep.plainRecord(CHANGE_CIPHER_SPEC, EMPTY)),
			Refusal.of("change_cipher_spec inside ServerHello", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, s -> {
				s.framing = Framing.cutAt(20);
				s.recordEdit = record -> s.recordsSent == 0 ? Octets.concat(record, Octets.of(20, 3, 3, 0, 1, 1)) : record;
			}), Refusal.of("an alert inside ServerHello", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, s -> {
				s.framing = Framing.cutAt(20);
				s.recordEdit = record -> s.recordsSent == 0 ? Octets.concat(record, Octets.of(21, 3, 3, 0, 2, 1, 90)) : record;
			}), Refusal.of("change_cipher_spec without end", TlsError.TOO_MANY_EMPTY_RECORDS, UNEXPECTED_MESSAGE, s -> {
				s.script(Script.of(ServerStep.AWAIT_HELLO));
				for (int i = 0; i < 100; i++) {
					s.script.add(ServerStep.CHANGE_CIPHER_SPEC);
				}
			}), Refusal.of("a message behind ServerHello in one record", TlsError.MESSAGE_SPANS_KEY_CHANGE, UNEXPECTED_MESSAGE, s -> {
				s.framing = Framing.COALESCED;
				s.script(Script.full().after(ServerStep.HELLO, ServerStep.message(Octets.message(ENCRYPTED_EXTENSIONS, new byte[2])))
						.remove(ServerStep.CHANGE_CIPHER_SPEC));
			}), Refusal.of("a byte behind ServerHello in one record", TlsError.MESSAGE_SPANS_KEY_CHANGE, UNEXPECTED_MESSAGE, s -> {
				s.framing = Framing.COALESCED;
				s.script(Script.full().after(ServerStep.HELLO, ServerStep.message(Octets.of(8))).remove(ServerStep.CHANGE_CIPHER_SPEC));
			}));

	/** What comes between ServerHello and the server's Finished. */
	static final List<Refusal> PROTECTED = List.of(
			early("application data", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.record(APPLICATION_DATA, DATA)),
			early("empty application data", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.record(APPLICATION_DATA, EMPTY)),
			early("an unprotected handshake record", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
					ServerStep.plainRecord(HANDSHAKE, Octets.message(ENCRYPTED_EXTENSIONS, new byte[2]))),
			early("an unprotected alert", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.plainRecord(ALERT, Octets.of(2, 40))),
			early("an unprotected close_notify", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.plainRecord(ALERT,
					Octets.of(1, 0))),
			early("a record type of its own", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.plainRecord(25, new byte[40])),
			early("inner type 0", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(new byte[20])),
			early("an inner plaintext of one zero", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(new byte[1])),
			// Lengths whose last byte looks like a content type, to whoever looks in front of the plaintext.
			early("five zeros", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(new byte[ALERT - 16])),
			early("six zeros", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(new byte[HANDSHAKE - 16])),
			early("seven zeros", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(new byte[APPLICATION_DATA - 16])),
			early("inner type 24", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(Octets.of(1, 0, 24))),
			early("inner type 255", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(Octets.of(2, 40, 255))),
			early("inner type 25 with a close_notify", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(Octets.of(1, 0, 25))),
			early("a protected change_cipher_spec", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(Octets.of(1, 20))),
			early("a protected, wrong change_cipher_spec", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(Octets.of(2, 20))),
			early("an empty handshake fragment", TlsError.EMPTY_FRAGMENT, UNEXPECTED_MESSAGE, inner(Octets.of(22))),
			early("an empty, padded handshake fragment", TlsError.EMPTY_FRAGMENT, UNEXPECTED_MESSAGE, inner(Octets.of(22, 0, 0, 0))),
			early("an empty alert", TlsError.EMPTY_FRAGMENT, UNEXPECTED_MESSAGE, inner(Octets.of(21))),
			early("an alert of one byte", TlsError.ALERT_MALFORMED, DECODE_ERROR, inner(Octets.of(2, 21))),
			early("an alert of three bytes", TlsError.ALERT_MALFORMED, DECODE_ERROR, inner(Octets.of(2, 40, 0, 21))),
			early("no inner plaintext", TlsError.BAD_RECORD, BAD_RECORD_MAC, inner(EMPTY)),
			early("a record shorter than the tag", TlsError.BAD_RECORD, BAD_RECORD_MAC, ServerStep.plainRecord(APPLICATION_DATA, new byte[15])),
			early("an empty record", TlsError.BAD_RECORD, BAD_RECORD_MAC, ServerStep.plainRecord(APPLICATION_DATA, EMPTY)),
			early("random bytes", TlsError.BAD_RECORD, BAD_RECORD_MAC, ServerStep.plainRecord(APPLICATION_DATA, ScriptedServer.bytes(1, 64))),
			early("change_cipher_spec 0", TlsError.CHANGE_CIPHER_SPEC, UNEXPECTED_MESSAGE, ServerStep.plainRecord(CHANGE_CIPHER_SPEC,
					Octets.of(0))),
			early("a record above 2^14 + 256", TlsError.RECORD_OVERFLOW, RECORD_OVERFLOW, ServerStep.wire("long", Octets.of(23, 3, 3, 0x41, 1))),
			early("a record above the limit", TlsError.RECORD_LIMIT_IGNORED, RECORD_OVERFLOW, ServerStep.of("long", s -> {
				s.flush();
				s.obeysLimit = false;
				s.record(HANDSHAKE, new byte[4097]);
			})), early("padding above the limit", TlsError.RECORD_LIMIT_IGNORED, RECORD_OVERFLOW, inner(Octets.concat(Octets.of(22),
					new byte[4097]))),
			Refusal.of("a repeated record", TlsError.BAD_RECORD, BAD_RECORD_MAC,
					s -> s.recordEdit = r -> s.recordsSent == 2 ? Octets.concat(r, r) : r),
			Refusal.of("a lost record", TlsError.BAD_RECORD, BAD_RECORD_MAC, s -> s.recordEdit = r -> s.recordsSent == 2 ? EMPTY : r),
			Refusal.of("a skipped sequence number", TlsError.BAD_RECORD, BAD_RECORD_MAC,
					s -> s.script(Script.full().after(ServerStep.HANDSHAKE_KEYS, ServerStep.of("skip", x -> x.writeKeys.sequence = 1)))),
			Refusal.of("the client's keys", TlsError.BAD_RECORD, BAD_RECORD_MAC, s -> s.script(Script.full().after(ServerStep.HANDSHAKE_KEYS,
					ServerStep.of("reflect", x -> x.writeKeys = new dev.thimble.support.RecordProtection(x.suite, x.schedule,
							x.schedule.clientHandshake))))),
			Refusal.of("a tampered header", TlsError.BAD_RECORD, BAD_RECORD_MAC,
					s -> s.recordEdit = r -> s.recordsSent == 2 ? Messages.flip(r, 2) : r),
			Refusal.of("an alert between pieces of Certificate", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
					s -> s.script(Script.full().replace(ServerStep.CERTIFICATE, interrupted(x -> x.record(ALERT, Octets.of(1,
					USER_CANCELED)))))),
			Refusal.of("application data between pieces of Certificate", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
					s -> s.script(Script.full().replace(ServerStep.CERTIFICATE, interrupted(x -> x.record(APPLICATION_DATA, DATA))))),
			Refusal.of("change_cipher_spec between pieces of Certificate", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
					s -> s.script(Script.full().replace(ServerStep.CERTIFICATE, interrupted(x -> x.wire(Octets.of(20, 3, 3, 0, 1, 1)))))),
			Refusal.of("a message behind Finished in one record", TlsError.MESSAGE_SPANS_KEY_CHANGE, UNEXPECTED_MESSAGE, s -> {
				s.framing = Framing.COALESCED;
				s.script(Script.full().after(ServerStep.FINISHED, ServerStep.TICKET));
			}), Refusal.of("a byte behind Finished in one record", TlsError.MESSAGE_SPANS_KEY_CHANGE, UNEXPECTED_MESSAGE, s -> {
				s.framing = Framing.COALESCED;
				s.script(Script.full().after(ServerStep.FINISHED, ServerStep.message(Octets.of(4))));
			}));

	@ParameterizedTest
	@FieldSource("PLAIN")
	void refusesBeforeKeys(Refusal refusal) {
		refusal.run(false);
	}

	@ParameterizedTest
	@FieldSource("PROTECTED")
	void refusesDuringHandshake(Refusal refusal) {
		refusal.run(true);
	}

	/** What comes once the connection stands: the alert goes out under the application keys. */
	static final List<Refusal> CONNECTED = List.of(
			later("an unprotected handshake record", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
					ServerStep.plainRecord(HANDSHAKE, Messages.newSessionTicket())),
			later("an unprotected alert", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.plainRecord(ALERT, Octets.of(1, 0))),
			later("change_cipher_spec", TlsError.CHANGE_CIPHER_SPEC, UNEXPECTED_MESSAGE, ServerStep.CHANGE_CIPHER_SPEC),
			later("a protected change_cipher_spec", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(Octets.of(1, 20))),
			later("inner type 24", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(Octets.of(1, 0, 24))),
			later("nothing but zeros", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, inner(new byte[100])),
			later("an empty handshake fragment", TlsError.EMPTY_FRAGMENT, UNEXPECTED_MESSAGE, inner(Octets.of(22))),
			later("an empty alert", TlsError.EMPTY_FRAGMENT, UNEXPECTED_MESSAGE, inner(Octets.of(21))),
			later("an alert of 64 bytes", TlsError.ALERT_MALFORMED, DECODE_ERROR, ServerStep.record(ALERT, new byte[64])),
			later("random bytes", TlsError.BAD_RECORD, BAD_RECORD_MAC, ServerStep.plainRecord(APPLICATION_DATA, ScriptedServer.bytes(1, 64))),
			later("a record above the limit", TlsError.RECORD_LIMIT_IGNORED, RECORD_OVERFLOW, ServerStep.of("long", s -> {
				s.obeysLimit = false;
				s.record(APPLICATION_DATA, new byte[4097]);
			})), later("records without content, without end", TlsError.TOO_MANY_EMPTY_RECORDS, UNEXPECTED_MESSAGE, ServerStep.of("empty", s -> {
				for (int i = 0; i < 100; i++) {
					s.record(APPLICATION_DATA, EMPTY);
				}
			})), later("user_canceled without end", TlsError.TOO_MANY_EMPTY_RECORDS, UNEXPECTED_MESSAGE, ServerStep.of("alerts", s -> {
				for (int i = 0; i < 100; i++) {
					s.record(ALERT, Octets.of(1, USER_CANCELED));
				}
			})), later("data inside a ticket", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.of("ticket", s -> {
				s.record(HANDSHAKE, Arrays.copyOf(Messages.newSessionTicket(), 10));
				s.record(APPLICATION_DATA, DATA);
			})), later("close_notify inside a ticket", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, ServerStep.of("ticket", s -> {
				s.record(HANDSHAKE, Arrays.copyOf(Messages.newSessionTicket(), 3));
				s.record(ALERT, Octets.of(1, 0));
			})));

	@ParameterizedTest
	@FieldSource("CONNECTED")
	void refusesWhenConnected(Refusal refusal) {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		assertEquals(0, harness.engine.error());
		refusal.server().accept(server);
		harness.run();
		Refusal.assertRefused(harness, refusal.error(), refusal.alert(), true);
	}

	@ParameterizedTest
	@ValueSource(ints = { AES_128_GCM_SHA256, AES_256_GCM_SHA384, CHACHA20_POLY1305_SHA256, AES_128_CCM_SHA256, AES_128_CCM_8_SHA256 })
	void refusesEveryTamperedBit(int suite) {
		EngineConfig config = EngineHarness.config().cipherSuites(suite);
		TlsEngine engine = new TlsEngine(config);
		int length = 5 + 4 + 1 + (suite == AES_128_CCM_8_SHA256 ? 8 : 16);
		for (int bit = 5 * 8; bit < 8 * length; bit++) {
			int flipped = bit;
			ScriptedServer server = new ScriptedServer();
			EngineHarness harness = new EngineHarness(engine, server).start();
			server.recordEdit = record -> {
				byte[] tampered = record.clone();
				tampered[flipped / 8] ^= (byte) (0x80 >> flipped % 8);
				return tampered;
			};
			harness.then(ServerStep.data(new byte[] { 1, 2, 3, 4 }));
			Refusal.assertRefused(harness, TlsError.BAD_RECORD, BAD_RECORD_MAC, true);
		}
	}

	@Test
	void namesTheLimitThatWouldHaveBeenNeeded() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config().recordInLimit(512), server);
		server.obeysLimit = false;
		harness.then(ServerStep.record(APPLICATION_DATA, new byte[6000]));
		Refusal.assertRefused(harness, TlsError.RECORD_LIMIT_IGNORED, RECORD_OVERFLOW, true);
		assertEquals(6000, harness.engine.errorDetail());
	}

	@Test
	void deliversWhatCameBeforeTheTamperedRecord() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		harness.then(ServerStep.data(new byte[] { 7, 7 }));
		server.recordEdit = record -> Messages.flip(record, -1);
		harness.then(ServerStep.data(DATA));
		assertEquals(TlsError.BAD_RECORD, harness.engine.error());
		assertEquals(2, harness.received().length);
	}

	private static Refusal first(String name, int error, int alert, ServerStep step) {
		return Refusal.of(name, error, alert, s -> s.script(Script.of(ServerStep.AWAIT_HELLO, step)));
	}

	private static Refusal early(String name, int error, int alert, ServerStep step) {
		return Refusal.of(name, error, alert, s -> s.script(Script.full().before(ServerStep.EXTENSIONS, step)));
	}

	private static Refusal later(String name, int error, int alert, ServerStep step) {
		return Refusal.of(name, error, alert, s -> s.then(step));
	}

	private static ServerStep inner(byte[] plaintext) {
		return ServerStep.of("inner", s -> {
			s.flush();
			s.recordInner(plaintext, APPLICATION_DATA, 0x0303);
		});
	}

	/** Certificate in two records with something between them. */
	private static ServerStep interrupted(Consumer<ScriptedServer> between) {
		return ServerStep.of("interrupted", s -> {
			s.flush();
			byte[] message = Messages.certificate(EMPTY, ServerIdentity.of("P-256").chain);
			s.record(HANDSHAKE, Arrays.copyOf(message, 100));
			between.accept(s);
			s.record(HANDSHAKE, Arrays.copyOfRange(message, 100, message.length));
		});
	}

	private static Charset ascii() {
		return StandardCharsets.US_ASCII;
	}
}
