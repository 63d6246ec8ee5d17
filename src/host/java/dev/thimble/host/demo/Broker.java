/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** An MQTT broker that was started for the demo. */
interface Broker extends Closeable {

	/** Says what it is and where. */
	String description();

	/** Gets where devices connect with TLS. */
	InetSocketAddress deviceAddress();

	/** Gets where the subscriber connects with TLS and the certificate of the CA. */
	InetSocketAddress subscriberAddress();

	/** Gets the version of MQTT the device is to speak: 5 or 3.1.1. */
	String mqttVersion();

	/** Says what it thought of the device's token; "" if it saw none. */
	default String tokenVerdict() {
		return "";
	}

	/** Says what it has failed in itself, whatever its clients do; "" if it has not, or cannot know. */
	default String failure() {
		return "";
	}

	@Override
	void close() throws IOException;
}
