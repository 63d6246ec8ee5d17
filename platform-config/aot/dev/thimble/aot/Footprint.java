/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Flash and RAM of an image by part, from the linker's map, and what a board may take. */
final class Footprint {

	private static final Set<String> FLASH = Set.of(".text", ".ARM.exidx", ".ARM.extab");
	private static final Set<String> RAM = Set.of(".bss", ".noinit");

	/** Takes from both: its values lie in flash until the start. */
	private static final String DATA = ".data";

	private static final String RUNTIME = "Java runtime";
	private static final String DRIVERS = "C drivers";
	private static final String LWIP = "IP stack (lwIP)";
	private static final String LIBC = "libc, libgcc";
	private static final String PADDING = "padding";

	private final Board board;
	private final BuildProfile profile;
	private final String image;
	private final Map<String, long[]> rows = new LinkedHashMap<>();

	Footprint(Board board, Path image, BuildProfile profile) throws IOException {
		this.board = board;
		this.profile = profile;
		this.image = image.getFileName().toString();
		for (Part part : Part.values()) {
			if (part != Part.LIBRARY) {
				this.rows.put(part.title, new long[2]);
			}
		}
		for (String row : new String[] { RUNTIME, DRIVERS, LWIP, LIBC, PADDING }) {
			this.rows.put(row, new long[2]);
		}
		MapFile map = new MapFile(Path.of(image + ".map"));
		for (MapFile.Piece piece : map.pieces) {
			add(row(piece.object()), piece.section(), piece.bytes());
		}
		for (MapFile.Piece piece : map.reserved) {
			this.rows.computeIfAbsent(piece.section().equals(".heap") ? "Java heap" : "stack", k -> new long[2])[1] += piece.bytes();
		}
	}

	private void add(String row, String section, long bytes) {
		long[] sums = this.rows.get(row);
		if (FLASH.contains(section) || section.equals(DATA)) {
			sums[0] += bytes;
		}
		if (RAM.contains(section) || section.equals(DATA)) {
			sums[1] += bytes;
		}
	}

	private static String row(String object) {
		if (object.equals("*fill*")) {
			return PADDING;
		}
		String file = object.substring(object.lastIndexOf('/') + 1);
		if (file.contains(".a(") || file.startsWith("crt")) {
			return LIBC;
		}
		if (file.startsWith("board-")) {
			return DRIVERS;
		}
		if (file.startsWith("lwip-")) {
			return LWIP;
		}
		for (Part part : Part.values()) {
			if (part != Part.LIBRARY && file.matches("(java|strings)-" + part.name + "(-kernels)?\\.o")) {
				return part.title;
			}
		}
		return RUNTIME;
	}

	/** Gets the bytes of flash of all parts. */
	long flash() {
		return this.rows.values().stream().mapToLong(sums -> sums[0]).sum();
	}

	/** Gets the bytes of RAM of all parts, stack and Java heap included. */
	long ram() {
		return this.rows.values().stream().mapToLong(sums -> sums[1]).sum();
	}

	/**
	 * Prints the table.
	 *
	 * @return false if the image is larger than its budget.
	 */
	boolean print(PrintStream out) {
		out.printf(Locale.ROOT, "%-26s %9s %9s%n", this.board.name + ", " + this.profile.name, "flash", "RAM");
		long flash = flash();
		long ram = ram();
		for (var row : this.rows.entrySet()) {
			long[] sums = row.getValue();
			if (sums[0] != 0 || sums[1] != 0) {
				out.printf(Locale.ROOT, "%-26s %,9d %,9d%n", row.getKey(), sums[0], sums[1]);
			}
		}
		out.printf(Locale.ROOT, "%-26s %,9d %,9d%n", "total", flash, ram);
		long flashBudget = budget("flash");
		long ramBudget = budget("ram");
		out.printf(Locale.ROOT, "%-26s %,9d %,9d%n", "budget", flashBudget, ramBudget);
		return fits();
	}

	/** Tells whether the image is within its budget. */
	boolean fits() {
		return flash() <= budget("flash") && ram() <= budget("ram");
	}

	/** Gets the titles of the parts, in the order of the table. */
	Set<String> parts() {
		return this.rows.keySet();
	}

	/** Gets a part's bytes of flash, 0 if it is not in the image. */
	long flash(String part) {
		return this.rows.containsKey(part) ? this.rows.get(part)[0] : 0;
	}

	/** What the board's memory.properties allows this image, else its profile, which is for the board's own application, else any; else what there is. */
	long budget(String memory) {
		String key = "budget." + memory;
		if (this.board.memory(key) == null) {
			return this.board.bytes(memory + ".length");
		}
		boolean special = this.board.memory(key + '.' + this.image) != null;
		boolean own = this.image.equals(Firmware.imageName(this.board.application(), this.profile));
		return special || own ? this.board.bytes(key, this.image, this.profile) : this.board.bytes(key);
	}
}
