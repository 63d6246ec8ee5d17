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
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Properties;

import javax.net.ssl.SSLContext;

import dev.thimble.host.CommandFailure;

import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import io.moquette.broker.security.AcceptAllAuthenticator;
import io.moquette.broker.security.IAuthenticator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;

/** Moquette, a broker in this JVM, behind the JDK's TLS; for a shared key, which that does not know, behind Thimble's. */
final class EmbeddedBroker implements Broker {

	private static final long START_NANOS = 60_000_000_000L;

	private final Server server = new Server();
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
		properties.setProperty("port", proof == Proof.PSK ? "0" : "disabled");
		properties.setProperty("ssl_port", "0");
		properties.setProperty("allow_anonymous", "" + (proof != Proof.JWT));
		properties.setProperty("persistence_enabled", "false");
		properties.setProperty("data_path", folder.toString());
		properties.setProperty("netty.tcp_nodelay", "true");
		// It would tell its maker of each start.
		properties.setProperty("telemetry_enabled", "false");
		this.gate = proof == Proof.JWT ? new TokenGate(people.device().keys().getPublic(), subscriberPassword) : null;
		IAuthenticator authenticator = this.gate != null ? this.gate : new AcceptAllAuthenticator();
		this.server.startServer(new MemoryConfig(properties), List.of(),
				() -> new JdkSslContext(tls, false, null, IdentityCipherSuiteFilter.INSTANCE, null, clients, null, false), authenticator, null);
		// It listens, but what it knows of its port another thread has yet to write down.
		long end = System.nanoTime() + START_NANOS;
		while (this.server.getSslPort() <= 0 || proof == Proof.PSK && this.server.getPort() <= 0) {
			if (System.nanoTime() > end) {
				throw new CommandFailure("The broker in this JVM does not start.");
			}
			Thread.onSpinWait();
		}
		this.front = proof == Proof.PSK ? new SharedKeyFront(at(this.server.getPort()), people) : null;
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
		return at(this.server.getSslPort());
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
	public void close() throws IOException {
		if (this.front != null) {
			this.front.close();
		}
		this.server.stopServer();
	}
}
