/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands of the ahead-of-time build; the launcher script calls them. */
public final class Main {

	private static final String APPLICATIONS = "dev.thimble.app.";
	private static final String ALL_PROFILES = "--profiles";

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
			throw new AotException("usage: firmware|footprint|bench --board BOARD [--app CLASS] [--profile PROFILE] [--image NAME]; footprint --profiles");
		}
		String command = arguments.get(0);
		Map<String, String> options = options(arguments.subList(1, arguments.size()));
		Layout layout = new Layout();
		List<String> names = options.containsKey("--board") ? List.of(options.get("--board")) : List.of();
		if (names.isEmpty() && command.equals("footprint")) {
			names = layout.boards();
		}
		if (names.isEmpty()) {
			throw new AotException("which board? --board BOARD, one of " + String.join(", ", layout.boards()));
		}
		BuildProfile profile = BuildProfile.read(options.getOrDefault("--profile", BuildProfile.DEFAULT), layout.config);
		List<String> missed = new ArrayList<>();
		for (String name : names) {
			Board board = Board.read(name, layout.boards, layout.config);
			String application = options.getOrDefault("--app", command.equals("bench") ? "Bench" : board.application());
			application = application.indexOf('.') < 0 ? APPLICATIONS + application : application;
			if (command.equals("footprint") && options.containsKey(ALL_PROFILES)) {
				compare(layout, board, application).forEach(large -> missed.add(name + " with " + large));
				continue;
			}
			Firmware firmware = new Firmware(layout, board, application, profile);
			if (options.containsKey("--image")) {
				firmware.called(options.get("--image"));
			}
			firmware.build();
			if (!run(command, layout, board, firmware, profile)) {
				missed.add(name);
			}
		}
		if (!missed.isEmpty()) {
			throw new AotException("more than allowed: " + String.join(", ", missed));
		}
	}

	/** Does what a command is for with a firmware that is there; false if it exceeds a limit. */
	private static boolean run(String command, Layout layout, Board board, Firmware firmware, BuildProfile profile)
			throws IOException, InterruptedException {
		switch (command) {
		case "firmware":
			System.out.println(firmware.image() + ".elf .hex .bin .map");
			return true;
		case "footprint":
			return new Footprint(board, firmware.image(), profile).print(System.out);
		case "bench":
			BenchRun run = new BenchRun(board, firmware.image(), profile, layout.config);
			run.run();
			boolean met = run.print(System.out);
			run.write(layout.bench(board.name));
			System.out.println("as JSON: " + layout.bench(board.name));
			return met;
		default:
			throw new AotException("there is no command '" + command + "'");
		}
	}

	/** Sets the images of all profiles side by side; gives the profiles that are larger than allowed. */
	private static List<String> compare(Layout layout, Board board, String application) throws IOException, InterruptedException {
		Map<BuildProfile, Footprint> images = new LinkedHashMap<>();
		for (String name : BuildProfile.names(layout.config)) {
			BuildProfile profile = BuildProfile.read(name, layout.config);
			Firmware firmware = new Firmware(layout, board, application, profile);
			firmware.build();
			images.put(profile, new Footprint(board, firmware.image(), profile));
		}
		return new FootprintComparison(board, images).print(System.out);
	}

	private static Map<String, String> options(List<String> arguments) {
		Map<String, String> options = new HashMap<>();
		for (int i = 0; i < arguments.size(); i++) {
			String option = arguments.get(i);
			if (option.equals(ALL_PROFILES)) {
				options.put(option, "");
				continue;
			}
			if (!List.of("--board", "--app", "--profile", "--image").contains(option) || ++i == arguments.size()) {
				throw new AotException("firmware does not know '" + option + "', or it lacks a value");
			}
			options.put(option, arguments.get(i));
		}
		return options;
	}
}
