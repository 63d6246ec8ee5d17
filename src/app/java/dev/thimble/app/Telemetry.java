/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.AesUnit;
import dev.thimble.board.BoardClock;
import dev.thimble.board.BoardSystem;
import dev.thimble.board.Console;
import dev.thimble.board.Datagrams;
import dev.thimble.board.HashUnit;
import dev.thimble.board.Network;
import dev.thimble.board.Trng;
import dev.thimble.board.Wire;
import dev.thimble.cloud.CloudError;
import dev.thimble.cloud.DeviceClock;
import dev.thimble.cloud.Mqtt;
import dev.thimble.cloud.MqttConfig;
import dev.thimble.cloud.MqttListener;
import dev.thimble.cloud.MqttMessage;
import dev.thimble.cloud.MqttReason;
import dev.thimble.cloud.MqttSession;
import dev.thimble.cloud.Sntp;
import dev.thimble.crypto.BoardCrypto;
import dev.thimble.crypto.ConditionedEntropy;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.HmacDrbg;
import dev.thimble.crypto.Sha256;
import dev.thimble.net.BoardNetwork;
import dev.thimble.net.BoardTimer;
import dev.thimble.net.Credentials;
import dev.thimble.net.CryptoFactory;
import dev.thimble.net.DatagramTransport;
import dev.thimble.net.EnginePool;
import dev.thimble.net.Modem;
import dev.thimble.net.ModemDatagrams;
import dev.thimble.net.ModemTransport;
import dev.thimble.net.NetworkDatagrams;
import dev.thimble.net.NetworkTransport;
import dev.thimble.net.Resumption;
import dev.thimble.net.SecureContext;
import dev.thimble.net.SecureSocket;
import dev.thimble.net.Transport;
import dev.thimble.net.WireLine;
import dev.thimble.tls.CipherSuite;

/**
 * The firmware of a device in the cloud: it learns the time, connects to a broker, subscribes to a topic with its configuration, and publishes a value
 * every few seconds; what the configuration says it does, and acknowledges. When the network is gone it waits, and goes on. What it is to do and with
 * whom is configured when it is built, see {@link TelemetrySettings}.
 *
 * <p>It says on its console what happens, one line each: a word, a colon, and pairs of name and value; "at" is the time in milliseconds since reset.
 * After "ready" it allocates nothing; the line "stats:" says so. In the line "handshake:" millis count from the first call to the network, ticks only
 * while there was work for TLS and the transport.
 *
 * <p>A configuration is a JSON object with numbers and texts: {@code "interval"}, seconds from 1 to 86,400, is what this device knows; {@code "id"}, if
 * there is one, is repeated in the acknowledgement.
 */
public final class Telemetry implements MqttListener, CryptoFactory {

	private static final int TAG = 1;
	private static final int RECORD_IN = 2048;
	private static final int RECORD_OUT = 1024;
	private static final int SESSION = 1024;
	private static final int RECEIVED = 8;
	/** Of a broker that keeps the certificate a device showed in its tickets, as OpenSSL does. */
	private static final int TICKET = 1024;
	private static final int CONFIGURATION = 256;
	private static final int MAX_INTERVAL = 86400;
	private static final int STATS_MILLIS = 60000;
	private static final int REST_MILLIS = 100;

	private final BoardSystem system = new BoardSystem();
	private final BoardClock clock = new BoardClock();
	private final Console console = new Console();
	private final CommandLine line = new CommandLine(this.console);
	private final BoardTimer timer = new BoardTimer();
	private final AesUnit aesUnit = new AesUnit();
	private final HashUnit hashUnit = new HashUnit();
	private final DeviceClock time = new DeviceClock(this.timer, TelemetrySettings.built());
	private final Trng trng = new Trng();
	private final HmacDrbg random;
	private final EnginePool pool;
	/** The board's own network; null: there is a modem. */
	private final Network network;
	private final SecureContext context;
	private final SecureSocket socket;
	private final Sntp sntp;
	private final MqttSession session;
	private final Mqtt mqtt;
	private final Report report = new Report(160);
	private final byte[] incoming = new byte[CONFIGURATION];
	private final FlatJson json = new FlatJson(this.incoming);
	private int incomingLength;
	private boolean incomingWanted;
	private int interval = TelemetrySettings.interval();
	private int number;
	private int settled;
	private int refused;
	private int configured;
	private boolean acknowledge;
	private int idOffset;
	private int idLength;
	private int updates;
	private int timeError;
	private boolean addressed;
	private boolean connecting;
	private boolean secured;
	private long begun;
	private long ticks;
	private long constructed;
	private long nextValue;
	private long nextStats;
	private long nextRest;

	private Telemetry() {
		HmacDrbg random = new HmacDrbg(new Sha256(), new ConditionedEntropy(new Sha256(), this.trng));
		this.random = random;
		EnginePool pool = new EnginePool(this, random, this.time, TelemetrySettings.protocol()).recordLimits(RECORD_IN, RECORD_OUT)
				.resumption(new Resumption(TICKET)).preSharedKeys(TelemetrySettings.preSharedKeys());
		this.pool = pool;
		Credentials credentials = new Credentials(4);
		add(credentials, Credentials.CA_CERTIFICATE, TelemetrySettings.roots());
		add(credentials, Credentials.OWN_CERTIFICATE, TelemetrySettings.certificate());
		add(credentials, Credentials.PRIVATE_KEY, TelemetrySettings.key());
		add(credentials, Credentials.PSK_IDENTITY, TelemetrySettings.pskIdentity());
		add(credentials, Credentials.PSK, TelemetrySettings.psk());
		this.context = new SecureContext(this.timer, credentials, pool);
		Transport transport;
		DatagramTransport datagrams;
		if (TelemetrySettings.modem()) {
			Modem modem = new Modem(new WireLine(new Wire(), this.system), this.timer);
			transport = new ModemTransport(modem, RECORD_IN, RECORD_OUT);
			datagrams = new ModemDatagrams(modem, 64);
			this.network = null;
		} else {
			this.network = new Network();
			BoardNetwork stack = new BoardNetwork(this.network, this.system);
			transport = new NetworkTransport(stack);
			datagrams = new NetworkDatagrams(stack, new Datagrams());
		}
		// A handshake with a shared key is as short as a resumed one, and there are brokers (Mosquitto) that know who it is only in the former.
		this.socket = new SecureSocket(this.context, transport).secure(true).securityTags(TAG).sessionCache(TelemetrySettings.preSharedKeys() == null);
		this.sntp = new Sntp(datagrams, this.timer, random, this.time, TelemetrySettings.timeServers()).opinions(TelemetrySettings.opinions());
		this.session = new MqttSession(new byte[SESSION], 0, SESSION, RECEIVED);
		MqttConfig config = new MqttConfig(TelemetrySettings.version(), this.session, TelemetrySettings.clientId())
				.keepAlive(TelemetrySettings.keepAlive()).buffers(512, 256).subscription(TelemetrySettings.configurationTopic(), 1);
		TelemetryToken token = TelemetrySettings.token();
		if (token != null) {
			config.user(TelemetrySettings.user(), token.source(TelemetrySettings.crypto(), this.time, TelemetrySettings.clientId()));
		} else {
			config.user(TelemetrySettings.user(), TelemetrySettings.password());
		}
		this.mqtt = new Mqtt(this.socket, this.timer, random, config, this);
		this.socket.prepare();
	}

	private static void add(Credentials credentials, int type, byte[] value) {
		if (value != null) {
			credentials.add(TAG, type, value);
		}
	}

	/**
	 * Runs the firmware; it never returns.
	 *
	 * @param args
	 *            not looked at.
	 */
	public static void main(String[] args) {
		new Telemetry().run();
	}

	@Override
	public CryptoProvider newCrypto() {
		return new BoardCrypto(this.aesUnit, this.hashUnit, TelemetrySettings.crypto());
	}

	private void run() {
		this.console.print("boot: board=").printText(this.incoming, 0, this.system.name(this.incoming)).print(" reset=").print(this.system.resetCause())
				.print(" heap=").print(this.system.allocatedBytes()).print(" of=").print(this.system.heapSize());
		endLine();
		entropy();
		if (TelemetrySettings.host().length() == 0) {
			this.console.println("error: nothing is configured; build with a properties file, see 'thimble configure'");
		}
		this.console.println("ready");
		this.constructed = this.system.allocatedBytes();
		while (true) {
			this.sntp.poll();
			boolean worked = connect() && broker();
			address();
			clock();
			publish();
			command();
			// Resting feeds the watchdog: however much there is to do, it is not to wait for long.
			long now = this.clock.millis();
			if (!worked || now >= this.nextRest) {
				this.system.idle();
				this.nextRest = now + REST_MILLIS;
			}
		}
	}

	/** Nothing can be verified before the time is known, so there is nothing to connect to. */
	private boolean connect() {
		if (this.mqtt.state() == Mqtt.STOPPED && this.time.trusted() && TelemetrySettings.host().length() > 0) {
			this.mqtt.start(TelemetrySettings.host(), TelemetrySettings.port());
		}
		return this.mqtt.state() != Mqtt.STOPPED;
	}

	/** Ends a line. */
	private void endLine() {
		this.console.print(" at=").print(this.clock.millis()).println();
	}

	/** Sees before anything else whether there is randomness: without it there is no connection. */
	private void entropy() {
		boolean seeded = this.random.reseed();
		int kind = this.trng.kind();
		int health = this.trng.health();
		this.console.print("entropy: source=").print(kind == Trng.HARDWARE ? "trng" : kind == Trng.EMULATOR_HOST ? "emulator-host" : "none").print(" health=")
				.print(seeded && health == Trng.HEALTHY ? "healthy" : "failed").print(" code=").print(health);
		endLine();
	}

	private void address() {
		if (!this.addressed && this.network != null && this.network.address() != 0) {
			this.addressed = true;
			int address = this.network.address();
			this.console.print("address: ip=").print(address >>> 24).print(".").print(address >> 16 & 0xff).print(".").print(address >> 8 & 0xff).print(".")
					.print(address & 0xff);
			endLine();
		}
	}

	/** Drives the client, and takes the time of handshakes. */
	private boolean broker() {
		int before = this.clock.ticks();
		boolean worked = this.mqtt.poll();
		if (this.mqtt.state() == Mqtt.WAITING) {
			this.connecting = false;
		} else if (!this.connecting && this.pool.free() == 0) {
			// From here on the engine is the socket's.
			this.connecting = true;
			this.secured = false;
			this.begun = this.clock.millis();
			this.ticks = 0;
		}
		if (this.connecting && !this.secured) {
			this.ticks += this.clock.ticks() - before & 0xffffffffL;
			if (this.socket.connected()) {
				this.secured = true;
				handshake();
			}
		}
		return worked;
	}

	private void handshake() {
		SecureSocket s = this.socket;
		this.console.print("handshake: version=").print(s.version()).print(" suite=").print(CipherSuite.name(s.cipherSuite())).print(" group=").print(s.group())
				.print(" signature=").print(s.signatureScheme()).print(" verified=").print(s.verifyResult()).print(" resumed=").print(s.resumed() ? "yes" : "no")
				.print(" in=").print(s.handshakeBytesIn()).print(" out=").print(s.handshakeBytesOut()).print(" millis=")
				.print(this.clock.millis() - this.begun).print(" ticks=").print(this.ticks).print(" hertz=").print(this.clock.ticksPerSecond());
		endLine();
	}

	private void clock() {
		if (this.sntp.updates() != this.updates) {
			this.updates = this.sntp.updates();
			this.console.print("time: seconds=").print(this.time.seconds()).print(" server=")
					.print(TelemetrySettings.timeServers()[this.sntp.server()]).print(" round-trip=").print(this.sntp.roundTrip());
			endLine();
			this.nextValue = this.clock.millis();
		}
		if (this.sntp.error() != this.timeError) {
			this.timeError = this.sntp.error();
			error("time", this.timeError, 0);
		}
	}

	private void error(String what, int code, int detail) {
		if (code != CloudError.NONE) {
			this.console.print("error: ").print(what).print(" ").print(CloudError.name(code)).print(" (").print(code);
			if (detail != 0) {
				this.console.print(", ").print(detail);
			}
			this.console.print("): ").println(CloudError.text(code));
		}
	}

	private void publish() {
		long now = this.clock.millis();
		if (this.acknowledge && this.mqtt.state() == Mqtt.ONLINE) {
			acknowledge();
		}
		if (!this.time.trusted() || now < this.nextValue) {
			return;
		}
		this.nextValue = now + 1000L * this.interval;
		this.number++;
		// In the place of a sensor: a temperature that goes up and down.
		int phase = this.number % 40;
		this.report.begin().add("n", this.number).add("time", this.time.seconds()).addHundredths("value", 2000 + 25 * (phase < 20 ? phase : 40 - phase))
				.end();
		int id = this.mqtt.publish(TelemetrySettings.dataTopic(), this.report.array(), 0, this.report.length(), 1);
		if (id < 0) {
			// Of no value any more when there is room again: the next one comes soon.
			this.refused++;
			error("value", -id, 0);
		} else {
			this.console.print("value: n=").print(this.number).print(" id=").print(id);
			endLine();
		}
	}

	private void acknowledge() {
		this.report.begin().add("interval", this.interval).add("time", this.time.seconds());
		if (this.idLength > 0) {
			this.report.add("id", this.incoming, this.idOffset, this.idLength);
		}
		this.report.end();
		this.acknowledge = this.mqtt.publish(TelemetrySettings.acknowledgementTopic(), this.report.array(), 0, this.report.length(), 1) < 0;
	}

	/** Someone at the console: "stats", "exit". */
	private void command() {
		long now = this.clock.millis();
		boolean asked = this.line.poll() && this.line.next();
		if (asked && this.line.is("exit")) {
			this.system.exit(0);
		}
		if (asked || now >= this.nextStats) {
			this.nextStats = now + STATS_MILLIS;
			stats();
		}
	}

	private void stats() {
		this.console.print("stats: seconds=").print(this.clock.millis() / 1000).print(" published=").print(this.number).print(" settled=")
				.print(this.settled).print(" refused=").print(this.refused).print(" in-flight=").print(this.session.messages()).print(" configured=")
				.print(this.configured).print(" connections=").print(this.context.stats().connections()).print(" resumed=")
				.print(this.context.stats().resumed()).print(" failures=").print(this.context.stats().failures()).print(" constructed=")
				.print(this.constructed).print(" allocated=").print(this.system.allocatedBytes() - this.constructed).print(" stack=")
				.print(this.system.stackHighWater());
		endLine();
	}

	// What the broker has to say.

	@Override
	public void online(boolean sessionPresent) {
		this.console.print("online: session=").print(sessionPresent ? "kept" : "new").print(" tls=").print(CipherSuite.name(this.socket.cipherSuite()))
				.print(" resumed=").print(this.socket.resumed() ? "yes" : "no");
		endLine();
	}

	@Override
	public void offline(int error) {
		this.console.print("offline: code=").print(error);
		endLine();
		error("broker", error, this.mqtt.errorDetail());
	}

	@Override
	public void published(int packetId, int result) {
		this.settled++;
		if (result < 0) {
			error("message", -result, 0);
		} else {
			this.console.print("settled: id=").print(packetId).print(" reason=").print(result);
			endLine();
		}
	}

	@Override
	public void subscribed(int packetId, int result) {
		if (result >= MqttReason.FAILURE) {
			this.console.print("error: the broker refuses the subscription, reason ").print(result).println();
		}
	}

	@Override
	public void message(MqttMessage message) {
		this.incomingLength = 0;
		this.incomingWanted = message.length() <= CONFIGURATION && message.matches(TelemetrySettings.configurationTopic());
	}

	@Override
	public void payload(byte[] data, int offset, int length) {
		if (this.incomingWanted) {
			System.arraycopy(data, offset, this.incoming, this.incomingLength, length);
			this.incomingLength += length;
		}
	}

	@Override
	public void end(boolean complete) {
		if (!complete) {
			return;
		}
		int wanted = this.incomingWanted ? read() : -1;
		if (wanted < 0) {
			this.idLength = 0;
			this.console.println("error: the configuration is no flat JSON object, or its interval is not 1 to 86400");
			return;
		}
		if (wanted > 0) {
			this.interval = wanted;
			this.nextValue = this.clock.millis();
		}
		this.configured++;
		this.acknowledge = true;
		this.console.print("configuration: interval=").print(this.interval);
		endLine();
	}

	/** Reads a configuration: the interval, 0 if it does not say, -1 if it is none. */
	private int read() {
		int wanted = 0;
		this.idLength = 0;
		this.json.begin(this.incomingLength);
		while (this.json.next()) {
			if (this.json.is("interval")) {
				long value = this.json.isNumber() ? this.json.whole() : -1;
				wanted = value < 1 || value > MAX_INTERVAL ? -1 : wanted < 0 ? -1 : (int) value;
			} else if (this.json.is("id")) {
				// As it stands there, with the quotes of a text.
				int quotes = this.json.isNumber() ? 0 : 1;
				this.idOffset = this.json.valueOffset() - quotes;
				this.idLength = this.json.valueLength() + 2 * quotes;
			}
		}
		return this.json.good() ? wanted : -1;
	}
}
