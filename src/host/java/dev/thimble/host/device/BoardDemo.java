/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

import dev.thimble.host.Endpoint;

/** What the demo shows on an emulated board: a verified connection with data both ways and new keys, a server refused, a wire pulled. */
public final class BoardDemo implements Closeable {

	private static final Duration ANSWER = Duration.ofSeconds(60);
	private static final int PULLED_SECONDS = 2;

	private final QemuBoard board;
	private final ConnectFirmware firmware;
	private final Consumer<String> say;
	private final String options;

	/**
	 * Starts the board with the firmware that connects on it.
	 *
	 * @param say
	 *            gets what happens, a sentence at a time.
	 * @param print
	 *            gets the lines of the console.
	 */
	public BoardDemo(String board, Consumer<String> say, Consumer<String> print) throws IOException {
		BoardProperties properties = BoardProperties.of(board);
		Path elf = Path.of(properties.firmware(null) + ".elf");
		this.board = QemuBoard.start(properties, elf, QemuOptions.DEFAULT);
		this.say = say;
		this.options = properties.hasNetwork() ? "net" : "";
		this.firmware = new ConnectFirmware(this.board, line -> {
			/* Of the server's page, what it saw of the connection is enough. */
			if (!line.startsWith("<") || line.contains("HTTP/") || line.contains("Cipher is")) {
				print.accept(line);
			}
		});
	}

	/**
	 * Runs the demo.
	 *
	 * @param anchors
	 *            the table of trust anchors the server's certificate leads to.
	 * @param name
	 *            what the server's certificate is for.
	 * @param port
	 *            the server's port on 127.0.0.1; it answers an HTTP request and closes.
	 * @return true if everything was as it should be.
	 */
	public boolean run(byte[] anchors, String name, int port) throws IOException {
		BoardProperties properties = this.board.properties();
		this.say.accept("Board: " + properties.name() + " in QEMU, its firmware " + properties.firmware(null) + ".elf, connected by its "
				+ (properties.hasNetwork() ? "Ethernet." : "serial wire."));
		this.firmware.awaitBoot();
		if (!this.firmware.time(Instant.now()).ok() || !this.firmware.anchors(anchors).ok()) {
			return false;
		}
		Endpoint server = Endpoint.parse("127.0.0.1:" + port);
		return connect(name, server) && refuse(server) && pull(name, server);
	}

	private boolean connect(String name, Endpoint server) throws IOException {
		this.say.accept("A connection to " + name + ", whose certificate is verified on the board:");
		if (!this.firmware.connect(name, server, this.options).ok()) {
			return false;
		}
		this.say.accept("New keys in both directions, then an HTTP request and its answer:");
		if (!this.firmware.command("update", ConnectFirmware.SOON).ok() || !this.firmware.command("send GET / HTTP/1.0", ConnectFirmware.SOON).ok()) {
			return false;
		}
		String first = this.firmware.await("< |closed: |error: ", ANSWER);
		String last = first;
		while (last.startsWith("<")) {
			last = this.firmware.await("", ANSWER);
		}
		Map<String, String> stats = this.firmware.stats();
		boolean good = first.contains("200") && last.startsWith("closed: ") && "0".equals(stats.get("allocated"));
		this.say.accept("Memory: " + stats.get("allocated") + " bytes allocated on the board since its engine was made; AES unit: "
				+ stats.get("aes-blocks") + " blocks; hash unit: " + stats.get("digests") + " digests; stack: " + stats.get("stack") + " bytes.");
		return good;
	}

	private boolean refuse(Endpoint server) throws IOException {
		this.say.accept("The same server as other.thimble.test must be refused:");
		return !this.firmware.connect("other.thimble.test", server, this.options).ok();
	}

	private boolean pull(String name, Endpoint server) throws IOException {
		this.say.accept("With the " + (this.options.isEmpty() ? "wire" : "cable") + " pulled, the board says so and is ready again:");
		this.board.unplug();
		boolean refused = !this.firmware.command("connect " + name + " " + server.port() + (this.options.isEmpty() ? " wire" : " at "
				+ this.board.hostAddress() + " net") + " timeout " + PULLED_SECONDS, ConnectFirmware.HANDSHAKE).ok();
		this.board.plug();
		return refused && this.firmware.time(Instant.now()).ok();
	}

	@Override
	public void close() {
		this.board.close();
	}
}
