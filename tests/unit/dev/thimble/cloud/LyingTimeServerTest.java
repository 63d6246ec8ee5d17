/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.host.SntpServer;
import dev.thimble.net.DatagramTransport;
import dev.thimble.net.socket.SocketDatagrams;

/** A time server that lies, over UDP on 127.0.0.1: each lie is refused with an error of its own, and the clock is not set. */
class LyingTimeServerTest {

	private static final long BUILT = Instant.parse("2026-11-20T00:00:00Z").getEpochSecond();
	private static final long NOW = Instant.parse("2027-03-01T12:00:00Z").toEpochMilli();
	private static final long DAY = 86_400_000L;

	private enum Lie {
		WRONG_ORIGIN(CloudError.SNTP_ORIGIN, with(27, 9)),
		NO_ORIGIN(CloudError.SNTP_ORIGIN, answer -> fill(answer, 24, 32)),
		// In a packet these are the seconds of 1959: an era later and an era earlier look the same, and neither is near.
		WRONG_ERA(CloudError.TIME_BEFORE_FLOOR, at("2095-03-01T00:00:00Z")),
		LAST_CENTURY(CloudError.TIME_BEFORE_FLOOR, at("1999-12-31T23:59:59Z")),
		YEARS_AHEAD(CloudError.TIME_IMPLAUSIBLE, at("2077-03-01T00:00:00Z")),
		YEARS_BEHIND(CloudError.TIME_BEFORE_FLOOR, at("2024-03-01T00:00:00Z")),
		DAY_BEFORE_THE_BUILD(CloudError.TIME_BEFORE_FLOOR, at("2026-11-19T00:00:00Z")),
		STRATUM_16(CloudError.SNTP_UNSYNCHRONIZED, with(1, 16)),
		STRATUM_255(CloudError.SNTP_UNSYNCHRONIZED, with(1, 255)),
		LEAP_ALARM(CloudError.SNTP_UNSYNCHRONIZED, with(0, 0xe4)),
		ROOT_FAR_AWAY(CloudError.SNTP_UNSYNCHRONIZED, with(9, 16)),
		NO_TRANSMIT_TIME(CloudError.SNTP_UNSYNCHRONIZED, answer -> fill(answer, 40, 48)),
		NO_RECEIVE_TIME(CloudError.SNTP_UNSYNCHRONIZED, answer -> fill(answer, 32, 40)),
		SENT_BEFORE_RECEIVED(CloudError.SNTP_DELAY, answer -> shift(answer, 32, 5)),
		HELD_FOR_LONG(CloudError.SNTP_DELAY, answer -> shift(answer, 32, -5)),
		SHORT(CloudError.SNTP_MALFORMED, answer -> Arrays.copyOf(answer, 47)),
		EMPTY(CloudError.SNTP_TIMEOUT, answer -> new byte[0]),
		CLIENT_MODE(CloudError.SNTP_MALFORMED, with(0, 0x23)),
		BROADCAST(CloudError.SNTP_MALFORMED, with(0, 0x25)),
		VERSION_2(CloudError.SNTP_MALFORMED, with(0, 0x14)),
		SILENCE(CloudError.SNTP_TIMEOUT, answer -> null),
		DENY(CloudError.SNTP_DENIED, kiss("DENY")),
		RSTR(CloudError.SNTP_DENIED, kiss("RSTR")),
		RATE(CloudError.SNTP_RATE, kiss("RATE")),
		// Codes of RFC 5905 §7.4 that do not bind a client: another time will do.
		ACST(CloudError.SNTP_KISS, kiss("ACST")),
		AUTH(CloudError.SNTP_KISS, kiss("AUTH")),
		INIT(CloudError.SNTP_KISS, kiss("INIT")),
		STEP(CloudError.SNTP_KISS, kiss("STEP")),
		EXPERIMENTAL(CloudError.SNTP_KISS, kiss("X???")),
		NO_CODE(CloudError.SNTP_KISS, kiss("\0\0\0\0"));

		final int code;
		final UnaryOperator<byte[]> change;

		Lie(int code, UnaryOperator<byte[]> change) {
			this.code = code;
			this.change = change;
		}
	}

	private static UnaryOperator<byte[]> with(int at, int value) {
		return answer -> {
			answer[at] = (byte) value;
			return answer;
		};
	}

	private static byte[] fill(byte[] answer, int from, int to) {
		Arrays.fill(answer, from, to, (byte) 0);
		return answer;
	}

	private static byte[] time(byte[] answer, int at, long millis) {
		SntpServer.putTime(ByteBuffer.wrap(answer).position(at), millis);
		return answer;
	}

	/** Sets one of the times of an answer forward or back. */
	private static byte[] shift(byte[] answer, int at, int seconds) {
		ByteBuffer.wrap(answer).putInt(at, ByteBuffer.wrap(answer).getInt(at) + seconds);
		return answer;
	}

	private static UnaryOperator<byte[]> at(String instant) {
		long millis = Instant.parse(instant).toEpochMilli();
		return answer -> time(time(answer, 32, millis), 40, millis);
	}

	private static UnaryOperator<byte[]> kiss(String code) {
		return answer -> {
			answer[1] = 0;
			System.arraycopy(code.getBytes(StandardCharsets.US_ASCII), 0, answer, 12, 4);
			return answer;
		};
	}

	private final ManualClock timer = new ManualClock();
	private final DeviceClock clock = new DeviceClock(this.timer, BUILT);
	private final Random seeded = new Random(11);
	private final long began = this.timer.now;
	private SntpServer[] servers;
	private int asked;

	/** The right time; servers ask for it on threads of their own. */
	private synchronized long now() {
		return NOW + this.timer.now - this.began;
	}

	private synchronized void pass(long millis) {
		this.timer.now += millis;
	}

	private void assertRight() {
		assertTrue(Math.abs(this.clock.millis() - now()) <= 20, this.clock.millis() + " is not " + now());
	}

	@BeforeEach
	void start() throws IOException {
		this.servers = new SntpServer[3];
		for (int i = 0; i < 3; i++) {
			this.servers[i] = SntpServer.start(InetAddress.getByName("127.0.0.1"), 0, this::now);
		}
	}

	@AfterEach
	void stop() throws IOException {
		for (SntpServer server : this.servers) {
			server.close();
		}
	}

	private Sntp client(int count) throws IOException {
		String[] names = new String[count];
		for (int i = 0; i < count; i++) {
			names[i] = "127.0.0.1:" + this.servers[i].port();
		}
		return new Sntp(new Counting(), this.timer, (out, offset, length) -> {
			for (int i = 0; i < length; i++) {
				out[offset + i] = (byte) this.seeded.nextInt();
			}
			return true;
		}, this.clock, names);
	}

	/** Counts questions. */
	private final class Counting implements DatagramTransport {

		private final SocketDatagrams real = new SocketDatagrams();

		@Override
		public void open(byte[] host, int offset, int length, int port) {
			this.real.open(host, offset, length, port);
		}

		@Override
		public int poll() {
			return this.real.poll();
		}

		@Override
		public boolean send(byte[] data, int offset, int length) {
			LyingTimeServerTest.this.asked++;
			return this.real.send(data, offset, length);
		}

		@Override
		public int receive(byte[] data, int offset, int length) {
			return this.real.receive(data, offset, length);
		}

		@Override
		public void close() {
			this.real.close();
		}
	}

	private int handled() {
		return this.servers[0].handled() + this.servers[1].handled() + this.servers[2].handled();
	}

	/** Polls until a round is over. Time passes only when there is nothing to hear any more. */
	private Sntp round(Sntp sntp) {
		long end = System.nanoTime() + 60_000_000_000L;
		int quiet = 0;
		int before = this.asked;
		boolean begun = false;
		while (System.nanoTime() < end) {
			boolean working = sntp.poll() == Sntp.WORKING;
			begun |= working;
			if (begun && !working) {
				return sntp;
			}
			// What a server has sent on 127.0.0.1 is there; a look for it takes a millisecond.
			quiet = this.asked > before && handled() == this.asked ? quiet + 1 : 0;
			if (quiet > 20) {
				pass(3000);
				before = this.asked;
				quiet = 0;
			}
		}
		throw new AssertionError("The round does not end");
	}

	@ParameterizedTest
	@EnumSource(Lie.class)
	void aLieIsRefused(Lie lie) throws IOException {
		this.servers[0].lie(lie.change);
		Sntp sntp = round(client(1));
		assertEquals(CloudError.name(lie.code), CloudError.name(sntp.error()));
		assertFalse(this.clock.trusted());
		assertEquals(0, sntp.updates());
		assertEquals(BUILT, this.clock.seconds());
	}

	@Test
	void anAnswerFromAnotherAddressIsNone() throws IOException {
		this.servers[0].answerFromElsewhere(true);
		assertEquals("E_SNTP_TIMEOUT", CloudError.name(round(client(1)).error()));
		this.servers[0].answerFromElsewhere(false);
		assertEquals(0, round(client(1)).error());
		assertTrue(this.clock.trusted());
	}

	@ParameterizedTest
	@EnumSource(Lie.class)
	void theNextServerIsAsked(Lie lie) throws IOException {
		this.servers[0].lie(lie.change);
		this.servers[1].lie(lie.change);
		Sntp sntp = round(client(3));
		assertEquals(0, sntp.error(), () -> CloudError.name(sntp.error()));
		assertEquals(2, sntp.server());
		assertRight();
	}

	@ParameterizedTest
	@ValueSource(strings = { "DENY", "RSTR" })
	void whoDeniesIsNeverAskedAgain(String code) throws IOException {
		this.servers[0].lie(kiss(code));
		Sntp sntp = round(client(1));
		this.servers[0].lie(UnaryOperator.identity());
		for (int day = 0; day < 1000; day++) {
			pass(DAY);
			sntp.ask();
			assertEquals(Sntp.RESTING, sntp.poll());
			assertEquals(Sntp.RESTING, sntp.poll());
		}
		assertEquals(1, this.servers[0].questions());
		assertEquals("E_SNTP_DENIED", CloudError.name(sntp.error()));
	}

	@Test
	void whoComplainsIsAskedLater() throws IOException {
		this.servers[0].lie(kiss("RATE"));
		Sntp sntp = round(client(1));
		pass(119_000);
		sntp.ask();
		assertEquals(Sntp.RESTING, sntp.poll());
		assertEquals(1, this.servers[0].questions());
		pass(2_000);
		assertEquals("E_SNTP_RATE", CloudError.name(round(sntp).error()));
		pass(230_000);
		assertEquals(Sntp.RESTING, sntp.poll());
		this.servers[0].lie(UnaryOperator.identity());
		pass(20_000);
		assertEquals(0, round(sntp).error());
		assertEquals(3, this.servers[0].questions());
	}

	/** Where one of three lies, the others are believed, wherever it stands and whatever it says. */
	@ParameterizedTest
	@EnumSource(Lie.class)
	void oneLiarOfThreeDoesNotCount(Lie lie) throws IOException {
		for (int liar = 0; liar < 3; liar++) {
			this.servers[liar].lie(lie.change);
			this.clock.forget();
			Sntp sntp = round(client(3).opinions(3));
			assertEquals("E_NONE", sntp.error() == 0 ? "E_NONE" : CloudError.name(sntp.error()));
			assertRight();
			this.servers[liar].lie(UnaryOperator.identity());
		}
	}

	/** A liar whose time is plausible, an hour ahead or behind, is no median. */
	@Test
	void oneLiarOfThreeWithAPlausibleTimeDoesNotCount() throws IOException {
		for (int liar = 0; liar < 3; liar++) {
			for (int off : new int[] { -3600, 3600 }) {
				this.servers[liar].lie(answer -> shift(shift(answer, 32, off), 40, off));
				this.clock.forget();
				assertEquals(0, round(client(3).opinions(3)).error());
				assertRight();
			}
			this.servers[liar].lie(UnaryOperator.identity());
		}
	}

	@Test
	void twoLiarsThatDisagreeSetNothing() throws IOException {
		this.servers[0].lie(answer -> shift(shift(answer, 32, -7200), 40, -7200));
		this.servers[2].lie(answer -> shift(shift(answer, 32, 3600), 40, 3600));
		assertEquals("E_TIME_DISAGREE", CloudError.name(round(client(3).opinions(3)).error()));
		assertFalse(this.clock.trusted());
		this.servers[0].lie(kiss("DENY"));
		assertEquals("E_TIME_DISAGREE", CloudError.name(round(client(3).opinions(3)).error()));
		assertFalse(this.clock.trusted());
	}

	/** What a median cannot help against, and is said in the manual of Sntp; a time that is trusted already does. */
	@Test
	void twoLiarsThatAgreeAreBelievedUnlessTheTimeIsTrusted() throws IOException {
		for (int i = 0; i < 2; i++) {
			this.servers[i].lie(answer -> shift(shift(answer, 32, 3600), 40, 3600));
		}
		assertEquals(0, round(client(3).opinions(3)).error());
		assertTrue(Math.abs(this.clock.millis() - now() - 3_600_000) <= 20);
		assertEquals(0, this.clock.set(now()));
		Sntp sntp = round(client(3).opinions(3));
		assertEquals(1, this.servers[2].questions() - 1);
		assertTrue(sntp.error() != 0, "an hour's step is refused, and one server of three is not enough");
		assertRight();
	}
}
