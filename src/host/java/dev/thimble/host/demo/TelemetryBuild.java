/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.thimble.host.ServerProcess;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.Project;

/** The firmware Telemetry, configured for this run: written down as any user would, and built by the launcher. */
final class TelemetryBuild {

	static final String DATA = "demo/data";
	static final String CONFIGURATION = "demo/configuration";
	static final String ACKNOWLEDGEMENT = "demo/acknowledgement";
	static final String ALL = "demo/#";
	static final int FIRST_INTERVAL = 2;

	/** What the image is called, so that it is in nobody's way. */
	private static final String IMAGE = "demo";
	/** What the build says when the image is there. */
	private static final String LAST_LINE = ".elf .hex .bin .map";
	private static final long LIMIT_NANOS = 600_000_000_000L;
	private static final int TURN_MS = 500;

	private final Path file;
	private final List<String> lines = new ArrayList<>();

	/** Begins a configuration in a folder where the files of {@link People#write} are. */
	TelemetryBuild(Path folder, Proof proof, People people, String mqttVersion) {
		this.file = folder.resolve("telemetry.properties");
		this.lines.addAll(List.of("# Made by 'thimble demo'.", "broker.version = " + mqttVersion, "client.id = " + People.DEVICE, "topic.data = " + DATA,
				"topic.configuration = " + CONFIGURATION, "topic.acknowledgement = " + ACKNOWLEDGEMENT, "interval = " + FIRST_INTERVAL, "keep.alive = 30",
				"authentication = " + proof.word()));
		switch (proof) {
		case CERTIFICATE -> this.lines.addAll(List.of("broker.roots = ca.pem", "certificate = device.pem", "key = device.key"));
		case JWT -> this.lines.addAll(List.of("broker.roots = ca.pem", "key = device.key", "jwt.audience = " + TokenGate.AUDIENCE));
		default -> this.lines.addAll(List.of("psk.identity = " + People.PSK_IDENTITY, "psk.key = " + people.sharedKeyText()));
		}
	}

	/** Says where everything is. */
	TelemetryBuild reach(boolean modem, String brokerHost, int brokerPort, String timeHost, int timePort) {
		this.lines.addAll(List.of("link = " + (modem ? "modem" : "network"), "broker.host = " + brokerHost, "broker.port = " + brokerPort,
				"time.servers = " + timeHost + ":" + timePort));
		return this;
	}

	/**
	 * Writes the configuration and builds the firmware.
	 *
	 * @return the image's path without its extension.
	 */
	Path build(BoardProperties board) throws IOException, DemoFailure {
		Files.write(this.file, this.lines, StandardCharsets.US_ASCII);
		Path root = Project.root();
		try (ServerProcess build = ServerProcess.start(root, "env", "THIMBLE_BUILD=" + Project.build().toAbsolutePath(),
				root.resolve("thimble").toString(), "firmware", "--board",
				board.name(), "--app", "Telemetry", "--image", IMAGE, "--config", this.file.toString())) {
			long end = System.nanoTime() + LIMIT_NANOS;
			while (build.alive() && build.await(0, LAST_LINE, TURN_MS) == null) {
				if (System.nanoTime() > end) {
					break;
				}
			}
			// Its last words may come after its end.
			build.await(0, LAST_LINE, TURN_MS);
			String said = build.output(0);
			if (!said.contains(LAST_LINE)) {
				throw new DemoFailure("The firmware could not be built:\n" + said.trim());
			}
		}
		return board.firmware(IMAGE);
	}
}
