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

/** Moquette, an MQTT broker in this JVM, with TLS on 127.0.0.1. */
public final class MoquetteBroker implements Closeable {

	/* package */ static final String PASSWORD = "moquette";
	private static final long PATIENCE_NANOS = 90_000_000_000L;

	private final Server server = new Server();
	private final Path folder;

	private MoquetteBroker(Path folder) {
		this.folder = folder;
	}

	/** Starts a broker that takes anybody. */
	public static MoquetteBroker start(Chain chain) throws IOException, GeneralSecurityException {
		// Some loggers of its libraries would write to a console that is not theirs.
		org.apache.log4j.LogManager.getRootLogger().setLevel(org.apache.log4j.Level.OFF);
		MoquetteBroker broker = new MoquetteBroker(Files.createTempDirectory("thimble-moquette"));
		Path store = broker.folder.resolve("keys.p12");
		writeKeyStore(store, chain);
		Properties properties = new Properties();
		properties.setProperty("host", "127.0.0.1");
		properties.setProperty("port", "disabled");
		properties.setProperty("ssl_port", "0");
		properties.setProperty("key_store_type", "pkcs12");
		properties.setProperty("jks_path", store.toString());
		properties.setProperty("key_store_password", PASSWORD);
		properties.setProperty("key_manager_password", PASSWORD);
		properties.setProperty("allow_anonymous", "true");
		properties.setProperty("allow_zero_byte_client_id", "true");
		properties.setProperty("persistence_enabled", "false");
		properties.setProperty("data_path", broker.folder.toString());
		// It would tell its maker of each start.
		properties.setProperty("telemetry_enabled", "false");
		broker.server.startServer(new MemoryConfig(properties), Collections.emptyList());
		// It listens, but what it knows of its port another thread has yet to write down.
		long end = System.nanoTime() + PATIENCE_NANOS;
		while (broker.server.getSslPort() <= 0 && System.nanoTime() < end) {
			Thread.onSpinWait();
		}
		return broker;
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
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.getSslPort());
	}

	@Override
	public void close() throws IOException {
		this.server.stopServer();
		try (var files = Files.walk(this.folder)) {
			files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
		}
	}
}
