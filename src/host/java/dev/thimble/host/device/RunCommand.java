/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

import dev.thimble.host.AnchorTableBuilder;
import dev.thimble.host.CommandFailure;
import dev.thimble.host.Endpoint;
import dev.thimble.host.PemIdentity;
import dev.thimble.host.SharedKeyText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thimble run}: a firmware on an emulated board. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Runs a firmware on an emulated board.",
		footer = { "", "Without words the board's console is the terminal." })
public final class RunCommand implements Callable<Integer> {

	private static final Duration POLL = Duration.ofMillis(200);
	private static final int NO_ANSWER = 1;
	private static final int MAX_PORT = 65_535;
	/** A server runs until it is stopped, or nobody comes for an hour. */
	private static final int CLIENTS = 1_000_000;
	private static final int PATIENCE = 3600;
	private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "WORD", arity = "0..*",
			description = "connect HOST:PORT: connects, sends, prints what comes, closes. serve PORT: the board is a TLS server that echoes "
					+ "(--app Sockets --profile everything --cert FILE). Other words are a command of the firmware's.")
	private List<String> words = List.of();

	@Option(names = "--board", required = true, paramLabel = "BOARD", description = "the folder of board-support with the board")
	private String board;

	@Option(names = "--app", paramLabel = "CLASS", description = "the firmware: Connect, ConnectSmall, SelfTest; default: what fits the board")
	private String application;

	@Option(names = "--firmware", paramLabel = "ELF", description = "another image than that of build/firmware/BOARD")
	private Path firmware;

	@Option(names = "--ca", paramLabel = "FILE", description = "trusted roots, PEM: those the device needs, it has no room for a browser's")
	private Path ca;

	@Option(names = "--profile", paramLabel = "PROFILE", description = "the build profile of the firmware (platform-config/profiles); default: tls13")
	private String profile;

	@Option(names = "--cert", paramLabel = "FILE",
			description = "the device's certificate and those between it and the root, PEM (profile mutual, or a server)")
	private Path certificate;

	@Option(names = "--key", paramLabel = "FILE", description = "its private key, PEM; default: in the file of --cert")
	private Path key;

	@Option(names = "--psk", paramLabel = "ID:HEX|@FILE", description = "a pre-shared key, or a file with one (profile psk)")
	private String sharedKey;

	@Option(names = "--slots", paramLabel = "FILE",
			description = "keeps the board's non-volatile slots from one run to the next: a session in them is resumed (profile mutual)")
	private Path slots;

	@Option(names = "--servername", paramLabel = "NAME", description = "the name checked in the certificate; default: HOST")
	private String serverName;

	@Option(names = "--send", paramLabel = "TEXT", description = "a line to send; may be repeated")
	private List<String> texts = List.of();

	@Option(names = "--options", paramLabel = "WORDS", defaultValue = "", description = "further words for the firmware's connect command: rx, tx, wire, net")
	private String options;

	@Option(names = "--wire", paramLabel = "HOST:PORT", description = "where the board's wire leads, for commands other than connect")
	private String wire;

	@Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "120", description = "how long a command may take (${DEFAULT-VALUE})")
	private int timeout;

	@Option(names = "--count-instructions", description = "an instruction takes a nanosecond of the board's time")
	private boolean countInstructions;

	private PrintWriter out;

	/** Creates the command. */
	public RunCommand() {
		// picocli fills the fields
	}

	@Override
	public Integer call() throws IOException {
		this.out = this.spec.commandLine().getOut();
		BoardProperties properties = BoardProperties.of(this.board);
		Path elf = this.firmware != null ? this.firmware : Path.of(properties.firmware(this.application, this.profile) + ".elf");
		QemuOptions emulator = this.countInstructions ? QemuOptions.DEFAULT.countingInstructions() : QemuOptions.DEFAULT;
		emulator = this.slots == null ? emulator : emulator.retaining(this.slots);
		boolean connects = this.words.size() == 2 && this.words.get(0).equals("connect");
		/* What is wrong with the arguments is told before a board starts. */
		Endpoint server = connects ? endpoint(this.words.get(1)) : this.wire == null ? null : endpoint(this.wire);
		int port = this.words.size() == 2 && this.words.get(0).equals("serve") ? port(properties, this.words.get(1)) : 0;
		DeviceCredentials credentials = connects ? credentials() : port == 0 ? null : new DeviceCredentials(null, identity(), null);
		try (QemuBoard running = QemuBoard.start(properties, elf, emulator.forwarding(port))) {
			if (connects) {
				return connect(running, server, credentials);
			}
			if (port != 0) {
				return serve(running, credentials, port);
			}
			if (server != null) {
				running.bridge(server);
			}
			return this.words.isEmpty() ? talk(running) : command(running);
		}
	}

	private Endpoint endpoint(String text) {
		try {
			return Endpoint.parse(text);
		} catch (IllegalArgumentException e) {
			throw new ParameterException(this.spec.commandLine(), e.getMessage());
		}
	}

	private int port(BoardProperties properties, String text) {
		if (!properties.hasNetwork()) {
			throw new ParameterException(this.spec.commandLine(), properties.name() + " has no network of its own to serve in");
		}
		if (this.certificate == null) {
			throw new ParameterException(this.spec.commandLine(), "serve needs what the board proves itself with: --cert FILE, --key FILE");
		}
		if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_PORT) {
			throw new ParameterException(this.spec.commandLine(), "'" + text + "' is no port: 1 to " + MAX_PORT);
		}
		return Integer.parseInt(text);
	}

	private DeviceCredentials credentials() throws IOException {
		if (this.ca == null && this.sharedKey == null) {
			throw new ParameterException(this.spec.commandLine(), "connect needs --ca FILE, or a pre-shared key: --psk IDENTITY:HEX");
		}
		if (this.key != null && this.certificate == null) {
			throw new ParameterException(this.spec.commandLine(), "--key needs the certificate it belongs to: --cert FILE");
		}
		SharedKeyText shared;
		try {
			shared = this.sharedKey == null ? null : SharedKeyText.read(this.sharedKey).get(0);
		} catch (IllegalArgumentException e) {
			throw new ParameterException(this.spec.commandLine(), e.getMessage());
		}
		return new DeviceCredentials(this.ca == null ? null : anchors(), this.certificate == null ? null : identity(), shared);
	}

	private PemIdentity identity() throws IOException {
		PemIdentity identity = PemIdentity.read(this.certificate, this.key == null ? this.certificate : this.key);
		if (identity.isRsa()) {
			throw new CommandFailure("The firmware has no signer for RSA keys; make an EC key on P-256 or P-384, or an Ed25519 key.");
		}
		return identity;
	}

	private byte[] anchors() throws IOException {
		if (!Files.isReadable(this.ca)) {
			throw new CommandFailure("The file " + this.ca + " does not exist or cannot be read.");
		}
		AnchorTableBuilder anchors = new AnchorTableBuilder().addPem(Files.readString(this.ca, StandardCharsets.ISO_8859_1));
		if (anchors.count() == 0) {
			throw new CommandFailure("There is no usable trusted root in " + this.ca + ".");
		}
		return anchors.build();
	}

	private ConnectFirmware firmware(QemuBoard running) {
		return new ConnectFirmware(running, this::print);
	}

	private void print(String line) {
		this.out.println(line);
		this.out.flush();
	}

	private int connect(QemuBoard running, Endpoint server, DeviceCredentials credentials) throws IOException {
		ConnectFirmware connect = firmware(running);
		connect.awaitBoot();
		/* A board with a network of its own connects by that, unless told otherwise. */
		String words = running.properties().hasNetwork() && !this.options.contains("wire") ? (this.options + " net").trim() : this.options;
		return ConnectScenario.run(connect, credentials, Instant.now(), this.serverName == null ? server.host() : this.serverName, server, words,
				this.texts) ? 0 : 1;
	}

	private int serve(QemuBoard running, DeviceCredentials credentials, int port) throws IOException {
		ConnectFirmware firmware = firmware(running);
		firmware.awaitBoot();
		print("forward: 127.0.0.1:" + running.forwardedPort() + " leads to port " + port + " of the board");
		return firmware.time(Instant.now()).ok() && credentials.give(firmware)
				&& firmware.command("patience " + PATIENCE, ConnectFirmware.SOON).ok()
				&& firmware.command("serve " + port + " " + CLIENTS, AS_LONG_AS_IT_TAKES).ok() ? 0 : 1;
	}

	private int command(QemuBoard running) throws IOException {
		ConnectFirmware shell = firmware(running);
		shell.awaitBoot();
		return shell.command(String.join(" ", this.words), Duration.ofSeconds(this.timeout)).ok() ? 0 : 1;
	}

	/* The terminal's lines go to the board, until either ends; after the last one the board has the time limit to end. */
	private int talk(QemuBoard running) throws IOException {
		Thread keyboard = new Thread(() -> {
			try {
				BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
				for (String line = in.readLine(); line != null; line = in.readLine()) {
					running.send(line);
				}
			} catch (IOException e) {
				// the board has ended
			}
		}, "keyboard");
		keyboard.setDaemon(true);
		keyboard.start();
		long deadline = Long.MAX_VALUE;
		while (!running.ended() && System.nanoTime() < deadline) {
			String line = running.readLine(POLL);
			if (line != null) {
				print(line);
			}
			if (deadline == Long.MAX_VALUE && !keyboard.isAlive()) {
				deadline = System.nanoTime() + this.timeout * 1_000_000_000L;
			}
		}
		OptionalInt code = running.exitCode(POLL.multipliedBy(10));
		return code.isPresent() ? code.getAsInt() : NO_ANSWER;
	}
}
