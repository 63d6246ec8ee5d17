/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the demo has to know of Moquette. */
@Timeout(180)
final class EmbeddedBrokerTest {

	private static final String CONNECT = "100d00044d5154540400003c000161";
	private static final String CONNACK = "20020000";

	/** MQTT by hand, over TLS. */
	private static final class Line implements Closeable {

		private final SSLSocket socket;
		private final DataInputStream in;

		Line(SSLSocket socket) throws IOException {
			this.socket = socket;
			this.in = new DataInputStream(socket.getInputStream());
		}

		void send(String packet) throws IOException {
			this.socket.getOutputStream().write(HexFormat.of().parseHex(packet));
			this.socket.getOutputStream().flush();
		}

		/** Receives a packet shorter than 128 bytes. */
		String receive() throws IOException {
			byte[] packet = new byte[2 + 127];
			this.in.readFully(packet, 0, 2);
			this.in.readFully(packet, 2, packet[1]);
			return HexFormat.of().formatHex(packet, 0, 2 + packet[1]);
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}
	}

	private static SSLContext tls(People people) throws Exception {
		return KeyStores.context(KeyStores.of(people.subscriber(), people.authority()));
	}

	/**
	 * Moquette's issue 750: a message that is sent again ends a thread of the broker. With a version of it that has mended that, and passes the message
	 * on, this test fails, and what is said in EmbeddedBroker can go.
	 */
	@Test
	void theDemoIsToldWhenAMessageSentAgainEndsMoquette(@TempDir Path folder) throws Exception {
		People people = new People("127.0.0.1");
		try (EmbeddedBroker broker = new EmbeddedBroker(folder, people, Proof.CERTIFICATE, null);
				Line line = new Line((SSLSocket) tls(people).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), broker.deviceAddress().getPort()))) {
			line.send(CONNECT);
			assertEquals(CONNACK, line.receive());
			// Behind this it has noted that there is a connection, and takes SUBSCRIBE.
			line.send("3206000174000141");
			assertEquals("40020001", line.receive());
			line.send("82060002000175" + "01");
			assertEquals("9003000201", line.receive());
			assertEquals("", broker.failure());
			line.send("3a06000175000342");
			while (broker.failure().isEmpty()) {
				Thread.onSpinWait();
			}
			assertTrue(broker.failure().contains("IllegalArgumentException: increment"), broker.failure());
			// It looks alive to whoever asks only for that.
			line.send("c000");
			assertEquals("d000", line.receive());
		}
	}

	/** A broker that hangs up at the first SUBSCRIBE, as Moquette may when it comes too soon. */
	private static void serve(SSLServerSocket listener, CompletableFuture<Integer> subscribed) {
		try {
			for (int i = 1;; i++) {
				try (Line line = new Line((SSLSocket) listener.accept())) {
					line.receive();
					line.send(CONNACK);
					String subscribe = line.receive();
					if (i > 1) {
						line.send("9003" + subscribe.substring(4, 8) + "01");
						subscribed.complete(i);
						line.receive();
					}
				}
			}
		} catch (IOException e) {
			subscribed.completeExceptionally(e);
		}
	}

	@Test
	void theSubscriberConnectsAgainIfTheBrokerHangsUpAtSubscribe() throws Exception {
		People people = new People("127.0.0.1");
		try (SSLServerSocket listener = (SSLServerSocket) KeyStores.context(KeyStores.of(people.broker(), people.authority())).getServerSocketFactory()
				.createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Integer> subscribed = new CompletableFuture<>();
			Thread thread = new Thread(() -> serve(listener, subscribed), "broker");
			thread.setDaemon(true);
			thread.start();
			try (Subscriber subscriber = new Subscriber(new At(listener.getLocalPort()), tls(people), null, "t/#", (topic, payload) -> { })) {
				assertEquals(2, subscribed.get(60, TimeUnit.SECONDS));
			}
		}
	}

	/** A broker of which only the port is known. */
	private record At(int port) implements Broker {

		@Override
		public String description() {
			return "a broker";
		}

		@Override
		public InetSocketAddress deviceAddress() {
			return subscriberAddress();
		}

		@Override
		public InetSocketAddress subscriberAddress() {
			return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
		}

		@Override
		public String mqttVersion() {
			return "3.1.1";
		}

		@Override
		public void close() {
			// The test closes it.
		}
	}
}
