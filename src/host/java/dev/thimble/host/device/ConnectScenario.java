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
import java.util.List;

import dev.thimble.host.Endpoint;

/** One connection from a board that has started: time and credentials, handshake, some lines and what is answered, figures, close. */
public final class ConnectScenario {

	/** How long to wait for the first line of an answer. */
	private static final Duration ANSWER = Duration.ofSeconds(60);

	private ConnectScenario() {
	}

	/**
	 * Runs the scenario; the firmware's listener sees all that is said.
	 *
	 * @param credentials
	 *            what the device is given before.
	 * @param name
	 *            what the certificate has to be for.
	 * @param options
	 *            further words for the firmware's connect command.
	 * @param texts
	 *            lines to send, one after the other.
	 * @return true if the connection came about and ended without an error.
	 */
	public static boolean run(ConnectFirmware firmware, DeviceCredentials credentials, Instant time, String name, Endpoint server, String options, List<String> texts)
			throws IOException {
		if (!firmware.time(time).ok() || !credentials.give(firmware) || !firmware.connect(name, server, options).ok()) {
			return false;
		}
		for (String text : texts) {
			if (!firmware.command("send " + text, ConnectFirmware.SOON).ok()) {
				return false;
			}
		}
		if (!texts.isEmpty()) {
			firmware.await("< |closed: |error: ", ANSWER);
		}
		firmware.stats();
		ConnectFirmware.Reply closed = firmware.command("close", ConnectFirmware.SOON);
		return closed.ok() || closed.errorName().equals("E_NOT_CONNECTED");
	}
}
