/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import dev.thimble.host.device.Board;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.Qemu;
import dev.thimble.host.device.QemuBoard;
import dev.thimble.host.device.QemuOptions;

/** An emulated board; skipped where there is no QEMU that knows it, or no firmware. */
abstract class QemuTests extends ConnectTests {

	private final String board;

	QemuTests(String board) {
		this.board = board;
	}

	@Override
	final Board start(String application) throws IOException {
		return start(application, QemuOptions.DEFAULT);
	}

	final Board start(String application, QemuOptions options) throws IOException {
		BoardProperties properties = BoardProperties.of(this.board);
		assumeTrue(Qemu.find(properties, false) != null, "there is no QEMU here that knows " + this.board);
		Path elf = Path.of(properties.firmware(application.toLowerCase(Locale.ROOT)) + ".elf");
		assumeTrue(Files.exists(elf), "there is no firmware " + elf.getFileName() + " for " + this.board + ": ./thimble firmware --board " + this.board
				+ " --app " + application);
		return QemuBoard.start(properties, elf, options);
	}

	/** Arithmetic, arrays, strings, exceptions and the collector, as the ahead-of-time compiler and its runtime make them. */
	@Test
	void runsJavaAsJava() throws IOException {
		try (Board running = start("LanguageTest")) {
			String sums = running.awaitLine("[0-9]+ passed, ", SOON);
			assertTrue(sums.matches("[1-9][0-9]+ passed, 0 failed"), running.transcript());
		}
	}

	/** What the collector of a device counts is the device's own. */
	@Override
	final int warmUps() {
		return 0;
	}
}
