/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;

import dev.thimble.support.TestPki.Chain;

/** MQTT brokers of others, that take anybody and forget nothing. */
public enum BrokerKind {

	/** Eclipse Mosquitto, Debian's; tests are skipped where it is not installed. */
	MOSQUITTO,
	/** HiveMQ; tests are skipped where its jars are not, as they are in all but {@code ./thimble test --all}. */
	HIVEMQ,
	/** Moquette, in this JVM: MQTT 3.1.1 only. */
	MOQUETTE;

	/** A broker that runs. */
	public record Running(Closeable broker, InetSocketAddress address) implements Closeable {

		/** Gets its port with TLS. */
		public int port() {
			return this.address.getPort();
		}

		@Override
		public void close() throws IOException {
			this.broker.close();
		}
	}

	/** Starts one on 127.0.0.1 with a certificate for localhost. */
	public Running start(Chain chain) throws IOException, GeneralSecurityException {
		if (this == MOQUETTE) {
			MoquetteBroker broker = MoquetteBroker.start(chain);
			return new Running(broker, broker.address());
		}
		if (this == HIVEMQ) {
			HiveMqBroker broker = HiveMqBroker.start(chain);
			return new Running(broker, broker.address());
		}
		DaemonServer broker = DaemonServer.broker(chain);
		return new Running(broker, broker.address());
	}
}
