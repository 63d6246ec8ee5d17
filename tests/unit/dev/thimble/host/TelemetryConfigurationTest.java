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
		assertTrue(text.contains(sentence) && text.endsWith("."), text);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "broker.port = 70000|number from 1 to 65535", "broker.port = x|not 'x'", "broker.version = 4|one of",
			"no.such = 1|there is no 'no.such'", "interval|no line of the form", "interval = 0|number from 1 to 86400", "client.id = d|there already",
			"link = radio|one of network, modem", "authentication = magic|one of", "time.servers = a b|no host", "time.servers = a:x|no port",
			"time.opinions = 2|one of", "time.opinions = 3|three 'time.servers'", "password = x|of no use", "psk.key = 00|of no use" })
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
