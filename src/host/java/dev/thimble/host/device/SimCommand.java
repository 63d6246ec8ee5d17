/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.thimble.host.AnchorTableBuilder;
import dev.thimble.host.CommandFailure;
import dev.thimble.host.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thimble sim}: the firmware on a JVM. */
@Command(name = "sim", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Runs a firmware's class files on this JVM, with mocks of the board's natives.",
		footer = { "", "Without words the firmware's console is the terminal.",
				"Settings: trng=none|silent|fault|stuck|repeat, aes=none|wrong|stall|fault, hash=none|wrong|fault (each also word@count:", "good until then),",
				"net=on|none|unplugged, storage=FOLDER." })
public final class SimCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "WORD", arity = "0..*",
			description = "connect HOST:PORT: connects, sends, prints what comes, closes. selftest: tests every primitive.")
	private List<String> words = List.of();

	@Option(names = "--app", paramLabel = "CLASS", defaultValue = "Connect", description = "the firmware: Connect (default) or ConnectSmall")
	private String application;

	@Option(names = "--ca", paramLabel = "FILE", description = "trusted roots, PEM: those the device needs, it has no room for a browser's")
	private Path ca;

	@Option(names = "--servername", paramLabel = "NAME", description = "the name checked in the certificate; default: HOST")
	private String serverName;

	@Option(names = "--send", paramLabel = "TEXT", description = "a line to send; may be repeated")
	private List<String> texts = List.of();

	@Option(names = "--options", paramLabel = "WORDS", defaultValue = "", description = "further words for the firmware's connect command: rx, tx, wire, net")
	private String options;

	@Option(names = "-S", paramLabel = "NAME=VALUE", description = "a setting of the mocks; may be repeated")
	private Map<String, String> settings = new LinkedHashMap<>();

	/** Creates the command. */
	public SimCommand() {
		// picocli fills the fields
	}

	@Override
	public Integer call() throws IOException {
		if (this.words.isEmpty()) {
			return run(this.application);
		}
		if (this.words.equals(List.of("selftest"))) {
			return run("SelfTest");
		}
		if (this.words.size() == 2 && this.words.get(0).equals("connect")) {
			try {
				return connect(Endpoint.parse(this.words.get(1)));
			} catch (IllegalArgumentException e) {
				throw new ParameterException(this.spec.commandLine(), e.getMessage());
			}
		}
		throw new ParameterException(this.spec.commandLine(), "sim knows 'connect HOST:PORT' and 'selftest'");
	}

	/** Runs a firmware with the terminal as its console; gives its exit code. */
	private int run(String firmware) throws IOException {
		try {
			return new ProcessBuilder(SimulatedBoard.command(firmware, this.settings)).inheritIO().start().waitFor();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException(e);
		}
	}

	private int connect(Endpoint server) throws IOException {
		if (this.ca == null) {
			throw new ParameterException(this.spec.commandLine(), "connect needs --ca FILE");
		}
		if (!Files.isReadable(this.ca)) {
			throw new CommandFailure("The file " + this.ca + " does not exist or cannot be read.");
		}
		AnchorTableBuilder anchors = new AnchorTableBuilder().addPem(Files.readString(this.ca, StandardCharsets.ISO_8859_1));
		if (anchors.count() == 0) {
			throw new CommandFailure("There is no usable trusted root in " + this.ca + ".");
		}
		PrintWriter out = this.spec.commandLine().getOut();
		try (Board board = SimulatedBoard.start(this.application, this.settings)) {
			ConnectFirmware firmware = new ConnectFirmware(board, line -> {
				out.println(line);
				out.flush();
			});
			firmware.awaitBoot();
			return ConnectScenario.run(firmware, new DeviceCredentials(anchors.build()), Instant.now(), this.serverName == null ? server.host() : this.serverName, server,
					this.options, this.texts) ? 0 : 1;
		}
	}
}
