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
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thimble configure}: checks the configuration of the firmware {@code Telemetry} and makes the class it is compiled with. */
@Command(name = "configure", mixinStandardHelpOptions = true,
		description = "Checks the configuration of the Telemetry firmware and writes the Java class it is compiled with.")
public final class ConfigureCommand implements Callable<Integer> {

	@Parameters(paramLabel = "FILE.properties", description = "the configuration, see src/app/telemetry.properties")
	private Path file;

	@Option(names = { "-d", "--directory" }, paramLabel = "DIR",
			description = "the source folder the class is written to; without it the file is only checked")
	private Path directory;

	/** Creates the command. */
	public ConfigureCommand() {
		// picocli fills the fields
	}

	@Override
	public Integer call() throws IOException {
		TelemetryConfiguration configuration = TelemetryConfiguration.read(this.file);
		if (this.directory != null) {
			Path source = this.directory.resolve(TelemetrySource.CLASS.replace('.', '/') + ".java");
			Files.createDirectories(source.getParent());
			Files.writeString(source, TelemetrySource.of(configuration, Instant.now()), StandardCharsets.US_ASCII);
		}
		return 0;
	}
}
