/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import dev.thimble.host.TelemetryConfiguration;
import dev.thimble.host.TelemetrySource;

/** Compiles the configuration of the firmware Telemetry, as the build does. */
public final class ConfiguredTelemetry {

	private ConfiguredTelemetry() {
	}

	/** Compiles lines of a properties file that lies in a folder; gets the folder of classes. */
	public static Path compile(Path folder, List<String> lines) throws IOException {
		Path file = Files.write(folder.resolve("telemetry.properties"), lines, StandardCharsets.UTF_8);
		Path source = folder.resolve("source").resolve(TelemetrySource.CLASS.replace('.', '/') + ".java");
		Files.createDirectories(source.getParent());
		Files.writeString(source, TelemetrySource.of(TelemetryConfiguration.read(file), Instant.now()), StandardCharsets.US_ASCII);
		Path classes = Files.createDirectories(folder.resolve("classes"));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		int result = compiler.run(null, null, null, "--release", "17", "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString(),
				source.toString());
		if (result != 0) {
			throw new IllegalStateException("The configuration does not compile");
		}
		return classes;
	}
}
