/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Runs the bench's firmware on an emulator that counts instructions, and sets its figures beside those of other stacks. */
final class BenchRun {

	/** One instruction is one nanosecond of the emulated clock. */
	private static final List<String> COUNTING = List.of("-icount", "shift=0");

	private static final int SECONDS = 120;
	private static final String FIGURE = "bench ";
	private static final String END = "bench ends";

	private final Board board;
	private final Path image;
	private final BuildProfile profile;
	private final Properties peers = new Properties();
	private final Map<String, BigDecimal> figures = new LinkedHashMap<>();

	BenchRun(Board board, Path image, BuildProfile profile, Path config) throws IOException {
		this.board = board;
		this.image = image;
		this.profile = profile;
		try (var reader = Files.newBufferedReader(config.resolve("bench.properties"))) {
			this.peers.load(reader);
		}
	}

	/** Runs the firmware and keeps its figures. */
	void run() throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("qemu-system-arm", "-M", this.board.words("qemu.machine").get(0), "-display", "none",
				"-monitor", "none", "-serial", "stdio", "-semihosting"));
		command.addAll(COUNTING);
		command.addAll(this.board.words("qemu.arguments"));
		command.addAll(List.of("-kernel", this.image + ".elf"));
		Process qemu = new ProcessBuilder(command).redirectErrorStream(true).start();
		qemu.getOutputStream().close();
		Thread limit = new Thread(() -> {
			try {
				if (!qemu.waitFor(SECONDS, TimeUnit.SECONDS)) {
					qemu.destroyForcibly();
				}
			} catch (InterruptedException e) {
				qemu.destroyForcibly();
			}
		});
		limit.setDaemon(true);
		limit.start();
		StringBuilder output = new StringBuilder();
		boolean ended = false;
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(qemu.getInputStream(), StandardCharsets.US_ASCII))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				output.append(line).append('\n');
				String[] words = line.trim().split(" ");
				ended |= line.startsWith(END);
				if (line.startsWith(FIGURE) && words.length == 3) {
					this.figures.put(words[1], new BigDecimal(words[2]));
				}
			}
		}
		if (qemu.waitFor() != 0 || !ended) {
			throw new AotException("the bench did not come to its end (exit code " + qemu.exitValue() + "):\n" + output);
		}
		// Not counted but linked: what this image, with every primitive and the engine in it, takes of the board.
		Footprint footprint = new Footprint(this.board, this.image, this.profile);
		this.figures.put("image-flash-bytes", BigDecimal.valueOf(footprint.flash()));
		this.figures.put("image-static-ram-bytes", BigDecimal.valueOf(footprint.ram()));
	}

	/**
	 * Prints the table.
	 *
	 * @return false if a target is missed.
	 */
	boolean print(PrintStream out) {
		String[] names = this.peers.getProperty("peers").split(" ");
		out.printf("%-40s %12s %12s", "instructions, " + this.board.name, "Thimble", "target");
		for (String name : names) {
			out.printf(" %20s", this.peers.getProperty(name));
		}
		out.println();
		boolean met = true;
		for (var figure : this.figures.entrySet()) {
			String name = figure.getKey();
			BigDecimal target = target(name);
			boolean missed = target != null && figure.getValue().compareTo(target) > 0;
			met &= !missed;
			out.printf("%-40s %12s %12s", name, text(figure.getValue()), target == null ? "" : text(target) + (missed ? " !" : ""));
			for (String value : this.peers.getProperty(name, "").split(" ")) {
				out.printf(" %20s", value.isEmpty() ? "" : text(new BigDecimal(value)));
			}
			out.println();
		}
		return met;
	}

	/** Finds what a figure may be at most: by its name, or by how it ends. */
	private BigDecimal target(String name) {
		String target = this.peers.getProperty("target." + name);
		for (String ending : List.of("step", "allocated")) {
			if (target == null && name.endsWith("-" + ending)) {
				target = this.peers.getProperty("target." + ending);
			}
		}
		return target == null ? null : new BigDecimal(target);
	}

	private static String text(BigDecimal value) {
		return String.format(Locale.ROOT, value.scale() > 0 ? "%,.2f" : "%,.0f", value);
	}

	/** Writes all figures as one JSON object. */
	void write(Path file) throws IOException {
		StringBuilder json = new StringBuilder("{\n  \"board\": \"" + this.board.name + "\",\n  \"unit\": \"instructions\",\n  \"figures\": {\n");
		String separator = "";
		for (var figure : this.figures.entrySet()) {
			json.append(separator).append("    \"").append(figure.getKey()).append("\": ").append(figure.getValue().toPlainString());
			separator = ",\n";
		}
		json.append("\n  },\n  \"targets\": {\n");
		separator = "";
		for (String name : this.figures.keySet()) {
			if (target(name) != null) {
				json.append(separator).append("    \"").append(name).append("\": ").append(target(name).toPlainString());
				separator = ",\n";
			}
		}
		json.append("\n  }\n}\n");
		Files.createDirectories(file.getParent());
		Files.writeString(file, json.toString());
	}
}
