/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.thimble.host.AnchorTableBuilder;
import dev.thimble.host.Endpoint;
import dev.thimble.host.Identity;
import dev.thimble.host.device.Board;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.ConnectFirmware;
import dev.thimble.host.device.Qemu;
import dev.thimble.host.device.QemuBoard;
import dev.thimble.host.device.QemuOptions;

/** Talks with the firmware {@code dev.thimble.app.Sockets} on a board. */
final class SocketsFirmware {

	/** How long a command may take; the firmware itself gives up after a minute. */
	static final Duration LIMIT = Duration.ofSeconds(150);

	private static final String APPLICATION = "sockets";
	private static final String SERVING = "everything";
	private static final String LINE = "the hand that does the work";

	private final Board board;
	private final ConnectFirmware console;

	/** Waits for the firmware, and gives it the time and a root. */
	SocketsFirmware(Board board, Identity root) throws IOException {
		this.board = board;
		this.console = new ConnectFirmware(board);
		this.console.awaitBoot();
		assertTrue(command("time " + Instant.now().getEpochSecond()).ok());
		assertTrue(this.console.anchors(new AnchorTableBuilder().addPem(root.certificatePem()).build()).ok());
	}

	/** Starts it on an emulated board; skips the test where that cannot be. */
	static QemuBoard start(String name, QemuOptions options) throws IOException {
		return QemuBoard.start(BoardProperties.of(name), image(name), options);
	}

	/** Gets the image for an emulated board, for one with a network that which is a server too; skips the test if it cannot run. */
	static Path image(String name) throws IOException {
		BoardProperties properties = BoardProperties.of(name);
		assumeTrue(Qemu.find(properties, false) != null, "there is no QEMU here that knows " + name);
		String profile = properties.hasNetwork() ? SERVING : null;
		Path elf = Path.of(properties.firmware(APPLICATION, profile) + ".elf");
		assumeTrue(Files.exists(elf), "there is no firmware " + elf.getFileName() + " for " + name + ": ./thimble firmware --board " + name
				+ " --app Sockets" + (profile == null ? "" : " --profile " + profile));
		return elf;
	}

	ConnectFirmware console() {
		return this.console;
	}

	ConnectFirmware.Reply command(String command) throws IOException {
		return this.console.command(command, LIMIT);
	}

	/** Gives a command that has to be done; gets the values of a line of its answer by their names. */
	Map<String, String> done(String command, String line) throws IOException {
		ConnectFirmware.Reply reply = command(command);
		assertNull(reply.error(), this.board::transcript);
		return words(reply.line(line));
	}

	/** Gives a command that has to fail. */
	void fails(String error, String command) throws IOException {
		assertEquals(error, command(command).errorName(), () -> command + "\n" + this.board.transcript());
	}

	Map<String, String> stats() throws IOException {
		return done("stats", "stats");
	}

	/** Gets the values of a line by their names. */
	static Map<String, String> words(String line) {
		Map<String, String> words = new HashMap<>();
		for (String word : line.split(" ")) {
			int equals = word.indexOf('=');
			if (equals > 0) {
				words.put(word.substring(0, equals), word.substring(equals + 1));
			}
		}
		return words;
	}

	/** Says a line three times; the last time nothing may be allocated. */
	void echoes(String how, String host, int port, boolean own) throws IOException {
		Map<String, String> figures = Map.of();
		for (int i = 0; i < 3; i++) {
			figures = echo(how, host, port, own);
		}
		assertEquals("0", figures.get("allocated"), this.board::transcript);
	}

	/** Says a line; gets the figures. */
	Map<String, String> echo(String how, String host, int port, boolean own) throws IOException {
		if (how.startsWith("wire")) {
			this.board.bridge(Endpoint.parse("127.0.0.1:" + port));
		}
		ConnectFirmware.Reply reply = command("echo " + how + " " + host + " " + port + " " + LINE);
		assertNull(reply.error(), this.board::transcript);
		assertEquals("answer: " + LINE, reply.line("answer"), this.board::transcript);
		Map<String, String> figures = words(reply.line("echo"));
		assertEquals(own ? "772" : "0", figures.get("version"));
		return figures;
	}

	/** All engines are back in the pool, and there is nothing to clear up: the next connection works and allocates nothing. */
	void isAsBefore(String how, String host, int port, boolean own) throws IOException {
		Map<String, String> stats = stats();
		assertEquals(stats.get("engines"), stats.get("free"), this.board::transcript);
		assertEquals("0", echo(how, host, port, own).get("allocated"), this.board::transcript);
		assertEquals(stats.get("built"), stats().get("built"), this.board::transcript);
	}
}
