/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import dev.thimble.cloud.JwtVerifier;
import dev.thimble.cloud.Mqtt;
import dev.thimble.cloud.Mqtt5;
import dev.thimble.cloud.MqttPeer;
import dev.thimble.host.Endpoint;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.SntpServer;
import dev.thimble.host.device.Board;
import dev.thimble.host.device.EspAtModem;
import dev.thimble.host.device.FaultyProxy;
import dev.thimble.host.device.SimulatedBoard;
import dev.thimble.support.ClientPki;
import dev.thimble.support.ConfiguredTelemetry;
import dev.thimble.support.DaemonServer;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/** The firmware Telemetry on the simulated device: a time server, Mosquitto, and a network between that is cut. */
@Timeout(900)
final class TelemetryTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final Duration PATIENCE = Duration.ofSeconds(120);
	private static final int ROUNDS = 8;

	@TempDir
	private Path folder;

	private final SocketKit kit = new SocketKit(1, CHAIN.root());

	@BeforeEach
	void writeRoots() throws IOException {
		Identity.writeChain(this.folder.resolve("roots.pem"), CHAIN.root());
	}

	private Board board(SntpServer time, int port, String... more) throws IOException {
		List<String> lines = new ArrayList<>(List.of("# a device of the tests", "broker.host = localhost", "broker.port = " + port,
				"broker.roots = roots.pem", "client.id = device-1", "topic.data = d/data", "topic.configuration = d/conf",
				"topic.acknowledgement = d/ack", "interval = 1", "time.servers = localhost:" + time.port()));
		lines.addAll(List.of(more));
		Path classes = ConfiguredTelemetry.compile(this.folder, lines);
		return SimulatedBoard.start("Telemetry", Map.of("configuration", classes.toString()));
	}

	private static SntpServer time() throws IOException {
		return SntpServer.start(InetAddress.getByName("127.0.0.1"), 0, System::currentTimeMillis);
	}

	/** The program in the cloud. */
	private MqttPeer cloud(DaemonServer broker) {
		MqttPeer cloud = new MqttPeer(this.kit, this.kit.secure(), new Mqtt5(), "cloud", config -> config.subscription("d/#", 1));
		cloud.connect(broker.address().getPort());
		MqttPeer.await("the subscription", () -> cloud.subscribed.containsKey(-1), cloud);
		return cloud;
	}

	private static void await(Board board, String pattern) throws IOException {
		assertNotNull(board.awaitLine(pattern, PATIENCE), pattern);
	}

	private static JsonObject last(MqttPeer cloud, String topic) {
		return cloud.messages.stream().filter(message -> message.topic().equals(topic)).reduce((a, b) -> b)
				.map(message -> JsonParser.parseString(message.payload()).getAsJsonObject()).orElseThrow();
	}

	private static long allocated(Board board) throws IOException {
		board.send("stats");
		String line = board.awaitLine("stats: .*", PATIENCE);
		return Long.parseLong(line.replaceFirst(".* allocated=([0-9]+) .*", "$1"));
	}

	@Test
	void publishesObeysAndGoesOn() throws Exception {
		try (SntpServer time = time(); DaemonServer broker = DaemonServer.broker(CHAIN); FaultyProxy network = new FaultyProxy(broker.address(), 1)) {
			MqttPeer cloud = cloud(broker);
			try (Board board = board(time, network.port())) {
				await(board, "ready");
				await(board, "time: seconds=[0-9]+ server=localhost.*");
				await(board, "online: session=new tls=TLS_.* resumed=no");
				MqttPeer.await("values", () -> cloud.messages.size() >= 2, cloud);
				JsonObject value = last(cloud, "d/data");
				assertTrue(Math.abs(value.get("time").getAsLong() - System.currentTimeMillis() / 1000) < 100);
				assertTrue(value.get("value").getAsDouble() >= 20);

				byte[] configuration = "{\"id\":\"c-7\", \"interval\" : 2}".getBytes();
				assertTrue(cloud.mqtt.publish("d/conf", configuration, 0, configuration.length, 1 | Mqtt.RETAIN) > 0);
				MqttPeer.await("the acknowledgement", () -> cloud.messages.stream().anyMatch(message -> message.topic().equals("d/ack")), cloud);
				assertEquals(2, last(cloud, "d/ack").get("interval").getAsInt());
				assertEquals("c-7", last(cloud, "d/ack").get("id").getAsString());
				await(board, "configuration: interval=2");

				cloud.publish("d/conf", "{\"interval\":0}", 1);
				await(board, "error: the configuration is no flat JSON object.*");

				network.cut();
				await(board, "offline: code=144");
				await(board, "online: session=kept .* resumed=yes");
				int before = cloud.messages.size();
				MqttPeer.await("values again", () -> cloud.messages.size() >= before + 2, cloud);
				// The JVM loads classes in the first rounds, and allocates for itself now and then: what the firmware allocates, it does in each.
				long least = Long.MAX_VALUE;
				long allocated = allocated(board);
				for (int round = 0; round < ROUNDS && least != 0; round++) {
					network.cut();
					await(board, "online: session=kept .* resumed=yes");
					await(board, "settled: .*");
					long now = allocated(board);
					least = Math.min(least, now - allocated);
					allocated = now;
				}
				assertEquals(0, least, "bytes allocated in each of " + ROUNDS + " connections");
			}
			long numbers = cloud.messages.stream().filter(message -> message.topic().equals("d/data")).count();
			int lastNumber = last(cloud, "d/data").get("n").getAsInt();
			assertTrue(numbers >= lastNumber, "values are missing: " + numbers + " of " + lastNumber);
			cloud.stop();
		}
	}

	@Test
	void provesItselfWithACertificate() throws Exception {
		Chain client = ClientPki.chain(KeyKind.P256, 1, 0);
		Identity.writeChain(this.folder.resolve("device.pem"), client.path());
		client.leaf().writeKey(this.folder.resolve("device.key"));
		try (SntpServer time = time();
				DaemonServer broker = DaemonServer.broker(CHAIN, "require_certificate true", "use_identity_as_username true",
						"cafile " + Identity.writeChain(this.folder.resolve("clients.pem"), client.root()));
				Board board = board(time, broker.address().getPort(), "authentication = certificate", "certificate = device.pem", "key = device.key")) {
			await(board, "online: session=new .*");
			await(board, "settled: id=1 reason=(0|16)");
		}
	}

	@Test
	void provesItselfWithAToken() throws Exception {
		Identity key = CHAIN.leaf();
		key.writeKey(this.folder.resolve("device.key"));
		try (SntpServer time = time(); JwtBroker broker = new JwtBroker();
				Board board = board(time, broker.port(), "authentication = jwt", "key = device.key", "jwt.audience = project-1", "jwt.key.id = k1",
						"broker.version = 3.1.1")) {
			String token = broker.password();
			JsonObject claims = new JwtVerifier(key.keys().getPublic()).claims(token);
			assertNotNull(claims, token);
			assertEquals("project-1", claims.get("aud").getAsString());
			assertEquals("device-1", claims.get("sub").getAsString());
			assertEquals(3600, claims.get("exp").getAsLong() - claims.get("iat").getAsLong());
			await(board, "online: .*");
		}
	}

	/** A broker that knows CONNECT only: over TLS by the JDK. */
	private static final class JwtBroker implements AutoCloseable {

		private final javax.net.ssl.SSLServerSocket listener;

		JwtBroker() throws Exception {
			this.listener = dev.thimble.support.EchoPeer.listener(CHAIN);
		}

		int port() {
			return this.listener.getLocalPort();
		}

		/** Takes a client, and gives the password it brings: the last field of CONNECT. */
		String password() throws IOException {
			this.listener.setSoTimeout((int) PATIENCE.toMillis());
			java.net.Socket client = this.listener.accept();
			java.io.DataInputStream in = new java.io.DataInputStream(client.getInputStream());
			assertEquals(0x10, in.readUnsignedByte());
			int length = 0;
			int b = 0x80;
			for (int shift = 0; (b & 0x80) != 0; shift += 7) {
				b = in.readUnsignedByte();
				length |= (b & 0x7f) << shift;
			}
			byte[] connect = in.readNBytes(length);
			java.nio.ByteBuffer fields = java.nio.ByteBuffer.wrap(connect);
			fields.position(10);
			String last = "";
			while (fields.hasRemaining()) {
				byte[] field = new byte[fields.getShort()];
				fields.get(field);
				last = new String(field);
			}
			client.getOutputStream().write(new byte[] { 0x20, 2, 0, 0 });
			client.getOutputStream().flush();
			return last;
		}

		@Override
		public void close() throws IOException {
			this.listener.close();
		}
	}

	@Test
	void aModemWillDo() throws Exception {
		EspAtModem modem = new EspAtModem();
		try (SntpServer time = time(); DaemonServer broker = DaemonServer.broker(CHAIN);
				Board board = board(time, broker.address().getPort(), "link = modem", "authentication = none")) {
			board.bridge(Endpoint.parse("127.0.0.1:" + modem.port()));
			await(board, "time: .*");
			await(board, "online: .*");
			await(board, "settled: id=1 reason=(0|16)");
		} finally {
			modem.close();
		}
	}
}
