/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.thimble.host.ServerProcess;
import dev.thimble.host.device.BoardProperties;
import org.junit.jupiter.api.Assumptions;

/** Builds the self-test without Java (board-support/selftest) for a board, once a test run. */
final class SelfTestFirmware {

	private static final Map<String, Path> BUILT = new HashMap<>();

	private SelfTestFirmware() {
	}

	/** Gets the image of a board's self-test; skips the test if there is no compiler. */
	static synchronized Path of(BoardProperties board) throws IOException, InterruptedException {
		Assumptions.assumeTrue(ServerProcess.installed("arm-none-eabi-gcc"), "there is no arm-none-eabi-gcc: install gcc-arm-none-eabi");
		Path elf = BUILT.get(board.name());
		if (elf == null) {
			Path build = Path.of(System.getProperty("thimble.build", "build"));
			Map<String, String> environment = new HashMap<>();
			if (board.is("lwip")) {
				environment.put("LWIP", run(environment, "sh", "board-support/debian/fetch-lwip", build.toString()));
			}
			Path out = build.resolve("selftest").resolve(board.name());
			Files.createDirectories(out);
			run(environment, "sh", "board-support/selftest/build", board.name(), out.toString());
			elf = out.resolve("selftest.elf");
			BUILT.put(board.name(), elf);
		}
		return elf;
	}

	/** Runs a program in the project's folder; gets the last line of what it says, and fails with all of it if it fails. */
	private static String run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
		Path errors = Files.createTempFile("thimble-selftest", ".log");
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
			builder.environment().putAll(environment);
			Process process = builder.start();
			process.getOutputStream().close();
			String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
			if (process.waitFor() != 0) {
				throw new IOException(List.of(command) + " failed: " + Files.readString(errors));
			}
			return answer.substring(answer.lastIndexOf('\n') + 1);
		} finally {
			Files.delete(errors);
		}
	}
}
