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
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import dev.thimble.cloud.Mqtt5;
import dev.thimble.cloud.MqttPeer;
import dev.thimble.host.CertificateMaker;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.SntpServer;
import dev.thimble.host.device.Board;
import dev.thimble.host.device.SimulatedBoard;
import dev.thimble.support.ConfiguredTelemetry;
import dev.thimble.support.DaemonServer;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/**
 * A day of the firmware Telemetry: the simulated device's clock jumps whenever it is idle, its network is cut every few minutes, its time server tells
 * the device's own time, and Mosquitto, whose time is ours, keeps the sessions. {@code -Dthimble.share=1} runs 24 hours, the default two.
 */
@Timeout(3600)
final class TelemetryDayTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final int HOURS = Math.max(2, (int) Math.round(24 * Double.parseDouble(System.getProperty("thimble.share", "0.1"))));
	private static final Duration PATIENCE = Duration.ofSeconds(180);
	private static final long SILENCE_NANOS = 180_000_000_000L;
	/** Minutes of a round of the allocation test; each has a connection that was cut and made again. */
	private static final int ROUND = 10;
	/** Values that a cut, an outage and the wait before the next attempt can hold up. */
	private static final int MOST_IN_FLIGHT = 14;

	@TempDir
	private Path folder;

	private final SocketKit kit = new SocketKit(1, CHAIN.root());
	private final List<Map<String, Long>> stats = new ArrayList<>();
	private final Map<String, Integer> counts = new TreeMap<>();
	private final BitSet numbers = new BitSet();
	private int acknowledged;
	private int intervals = 10;

	/** How far the device's clock has jumped. */
	private static long jumped(Path file) {
		try {
			byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
			return bytes.length < 8 ? 0 : ByteBuffer.wrap(bytes).getLong();
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private SntpServer time() throws IOException {
		return SntpServer.start(InetAddress.getByName("127.0.0.1"), 0, () -> System.currentTimeMillis() + jumped(this.folder.resolve("clock")));
	}

	private Board board(SntpServer time, int port, int interval, Map<String, String> more) throws IOException {
		Identity.writeChain(this.folder.resolve("roots.pem"), CHAIN.root());
		Path classes = ConfiguredTelemetry.compile(this.folder, List.of("broker.host = localhost", "broker.port = " + port, "broker.roots = roots.pem",
				"client.id = device-1", "topic.data = d/data", "topic.configuration = d/conf", "topic.acknowledgement = d/ack", "interval = " + interval,
				"time.servers = localhost:" + time.port()));
		Map<String, String> settings = new HashMap<>(more);
		settings.put("configuration", classes.toString());
		settings.put("clock.file", this.folder.resolve("clock").toString());
		return SimulatedBoard.start("Telemetry", settings);
	}

	private MqttPeer cloud(int port) {
		MqttPeer cloud = new MqttPeer(this.kit, this.kit.secure(), new Mqtt5(), "cloud", config -> config.subscription("d/data", 1).subscription("d/ack", 1));
		cloud.filter = message -> {
			JsonObject json = JsonParser.parseString(message.payload()).getAsJsonObject();
			if (message.topic().equals("d/data")) {
				this.numbers.set(json.get("n").getAsInt());
			} else {
				this.acknowledged++;
			}
			return false;
		};
		cloud.connect(port);
		MqttPeer.await("the subscriptions", () -> cloud.subscribed.size() == 2, cloud);
		return cloud;
	}

	/** Reads what the device says, and notes its figures. */
	private void heard(String line) {
		if (line.startsWith("stats: ")) {
			Map<String, Long> figures = new HashMap<>();
			for (String word : line.substring(7).split(" ")) {
				figures.put(word.substring(0, word.indexOf('=')), Long.parseLong(word.substring(word.indexOf('=') + 1)));
			}
			this.stats.add(figures);
		} else {
			// Of a connection what it is, of an error its code; not when it was.
			String kind = line.startsWith("online") ? line.replaceFirst(".*(session=\\S+).*(resumed=\\S+).*", "online: $1 $2")
					: line.startsWith("offline") ? line.replaceFirst(" at=.*", "") : line.startsWith("error")
							? line.replaceFirst("(E_[A-Z_]+ \\([0-9, ]+\\)).*", "$1") : line.replaceFirst(":.*", "");
			this.counts.merge(kind, 1, Integer::sum);
		}
	}

	private long last(String name) {
		return this.stats.isEmpty() ? 0 : this.stats.get(this.stats.size() - 1).getOrDefault(name, 0L);
	}

	/** Lets the device live until its clock shows so many seconds; every hour it is configured anew. */
	private void live(Board board, MqttPeer cloud, long seconds) throws IOException {
		long heardAt = System.nanoTime();
		long configured = 0;
		while (last("seconds") < seconds) {
			cloud.mqtt.poll();
			String line = board.readLine(Duration.ofMillis(1));
			while (line != null) {
				heardAt = System.nanoTime();
				heard(line);
				cloud.mqtt.poll();
				line = board.readLine(Duration.ZERO);
			}
			if (last("seconds") / 3600 > configured) {
				configured++;
				byte[] configuration = ("{\"interval\":" + (this.intervals = 21 - this.intervals) + "}").getBytes();
				assertTrue(cloud.mqtt.publish("d/conf", configuration, 0, configuration.length, 1) > 0);
			}
			if (board.ended() || System.nanoTime() - heardAt > SILENCE_NANOS) {
				throw new AssertionError("The device has fallen silent: " + this.counts + " " + this.stats.get(this.stats.size() - 1));
			}
		}
	}

	@Test
	void nothingDriftsInADay() throws Exception {
		long begin = System.nanoTime();
		try (SntpServer time = time(); DaemonServer broker = DaemonServer.broker(CHAIN)) {
			MqttPeer cloud = cloud(broker.address().getPort());
			try (Board board = board(time, broker.address().getPort(), 10, Map.of("clock", "100", "net.cut", "300", "net.outage", "45"))) {
				live(board, cloud, HOURS * 3600L);
			}
			int published = (int) last("published");
			MqttPeer.await("the last values", () -> this.numbers.length() > published - MOST_IN_FLIGHT, cloud);
			System.out.println("Telemetry, " + HOURS + " hours in " + (System.nanoTime() - begin) / 1_000_000_000L + " s: "
					+ new TreeMap<>(this.stats.get(this.stats.size() - 1)) + ", " + this.counts
					+ ", " + time.questions() + " questions about the time; bytes allocated in each round of " + ROUND + " minutes: " + rounds());
			assertEquals(0, last("refused"), "values had no room");
			assertEquals(this.numbers.length() - 1, this.numbers.cardinality(), () -> "values are missing: " + missing());
			assertTrue(this.numbers.cardinality() >= HOURS * 3600 / 11 - HOURS, () -> this.numbers.cardinality() + " values");
			assertTrue(this.acknowledged >= HOURS - 1, () -> this.acknowledged + " configurations acknowledged");
			assertEquals(1, this.counts.getOrDefault("online: session=new resumed=no", 0), "MQTT's session");
			checkMemory();
			checkConnections();
			assertTrue(time.questions() >= HOURS / 6, "the clock is set every six hours");
			assertEquals(null, this.counts.keySet().stream().filter(kind -> kind.startsWith("error: time")).findAny().orElse(null));
			cloud.stop();
		}
	}

	private String missing() {
		StringBuilder text = new StringBuilder();
		for (int i = this.numbers.nextClearBit(1); i < this.numbers.length(); i = this.numbers.nextClearBit(i + 1)) {
			text.append(i).append(' ');
		}
		return text.toString();
	}

	/** Bytes allocated in each round. */
	private List<Long> rounds() {
		List<Long> rounds = new ArrayList<>();
		for (int i = ROUND; i < this.stats.size(); i += ROUND) {
			rounds.add(this.stats.get(i).get("allocated") - this.stats.get(i - ROUND).get("allocated"));
		}
		return rounds;
	}

	/** The JVM allocates for itself now and then; what the firmware allocates for a connection, it does in each round. */
	private void checkMemory() {
		List<Long> rounds = rounds();
		for (int hour = 0; hour < HOURS; hour++) {
			List<Map<String, Long>> minutes = this.stats.subList(60 * hour, Math.min(60 * hour + 61, this.stats.size()));
			int from = hour * 60 / ROUND;
			assertEquals(0, rounds.subList(from, Math.min(from + 60 / ROUND, rounds.size())).stream().mapToLong(Long::longValue).min().orElseThrow(),
					"bytes allocated in each round of hour " + hour);
			assertEquals(0, minutes.stream().mapToLong(one -> one.get("in-flight")).min().orElseThrow(), "messages in flight all of hour " + hour);
			long most = minutes.stream().mapToLong(one -> one.get("in-flight")).max().orElseThrow();
			assertTrue(most <= MOST_IN_FLIGHT, most + " messages in flight in hour " + hour);
			long connections = minutes.get(minutes.size() - 1).get("connections") - minutes.get(0).get("connections");
			assertTrue(connections >= 6, connections + " connections in hour " + hour);
		}
	}

	/** Every connection but the first resumes, unless its ticket was used up by one that broke before there was another. */
	private void checkConnections() {
		int full = this.counts.getOrDefault("online: session=kept resumed=no", 0);
		int resumed = this.counts.getOrDefault("online: session=kept resumed=yes", 0);
		assertTrue(full <= resumed / 20, full + " full handshakes, " + resumed + " resumed ones");
	}

	/** A ticket of the broker's is good for two hours, its certificate for three: by the device's time, which the time server told. */
	@Test
	void whatHasExpiredIsRefused() throws Exception {
		Instant now = Instant.now();
		Chain ending = new Chain(CHAIN.root(), new CertificateMaker("CN=broker", TestPki.key(KeyKind.P256, 0)).dns("localhost")
				.valid(now.minusSeconds(3600), now.plusSeconds(3 * 3600)).issuedBy(CHAIN.path()[1]).make(), CHAIN.path()[1]);
		try (SntpServer time = time(); DaemonServer broker = DaemonServer.broker(ending);
				Board board = board(time, broker.address().getPort(), 600, Map.of("clock", "1000", "net.cut", "9000"))) {
			board.awaitLine("online: session=new .* resumed=no", PATIENCE);
			// Cut after 1:15 to 3:45 hours; then 2:30 more on average.
			String line = board.awaitLine("error: broker EXPIRED.*|stats: seconds=86[0-9]{3} .*", PATIENCE);
			assertTrue(line.startsWith("error"), line);
			long seconds = jumped(this.folder.resolve("clock")) / 1000;
			assertTrue(seconds > 3 * 3600, "refused after " + seconds + " s");
		}
	}
}
