/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.thimble.host.demo.CloudDemo;
import dev.thimble.host.demo.DemoPlan;
import dev.thimble.host.demo.Proof;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thimble demo}: a device in the cloud; or TLS alone. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
		description = "A device in the cloud, on an emulated board: it learns the time, connects to an MQTT broker by TLS, publishes values, obeys a "
				+ "configuration, loses the network and resumes. Everything else, a CA for this run, the broker, a subscriber and a time server, is "
				+ "started here. Ends with a table, a page (build/demo.html), and exit code 0 if all of it happened.")
public final class DemoCommand implements Callable<Integer> {

	private static final String DEFAULT_BOARD = "max78000fthr";
	private static final int MIN_VALUES = 3;
	private static final int MAX_VALUES = 100_000;

	@Spec
	private CommandSpec spec;

	@Option(names = "--board", paramLabel = "BOARD", description = "max78000fthr (a modem at its UART; the default), mps2-an386 (Ethernet),"
			+ " or with --auth psk lm3s6965evb (Ethernet, 64 KB of RAM)")
	private String board;

	@Option(names = "--auth", paramLabel = "HOW", description = "how the board proves who it is: certificate (the default), jwt or psk")
	private String auth;

	@Option(names = "--broker", paramLabel = "WHICH",
			description = "embedded (Moquette, in this JVM; the default) or mosquitto (in a container, or this computer's if there is no Docker)")
	private String broker;

	@Option(names = "--values", paramLabel = "N", defaultValue = "9", description = "how many values the board publishes (${DEFAULT-VALUE})")
	private int values;

	@Option(names = "--json", paramLabel = "FILE", description = "writes each event as a JSON object on a line of its own; '-' is standard output, which then"
			+ " has nothing else")
	private String json;

	@Option(names = "--keep", description = "board, broker and files stay until Ctrl-C")
	private boolean keep;

	@Option(names = "--tls", description = "TLS alone: the board connects to a web server, a wrong name is refused, the wire pulled")
	private boolean tls;

	@Option(names = "--jvm", description = "the same without a board: the engine on this JVM")
	private boolean jvm;

	@Option(names = "--jsse", description = "with --tls or --jvm: the JDK's server even if OpenSSL is installed")
	private boolean jsse;

	/** For tests of the demo itself: it has to fail. */
	@Option(names = "--fault", hidden = true)
	private DemoPlan.Fault fault;

	/** Creates the command. */
	public DemoCommand() {
		// picocli fills the fields
	}

	@Override
	public Integer call() throws IOException, GeneralSecurityException, InterruptedException {
		PrintWriter out = this.spec.commandLine().getOut();
		boolean cloud = !this.tls && !this.jvm;
		check(!this.jsse || !cloud, "--jsse goes with --tls or --jvm");
		check(cloud || this.auth == null && this.broker == null && this.json == null && !this.keep, "--auth, --broker, --json and --keep do not go with "
				+ (this.jvm ? "--jvm" : "--tls"));
		check(!this.jvm || this.board == null, "--jvm is without a board");
		if (!cloud) {
			return new TlsDemo(out, this.jsse, this.jvm ? null : board()).run();
		}
		Proof proof = Proof.valueOf(choose("--auth", this.auth, List.of("certificate", "jwt", "psk")).toUpperCase(Locale.ROOT));
		boolean mosquitto = choose("--broker", this.broker, List.of("embedded", "mosquitto")).equals("mosquitto");
		check(this.values >= MIN_VALUES && this.values <= MAX_VALUES, "--values is a number from " + MIN_VALUES + " to " + MAX_VALUES);
		check(proof != Proof.JWT || !mosquitto, "Mosquitto cannot verify tokens by itself: use --auth jwt with the embedded broker");
		DemoPlan plan = new DemoPlan(board(), proof, mosquitto, this.values, this.keep, Project.build().resolve("demo.html"), this.fault);
		if (this.json == null) {
			return CloudDemo.run(plan, out, null);
		}
		if (this.json.equals("-")) {
			return CloudDemo.run(plan, new PrintWriter(OutputStream.nullOutputStream()), out);
		}
		try (PrintWriter file = new PrintWriter(Files.newBufferedWriter(Path.of(this.json), StandardCharsets.UTF_8))) {
			return CloudDemo.run(plan, out, file);
		}
	}

	private void check(boolean good, String otherwise) {
		if (!good) {
			throw new ParameterException(this.spec.commandLine(), otherwise);
		}
	}

	private String choose(String option, String given, List<String> words) {
		String word = given == null ? words.get(0) : given;
		check(words.contains(word), option + " is one of " + String.join(", ", words) + ", not '" + word + "'");
		return word;
	}

	private String board() {
		String name = this.board == null ? DEFAULT_BOARD : this.board;
		check(BoardProperties.names().contains(name), "there is no board '" + name + "', only " + String.join(", ", BoardProperties.names()));
		return name;
	}
}
