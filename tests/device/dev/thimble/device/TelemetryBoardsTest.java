/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import dev.thimble.cloud.JwtVerifier;
import dev.thimble.cloud.Mqtt311;
import dev.thimble.cloud.MqttPeer;
import dev.thimble.host.CertificateMaker;
import dev.thimble.host.Endpoint;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.SntpServer;
import dev.thimble.host.device.Board;
import dev.thimble.host.device.BoardException;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.EspAtModem;
import dev.thimble.host.device.FaultyProxy;
import dev.thimble.host.device.Qemu;
import dev.thimble.host.device.QemuBoard;
import dev.thimble.host.device.QemuOptions;
import dev.thimble.support.DaemonServer;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.support.TokenGate;

/**
 * The firmware {@code Telemetry} on emulated boards: it learns the time, connects, publishes values that are settled, obeys, loses its connection, and
 * goes on with the sessions of TLS and MQTT; after it was ready it has allocated nothing. What the images are configured with, keys and ports too, is in
 * {@code tests/data/telemetry}, since the launcher makes them before the tests.
 */
@Timeout(900)
final class TelemetryBoardsTest {

	private static final int BROKER_PORT = 24883;
	private static final int TIME_PORT = 24123;
	private static final Duration LIMIT = Duration.ofSeconds(180);
	private static final Duration CONFIGURING = Duration.ofSeconds(90);
	private static final int ATTEMPTS = 3;
	/** The ports are nobody's; another run of these tests on the same machine may have them for a while. */
	private static final long PORT_NANOS = 300_000_000_000L;
	private static final long PAUSE_NANOS = 100_000_000L;

	@TempDir
	private Path folder;

	private static Path data(String name) {
		return TestPki.data("telemetry/" + name);
	}

	private static byte[] pem(String name) throws IOException {
		return Base64.getMimeDecoder().decode(Files.readString(data(name), StandardCharsets.US_ASCII).replaceAll("-----[^-]+-----", ""));
	}

	private static X509Certificate certificate(String name) throws Exception {
		return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new java.io.ByteArrayInputStream(pem(name + ".pem")));
	}

	/** The root the images trust, and a broker's certificate for how each board reaches this machine. */
	private static Chain chain() throws Exception {
		X509Certificate certificate = certificate("root");
		KeyPair keys = new KeyPair(certificate.getPublicKey(), KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pem("root.key"))));
		Identity root = new CertificateMaker("CN=Root of the telemetry tests,O=Thimble tests", keys).authority().make()
				.withCertificate(certificate.getEncoded());
		return new Chain(root, new CertificateMaker("CN=broker", TestPki.key(KeyKind.P256, 0)).dns("localhost").ip("10.0.2.2").issuedBy(root).make());
	}

	private interface Opening<T> {
		T open() throws IOException;
	}

	private static <T> T open(Opening<T> opening) throws IOException {
		long end = System.nanoTime() + PORT_NANOS;
		while (true) {
			try {
				return opening.open();
			} catch (BindException e) {
				if (System.nanoTime() > end) {
					throw e;
				}
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}
	}

	private static SntpServer time() throws IOException {
		return open(() -> SntpServer.start(InetAddress.getByName("127.0.0.1"), TIME_PORT, System::currentTimeMillis));
	}

	private static FaultyProxy network(InetSocketAddress broker) throws IOException {
		return new FaultyProxy(broker, 5, open(() -> new ServerSocket(BROKER_PORT, 50, InetAddress.getByName("127.0.0.1"))));
	}

	private static Board board(String name) throws IOException {
		BoardProperties properties = BoardProperties.of(name);
		assumeTrue(Qemu.find(properties, false) != null, "there is no QEMU here that knows " + name);
		Path elf = Path.of(properties.firmware("telemetry") + ".elf");
		assumeTrue(Files.exists(elf), "there is no firmware " + elf.getFileName() + " for " + name + ": ./thimble firmware --board " + name
				+ " --app Telemetry --config tests/data/telemetry/" + name + ".properties");
		return QemuBoard.start(properties, elf, QemuOptions.DEFAULT);
	}

	/** The program in the cloud: numbers of values, and the last acknowledgement. It has to be there before the board, whose first value it would miss. */
	private static final class Cloud implements Closeable {

		private final MqttPeer peer;
		private final BitSet numbers = new BitSet();
		private JsonObject acknowledgement;

		Cloud(Chain chain, int port) {
			SocketKit kit = new SocketKit(1, chain.root());
			this.peer = new MqttPeer(kit, kit.secure(), new Mqtt311(), "cloud", config -> config.subscription("t/#", 1));
			this.peer.filter = message -> {
				JsonObject json = JsonParser.parseString(message.payload()).getAsJsonObject();
				if (message.topic().equals("t/data")) {
					this.numbers.set(json.get("n").getAsInt());
				} else if (message.topic().equals("t/acknowledgement")) {
					this.acknowledgement = json;
				}
				return false;
			};
			this.peer.connect(port);
			MqttPeer.await("the subscription", () -> this.peer.subscribed.containsKey(-1), this.peer);
		}

		void awaitValues(int more) {
			int wanted = this.numbers.cardinality() + more;
			MqttPeer.await("values", () -> this.numbers.cardinality() >= wanted, this.peer);
		}

		@Override
		public void close() {
			this.peer.stop();
		}
	}

	private static String await(Board board, String pattern) throws IOException {
		String line = board.awaitLine(pattern, LIMIT);
		assertNotNull(line, () -> pattern + '\n' + board.transcript());
		return line;
	}

	private static Map<String, String> stats(Board board) throws IOException {
		board.send("stats");
		Map<String, String> words = new TreeMap<>();
		for (String word : await(board, "stats: .*").substring(7).split(" ")) {
			words.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
		}
		return words;
	}

	/**
	 * Configures the device, and waits for its acknowledgement. Once in forty runs, on a machine that had much to do, a board did not say in time that it
	 * was configured; nobody saw why. So it is told again then, as somebody in a cloud would, and what it said is printed.
	 *
	 * @return how many messages the broker has taken for the device: none of them may be lost.
	 */
	private static int configure(Board board, Cloud cloud) throws IOException {
		int messages = 0;
		boolean configured = false;
		while (!configured) {
			cloud.peer.publish("t/configuration", "{\"id\":\"c-1\",\"interval\":2}", 1);
			messages++;
			try {
				board.awaitLine("configuration: interval=2", CONFIGURING);
				configured = true;
			} catch (BoardException e) {
				System.out.println("Attempt " + messages + " to configure " + board.properties().name() + ": " + e.getMessage() + "\n" + board.transcript());
				assertTrue(messages < ATTEMPTS, board::transcript);
			}
		}
		MqttPeer.await("the acknowledgement", () -> cloud.acknowledgement != null, cloud.peer);
		return messages;
	}

	/** What the firmware is to do, whatever carries it. */
	private static void live(Board board, Cloud cloud, FaultyProxy network) throws IOException {
		await(board, "time: seconds=[0-9]+ server=.*");
		await(board, "online: session=new tls=TLS_[A-Z0-9_]+ resumed=no");
		await(board, "settled: id=[0-9]+ reason=(0|16)");
		cloud.awaitValues(2);
		int messages = configure(board, cloud);
		assertEquals("c-1", cloud.acknowledgement.get("id").getAsString());
		for (int cut = 0; cut < 2; cut++) {
			network.cut();
			await(board, "offline: code=[0-9]+");
			await(board, "online: session=kept tls=TLS_[A-Z0-9_]+ resumed=yes");
			await(board, "settled: id=[0-9]+ reason=(0|16)");
		}
		cloud.awaitValues(1);
		Map<String, String> stats = stats(board);
		System.out.println(board.properties().name() + ", Telemetry: " + stats);
		assertEquals("0", stats.get("allocated"), board::transcript);
		assertEquals("3", stats.get("connections"), board::transcript);
		assertEquals("2", stats.get("resumed"), board::transcript);
		assertEquals("0", stats.get("refused"), board::transcript);
		assertTrue(Integer.parseInt(stats.get("configured")) >= messages, () -> "a message of QoS 1 is missing\n" + board.transcript());
		assertEquals(cloud.numbers.length() - 1, cloud.numbers.cardinality(), () -> "values are missing: " + cloud.numbers);
	}

	@Test
	void throughAModemWithACertificate() throws Exception {
		Chain chain = chain();
		String cafile = "cafile " + Files.copy(data("root.pem"), this.folder.resolve("clients.pem"));
		try (SntpServer time = time(); DaemonServer broker = DaemonServer.broker(chain, cafile);
				Cloud cloud = new Cloud(chain, broker.address().getPort()); FaultyProxy network = network(broker.address());
				EspAtModem modem = new EspAtModem(); Board board = board("max78000fthr")) {
			board.bridge(Endpoint.parse("127.0.0.1:" + modem.port()));
			live(board, cloud, network);
			assertTrue(time.questions() >= 1);
		}
	}

	@Test
	void overItsOwnNetworkWithAToken() throws Exception {
		Chain chain = chain();
		JwtVerifier verifier = new JwtVerifier(certificate("device").getPublicKey());
		AtomicInteger accepted = new AtomicInteger();
		try (SntpServer time = time(); DaemonServer broker = DaemonServer.broker(chain); TokenGate gate = new TokenGate(chain, broker.address(), (id, token) -> {
			JsonObject claims = verifier.claims(token, System.currentTimeMillis() / 1000);
			boolean good = claims != null && claims.get("sub").getAsString().equals(id) && claims.get("aud").getAsString().equals("project-1");
			accepted.addAndGet(good ? 1 : 0);
			return good;
		}); Cloud cloud = new Cloud(chain, broker.address().getPort()); FaultyProxy network = network(gate.address()); Board board = board("mps2-an386")) {
			live(board, cloud, network);
			assertEquals(3, accepted.get(), "a token for each connection");
			assertTrue(time.questions() >= 1);
		}
	}
}
