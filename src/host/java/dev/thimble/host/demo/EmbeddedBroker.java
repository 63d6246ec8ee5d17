/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Properties;

import javax.net.ssl.SSLContext;

import dev.thimble.host.CommandFailure;

import io.moquette.broker.ISslContextCreator;
import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import io.moquette.broker.security.AcceptAllAuthenticator;
import io.moquette.interception.AbstractInterceptHandler;
import io.moquette.interception.messages.InterceptExceptionMessage;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;

/**
 * Moquette, a broker in this JVM, behind the JDK's TLS; for a shared key, which that does not know, behind Thimble's.
 *
 * <p>Moquette 0.17 has a fault the demo has to know of: a message that is sent again ends it, for all clients that share a thread of it. A client
 * whose session goes on has to send again what was not acknowledged when a connection broke, with the flag DUP (MQTT 3.1.1 §3.3.1.1, §4.4):
 *
 * <pre>
 * device -&gt; broker   PUBLISH QoS 1, identifier 2; the connection breaks before PUBACK, or before the message arrives
 * device -&gt; broker   CONNECT, clean session 0
 * broker -&gt; device   CONNACK, session present
 * device -&gt; broker   PUBLISH QoS 1, DUP, identifier 2
 * device -&gt; broker   PINGREQ
 * broker -&gt; device   PINGRESP; but never again PUBACK, nor CONNACK when the device connects once more
 * </pre>
 *
 * <p>Moquette takes DUP to mean that it has had the message, and would pass it on to those subscribers only for whom it had no room then. As there are
 * none, {@code PostOffice.publish2Subscribers} calls Netty's {@code retain(0)}; that throws, which ends the {@code SessionEventLoop} (Moquette's issue
 * 750). A broker may not conclude that from DUP, and has to take a message whose identifier is free for a new one whatever the flag says (§4.3.2). Any
 * client meets this that keeps to the rules: Eclipse Paho does too, and without a subscriber to the topic nothing happens. The demo cuts the network
 * when everything is acknowledged, therefore; should it happen all the same, {@link #failure} says so.
 *
 * <p>Later versions are no way out. They do not end, but acknowledge what comes with DUP and pass it on to nobody: if the first copy did not arrive, the
 * message is lost. And they are not at Maven Central under this name.
 */
final class EmbeddedBroker implements Broker {

	private static final int ATTEMPTS = 5;

	private Server server = new Server();
	private int port;
	private int plainPort;
	private volatile String failure = "";
	private final TokenGate gate;
	private final SharedKeyFront front;

	/**
	 * Starts a broker.
	 *
	 * @param folder
	 *            for its files.
	 */
	EmbeddedBroker(Path folder, People people, Proof proof, String subscriberPassword) throws IOException, GeneralSecurityException {
		// Some of its libraries would write to a terminal that is not theirs.
		org.apache.log4j.LogManager.getRootLogger().setLevel(org.apache.log4j.Level.OFF);
		// A ticket of the JDK's carries both sides' certificates; a small device has no room for that. A number that stands for them will do.
		System.setProperty("jdk.tls.server.enableSessionTicketExtension", "false");
		SSLContext tls = KeyStores.context(KeyStores.of(people.broker(), people.authority()));
		ClientAuth clients = proof == Proof.CERTIFICATE ? ClientAuth.REQUIRE : ClientAuth.NONE;
		Properties properties = new Properties();
		properties.setProperty("host", "127.0.0.1");
		properties.setProperty("allow_anonymous", "" + (proof != Proof.JWT));
		properties.setProperty("persistence_enabled", "false");
		properties.setProperty("data_path", folder.toString());
		properties.setProperty("netty.tcp_nodelay", "true");
		// It would tell its maker of each start.
		properties.setProperty("telemetry_enabled", "false");
		this.gate = proof == Proof.JWT ? new TokenGate(people.device().keys().getPublic(), subscriberPassword) : null;
		start(properties, () -> new JdkSslContext(tls, false, null, IdentityCipherSuiteFilter.INSTANCE, null, clients, null, false), proof == Proof.PSK);
		this.front = proof == Proof.PSK ? new SharedKeyFront(at(this.plainPort), people) : null;
	}

	/** It could be told to take any port; but to ask it then which that is, while it still starts, breaks its table of ports now and then. */
	private void start(Properties properties, ISslContextCreator tls, boolean plain) throws IOException {
		for (int i = 1;; i++) {
			this.port = freePort();
			this.plainPort = plain ? freePort() : 0;
			properties.setProperty("ssl_port", "" + this.port);
			properties.setProperty("port", plain ? "" + this.plainPort : "disabled");
			try {
				this.server.startServer(new MemoryConfig(properties), List.of(new Watch()), tls, this.gate != null ? this.gate : new AcceptAllAuthenticator(), null);
				return;
			} catch (RuntimeException e) {
				// Between here and there somebody else has taken the port.
				if (i == ATTEMPTS) {
					throw new CommandFailure("The broker in this JVM does not start: " + e.getMessage());
				}
				this.server = new Server();
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static InetSocketAddress at(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	@Override
	public String description() {
		String tls = this.front != null ? "behind a TLS server of Thimble's own, since the JDK's knows no pre-shared keys" : "with the JDK's TLS";
		return "Moquette 0.17, embedded in this JVM, " + tls;
	}

	@Override
	public InetSocketAddress deviceAddress() {
		return this.front != null ? this.front.address() : subscriberAddress();
	}

	@Override
	public InetSocketAddress subscriberAddress() {
		return at(this.port);
	}

	@Override
	public String mqttVersion() {
		return "3.1.1";
	}

	@Override
	public String tokenVerdict() {
		return this.gate == null ? "" : this.gate.verdict();
	}

	@Override
	public String failure() {
		return this.failure;
	}

	@Override
	public void close() throws IOException {
		if (this.front != null) {
			this.front.close();
		}
		this.server.stopServer();
	}

	/** Is told when a thread of Moquette's has ended; what that cannot do any more it does not tell. */
	private final class Watch extends AbstractInterceptHandler {

		@Override
		public String getID() {
			return "watch";
		}

		@Override
		public Class<?>[] getInterceptedMessageTypes() {
			return new Class<?>[] { InterceptExceptionMessage.class };
		}

		@Override
		public void onSessionLoopError(Throwable error) {
			Throwable cause = error;
			while (cause.getCause() != null) {
				cause = cause.getCause();
			}
			EmbeddedBroker.this.failure = "Moquette has ended the thread of a session: " + cause;
		}
	}
}
