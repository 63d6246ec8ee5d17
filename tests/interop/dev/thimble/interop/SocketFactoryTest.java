/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.thimble.host.KeyKind;
import dev.thimble.net.NetError;
import dev.thimble.net.TlsException;
import dev.thimble.net.socket.ThimbleSocketFactory;
import dev.thimble.support.DaemonServer;
import dev.thimble.support.EchoPeer;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.x509.PathError;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Libraries written for java.net.Socket get Thimble by one line: Eclipse Paho and OkHttp, as they are on Maven Central. */
@Timeout(300)
final class SocketFactoryTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final int SECONDS = 90;

	private final SocketKit kit = new SocketKit(2, CHAIN.root());
	private final ThimbleSocketFactory factory = new ThimbleSocketFactory(this.kit.context, SocketKit.TAG);

	@Test
	void pahoSpeaksToMosquitto() throws IOException, MqttException, InterruptedException {
		try (DaemonServer server = DaemonServer.mosquitto(CHAIN)) {
			BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
			MqttConnectOptions options = new MqttConnectOptions();
			options.setSocketFactory(this.factory);
			options.setConnectionTimeout(SECONDS);
			options.setKeepAliveInterval(1);
			MqttClient client = new MqttClient("tcp://localhost:" + server.address().getPort(), "thimble", new MemoryPersistence());
			client.setTimeToWait(1000L * SECONDS);
			client.connect(options);
			client.subscribe("thimble/test", 1, (topic, message) -> arrived.add(message.getPayload()));
			for (int size : new int[] { 0, 1, 1000, 20_000 }) {
				byte[] payload = new byte[size];
				new java.util.Random(size).nextBytes(payload);
				client.publish("thimble/test", new MqttMessage(payload));
				assertArrayEquals(payload, arrived.poll(SECONDS, TimeUnit.SECONDS));
			}
			assertEquals(1, this.kit.context.stats().handshakes());
			assertEquals(1, this.kit.pool.free());
			client.disconnect();
			client.close();
			assertEquals(2, this.kit.pool.free());
		}
	}

	@Test
	void pahoRefusesABrokerNobodyVouchesFor() throws IOException, MqttException {
		SocketKit stranger = new SocketKit(1, TestPki.chain(KeyKind.P384, 1).root());
		try (DaemonServer server = DaemonServer.mosquitto(CHAIN)) {
			MqttConnectOptions options = new MqttConnectOptions();
			options.setSocketFactory(new ThimbleSocketFactory(stranger.context, SocketKit.TAG));
			try (MqttClient client = new MqttClient("tcp://localhost:" + server.address().getPort(), "thimble", new MemoryPersistence())) {
				MqttException refused = assertThrows(MqttException.class, () -> client.connect(options));
				TlsException why = (TlsException) refused.getCause();
				assertTrue(why.code() == PathError.UNKNOWN_CA || why.code() == PathError.PATH_INCOMPLETE, why::getMessage);
			}
			assertEquals(1, stranger.pool.free());
		}
	}

	@Test
	void okHttpSpeaksToNginx() throws IOException {
		int letters = 30_000;
		try (DaemonServer server = DaemonServer.nginx(CHAIN, 1900)) {
			OkHttpClient client = new OkHttpClient.Builder().socketFactory(this.factory).connectTimeout(SECONDS, TimeUnit.SECONDS)
					.readTimeout(SECONDS, TimeUnit.SECONDS).build();
			Request request = new Request.Builder().url("http://localhost:" + server.address().getPort() + "/").build();
			for (int i = 0; i < letters / 1900; i++) {
				try (Response response = client.newCall(request).execute()) {
					assertEquals(200, response.code());
					assertEquals("x".repeat(1900), response.body().string());
				}
			}
			assertEquals(1, this.kit.context.stats().handshakes(), "one connection, kept alive");
			client.connectionPool().evictAll();
			assertEquals(2, this.kit.pool.free());
		}
	}

	@Test
	void okHttpSaysWhatIsWrong() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(TestPki.chain(KeyKind.P384, 1))) {
			OkHttpClient client = new OkHttpClient.Builder().socketFactory(this.factory).retryOnConnectionFailure(false).build();
			Request request = new Request.Builder().url("http://localhost:" + peer.port() + "/").build();
			IOException refused = assertThrows(IOException.class, () -> client.newCall(request).execute().close());
			assertTrue(refused.toString().contains("trust anchor") || refused.toString().contains("Connect"), refused::toString);
			assertEquals(2, this.kit.pool.free());
		}
	}

	@Test
	void aSocketBehavesAsOne() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			try (Socket socket = this.factory.createSocket("localhost", peer.port())) {
				socket.setSoTimeout(100_000);
				assertTrue(socket.isConnected() && socket.isBound() && !socket.isClosed());
				assertEquals(peer.port(), socket.getPort());
				assertTrue(socket.getLocalPort() > 0 && socket.getInetAddress().isLoopbackAddress() && socket.getLocalAddress().isLoopbackAddress());
				socket.getOutputStream().write("hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
				byte[] back = new byte[5];
				assertEquals(5, socket.getInputStream().readNBytes(back, 0, 5));
				socket.setSoTimeout(10);
				assertThrows(java.net.SocketTimeoutException.class, () -> socket.getInputStream().read());
				assertThrows(java.net.SocketException.class, () -> socket.connect(new java.net.InetSocketAddress("localhost", peer.port())));
				socket.close();
				assertTrue(socket.isClosed());
				assertThrows(java.net.SocketException.class, socket::getInputStream);
			}
			Socket never = this.factory.createSocket();
			assertThrows(java.net.SocketException.class, never::getOutputStream);
			assertThrows(java.net.UnknownHostException.class, () -> never.connect(java.net.InetSocketAddress.createUnresolved("a.invalid", 1)));
			never.close();
			assertThrows(java.net.SocketException.class, () -> never.connect(new java.net.InetSocketAddress("localhost", peer.port())));
			Socket one = this.factory.createSocket("localhost", peer.port());
			Socket two = this.factory.createSocket(java.net.InetAddress.getByName("localhost"), peer.port());
			TlsException exhausted = assertThrows(TlsException.class, () -> this.factory.createSocket("localhost", peer.port()));
			assertEquals(NetError.POOL_EXHAUSTED, exhausted.code());
			one.close();
			two.close();
			assertEquals(2, this.kit.pool.free());
		}
	}
}
