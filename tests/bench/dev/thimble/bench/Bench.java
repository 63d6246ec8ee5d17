/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks and prints one table. {@code --quick} measures for a tenth of the time, to see that it works. */
public final class Bench {

	private static final String[] STACKS = { "thimble", "jsse", "bctls" };
	private static final Map<String, String> NAMES = Map.of("thimble", "Thimble", "jsse", "JSSE", "bctls", "bctls");
	private static final String GCM = "TLS_AES_128_GCM_SHA256";
	private static final String CHACHA = "TLS_CHACHA20_POLY1305_SHA256";

	/** What a run of one benchmark with one set of parameters gave. */
	private static final class Figures {
		private double perSecond;
		private double clientNanos;
		private double clientBytes;
	}

	private final Map<String, Figures> figures = new LinkedHashMap<>();
	private final boolean quick;

	private Bench(boolean quick) {
		this.quick = quick;
	}

	/**
	 * Measures.
	 *
	 * @param args
	 *            nothing, or {@code --quick}.
	 * @throws Exception
	 *             if a benchmark fails.
	 */
	public static void main(String[] args) throws Exception {
		if (args.length > 1 || args.length == 1 && !args[0].equals("--quick")) {
			System.err.println("bench jvm knows only --quick");
			System.exit(2);
		}
		Bench bench = new Bench(args.length == 1);
		System.out.println("Measuring on " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
				+ (bench.quick ? "quickly: the figures mean little" : "about seven minutes") + ".");
		bench.run("Handshakes");
		bench.run("Records", "suite", GCM, "size", "1024", "16384");
		bench.run("Records", "suite", CHACHA, "size", "16384");
		bench.print();
	}

	private void run(String benchmark, String... parameters) throws Exception {
		ChainedOptionsBuilder options = new OptionsBuilder().include("dev.thimble.bench." + benchmark + ".*").forks(1).threads(1)
				.warmupIterations(this.quick ? 1 : 4).warmupTime(time()).measurementIterations(this.quick ? 1 : 5).measurementTime(time())
				.shouldFailOnError(true).verbosity(VerboseMode.SILENT).jvmArgsAppend(Scene.NAMED_GROUPS, "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");
		if (parameters.length > 0) {
			options.param(parameters[0], parameters[1]);
			options.param(parameters[2], java.util.Arrays.copyOfRange(parameters, 3, parameters.length));
		}
		Collection<RunResult> results = new Runner(options.build()).run();
		for (RunResult result : results) {
			String name = result.getPrimaryResult().getLabel();
			Figures measured = new Figures();
			measured.perSecond = result.getPrimaryResult().getScore();
			double operations = result.getSecondaryResults().get("operations").getScore();
			measured.clientNanos = result.getSecondaryResults().get("clientNanos").getScore() / operations;
			measured.clientBytes = result.getSecondaryResults().get("clientBytes").getScore() / operations;
			String stack = result.getParams().getParam("stack");
			this.figures.put(key(stack, name, result.getParams().getParam("suite"), result.getParams().getParam("size")), measured);
			System.out.println("  " + name + " " + stack + (benchmark.equals("Records")
					? " " + result.getParams().getParam("suite") + " " + result.getParams().getParam("size") : ""));
		}
	}

	private TimeValue time() {
		return this.quick ? TimeValue.milliseconds(400) : TimeValue.milliseconds(2000);
	}

	private void print() {
		System.out.println();
		System.out.println("Full handshake: X25519, ECDSA P-256 leaf + intermediate, path and host name checked; server: JSSE in the same thread");
		row("", "handshakes/s", "client alone: /s", "ms each", "bytes allocated");
		for (String stack : STACKS) {
			Figures of = this.figures.get(key(stack, "handshake", null, null));
			row(NAMES.get(stack), number(of.perSecond, 0), number(1e9 / of.clientNanos, 0), number(of.clientNanos / 1e6, 2),
					number(of.clientBytes, 0));
		}
		System.out.println();
		System.out.println("Records of 16 KB, client alone, MB/s");
		row("", "AES-128-GCM send", "receive", "ChaCha20 send", "receive");
		for (String stack : STACKS) {
			row(NAMES.get(stack), speed(stack, "send", GCM), speed(stack, "receive", GCM), speed(stack, "send", CHACHA),
					speed(stack, "receive", CHACHA));
		}
		System.out.println();
		System.out.println("Records of 1 KB, AES-128-GCM, client alone, bytes allocated each");
		row("", "send", "receive");
		for (String stack : STACKS) {
			row(NAMES.get(stack), number(this.figures.get(key(stack, "send", GCM, "1024")).clientBytes, 0),
					number(this.figures.get(key(stack, "receive", GCM, "1024")).clientBytes, 0));
		}
		System.out.println();
		System.out.println("JSSE uses HotSpot's intrinsics (AES, GHASH, SHA-2, P-256); Thimble and bctls are portable Java.");
	}

	private String speed(String stack, String direction, String suite) {
		return number(16384 * 1e3 / this.figures.get(key(stack, direction, suite, "16384")).clientNanos, 1);
	}

	private static String key(String... parts) {
		return String.join(" ", java.util.Arrays.asList(parts).stream().map(String::valueOf).toList());
	}

	private static String number(double value, int digits) {
		return String.format(Locale.ROOT, "%,." + digits + "f", value);
	}

	private static void row(String name, String... cells) {
		StringBuilder line = new StringBuilder(String.format("%-10s", name));
		for (String cell : cells) {
			line.append(String.format("%18s", cell));
		}
		System.out.println(line);
	}
}
