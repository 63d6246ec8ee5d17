/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The commands of the ahead-of-time build; the launcher script calls them. */
public final class Main {

	private static final String DEFAULT_APPLICATION = "dev.thimble.app.Connect";

	private Main() {
	}

	/** Runs a command. */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		try {
			run(List.of(arguments));
		} catch (AotException e) {
			System.err.println("thimble: " + e.getMessage());
			System.exit(1);
		}
	}

	private static void run(List<String> arguments) throws IOException, InterruptedException {
		if (arguments.isEmpty()) {
			throw new AotException("usage: firmware|footprint|bench --board BOARD [--app CLASS]");
		}
		Map<String, String> options = options(arguments.subList(1, arguments.size()));
		Layout layout = new Layout();
		boolean bench = arguments.get(0).equals("bench");
		String application = options.getOrDefault("--app", bench ? "Bench" : DEFAULT_APPLICATION);
		if (application.indexOf('.') < 0) {
			application = "dev.thimble.app." + application;
		}
		String name = options.get("--board");
		if (name == null) {
			throw new AotException("which board? --board BOARD");
		}
		Board board = Board.read(name, layout.boards, layout.config);
		Firmware firmware = new Firmware(layout, board, application);
		switch (arguments.get(0)) {
		case "firmware":
			firmware.build();
			System.out.println(firmware.image() + ".elf .hex .bin .map");
			break;
		case "footprint":
			firmware.build();
			if (!new Footprint(board, firmware.image()).print(System.out)) {
				throw new AotException("the firmware is larger than " + name + " may take");
			}
			break;
		case "bench":
			firmware.build();
			BenchRun run = new BenchRun(board, firmware.image(), layout.config);
			run.run();
			boolean met = run.print(System.out);
			run.write(layout.bench(name));
			System.out.println("as JSON: " + layout.bench(name));
			if (!met) {
				throw new AotException("a target is missed, see the marks");
			}
			break;
		default:
			throw new AotException("there is no command '" + arguments.get(0) + "'");
		}
	}

	private static Map<String, String> options(List<String> arguments) {
		Map<String, String> options = new HashMap<>();
		for (int i = 0; i < arguments.size(); i += 2) {
			String option = arguments.get(i);
			if (!List.of("--board", "--app").contains(option) || i + 1 == arguments.size()) {
				throw new AotException("firmware does not know '" + option + "', or it lacks a value");
			}
			options.put(option, arguments.get(i + 1));
		}
		return options;
	}
}
