/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.thimble.host.device.BoardProperties;

/** The launcher makes no firmware of a configuration that is wrong; what can be wrong with one is told by {@code TelemetryConfigurationTest}. */
@Timeout(600)
final class BadConfigurationTest {

	@TempDir
	private Path folder;

	@Test
	void failsTheBuildWithASentenceAndItsLine() throws IOException, InterruptedException {
		Path file = this.folder.resolve("bad.properties");
		Files.write(file, List.of("broker.host = broker.example", "broker.port = 88830"));
		Path image = Path.of(BoardProperties.of("mps2-an386").firmware("telemetry") + ".elf");
		byte[] before = Files.exists(image) ? Files.readAllBytes(image) : null;
		Path output = this.folder.resolve("output");
		ProcessBuilder launcher = new ProcessBuilder("sh",
				Path.of(System.getProperty("thimble.root", ""), "thimble").toAbsolutePath().toString(), "firmware", "--board", "mps2-an386", "--app",
				"Telemetry", "--config", file.toString()).redirectErrorStream(true).redirectOutput(output.toFile());
		launcher.environment().put("THIMBLE_BUILD", Path.of(System.getProperty("thimble.build", "build")).toAbsolutePath().toString());
		launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
		Process process = launcher.start();
		process.getOutputStream().close();
		assertTrue(process.waitFor(500, TimeUnit.SECONDS), "the build goes on and on");
		String text = Files.readString(output, StandardCharsets.UTF_8);
		assertEquals(1, process.exitValue(), text);
		assertTrue(text.contains(file + ":2: 'broker.port' is a number from 1 to 65535, not '88830'."), text);
		assertFalse(text.contains("Translating"), text);
		assertFalse(text.contains("\tat "), "a stack trace is no sentence: " + text);
		assertTrue(before == null ? !Files.exists(image) : Arrays.equals(before, Files.readAllBytes(image)), "the image has changed");
	}
}
