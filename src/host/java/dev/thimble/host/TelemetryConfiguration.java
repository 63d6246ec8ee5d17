/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.thimble.tls.PreSharedKey;

/**
 * What the firmware {@code Telemetry} is to do: a file of lines {@code name = value}, {@code #} before a comment. It is checked as a whole before anything
 * is made of it; what is wrong is said with the line it stands in.
 */
public final class TelemetryConfiguration {

	/** How a device proves who it is. */
	public enum Authentication {
		/** A certificate and a private key. */
		CERTIFICATE,
		/** A token, signed with a private key, as password. */
		JWT,
		/** A user and a password. */
		PASSWORD,
		/** A pre-shared key. */
		PSK,
		/** Not at all. */
		NONE
	}

	private static final int MAX_TOPIC = 200;
	private static final int MAX_CLIENT_ID = 64;
	private static final int MAX_PORT = 65535;
	/** Of a token's 640 bytes: that much is left with ES384. */
	private static final int MAX_AUDIENCE = 100;
	private static final int MAX_WORD = 48;
	/** CONNECT has 256 bytes. */
	private static final int MAX_USER = 128;
	private static final int MAX_PASSWORD = 1024;

	/** All names, each with what stands in its place if it is not there; null: nothing does. */
	private static final Map<String, String> NAMES = new LinkedHashMap<>();

	static {
		NAMES.put("broker.host", null);
		NAMES.put("broker.port", "8883");
		NAMES.put("broker.version", "5");
		NAMES.put("broker.roots", null);
		NAMES.put("client.id", null);
		NAMES.put("authentication", "none");
		NAMES.put("certificate", null);
		NAMES.put("key", null);
		NAMES.put("user", null);
		NAMES.put("password", null);
		NAMES.put("jwt.audience", null);
		NAMES.put("jwt.issuer", null);
		NAMES.put("jwt.key.id", null);
		NAMES.put("jwt.lifetime", "3600");
		NAMES.put("psk.identity", null);
		NAMES.put("psk.key", null);
		NAMES.put("time.servers", "pool.ntp.org");
		NAMES.put("time.opinions", "1");
		NAMES.put("topic.data", null);
		NAMES.put("topic.configuration", null);
		NAMES.put("topic.acknowledgement", null);
		NAMES.put("interval", "10");
		NAMES.put("keep.alive", "60");
		NAMES.put("link", "network");
	}

	private final ConfigurationFile file;
	private final Authentication authentication;
	private byte[] roots;
	private boolean rsa;
	private byte[] certificate;
	private byte[] key;

	private TelemetryConfiguration(Path file) throws IOException {
		this.file = new ConfigurationFile(file, NAMES.keySet());
		this.authentication = authentication();
		checkBroker();
		checkTopics();
		number("interval", 1, 86400);
		number("keep.alive", 1, 65535);
		choice("link", "network", "modem");
		checkTime();
		checkAuthentication();
	}

	/**
	 * Reads a file.
	 *
	 * @throws CommandFailure
	 *             with a sentence that names file and line.
	 */
	public static TelemetryConfiguration read(Path file) throws IOException {
		return new TelemetryConfiguration(file);
	}

	private CommandFailure failure(String name, String sentence) {
		return this.file.failure(name, sentence);
	}

	/** Gets a value; null if there is none. */
	String get(String name) {
		String value = this.file.value(name);
		return value == null ? NAMES.get(name) : value;
	}

	private String required(String name, String why) {
		String value = get(name);
		if (value == null) {
			throw failure(name, "'" + name + "' is missing: " + why);
		}
		return value;
	}

	/** Gets a number within limits. */
	int number(String name, int least, int most) {
		String value = required(name, "a number");
		try {
			int number = Integer.parseInt(value);
			if (number >= least && number <= most) {
				return number;
			}
		} catch (NumberFormatException e) {
			// said below
		}
		throw failure(name, "'" + name + "' is a number from " + least + " to " + most + ", not '" + value + "'");
	}

	private String choice(String name, String... choices) {
		String value = get(name);
		if (!Set.of(choices).contains(value)) {
			throw failure(name, "'" + name + "' is one of " + String.join(", ", choices) + ", not '" + value + "'");
		}
		return value;
	}

	/** Gets a port that stands behind a host. */
	private void checkHost(String name, String host) {
		boolean good = host.length() <= 255 && host.chars().allMatch(c -> c > ' ' && c < 127 && c != ':' && c != '/' && c != '"');
		if (!good || host.isEmpty()) {
			throw failure(name, "'" + host + "' is no host: a name or an IPv4 address, without a scheme and, in 'broker.host', without a port");
		}
	}

	private void checkBroker() throws IOException {
		checkHost("broker.host", required("broker.host", "the name of the broker to connect to"));
		number("broker.port", 1, MAX_PORT);
		choice("broker.version", "5", "3.1.1");
		String id = required("client.id", "the name of this device at the broker, which no other one has");
		word("client.id", id, MAX_CLIENT_ID);
		if (id.indexOf(' ') >= 0) {
			throw failure("client.id", "'client.id' has no spaces");
		}
		if (this.authentication != Authentication.PSK) {
			readRoots();
		}
	}

	private void readRoots() throws IOException {
		Path pem = path("broker.roots", "a file with the root certificates, PEM, that the broker is verified with");
		String text = Files.readString(pem, StandardCharsets.ISO_8859_1);
		AnchorTableBuilder builder = new AnchorTableBuilder().skipExpired(Instant.now());
		try {
			builder.addPem(text);
		} catch (RuntimeException e) {
			throw failure("broker.roots", pem + " cannot be read: " + e.getMessage());
		}
		if (builder.count() == 0) {
			String why = builder.skipped().isEmpty() ? "there is no -----BEGIN CERTIFICATE-----" : String.join("; ", builder.skipped());
			throw failure("broker.roots", "there is no root certificate in " + pem + " that can be used: " + why);
		}
		String stranger = builder.noAuthority();
		if (stranger != null) {
			throw failure("broker.roots", stranger + " in " + pem + " is no authority: give the root certificate (CA) that the broker's comes from, "
					+ "not the broker's own");
		}
		this.roots = builder.build();
		// The records of keys on curves are short.
		this.rsa = this.roots.length / builder.count() > 200;
	}

	private Path path(String name, String why) {
		return this.file.path(name, required(name, why));
	}

	private void checkTopics() {
		for (String name : List.of("topic.data", "topic.configuration", "topic.acknowledgement")) {
			String topic = required(name, "a topic");
			int length = topic.getBytes(StandardCharsets.UTF_8).length;
			if (length > MAX_TOPIC) {
				throw failure(name, "'" + name + "' has " + length + " bytes, and a topic may have " + MAX_TOPIC + " on this device");
			}
			if (!topic.chars().allMatch(c -> c >= ' ' && c < 127 && c != '#' && c != '+')) {
				throw failure(name, "'" + name + "' is a topic of ASCII without the wildcards # and +");
			}
		}
	}

	/** Checks what goes into a token as it is, so that the firmware has room for it. */
	private void word(String name, String value, int most) {
		if (value.length() > most || !value.chars().allMatch(c -> c >= ' ' && c < 127 && c != '"' && c != '\\')) {
			throw failure(name, "'" + name + "' has 1 to " + most + " letters, digits and signs of ASCII, without quotes and backslashes");
		}
	}

	private void text(String name, String value, int most) {
		if (value.getBytes(StandardCharsets.UTF_8).length > most || value.chars().anyMatch(Character::isISOControl)) {
			throw failure(name, "'" + name + "' has 1 to " + most + " bytes, and no control characters");
		}
	}

	private void checkTime() {
		String[] servers = timeServers();
		for (String server : servers) {
			String[] parts = server.split(":", 2);
			checkHost("time.servers", parts[0]);
			if (parts.length > 1 && (!parts[1].matches("[1-9][0-9]{0,4}") || Integer.parseInt(parts[1]) > MAX_PORT)) {
				throw failure("time.servers", "'" + parts[1] + "' is no port");
			}
		}
		choice("time.opinions", "1", "3");
		if (number("time.opinions", 1, 3) > servers.length) {
			throw failure("time.opinions", "three opinions want three 'time.servers'");
		}
	}

	private Authentication authentication() {
		String value = choice("authentication", "certificate", "jwt", "password", "psk", "none");
		return Authentication.valueOf(value.toUpperCase(java.util.Locale.ROOT));
	}

	private void checkAuthentication() throws IOException {
		switch (this.authentication) {
		case CERTIFICATE:
			readIdentity();
			break;
		case JWT:
			readKey();
			word("jwt.audience", required("jwt.audience", "whom the tokens are for"), MAX_AUDIENCE);
			for (String name : List.of("jwt.issuer", "jwt.key.id")) {
				if (get(name) != null) {
					word(name, get(name), MAX_WORD);
				}
			}
			number("jwt.lifetime", 10, 86400);
			break;
		case PASSWORD:
			text("user", required("user", "who logs in"), MAX_USER);
			text("password", required("password", "what is logged in with"), MAX_PASSWORD);
			break;
		case PSK:
			text("psk.identity", required("psk.identity", "the name of the pre-shared key"), PreSharedKey.MAX_IDENTITY_LENGTH);
			psk();
			break;
		default:
			break;
		}
		Map<String, Authentication> belongs = Map.of("certificate", Authentication.CERTIFICATE, "password", Authentication.PASSWORD, "jwt.audience",
				Authentication.JWT, "psk.key", Authentication.PSK, "psk.identity", Authentication.PSK);
		belongs.forEach((name, wanted) -> {
			if (this.file.has(name) && wanted != this.authentication) {
				throw failure(name, "'" + name + "' is of no use with 'authentication = " + get("authentication") + "'");
			}
		});
	}

	private void readIdentity() throws IOException {
		Path chain = path("certificate", "a file with the device's certificate and those above it, PEM");
		Path keyFile = path("key", "a file with the device's private key, PEM");
		try {
			PemIdentity identity = PemIdentity.read(chain, keyFile);
			if (identity.isRsa()) {
				throw failure("key", "this firmware has no RSA keys of its own; make an EC key on P-256 or P-384, or an Ed25519 key");
			}
			checkDates(identity.certificates());
			this.certificate = identity.certificates();
			this.key = identity.key();
		} catch (CommandFailure e) {
			throw this.file.owns(e) ? e : failure("certificate", stop(e));
		}
	}

	private void checkDates(byte[] chain) {
		try {
			((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(chain))).checkValidity();
		} catch (CertificateExpiredException e) {
			throw failure("certificate", "the device's certificate has expired (" + e.getMessage() + "); have a new one issued");
		} catch (CertificateException e) {
			throw failure("certificate", "the device's certificate cannot be used yet or at all (" + e.getMessage() + ")");
		}
	}

	private void readKey() throws IOException {
		Path keyFile = path("key", "a file with the device's private key, PEM");
		try {
			this.key = PemIdentity.readKey(keyFile);
			dev.thimble.identity.Identity.rawKey(new dev.thimble.crypto.PortableEcCrypto(), this.key).wipe();
		} catch (CommandFailure e) {
			throw failure("key", stop(e));
		} catch (IllegalArgumentException e) {
			throw failure("key", keyFile + " cannot be used: " + e.getMessage());
		}
	}

	/** A sentence to go on with. */
	private static String stop(CommandFailure failure) {
		String text = failure.getMessage();
		return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
	}

	/** Gets how the device proves who it is. */
	public Authentication kind() {
		return this.authentication;
	}

	byte[] psk() {
		String hex = required("psk.key", "the pre-shared key, 16 to 64 bytes in hexadecimal");
		if (!hex.matches("([0-9a-fA-F]{2}){16,64}")) {
			throw failure("psk.key", "'psk.key' is 16 to 64 bytes in hexadecimal");
		}
		return HexFormat.of().parseHex(hex);
	}

	String[] timeServers() {
		return get("time.servers").split("\\s*,\\s*");
	}

	byte[] roots() {
		return this.roots;
	}

	/** Tells whether the roots want RSA. */
	boolean rsa() {
		return this.rsa;
	}

	byte[] certificate() {
		return this.certificate;
	}

	byte[] key() {
		return this.key;
	}
}
