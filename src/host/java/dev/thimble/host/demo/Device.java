/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import dev.thimble.host.Endpoint;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.EspAtModem;
import dev.thimble.host.device.QemuBoard;
import dev.thimble.host.device.QemuOptions;

/** The board in QEMU; one without Ethernet has a modem at its serial wire, which is emulated here. */
final class Device implements Closeable {

	private static final Duration TURN = Duration.ofMillis(500);
	private static final int LAST_LINES = 12;
	private static final String LAST_OF_GREETING = "AT+CIPRECVMODE";

	private final QemuBoard board;
	private final EspAtModem modem;
	private final Pacemaker pacemaker;

	private Device(QemuBoard board, EspAtModem modem, Pacemaker pacemaker) {
		this.board = board;
		this.modem = modem;
		this.pacemaker = pacemaker;
	}

	/** Tells whether a board needs a modem. */
	static boolean needsModem(BoardProperties board) {
		return !board.hasNetwork();
	}

	/**
	 * Switches the board on.
	 *
	 * @param report
	 *            gets the lines of its console, in a thread of its own.
	 */
	static Device start(BoardProperties properties, Path image, Timeline timeline, DeviceReport report) throws IOException {
		EspAtModem modem = needsModem(properties) ? new EspAtModem() : null;
		Pacemaker pacemaker = new Pacemaker();
		try {
			if (modem != null) {
				modem.names.put(People.BROKER, "127.0.0.1");
				modem.names.put(CloudDemo.TIME_SERVER, "127.0.0.1");
				modem.tls = false;
				modem.observe(command -> {
					timeline.note("modem", -1, command, "command", command);
					if (command.startsWith(LAST_OF_GREETING)) {
						timeline.tell("address", -1, "the board has none: its modem has, and answers (ESP-AT, emulated)");
					}
				});
			}
			QemuBoard board = QemuBoard.start(properties, Path.of(image + ".elf"), QemuOptions.DEFAULT.countingInstructions().with(pacemaker.arguments()));
			if (modem != null) {
				board.bridge(Endpoint.parse("127.0.0.1:" + modem.port()));
			}
			Device device = new Device(board, modem, pacemaker);
			Thread reader = new Thread(() -> device.read(report), "console-reader");
			reader.setDaemon(true);
			reader.start();
			return device;
		} catch (IOException | RuntimeException e) {
			pacemaker.close();
			if (modem != null) {
				modem.close();
			}
			throw e;
		}
	}

	private void read(DeviceReport report) {
		try {
			while (!this.board.ended()) {
				String line = this.board.readLine(TURN);
				if (line != null) {
					report.line(line);
				}
			}
		} catch (IOException e) {
			// interrupted: the demo is over
		}
	}

	/** Tells whether the board has ended by itself. */
	boolean ended() {
		return this.board.ended();
	}

	/** Types a line at its console. */
	void send(String line) throws IOException {
		this.board.send(line);
	}

	/** Gets what the console said last. */
	String lastLines() {
		// Figures that were asked for every half a second say nothing of what went wrong.
		String[] lines = this.board.transcript().lines().filter(line -> !line.startsWith("stats:")).toArray(String[]::new);
		StringBuilder last = new StringBuilder();
		for (int i = Math.max(0, lines.length - LAST_LINES); i < lines.length; i++) {
			last.append("   | ").append(lines[i]).append('\n');
		}
		return last.toString().stripTrailing();
	}

	@Override
	public void close() throws IOException {
		this.board.close();
		this.pacemaker.close();
		if (this.modem != null) {
			this.modem.close();
		}
	}
}
