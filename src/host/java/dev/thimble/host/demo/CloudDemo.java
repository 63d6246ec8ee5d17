/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.thimble.host.CommandFailure;
import dev.thimble.host.SntpServer;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.FaultyProxy;
import dev.thimble.host.device.Qemu;

/** The story: a board is born, gets to know time and broker, publishes, obeys, loses the network and comes back. */
public final class CloudDemo implements Closeable {

	/** The time server's name in the modem's network. */
	static final String TIME_SERVER = "time.thimble.test";

	/** By which a board with a network of its own reaches this computer. */
	private static final String HOST_ADDRESS = "10.0.2.2";
	/** Patience with anything that takes a second: CI machines are slow. */
	private static final Duration LIMIT = Duration.ofSeconds(90);
	private static final int SECOND_INTERVAL = 1;
	private static final String CONFIGURATION_ID = "demo-1";
	private static final Pattern NUMBER = Pattern.compile("\"(n|interval|value)\":([0-9.]+)");
	private static final long SAMPLE_MS = 500;
	private static final long KEEP_MS = 1000;
	private static final long GRACE_MS = 300;
	/** After so many errors that are always the same it is no use to wait longer. */
	private static final int ATTEMPTS = 3;

	private final DemoPlan plan;
	private final Timeline timeline;
	private final BoardProperties board;
	private volatile boolean interrupted;
	private final Deque<AutoCloseable> opened = new ArrayDeque<>();
	private final Path folder;
	private final Thread cleaner;
	/** The subscriber's, where passwords are asked for. */
	private final String password = UUID.randomUUID().toString();
	/** How often each value has come to the subscriber. */
	private final Map<Long, Integer> received = new TreeMap<>();
	private boolean acknowledged;
	private DeviceReport report;
	private Device device;
	private Broker broker;
	private Subscriber subscriber;
	private FaultyProxy network;
	private Wiretap wiretap;

	/**
	 * Tells the story.
	 *
	 * @param terminal
	 *            gets it as lines.
	 * @param json
	 *            gets it as JSON objects, one a line; null: nobody does.
	 * @return the exit code: 0 if everything happened.
	 */
	public static int run(DemoPlan plan, PrintWriter terminal, PrintWriter json) throws IOException, GeneralSecurityException, InterruptedException {
		try (CloudDemo demo = new CloudDemo(plan, new Timeline(terminal, json))) {
			return demo.run() ? 0 : 1;
		}
	}

	private CloudDemo(DemoPlan plan, Timeline timeline) throws IOException {
		this.plan = plan;
		this.timeline = timeline;
		this.board = BoardProperties.of(plan.board());
		this.folder = Files.createTempDirectory("thimble-demo");
		this.cleaner = new Thread(() -> {
			this.interrupted = true;
			delete();
		}, "demo-cleaner");
		Runtime.getRuntime().addShutdownHook(this.cleaner);
	}

	/**
	 * Tells it.
	 *
	 * @return whether everything happened.
	 */
	private boolean run() throws IOException, GeneralSecurityException, InterruptedException {
		Verdict verdict;
		String failure = null;
		try {
			prepare();
			live();
		} catch (DemoFailure e) {
			failure = e.getMessage();
		}
		if (failure != null) {
			// Ctrl-C reaches QEMU as well, perhaps before this JVM; what ends then is no verdict.
			Thread.sleep(GRACE_MS);
		}
		while (this.interrupted) {
			Thread.sleep(KEEP_MS);
		}
		verdict = new Verdict(this.plan, this.report, this.received, this.acknowledged, failure);
		this.timeline.print(verdict.lines());
		this.timeline.note("summary", -1, verdict.passed() ? "The demo passed." : "The demo FAILED.", verdict.figures());
		new Page(this.plan, this.timeline.events(), this.report, this.wiretap, verdict).write(this.plan.page(), Device.needsModem(this.board));
		this.timeline.print(List.of("The same as a picture: " + this.plan.page()));
		if (this.plan.keep()) {
			keep();
		}
		return verdict.passed();
	}

	private void prepare() throws IOException, GeneralSecurityException, DemoFailure {
		if (Qemu.find(this.board, true) == null) {
			throw new CommandFailure("There is no QEMU that knows " + this.board.name() + ".");
		}
		People people = new People(HOST_ADDRESS);
		people.write(this.folder);
		if (this.plan.fault() == DemoPlan.Fault.CA) {
			new People(HOST_ADDRESS).writeAuthority(this.folder);
		}
		this.timeline.tell("certificates", -1, "a CA for this run alone; certificates of broker, device and subscriber (ECDSA P-256)");

		this.broker = open(this.plan.mosquitto() ? MosquittoBroker.start(this.folder, this.plan.proof(), people)
				: new EmbeddedBroker(this.folder, people, this.plan.proof(), this.password));
		this.network = open(new FaultyProxy(this.broker.deviceAddress(), 1));
		this.wiretap = new Wiretap(this.timeline);
		this.network.tap(this.wiretap);
		this.timeline.tell("broker", -1, this.broker.description() + ", MQTT " + this.broker.mqttVersion() + "; the way to it is a proxy that can be cut",
				"broker", this.broker.description(), "port", this.network.port());

		SntpServer time = open(SntpServer.start(InetAddress.getByName("127.0.0.1"), 0, System::currentTimeMillis));
		time.lie(answer -> {
			this.timeline.note("sntp", -1, "a question and its answer");
			return answer;
		});
		this.timeline.tell("time-server", -1, "SNTP on UDP port " + time.port(), "port", time.port());

		subscribe(people);

		boolean modem = Device.needsModem(this.board);
		TelemetryBuild build = new TelemetryBuild(this.folder, this.plan.proof(), people, this.broker.mqttVersion()).reach(modem,
				modem ? People.BROKER : HOST_ADDRESS, this.network.port(), modem ? TIME_SERVER : HOST_ADDRESS, time.port());
		this.timeline.tell("firmware", -1, "Telemetry for " + this.board.name() + ", with this configuration: being built, about half a minute");
		Path image = build.build(this.board);
		this.report = new DeviceReport(this.timeline, this.plan.proof(), ImageSize.of(this.board.name(), image));
		this.timeline.tell("power", -1, this.board.name() + " in QEMU, " + (modem ? "at its UART an ESP-AT modem, emulated here" : "with Ethernet")
				+ "; an instruction takes a nanosecond of its time");
		if (this.plan.fault() == DemoPlan.Fault.BROKER) {
			this.broker.close();
		}
		this.device = open(Device.start(this.board, image, this.timeline, this.report));
	}

	private void subscribe(People people) throws GeneralSecurityException, IOException {
		this.subscriber = open(new Subscriber(this.broker, KeyStores.context(KeyStores.of(people.subscriber(), people.authority())),
				this.plan.proof() == Proof.JWT ? this.password : null, TelemetryBuild.ALL, this::receive));
		this.timeline.tell("subscriber", -1, "Eclipse Paho, over the JDK's TLS, subscribed to " + TelemetryBuild.ALL);
	}

	private <T extends AutoCloseable> T open(T thing) {
		this.opened.push(thing);
		return thing;
	}

	private void live() throws IOException, InterruptedException, DemoFailure {
		await(() -> this.report.ready(), "The board did not boot", "its image and QEMU");
		if (!this.report.healthy()) {
			throw new DemoFailure("The board has no healthy entropy. Look at its random number generator.\n" + this.device.lastLines());
		}
		await(() -> this.report.timeTrusted(), "The board did not learn the time", "the modem or the network, and UDP on this computer");
		await(() -> this.report.timesOnline() > 0 || this.report.brokerErrors() >= ATTEMPTS, "The board did not get to the broker",
				"the broker, and the network between");
		if (this.report.timesOnline() == 0) {
			throw new DemoFailure("The board did not get to the broker in " + ATTEMPTS + " attempts. It says: " + this.report.brokerError()
					+ "\nThe console said last:\n" + this.device.lastLines());
		}
		if (!this.broker.tokenVerdict().isEmpty()) {
			this.timeline.tell("token", -1, this.broker.tokenVerdict(), "verdict", this.broker.tokenVerdict());
		}
		int third = Math.max(1, this.plan.values() / 3);
		values(third);
		configure();
		values(2 * third);
		cut();
		values(Math.max(this.plan.values(), this.received.size() + 1));
		await(() -> this.report.allSettled() && this.received.keySet().containsAll(this.report.settled()), "Not all values were settled",
				"the broker's messages");
		sample();
		List<DeviceReport.Memory> memory = this.report.memory();
		DeviceReport.Memory last = memory.get(memory.size() - 1);
		this.timeline.tell("memory", last.at(), String.format(java.util.Locale.ROOT,
				"%,d bytes allocated since start; heap %,d of %,d bytes, stack at most %,d", this.report.allocated(), last.heap(), this.report.heapSize(),
				last.stack()), "heap", last.heap(), "allocated", this.report.allocated(), "stack", last.stack());
	}

	/** Goes on until the user ends this process. */
	private void keep() throws InterruptedException {
		int port = this.broker.subscriberAddress().getPort();
		String name = this.plan.proof() == Proof.JWT ? " -i " + People.SUBSCRIBER + " -u " + People.SUBSCRIBER + " -P " + this.password : "";
		this.timeline.print(List.of("", "All of it goes on until Ctrl-C. To see the values yourself:",
				"  mosquitto_sub -h localhost -p " + port + " --cafile " + this.folder + "/ca.pem --cert " + this.folder + "/subscriber.pem --key " + this.folder
						+ "/subscriber.key" + name + " -t '" + TelemetryBuild.ALL + "' -v"));
		while (!this.device.ended()) {
			Thread.sleep(KEEP_MS);
		}
	}

	private void values(int count) throws IOException, InterruptedException, DemoFailure {
		await(() -> this.received.size() >= count, "The subscriber did not get value " + count, "the board's 'error:' line and the broker");
	}

	private void configure() throws IOException, InterruptedException, DemoFailure {
		this.timeline.tell("configuration", -1, "the subscriber asks for a value every " + DeviceReport.seconds(SECOND_INTERVAL), "interval",
				SECOND_INTERVAL);
		this.subscriber.publish(TelemetryBuild.CONFIGURATION,
				("{\"id\":\"" + CONFIGURATION_ID + "\",\"interval\":" + SECOND_INTERVAL + "}").getBytes(StandardCharsets.UTF_8));
		await(() -> this.acknowledged, "The board did not acknowledge its configuration", "whether it got the message");
	}

	private void cut() throws IOException, InterruptedException, DemoFailure {
		await(() -> this.report.allSettled(), "A value was not settled", "the broker");
		int before = this.report.timesOnline();
		this.timeline.tell("cut", -1, "the network between board and broker is cut: both connections are reset");
		this.report.cut();
		this.network.cut();
		await(() -> this.report.timesOffline() > 0, "The board did not notice that the network was cut", "its connection");
		await(() -> this.report.timesOnline() > before, "The board did not come back after the cut", "its 'error:' line");
	}

	/** Waits for something, and has the board tell of its memory meanwhile. */
	private void await(BooleanSupplier condition, String otherwise, String lookAt) throws IOException, InterruptedException, DemoFailure {
		long end = System.nanoTime() + LIMIT.toNanos();
		while (!this.timeline.await(Duration.ofMillis(SAMPLE_MS), () -> condition.getAsBoolean() || this.device.ended())) {
			if (!this.broker.failure().isEmpty()) {
				throw new DemoFailure(otherwise + ", and cannot: the broker has a fault of its own. " + this.broker.failure() + ". Try again.");
			}
			if (System.nanoTime() > end) {
				throw new DemoFailure(otherwise + " within " + LIMIT.toSeconds() + " s. Look at " + lookAt + "; the console said last:\n"
						+ this.device.lastLines());
			}
			if (this.report.ready()) {
				this.device.send("stats");
			}
		}
		if (this.device.ended()) {
			throw new DemoFailure(otherwise + ": QEMU has ended. The console said last:\n" + this.device.lastLines());
		}
	}

	private void sample() throws IOException, InterruptedException, DemoFailure {
		int before = this.report.memory().size();
		this.device.send("stats");
		await(() -> this.report.memory().size() > before, "The board did not tell of its memory", "its console");
	}

	/** A message has come to the subscriber. */
	private void receive(String topic, byte[] payload) {
		String text = new String(payload, StandardCharsets.UTF_8);
		Map<String, String> fields = new HashMap<>();
		Matcher matcher = NUMBER.matcher(text);
		while (matcher.find()) {
			fields.put(matcher.group(1), matcher.group(2));
		}
		synchronized (this.timeline) {
			if (topic.equals(TelemetryBuild.DATA) && fields.containsKey("n")) {
				long number = Long.parseLong(fields.get("n"));
				int times = this.received.merge(number, 1, Integer::sum);
				this.timeline.tell("value", -1, "number " + number + ", " + fields.get("value") + " degrees, has come to the subscriber"
						+ (times > 1 ? ", for the " + times + ". time" : ""), "n", number, "value", Double.parseDouble(fields.get("value")), "times", times);
			} else if (topic.equals(TelemetryBuild.ACKNOWLEDGEMENT)) {
				this.acknowledged |= text.contains('"' + CONFIGURATION_ID + '"') && ("" + SECOND_INTERVAL).equals(fields.get("interval"));
				this.timeline.tell("acknowledged", -1, "the subscriber has the board's word: " + text, "payload", text);
			}
			this.timeline.changed();
		}
	}

	private void delete() {
		try (Stream<Path> files = Files.walk(this.folder)) {
			files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
		} catch (IOException e) {
			// It is gone.
		}
	}

	@Override
	public void close() {
		for (AutoCloseable thing : this.opened) {
			try {
				thing.close();
			} catch (Exception e) {
				// What cannot be closed ends with this process.
			}
		}
		delete();
		try {
			Runtime.getRuntime().removeShutdownHook(this.cleaner);
		} catch (IllegalStateException e) {
			// the JVM is exiting
		}
	}
}
