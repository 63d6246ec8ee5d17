/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.thimble.support.ConfiguredTelemetry;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

class TelemetryConfigurationTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 1);

	private static final List<String> GOOD = List.of("broker.host = broker.example", "broker.roots = roots.pem", "client.id = c", "topic.data = d",
			"topic.configuration = c", "topic.acknowledgement = a");

	@TempDir
	private Path folder;

	@BeforeEach
	void writeFiles() throws IOException {
		Identity.writeChain(this.folder.resolve("roots.pem"), CHAIN.root());
		Identity.writeChain(this.folder.resolve("device.pem"), CHAIN.leaf());
		CHAIN.leaf().writeKey(this.folder.resolve("device.key"));
		TestPki.chain(KeyKind.P384, 1).leaf().writeKey(this.folder.resolve("other.key"));
		Files.writeString(this.folder.resolve("bad.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
		Files.writeString(this.folder.resolve("empty.pem"), "nothing");
	}

	private TelemetryConfiguration read(String... more) throws IOException {
		List<String> lines = new ArrayList<>(GOOD);
		lines.addAll(List.of(more));
		return TelemetryConfiguration.read(Files.write(this.folder.resolve("t.properties"), lines, StandardCharsets.UTF_8));
	}

	/** What is wrong stands in the line behind the good ones. */
	private void refused(String sentence, String... more) {
		CommandFailure failure = assertThrows(CommandFailure.class, () -> read(more));
		String text = failure.getMessage();
		assertTrue(text.contains("t.properties:" + (GOOD.size() + more.length) + ": "), text);
		assertTrue(text.contains(sentence) && (text.endsWith(".") || text.endsWith("?")), text);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "broker.port = 70000|number from 1 to 65535", "broker.port = x|not 'x'", "broker.version = 4|one of",
			"no.such = 1|there is no 'no.such'", "interval|no line of the form", "interval = 0|number from 1 to 86400", "client.id = d|there already",
			"link = radio|one of network, modem", "authentication = magic|one of", "time.servers = a b|no host", "time.servers = a:x|no port",
			"time.opinions = 2|one of", "broker.port = 0|number from 1 to 65535", "broker.port = -1|number from", "broker.port = 8883x|number from", "broker.port = 99999999999|number from",
			"time.servers = a:65536|no port", "time.servers = a:0|no port", "time.servers = ,a|no host", "interval = 86401|number from", "keep.alive = 0|number from",
			"brokr.port = 1|do you mean 'broker.port'?", "topic.date = x|do you mean 'topic.data'?", "Interval = 5|do you mean 'interval'?", "= 5|there is no ''",
			"topic.data = again|there already, in line 4", "broker.host = again|there already, in line 1", "time.opinions = 3|three 'time.servers'", "password = x|of no use", "psk.key = 00|of no use" })
	void whatIsWrongIsToldWithItsLine(String line, String sentence) {
		refused(sentence, line);
	}

	@Test
	void valuesThatAreMissingAreTold() throws IOException {
		for (String missing : GOOD) {
			List<String> lines = new ArrayList<>(GOOD);
			lines.remove(missing);
			Path file = Files.write(this.folder.resolve("missing.properties"), lines);
			String text = assertThrows(CommandFailure.class, () -> TelemetryConfiguration.read(file)).getMessage();
			assertTrue(text.contains("'" + missing.substring(0, missing.indexOf(' ')) + "' is missing"), text);
		}
		assertThrows(CommandFailure.class, () -> TelemetryConfiguration.read(this.folder.resolve("nowhere")));
	}

	@Test
	void filesAreChecked() {
		refused("there is no file", "authentication = certificate", "key = device.key", "certificate = nowhere.pem");
		refused("'key' is missing".replace("'key' is missing", "There is no private key"), "authentication = certificate", "key = empty.pem",
				"certificate = device.pem");
		refused("cannot be used", "authentication = certificate", "key = other.key", "certificate = device.pem");
		refused("cannot be used", "authentication = certificate", "key = device.key", "certificate = bad.pem");
		refused("There is no private key", "authentication = jwt", "jwt.audience = a", "key = device.pem");
	}

	private void replaced(int line, String with, String sentence) throws IOException {
		List<String> lines = new ArrayList<>(GOOD);
		lines.set(line - 1, with);
		Path file = Files.write(this.folder.resolve("t.properties"), lines, StandardCharsets.UTF_8);
		String text = assertThrows(CommandFailure.class, () -> TelemetryConfiguration.read(file), with).getMessage();
		assertTrue(text.contains("t.properties:" + line + ": ") && text.contains(sentence) && text.endsWith("."), text);
	}

	@Test
	void namesAndHostsAreChecked() throws IOException {
		for (String bad : new String[] { "a b", "mqtts://a", "a:8883", "a/b", "\u00e9", "x".repeat(256), "a\"b" }) {
			replaced(1, "broker.host = " + bad, "is no host");
		}
		replaced(1, "broker.host =", "'broker.host' is missing");
		for (String bad : new String[] { "x".repeat(65), "a\u00e9", "a\"b", "a b" }) {
			replaced(3, "client.id = " + bad, "'client.id' has");
		}
		refused("'jwt.audience' has 1 to 100", "authentication = jwt", "key = device.key", "jwt.audience = " + "x".repeat(101));
		refused("'jwt.issuer' has 1 to 48", "authentication = jwt", "key = device.key", "jwt.audience = a", "jwt.issuer = " + "x".repeat(49));
		refused("'jwt.key.id' has", "authentication = jwt", "key = device.key", "jwt.audience = a", "jwt.key.id = \"");
		refused("'user' has 1 to 128", "authentication = password", "password = p", "user = " + "\u00e9".repeat(65));
		refused("'password' has 1 to 1024", "authentication = password", "user = u", "password = " + "x".repeat(1025));
	}

	@Test
	void sharedKeysAreChecked() {
		for (String bad : new String[] { "0", "00", "x".repeat(32), "0".repeat(33), "0".repeat(130), "00 ".repeat(16) }) {
			refused("'psk.key' is 16 to 64 bytes in hexadecimal", "authentication = psk", "psk.identity = i", "psk.key = " + bad);
		}
		refused("'psk.identity' has 1 to 256", "authentication = psk", "psk.key = " + "00".repeat(16), "psk.identity = " + "i".repeat(257));
		assertTrue(assertThrows(CommandFailure.class, () -> read("authentication = psk", "psk.identity = i")).getMessage().contains("'psk.key' is missing"));
	}

	@Test
	void bytesThatAreNoTextAreTold() throws IOException {
		for (int line = 1; line <= GOOD.size(); line++) {
			java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
			for (int i = 1; i <= GOOD.size(); i++) {
				bytes.writeBytes((GOOD.get(i - 1) + "\r\n# ").getBytes(StandardCharsets.UTF_8));
				bytes.writeBytes(i == line ? new byte[] { (byte) 0xe9, '\n' } : new byte[] { '\n' });
			}
			Path file = Files.write(this.folder.resolve("latin.properties"), bytes.toByteArray());
			String text = assertThrows(CommandFailure.class, () -> TelemetryConfiguration.read(file)).getMessage();
			assertTrue(text.contains("latin.properties:" + 2 * line + ": this line is not UTF-8"), text);
		}
		// As some editors begin a file, and end its lines.
		Path marked = Files.writeString(this.folder.resolve("marked.properties"), "\ufeff" + String.join("\r\n", GOOD));
		assertEquals("c", TelemetryConfiguration.read(marked).get("client.id"));
		assertThrows(CommandFailure.class, () -> TelemetryConfiguration.read(this.folder));
	}

	@Test
	void certificatesThatAreNoUseAreTold() throws Exception {
		java.time.Instant now = java.time.Instant.now();
		CertificateMaker late = new CertificateMaker("CN=late", TestPki.key(KeyKind.P256, 3)).valid(now.minusSeconds(9000), now.minusSeconds(100));
		Identity.writeChain(this.folder.resolve("late-root.pem"), late.authority().make());
		replaced(2, "broker.roots = late-root.pem", "expired on");
		replaced(2, "broker.roots = device.pem", "is no authority");
		replaced(2, "broker.roots = device.key", "not a certificate");
		replaced(2, "broker.roots = .", "there is no file");
		for (boolean expired : new boolean[] { true, false }) {
			Identity leaf = new CertificateMaker("CN=device", TestPki.key(KeyKind.P256, 4))
					.valid(now.plusSeconds(expired ? -9000 : 9000), now.plusSeconds(expired ? -100 : 99000)).issuedBy(CHAIN.root()).make();
			Identity.writeChain(this.folder.resolve("leaf.pem"), leaf);
			leaf.writeKey(this.folder.resolve("leaf.key"));
			refused(expired ? "has expired" : "cannot be used yet", "authentication = certificate", "key = leaf.key", "certificate = leaf.pem");
		}
		Identity rsa = TestPki.chain(KeyKind.RSA2048, 1).leaf();
		Identity.writeChain(this.folder.resolve("rsa.pem"), rsa);
		rsa.writeKey(this.folder.resolve("rsa.key"));
		refused("no RSA keys", "authentication = certificate", "certificate = rsa.pem", "key = rsa.key");
	}

	@Test
	void rootsAreChecked() throws IOException {
		for (String bad : new String[] { "bad.pem", "empty.pem", "nowhere.pem" }) {
			List<String> lines = new ArrayList<>(GOOD);
			lines.set(1, "broker.roots = " + bad);
			Path file = Files.write(this.folder.resolve("t.properties"), lines);
			String text = assertThrows(CommandFailure.class, () -> TelemetryConfiguration.read(file)).getMessage();
			assertTrue(text.contains("t.properties:2: "), text);
		}
	}

	@Test
	void topicsAreChecked() throws IOException {
		for (String bad : new String[] { "x".repeat(201), "a/+", "#", "\u00e9" }) {
			List<String> lines = new ArrayList<>(GOOD);
			lines.set(3, "topic.data = " + bad);
			Path file = Files.write(this.folder.resolve("t.properties"), lines, StandardCharsets.UTF_8);
			String text = assertThrows(CommandFailure.class, () -> TelemetryConfiguration.read(file)).getMessage();
			assertTrue(text.contains("t.properties:4: 'topic.data'"), text);
		}
	}

	@Test
	void theSourceSaysWhatWasConfigured() throws Exception {
		List<String> lines = new ArrayList<>(GOOD);
		lines.addAll(List.of("authentication = certificate", "key = device.key", "certificate = device.pem", "interval = 77", "time.servers = a, b:99 ,c",
				"time.opinions = 3", "link = modem", "broker.version = 3.1.1"));
		Path classes = ConfiguredTelemetry.compile(this.folder, lines);
		// Before the firmware's own class of this name.
		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() }, null) {
			@Override
			protected Class<?> findClass(String name) throws ClassNotFoundException {
				return name.equals(TelemetrySource.CLASS) ? super.findClass(name) : TelemetryConfigurationTest.class.getClassLoader().loadClass(name);
			}
		}) {
			Class<?> settings = loader.loadClass(TelemetrySource.CLASS);
			assertEquals("broker.example", get(settings, "host"));
			assertEquals(77, get(settings, "interval"));
			assertEquals(List.of("a", "b:99", "c"), List.of((String[]) get(settings, "timeServers")));
			assertEquals(3, get(settings, "opinions"));
			assertEquals(true, get(settings, "modem"));
			assertEquals("dev.thimble.cloud.Mqtt311", get(settings, "version").getClass().getName());
			assertEquals(CHAIN.leaf().certificate().length, ((byte[]) get(settings, "certificate")).length);
			assertEquals(null, get(settings, "psk"));
		}
	}

	private static Object get(Class<?> settings, String name) throws ReflectiveOperationException {
		Method method = settings.getDeclaredMethod(name);
		method.setAccessible(true);
		return method.invoke(null);
	}

	@Test
	void eachKindCompiles() throws IOException {
		for (String[] kind : new String[][] { { "authentication = password", "user = u", "password = \"quoted\\" },
				{ "authentication = jwt", "key = device.key", "jwt.audience = a" },
				{ "authentication = psk", "psk.identity = i", "psk.key = 000102030405060708090a0b0c0d0e0f" } }) {
			List<String> lines = new ArrayList<>(GOOD);
			lines.addAll(List.of(kind));
			Path own = Files.createDirectories(this.folder.resolve(kind[0].replaceAll(".* ", "")));
			for (String name : new String[] { "roots.pem", "device.key" }) {
				Files.copy(this.folder.resolve(name), own.resolve(name));
			}
			assertTrue(Files.isDirectory(ConfiguredTelemetry.compile(own, lines)));
		}
	}
}
