/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.thimble.host.Endpoint;

/** Talks with the firmware {@code dev.thimble.app.Connect} on a board's console: a command, then lines, then
 * {@code done} and a code. */
public final class ConnectFirmware {

	/** How long a command without network may take. */
	public static final Duration SOON = Duration.ofSeconds(90);
	/** How long a handshake may take, which the firmware itself ends after 30 seconds. */
	public static final Duration HANDSHAKE = Duration.ofSeconds(60);

	/** A multiple of 4 characters that fits the firmware's line. */
	private static final int PIECE = 480;

	private final Board board;
	private final Consumer<String> listener;
	private String bootLine;

	/**
	 * What the firmware said to a command.
	 *
	 * @param lines
	 *            the lines but the last.
	 * @param error
	 *            the line of the error that ended the command, for example {@code error: E_TIMEOUT (-11): ...}; else null.
	 */
	public record Reply(List<String> lines, String error) {

		/** Tells whether the command was done. */
		public boolean ok() {
			return this.error == null;
		}

		/** Gets the line that begins with a word and a colon, or null. */
		public String line(String word) {
			return this.lines.stream().filter(line -> line.startsWith(word + ": ")).findFirst().orElse(null);
		}

		/** Gets the name of the error, for example {@code E_TIMEOUT}; {@code ok} if there is none. */
		public String errorName() {
			return this.error == null ? "ok" : this.error.split(" ")[1];
		}
	}

	/** Takes a board on which the firmware starts. */
	public ConnectFirmware(Board board) {
		this(board, line -> { });
	}

	/**
	 * Takes a board on which the firmware starts.
	 *
	 * @param listener
	 *            gets every line the firmware says.
	 */
	public ConnectFirmware(Board board, Consumer<String> listener) {
		this.board = board;
		this.listener = listener;
	}

	/** Waits until the firmware is ready; gets its boot line. */
	public String awaitBoot() throws IOException {
		this.bootLine = this.board.awaitLine("boot: ", SOON);
		this.listener.accept(this.bootLine);
		for (String line = this.board.awaitLine("", SOON); !line.equals("ready"); line = this.board.awaitLine("", SOON)) {
			this.listener.accept(line);
		}
		return this.bootLine;
	}

	/** Gives a command and waits for the result. */
	public Reply command(String command, Duration limit) throws IOException {
		this.board.send(command);
		return result(limit);
	}

	private Reply result(Duration limit) throws IOException {
		long deadline = System.nanoTime() + limit.toNanos();
		List<String> lines = new ArrayList<>();
		String error = null;
		while (true) {
			String line = this.board.awaitLine("", Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
			if (line.startsWith("done ")) {
				return new Reply(lines, line.equals("done 0") ? null : error);
			}
			this.listener.accept(line);
			lines.add(line);
			if (line.startsWith("error: ")) {
				error = line;
			}
		}
	}

	/** Waits for a line, wherever it comes from: an answer of the server, the end of the connection. */
	public String await(String pattern, Duration limit) throws IOException {
		String line = this.board.awaitLine(pattern, limit);
		this.listener.accept(line);
		return line;
	}

	/** Sets the time. */
	public Reply time(Instant time) throws IOException {
		return command("time " + time.getEpochSecond(), SOON);
	}

	/** Sets the trust anchors: a table made by {@link dev.thimble.host.AnchorTableBuilder}. */
	public Reply anchors(byte[] table) throws IOException {
		return bytes("anchors", table);
	}

	/**
	 * Gives the device what it proves itself with.
	 *
	 * @param certificates
	 *            the chain, DER, one certificate behind the other.
	 * @param key
	 *            the private key, DER, PKCS #8 or SEC 1.
	 */
	public Reply identity(byte[] certificates, byte[] key) throws IOException {
		Reply reply = bytes("certificate", certificates);
		return reply.ok() ? bytes("key", key) : reply;
	}

	/** Gives the device a pre-shared key. */
	public Reply preSharedKey(String identity, byte[] key) throws IOException {
		return command("psk " + identity + " " + HexFormat.of().formatHex(key), SOON);
	}

	/** Sends bytes in pieces: the first with a command, the others with the command and a plus sign. */
	private Reply bytes(String command, byte[] content) throws IOException {
		String text = Base64.getEncoder().encodeToString(content);
		Reply reply = null;
		for (int at = 0; at < text.length() && (reply == null || reply.ok()); at += PIECE) {
			reply = command(command + (at == 0 ? " " : "+ ") + text.substring(at, Math.min(text.length(), at + PIECE)), SOON);
		}
		return reply;
	}

	/**
	 * Connects: on a board with a network by that, else by the wire.
	 *
	 * @param name
	 *            what the certificate has to be for.
	 * @param server
	 *            the server, as this machine reaches it; loopback addresses are translated for the board.
	 * @param options
	 *            further words for the command, for example {@code rx 1024}.
	 */
	public Reply connect(String name, Endpoint server, String options) throws IOException {
		boolean wire = this.board.properties().hasWire() && !options.contains("net") || options.contains("wire");
		if (wire) {
			this.board.bridge(server);
		}
		String host = server.host().equals("127.0.0.1") || server.host().equals("localhost") ? this.board.hostAddress() : server.host();
		return command("connect " + name + " " + server.port() + (wire ? " wire" : " at " + host) + (options.isEmpty() ? "" : " " + options),
				HANDSHAKE);
	}

	/** Asks for the figures; the values by their names. */
	public Map<String, String> stats() throws IOException {
		Map<String, String> stats = new HashMap<>();
		String line = command("stats", SOON).line("stats");
		if (line != null) {
			for (String word : line.substring("stats: ".length()).split(" ")) {
				int equals = word.indexOf('=');
				stats.put(word.substring(0, equals), word.substring(equals + 1));
			}
		}
		return stats;
	}
}
