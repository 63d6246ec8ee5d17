/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

	private final Path file;
	private final Map<String, String> values = new LinkedHashMap<>();
	private final Map<String, Integer> lines = new LinkedHashMap<>();
	private final Authentication authentication;
	private byte[] roots;
	private boolean rsa;
	private byte[] certificate;
	private byte[] key;

	private TelemetryConfiguration(Path file) throws IOException {
		this.file = file;
		parse(Files.readAllLines(file, StandardCharsets.UTF_8));
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
		if (!Files.isReadable(file)) {
			throw new CommandFailure("There is no configuration " + file + ".");
		}
		return new TelemetryConfiguration(file);
	}

	private void parse(List<String> all) {
		for (int i = 0; i < all.size(); i++) {
			String line = all.get(i).strip();
			if (line.isEmpty() || line.startsWith("#")) {
				continue;
			}
			int equals = line.indexOf('=');
			String name = equals < 0 ? line : line.substring(0, equals).strip();
			if (equals < 0) {
				throw failure(i + 1, "this is no line of the form name = value: " + line);
			}
			if (!NAMES.containsKey(name)) {
				throw failure(i + 1, "there is no '" + name + "'; there are " + String.join(", ", NAMES.keySet()));
			}
			if (this.values.put(name, line.substring(equals + 1).strip()) != null) {
				throw failure(i + 1, "'" + name + "' is there already, in line " + this.lines.get(name));
			}
			this.lines.put(name, i + 1);
		}
	}

	private CommandFailure failure(int line, String sentence) {
		return new CommandFailure(this.file + (line > 0 ? ":" + line : "") + ": " + sentence + ".");
	}

	private CommandFailure failure(String name, String sentence) {
		return failure(this.lines.getOrDefault(name, 0), sentence);
	}

	/** Gets a value; null if there is none. */
	String get(String name) {
		String value = this.values.get(name);
		return value == null || value.isEmpty() ? NAMES.get(name) : value;
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
		if (id.length() > MAX_CLIENT_ID || !id.chars().allMatch(c -> c > ' ' && c < 127)) {
			throw failure("client.id", "'client.id' has 1 to " + MAX_CLIENT_ID + " letters, digits and signs of ASCII");
		}
		if (this.authentication != Authentication.PSK) {
			readRoots();
		}
	}

	private void readRoots() throws IOException {
		Path pem = path("broker.roots", "a file with the root certificates, PEM, that the broker is verified with");
		AnchorTableBuilder builder = new AnchorTableBuilder().skipExpired(Instant.now());
		try {
			builder.addPem(Files.readString(pem, StandardCharsets.ISO_8859_1));
		} catch (RuntimeException e) {
			throw failure("broker.roots", pem + " cannot be read: " + e.getMessage());
		}
		if (builder.count() == 0) {
			throw failure("broker.roots", "there is no root certificate that has not expired in " + pem);
		}
		this.roots = builder.build();
		// The records of keys on curves are short.
		this.rsa = this.roots.length / builder.count() > 200;
	}

	private Path path(String name, String why) {
		Path path = this.file.toAbsolutePath().resolveSibling(required(name, why));
		if (!Files.isReadable(path)) {
			throw failure(name, "there is no file " + path);
		}
		return path;
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

	private void checkTime() {
		String[] servers = timeServers();
		for (String server : servers) {
			String[] parts = server.split(":", 2);
			checkHost("time.servers", parts[0]);
			if (parts.length > 1 && !parts[1].matches("[1-9][0-9]{0,4}")) {
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
			required("jwt.audience", "whom the tokens are for");
			number("jwt.lifetime", 10, 86400);
			break;
		case PASSWORD:
			required("user", "who logs in");
			required("password", "what is logged in with");
			break;
		case PSK:
			required("psk.identity", "the name of the pre-shared key");
			psk();
			break;
		default:
			break;
		}
		Map<String, Authentication> belongs = Map.of("certificate", Authentication.CERTIFICATE, "password", Authentication.PASSWORD, "jwt.audience",
				Authentication.JWT, "psk.key", Authentication.PSK, "psk.identity", Authentication.PSK);
		belongs.forEach((name, wanted) -> {
			if (this.lines.containsKey(name) && wanted != this.authentication) {
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
			this.certificate = identity.certificates();
			this.key = identity.key();
		} catch (CommandFailure e) {
			throw e.getMessage().startsWith(this.file + ":") ? e : failure("certificate", stop(e));
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
