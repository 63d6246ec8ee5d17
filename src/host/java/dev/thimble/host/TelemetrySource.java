/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes {@code TelemetrySettings}, the class a firmware is configured with, so that what a configuration does not want is not in the image. */
public final class TelemetrySource {

	/** The class's name. */
	public static final String CLASS = "dev.thimble.app.TelemetrySettings";

	private final TelemetryConfiguration configuration;
	private final StringBuilder out = new StringBuilder();

	private TelemetrySource(TelemetryConfiguration configuration) {
		this.configuration = configuration;
	}

	/** Gets the source. */
	public static String of(TelemetryConfiguration configuration, Instant built) {
		return new TelemetrySource(configuration).write(built);
	}

	private String write(Instant built) {
		TelemetryConfiguration c = this.configuration;
		boolean modern = c.get("broker.version").equals("5");
		boolean psk = c.kind() == TelemetryConfiguration.Authentication.PSK;
		boolean jwt = c.kind() == TelemetryConfiguration.Authentication.JWT;
		boolean password = c.kind() == TelemetryConfiguration.Authentication.PASSWORD;
		this.out.append("package dev.thimble.app;\n\n/** Made by 'thimble configure'. */\nfinal class TelemetrySettings {\n\n")
				.append("\tprivate TelemetrySettings() {\n\t}\n");
		text("host", c.get("broker.host"));
		number("int", "port", c.get("broker.port"));
		method("dev.thimble.cloud.MqttVersion", "version", modern ? "new dev.thimble.cloud.Mqtt5()" : "new dev.thimble.cloud.Mqtt311()");
		text("clientId", c.get("client.id"));
		// MQTT 3.1.1 has no password without a user.
		text("user", password || jwt && c.get("user") != null ? c.get("user") : jwt ? "token" : null);
		bytes("password", password ? c.get("password").getBytes(StandardCharsets.UTF_8) : null);
		method("TelemetryToken", "token", jwt ? "new TelemetryToken(tokenKey(), " + quoted(c.get("jwt.key.id")) + ", " + quoted(c.get("jwt.issuer")) + ", "
				+ quoted(c.get("jwt.audience")) + ", " + c.get("jwt.lifetime") + ")" : "null");
		if (jwt) {
			bytes("tokenKey", c.key());
		}
		method("dev.thimble.crypto.CryptoProvider", "crypto",
				c.rsa() ? "new dev.thimble.crypto.PortableCrypto()" : "new dev.thimble.crypto.PortableEcCrypto()");
		method("dev.thimble.tls.Protocol", "protocol", psk ? "new dev.thimble.tls.Tls13PskClient()" : "new dev.thimble.tls.Tls13Client()");
		method("dev.thimble.net.PreSharedKeys", "preSharedKeys", psk ? "new dev.thimble.net.PreSharedKeys()" : "null");
		bytes("roots", c.roots());
		bytes("certificate", c.certificate());
		bytes("key", jwt ? null : c.key());
		bytes("pskIdentity", psk ? c.get("psk.identity").getBytes(StandardCharsets.UTF_8) : null);
		bytes("psk", psk ? c.psk() : null);
		StringBuilder servers = new StringBuilder("new String[] { ");
		for (String server : c.timeServers()) {
			servers.append(quoted(server)).append(", ");
		}
		// Made once: the firmware asks for the names again when it prints one.
		this.out.append("\n\tprivate static final String[] TIME_SERVERS = ").append(servers).append("};\n");
		method("String[]", "timeServers", "TIME_SERVERS");
		number("int", "opinions", c.get("time.opinions"));
		number("long", "built", built.getEpochSecond() + "L");
		text("dataTopic", c.get("topic.data"));
		text("configurationTopic", c.get("topic.configuration"));
		text("acknowledgementTopic", c.get("topic.acknowledgement"));
		number("int", "interval", c.get("interval"));
		number("int", "keepAlive", c.get("keep.alive"));
		method("boolean", "modem", "" + c.get("link").equals("modem"));
		this.out.append("\n\tprivate static byte[] bytes(String text) {\n\t\tbyte[] bytes = new byte[text.length()];\n")
				.append("\t\tfor (int i = 0; i < bytes.length; i++) {\n\t\t\tbytes[i] = (byte) text.charAt(i);\n\t\t}\n\t\treturn bytes;\n\t}\n}\n");
		return this.out.toString();
	}

	private void method(String type, String name, String value) {
		this.out.append("\n\tstatic ").append(type).append(' ').append(name).append("() {\n\t\treturn ").append(value).append(";\n\t}\n");
	}

	private void number(String type, String name, String value) {
		method(type, name, value);
	}

	private void text(String name, String value) {
		method("String", name, quoted(value));
	}

	private void bytes(String name, byte[] value) {
		method("byte[]", name, value == null ? "null" : "bytes(" + quoted(new String(value, StandardCharsets.ISO_8859_1)) + ")");
	}

	/** ASCII as it is, everything else as an octal escape of three digits, which what follows cannot lengthen. */
	private static String quoted(String value) {
		if (value == null) {
			return "null";
		}
		StringBuilder text = new StringBuilder("\"");
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
				text.append(c);
			} else {
				text.append('\\').append((char) ('0' + (c >> 6 & 3))).append((char) ('0' + (c >> 3 & 7))).append((char) ('0' + (c & 7)));
			}
		}
		return text.append('"').toString();
	}
}
