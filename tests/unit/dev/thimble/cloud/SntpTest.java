/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.Random;
import dev.thimble.host.SntpServer;
import dev.thimble.host.device.EspAtModem;
import dev.thimble.net.DatagramTransport;
import dev.thimble.net.Modem;
import dev.thimble.net.ModemDatagrams;
import dev.thimble.net.NetError;
import dev.thimble.net.SerialLine;
import dev.thimble.net.socket.SocketDatagrams;
import dev.thimble.net.socket.SystemClock;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.FixedRandom;
import dev.thimble.support.SocketKit;
import dev.thimble.x509.TimeSource;

class SntpTest {

	/** When the firmware of these tests was built. */
	private static final long BUILT = Instant.parse("2026-11-20T00:00:00Z").getEpochSecond();

	private static final java.util.Random SEEDED = new java.util.Random(6);

	private static final Random RANDOM = (out, offset, length) -> {
		for (int i = 0; i < length; i++) {
			out[offset + i] = (byte) SEEDED.nextInt();
		}
		return true;
	};

	/** Servers as the tests want them; the name "a" is the first, "b" the second... */
	private final class Servers implements DatagramTransport {

		private final List<String> asked = new ArrayList<>();
		private final List<String> questions = new ArrayList<>();
		private final long[] times = new long[26];
		@SuppressWarnings("unchecked")
		private final UnaryOperator<byte[]>[] lies = new UnaryOperator[26];
		private final int[] failures = new int[26];
		private int way = 40;
		private int server;
		private byte[] reply;
		private long replyAt;
		private boolean open;
		private byte[] flood;

		@Override
		public void open(byte[] host, int offset, int length, int port) {
			assertFalse(this.open, "opened twice");
			this.open = true;
			this.server = host[offset] - 'a';
			this.reply = null;
			assertEquals(123, port);
		}

		@Override
		public int poll() {
			return this.failures[this.server] != 0 ? -this.failures[this.server] : OPEN;
		}

		@Override
		public boolean send(byte[] data, int offset, int length) {
			assertEquals(48, length);
			assertEquals(0x23, data[offset]);
			for (int i = 1; i < 40; i++) {
				assertEquals(0, data[offset + i], "a question tells nothing of the device");
			}
			this.asked.add("" + (char) ('a' + this.server));
			this.questions.add(new String(data, offset + 40, 8, StandardCharsets.ISO_8859_1));
			ByteBuffer answer = ByteBuffer.allocate(48);
			answer.put((byte) 0x24).put((byte) 2).put((byte) 6).put((byte) -20).putInt(0x1000).putInt(0x2000).put("GPS\0".getBytes());
			long now = this.times[this.server] + SntpTest.this.timer.now + this.way / 2;
			SntpServer.putTime(answer, now);
			answer.put(data, offset + 40, 8);
			SntpServer.putTime(answer, now);
			SntpServer.putTime(answer, now);
			UnaryOperator<byte[]> lie = this.lies[this.server];
			this.reply = lie == null ? answer.array() : lie.apply(answer.array());
			this.replyAt = SntpTest.this.timer.now + this.way;
			return true;
		}

		@Override
		public int receive(byte[] data, int offset, int length) {
			if (this.flood != null && this.server == 0) {
				System.arraycopy(this.flood, 0, data, offset, this.flood.length);
				return this.flood.length;
			}
			if (this.reply == null || SntpTest.this.timer.now < this.replyAt) {
				return 0;
			}
			int n = Math.min(length, this.reply.length);
			System.arraycopy(this.reply, 0, data, offset, n);
			this.reply = null;
			return n;
		}

		@Override
		public void close() {
			this.open = false;
		}
	}

	private final ManualClock timer = new ManualClock();
	private final Servers servers = new Servers();
	private final DeviceClock clock = new DeviceClock(this.timer, BUILT);

	/** The right time, in milliseconds. */
	private long rightTime = Instant.parse("2027-03-01T12:00:00.250Z").toEpochMilli();

	SntpTest() {
		setAll(this.rightTime);
	}

	private void setAll(long now) {
		this.rightTime = now;
		for (int i = 0; i < 26; i++) {
			this.servers.times[i] = now - this.timer.now;
		}
	}

	private Sntp client(String... names) {
		return new Sntp(this.servers, this.timer, RANDOM, this.clock, names);
	}

	/** Polls until the round is over. */
	private Sntp round(Sntp sntp) {
		for (int i = 0; i < 100000 && (sntp.poll() == Sntp.WORKING || i == 0); i++) {
			this.timer.now += 10;
		}
		assertEquals(Sntp.RESTING, sntp.poll());
		return sntp;
	}

	private void refused(int code, UnaryOperator<byte[]> lie) {
		this.servers.lies[0] = lie;
		Sntp sntp = round(client("a"));
		assertEquals(CloudError.name(code), CloudError.name(sntp.error()));
		assertEquals(0, sntp.updates());
		assertFalse(this.clock.trusted());
		assertFalse(this.servers.open);
	}

	private static UnaryOperator<byte[]> with(int at, int value) {
		return answer -> {
			answer[at] = (byte) value;
			return answer;
		};
	}

	private static UnaryOperator<byte[]> kiss(String code) {
		return answer -> {
			answer[1] = 0;
			System.arraycopy(code.getBytes(StandardCharsets.US_ASCII), 0, answer, 12, 4);
			return answer;
		};
	}

	@Test
	void theClockIsSet() {
		assertEquals(TimeSource.UNKNOWN, this.clock.state());
		assertEquals(BUILT, this.clock.seconds());
		assertEquals(TimeSource.FLOOR, this.clock.floorSuffices(true).state());
		long begin = this.timer.now;
		Sntp sntp = round(client("a"));
		assertEquals(0, sntp.error());
		assertEquals(TimeSource.TRUSTED, this.clock.state());
		long expected = this.rightTime + this.timer.now - begin;
		assertTrue(Math.abs(this.clock.millis() - expected) <= 20, this.clock.millis() + " is not " + expected);
		this.timer.now += 5_000_000_000L;
		assertTrue(Math.abs(this.clock.millis() - expected - 5_000_000_000L) <= 20);
		assertEquals(0, sntp.server());
		assertEquals(40, sntp.roundTrip());
		this.clock.forget();
		assertFalse(this.clock.trusted());
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-11-20T00:00:01Z", "2036-02-07T06:28:15Z", "2036-02-07T06:28:16Z", "2036-02-07T06:28:17Z", "2038-01-19T03:14:08Z",
			"2076-10-01T00:00:00Z" })
	void aTimeInAnyEraIsRight(String time) {
		setAll(Instant.parse(time).toEpochMilli());
		round(client("a"));
		assertTrue(Math.abs(this.clock.seconds() - Instant.parse(time).getEpochSecond()) <= 1, Instant.ofEpochSecond(this.clock.seconds()) + "");
	}

	@ParameterizedTest
	@CsvSource({ "1970-01-01T00:00:00Z,TIME_BEFORE_FLOOR", "2020-05-05T05:05:05Z,TIME_BEFORE_FLOOR", "2026-11-19T23:00:00Z,TIME_BEFORE_FLOOR",
			"2077-01-01T00:00:00Z,TIME_IMPLAUSIBLE", "2090-01-01T00:00:00Z,TIME_IMPLAUSIBLE" })
	void aTimeOffByYearsIsRefused(String time, String code) {
		setAll(Instant.parse(time).toEpochMilli());
		Sntp sntp = round(client("a"));
		assertEquals("E_" + code, CloudError.name(sntp.error()));
		assertFalse(this.clock.trusted());
	}

	@Test
	void aTimeThatIsTrustedDoesNotJump() {
		Sntp sntp = round(client("a").interval(60));
		this.servers.times[0] += 1_100_000;
		this.timer.now += 61_000;
		assertEquals("E_TIME_STEP", CloudError.name(round(sntp).error()));
		assertTrue(Math.abs(this.clock.millis() - this.servers.times[0] - this.timer.now) > 1_000_000);
		this.servers.times[0] -= 2_200_000;
		this.timer.now += 61_000;
		assertEquals("E_TIME_STEP", CloudError.name(round(sntp).error()));
		this.servers.times[0] += 1_100_000 + 900_000;
		this.timer.now += 61_000;
		assertEquals(0, round(sntp).error());
		assertTrue(Math.abs(this.clock.millis() - this.servers.times[0] - this.timer.now) < 30);
	}

	@Test
	void anAnswerToAnotherQuestionIsRefused() {
		refused(CloudError.SNTP_ORIGIN, with(24, 7));
		refused(CloudError.SNTP_ORIGIN, with(31, 7));
		refused(CloudError.SNTP_ORIGIN, answer -> {
			answer[30] ^= 1;
			return kiss("DENY").apply(answer);
		});
		assertEquals(3, this.servers.questions.stream().distinct().count(), "questions repeat");
	}

	@Test
	void aForgedAnswerDoesNotKeepTheRightOneOut() {
		this.servers.lies[0] = with(24, 7);
		Sntp sntp = client("a");
		sntp.poll();
		sntp.poll();
		byte[] right = this.servers.reply.clone();
		System.arraycopy(this.servers.questions.get(0).getBytes(StandardCharsets.ISO_8859_1), 0, right, 24, 8);
		this.timer.now += 40;
		sntp.poll();
		this.servers.reply = right;
		assertEquals(Sntp.WORKING, sntp.poll() == Sntp.RESTING ? Sntp.WORKING : sntp.poll());
		round(sntp);
		assertEquals(0, sntp.error());
		assertTrue(this.clock.trusted());
	}

	/** Who sends more than can be read does not keep a client from the next server. */
	@Test
	void aFloodOfForgeriesEndsInTime() {
		for (byte[] flood : new byte[][] { new byte[48], new byte[20], with(0, 0x24).apply(new byte[48]) }) {
			this.servers.flood = flood;
			this.clock.forget();
			long begin = this.timer.now;
			Sntp sntp = round(client("a", "b"));
			assertEquals(0, sntp.error());
			assertEquals(1, sntp.server());
			assertTrue(this.timer.now - begin < 4000, this.timer.now - begin + " ms");
		}
		assertEquals("E_SNTP_ORIGIN", CloudError.name(round(client("a")).error()));
	}

	@Test
	void malformedAnswersAreRefused() {
		refused(CloudError.SNTP_MALFORMED, answer -> java.util.Arrays.copyOf(answer, 47));
		refused(CloudError.SNTP_MALFORMED, answer -> java.util.Arrays.copyOf(answer, 1));
		for (int first : new int[] { 0x23, 0x25, 0x21, 0x14, 0x2c, 0x3c, 0x04 }) {
			refused(CloudError.SNTP_MALFORMED, with(0, first));
		}
		this.servers.lies[0] = with(0, 0x1c);
		assertEquals(0, round(client("a")).error());
	}

	@Test
	void aServerWithoutTimeIsRefused() {
		refused(CloudError.SNTP_UNSYNCHRONIZED, with(0, 0xe4));
		refused(CloudError.SNTP_UNSYNCHRONIZED, with(1, 16));
		refused(CloudError.SNTP_UNSYNCHRONIZED, with(1, 255));
		refused(CloudError.SNTP_UNSYNCHRONIZED, with(5, 16));
		refused(CloudError.SNTP_UNSYNCHRONIZED, with(9, 16));
		refused(CloudError.SNTP_UNSYNCHRONIZED, with(8, 0x80));
		for (int at : new int[] { 32, 40 }) {
			refused(CloudError.SNTP_UNSYNCHRONIZED, answer -> {
				java.util.Arrays.fill(answer, at, at + 8, (byte) 0);
				return answer;
			});
		}
	}

	@Test
	void timesThatContradictEachOtherAreRefused() {
		refused(CloudError.SNTP_DELAY, answer -> {
			// sent a second after it was received, but the way there and back took 40 ms
			answer[35]--;
			return answer;
		});
		refused(CloudError.SNTP_DELAY, answer -> {
			answer[32] ^= 0x80;
			return answer;
		});
		this.servers.way = 3100;
		refused(CloudError.SNTP_TIMEOUT, null);
		this.servers.way = 2900;
		this.servers.lies[0] = null;
		assertEquals(0, round(client("a")).error());
	}

	@Test
	void kissesOfDeathAreObeyed() {
		refused(CloudError.SNTP_DENIED, kiss("DENY"));
		refused(CloudError.SNTP_DENIED, kiss("RSTR"));
		refused(CloudError.SNTP_RATE, kiss("RATE"));
		refused(CloudError.SNTP_KISS, kiss("INIT"));
		this.servers.asked.clear();
		this.servers.lies[0] = kiss("DENY");
		this.servers.lies[1] = kiss("RATE");
		Sntp sntp = client("a", "b", "c").interval(15);
		long[] asked = new long[3];
		for (int i = 0; i < 3600; i++) {
			int before = this.servers.asked.size();
			this.timer.now += 1000;
			sntp.poll();
			if (this.servers.asked.size() > before) {
				int server = this.servers.asked.get(before).charAt(0) - 'a';
				asked[server]++;
			}
		}
		assertEquals(1, asked[0], "DENY is for ever");
		assertTrue(asked[1] >= 4 && asked[1] <= 5, asked[1] + " questions after RATE: 2, 4, 8, 16 minutes apart");
		assertTrue(asked[2] > 150 && asked[2] <= 240, asked[2] + " questions an hour");
	}

	@Test
	void noServerIsAskedMoreOftenThanEvery15Seconds() {
		this.servers.lies[0] = with(1, 16);
		Sntp sntp = client("a");
		int asked = 0;
		for (int i = 0; i < 6000; i++) {
			this.timer.now += 10;
			sntp.ask();
			sntp.poll();
		}
		asked = this.servers.asked.size();
		assertTrue(asked >= 4 && asked <= 5, asked + " questions a minute");
	}

	@Test
	void failuresLeadToLaterAndLaterQuestions() {
		this.servers.failures[0] = NetError.NO_NETWORK;
		Sntp sntp = client("a").interval(3600);
		List<Long> opened = new ArrayList<>();
		for (int i = 0; i < 4 * 36000; i++) {
			boolean before = sntp.poll() == Sntp.WORKING;
			this.timer.now += 100;
			if (!before && sntp.poll() == Sntp.WORKING) {
				opened.add(this.timer.now);
			}
		}
		assertEquals("E_NO_NETWORK", CloudError.name(sntp.error()));
		assertTrue(opened.size() >= 9 && opened.size() <= 12, opened.size() + " attempts in 4 hours");
	}

	@Test
	void theNextServerIsAskedIfOneFails() {
		this.servers.failures[0] = NetError.NAME_UNKNOWN;
		this.servers.lies[1] = answer -> null;
		this.servers.lies[2] = with(1, 16);
		Sntp sntp = round(client("a", "b", "c", "d", "e"));
		assertEquals(0, sntp.error());
		assertEquals(3, sntp.server());
		assertEquals(List.of("b", "c", "d"), this.servers.asked);
	}

	@Test
	void theMedianOfThreeCounts() {
		this.servers.times[1] += 300_000_000L;
		this.servers.times[2] += 700;
		Sntp sntp = round(client("a", "b", "c", "d").opinions(3));
		assertEquals(0, sntp.error());
		assertEquals(List.of("a", "b", "c"), this.servers.asked);
		assertTrue(Math.abs(this.clock.millis() - this.servers.times[2] - this.timer.now) <= 20);
	}

	@Test
	void serversThatDisagreeSetNothing() {
		this.servers.times[1] += 5000;
		this.servers.times[2] += 10000;
		assertEquals("E_TIME_DISAGREE", CloudError.name(round(client("a", "b", "c").opinions(3)).error()));
		this.servers.failures[1] = NetError.NO_NETWORK;
		assertEquals("E_TIME_DISAGREE", CloudError.name(round(client("a", "b", "c").opinions(3)).error()));
		this.servers.failures[2] = NetError.NO_NETWORK;
		assertEquals("E_TIME_DISAGREE", CloudError.name(round(client("a", "b", "c").opinions(3)).error()));
		assertFalse(this.clock.trusted());
		this.servers.failures[2] = 0;
		this.servers.times[2] -= 9000;
		assertEquals(0, round(client("a", "b", "c").opinions(3)).error(), "two that agree are enough");
	}

	@Test
	void withoutRandomnessNobodyIsAsked() {
		Sntp sntp = round(new Sntp(this.servers, this.timer, new FixedRandom(null), this.clock, "a"));
		assertEquals(CloudError.NO_RANDOM, sntp.error());
		assertEquals(List.of(), this.servers.asked);
	}

	@Test
	void argumentsAreChecked() {
		for (String bad : new String[] { "", ":123", "a:", "a:0", "a:65536", "a:12x", "a:1234567", "a".repeat(256) }) {
			assertThrows(IllegalArgumentException.class, () -> client(bad), bad);
		}
		assertThrows(IllegalArgumentException.class, this::client);
		assertThrows(IllegalArgumentException.class, () -> client("a").opinions(2));
		assertThrows(IllegalArgumentException.class, () -> client("a", "b").opinions(3));
		assertThrows(IllegalArgumentException.class, () -> client("a").interval(14));
		assertThrows(IllegalArgumentException.class, () -> client("a").patience(99));
		assertThrows(IllegalArgumentException.class, () -> client("a").maxStep(0));
		assertThrows(IllegalArgumentException.class, () -> client("a").horizon(61));
		assertThrows(IllegalArgumentException.class, () -> client("a").agreement(0));
		assertEquals(CloudError.TIME_BEFORE_FLOOR, this.clock.set((BUILT - 1) * 1000));
	}

	@Test
	void nothingIsAllocated() {
		this.servers.lies[0] = kiss("INIT");
		byte[] answer = new byte[48];
		DatagramTransport quiet = new DatagramTransport() {

			@Override
			public void open(byte[] host, int offset, int length, int port) {
				// nothing to do
			}

			@Override
			public int poll() {
				return OPEN;
			}

			@Override
			public boolean send(byte[] data, int offset, int length) {
				answer[0] = 0x24;
				answer[1] = 1;
				answer[40] = (byte) 0xf0;
				System.arraycopy(answer, 40, answer, 32, 8);
				System.arraycopy(data, offset + 40, answer, 24, 8);
				return true;
			}

			@Override
			public int receive(byte[] data, int offset, int length) {
				System.arraycopy(answer, 0, data, offset, 48);
				return 48;
			}

			@Override
			public void close() {
				// nothing to do
			}
		};
		byte[] bits = { 1, 2, 3, 4, 5, 6, 7, 8 };
		Sntp sntp = new Sntp(quiet, this.timer, new FixedRandom(bits), this.clock, "a", "b", "c").interval(15).opinions(3).maxStep(1_000_000_000);
		assertEquals(0, AllocationMeter.measure(100, () -> {
			this.timer.now += 700;
			sntp.poll();
		}));
		assertNotEquals(0, sntp.updates());
	}

	@Test
	void aRealServerIsAsked() throws Exception {
		SystemClock real = new SystemClock();
		try (SntpServer server = SntpServer.start(InetAddress.getLoopbackAddress(), 0, System::currentTimeMillis)) {
			DeviceClock device = new DeviceClock(real, BUILT);
			Sntp sntp = new Sntp(new SocketDatagrams(), real, RANDOM, device, "127.0.0.1:" + server.port()).patience(60000);
			Instant end = Instant.now().plus(Duration.ofSeconds(60));
			while (!device.trusted() && Instant.now().isBefore(end)) {
				sntp.poll();
			}
			assertEquals("E_NONE", sntp.error() == 0 ? "E_NONE" : CloudError.name(sntp.error()));
			assertTrue(Math.abs(device.millis() - System.currentTimeMillis()) < 5000 + sntp.roundTrip());
			assertEquals(1, server.questions());
		}
	}

	/** A line as a board's is: bytes come one by one, and in between there are none. */
	private static SerialLine slow(SerialLine line) {
		return new SerialLine() {

			private boolean next;

			@Override
			public int write(byte[] data, int offset, int length) {
				return line.write(data, offset, length);
			}

			@Override
			public int read(byte[] data, int offset, int length) {
				this.next = !this.next;
				return this.next ? line.read(data, offset, Math.min(1, length)) : 0;
			}

			@Override
			public void rest(int millis) {
				line.rest(millis);
			}
		};
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aModemAsks(boolean passive) throws Exception {
		SystemClock real = new SystemClock();
		EspAtModem emulator = new EspAtModem();
		emulator.passive = passive;
		try (SntpServer server = SntpServer.start(InetAddress.getLoopbackAddress(), 0, System::currentTimeMillis);
				SocketKit.TcpLine line = new SocketKit.TcpLine(emulator.port())) {
			DeviceClock device = new DeviceClock(real, BUILT);
			Sntp sntp = new Sntp(new ModemDatagrams(new Modem(slow(line), real), 64), real, RANDOM, device, "127.0.0.1:" + server.port()).patience(60000);
			Instant end = Instant.now().plus(Duration.ofSeconds(60));
			while (!device.trusted() && Instant.now().isBefore(end)) {
				sntp.poll();
			}
			assertTrue(device.trusted(), () -> CloudError.name(sntp.error()) + " " + emulator.commands());
			assertTrue(Math.abs(device.millis() - System.currentTimeMillis()) < 5000 + sntp.roundTrip());
			assertTrue(emulator.commands().contains("AT+CIPSTART=0,\"UDP\",\"127.0.0.1\"," + server.port()));
		} finally {
			emulator.close();
		}
	}

	@Test
	void aNameThatDoesNotExistIsTold() {
		SystemClock real = new SystemClock();
		Sntp sntp = new Sntp(new SocketDatagrams(), real, RANDOM, new DeviceClock(real, BUILT), "no-such-host.invalid");
		while (sntp.poll() == Sntp.WORKING) {
			continue;
		}
		assertEquals("E_NAME_UNKNOWN", CloudError.name(sntp.error()));
	}
}
