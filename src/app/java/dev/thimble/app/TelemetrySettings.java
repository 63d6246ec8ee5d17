/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.cloud.Mqtt5;
import dev.thimble.cloud.MqttVersion;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.net.PreSharedKeys;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Tls13Client;

/**
 * What {@link Telemetry} is to do. The build puts a class of this name, made of a properties file, in the place of this one ('thimble configure'), so
 * that what a device does not need is not in its image. This one connects nowhere.
 */
final class TelemetrySettings {

	private static final String[] TIME_SERVERS = { "pool.ntp.org" };

	private TelemetrySettings() {
	}

	/** The broker's name; "" if nothing was configured. */
	static String host() {
		return "";
	}

	static int port() {
		return 8883;
	}

	static MqttVersion version() {
		return new Mqtt5();
	}

	static String clientId() {
		return "thimble";
	}

	/** The user; null: none. */
	static String user() {
		return null;
	}

	/** The password; null: none. */
	static byte[] password() {
		return null;
	}

	/** A password that is a token; null: none. */
	static TelemetryToken token() {
		return null;
	}

	static CryptoProvider crypto() {
		return new PortableEcCrypto();
	}

	static Protocol protocol() {
		return new Tls13Client();
	}

	/** Pre-shared keys; null: none. */
	static PreSharedKeys preSharedKeys() {
		return null;
	}

	/** Whom to trust, a table of 'thimble anchors'; null: nobody. */
	static byte[] roots() {
		return null;
	}

	/** The device's certificates; null: none. */
	static byte[] certificate() {
		return null;
	}

	/** The device's private key; null: none. */
	static byte[] key() {
		return null;
	}

	/** The name of the pre-shared key; null: none. */
	static byte[] pskIdentity() {
		return null;
	}

	static byte[] psk() {
		return null;
	}

	static String[] timeServers() {
		return TIME_SERVERS;
	}

	/** How many time servers are heard: 1 or 3. */
	static int opinions() {
		return 1;
	}

	/** When this was configured, in seconds since 1970. */
	static long built() {
		return 0;
	}

	static String dataTopic() {
		return "thimble/data";
	}

	static String configurationTopic() {
		return "thimble/configuration";
	}

	static String acknowledgementTopic() {
		return "thimble/acknowledgement";
	}

	/** Seconds from one value to the next, until the configuration topic says otherwise. */
	static int interval() {
		return 10;
	}

	static int keepAlive() {
		return 60;
	}

	/** Whether the wire leads to a modem; else the board's own network is used. */
	static boolean modem() {
		return false;
	}
}
