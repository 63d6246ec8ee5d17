/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.Properties;

import dev.thimble.support.TestPki.Chain;

import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import io.moquette.broker.security.IAuthenticator;

/** Moquette, an MQTT broker in this JVM, with TLS on 127.0.0.1. */
public final class MoquetteBroker implements Closeable {

	/* package */ static final String PASSWORD = "moquette";
	private static final String STATELESS = "jdk.tls.server.enableSessionTicketExtension";
	private static final int ATTEMPTS = 5;

	private final Path folder;
	private Server server = new Server();
	private int port;

	private MoquetteBroker(Path folder) {
		this.folder = folder;
	}

	/** Starts a broker that takes anybody. */
	public static MoquetteBroker start(Chain chain) throws IOException, GeneralSecurityException {
		return start(chain, null);
	}

	/** Starts a broker that asks whether a client's identifier, user and password are right; null: it takes anybody. */
	public static MoquetteBroker start(Chain chain, IAuthenticator authenticator) throws IOException, GeneralSecurityException {
		// Some loggers of its libraries would write to a console that is not theirs.
		org.apache.log4j.LogManager.getRootLogger().setLevel(org.apache.log4j.Level.OFF);
		MoquetteBroker broker = new MoquetteBroker(Files.createTempDirectory("thimble-moquette"));
		Path store = broker.folder.resolve("keys.p12");
		writeKeyStore(store, chain);
		Properties properties = new Properties();
		properties.setProperty("host", "127.0.0.1");
		properties.setProperty("port", "disabled");
		properties.setProperty("key_store_type", "pkcs12");
		properties.setProperty("jks_path", store.toString());
		properties.setProperty("key_store_password", PASSWORD);
		properties.setProperty("key_manager_password", PASSWORD);
		properties.setProperty("allow_anonymous", authenticator == null ? "true" : "false");
		properties.setProperty("allow_zero_byte_client_id", "true");
		properties.setProperty("persistence_enabled", "false");
		properties.setProperty("data_path", broker.folder.toString());
		// It would tell its maker of each start.
		properties.setProperty("telemetry_enabled", "false");
		// Tickets that name a session in its memory: those with all of it inside are too long for a device.
		String stateless = System.setProperty(STATELESS, "false");
		try {
			broker.listen(properties, authenticator);
		} finally {
			System.setProperty(STATELESS, stateless == null ? "true" : stateless);
		}
		return broker;
	}

	/** It could take any port itself; but to ask it which that is while it still starts breaks its table of ports now and then. */
	private void listen(Properties properties, IAuthenticator authenticator) throws IOException {
		for (int i = 1;; i++) {
			try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				this.port = free.getLocalPort();
			}
			properties.setProperty("ssl_port", Integer.toString(this.port));
			try {
				this.server.startServer(new MemoryConfig(properties), Collections.emptyList(), null, authenticator, null);
				return;
			} catch (RuntimeException e) {
				// Between here and there somebody else has taken the port.
				if (i == ATTEMPTS) {
					throw e;
				}
				this.server = new Server();
			}
		}
	}

	/* package */ static void writeKeyStore(Path file, Chain chain) throws IOException, GeneralSecurityException {
		CertificateFactory factory = CertificateFactory.getInstance("X.509");
		Certificate[] certificates = new Certificate[chain.path().length];
		for (int i = 0; i < certificates.length; i++) {
			certificates[i] = factory.generateCertificate(new ByteArrayInputStream(chain.path()[i].certificate()));
		}
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setKeyEntry("broker", chain.leaf().keys().getPrivate(), PASSWORD.toCharArray(), certificates);
		try (OutputStream out = Files.newOutputStream(file)) {
			store.store(out, PASSWORD.toCharArray());
		}
	}

	/** Gets where it listens. */
	public InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
	}

	@Override
	public void close() throws IOException {
		this.server.stopServer();
		try (var files = Files.walk(this.folder)) {
			files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
		}
	}
}
