/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The linker's map: which object put how many bytes into which section of the image. */
final class MapFile {

	/** A piece of an object file in the image. */
	record Piece(String section, long bytes, String object) {
	}

	private static final Pattern OUTPUT = Pattern.compile("^(\\.[\\w.]+)");
	private static final Pattern INPUT = Pattern.compile("^ (\\*fill\\*|\\.\\S+|COMMON)\\s+0x\\p{XDigit}+\\s+0x(\\p{XDigit}+)(?: (\\S.*))?\\s*$");
	private static final Pattern INPUT_NAME = Pattern.compile("^ (\\.\\S+|COMMON)$");
	private static final Pattern SIZE = Pattern.compile("^(\\.\\S+)\\s+0x\\p{XDigit}+\\s+0x(\\p{XDigit}+)");
	private static final String BEGIN = "Linker script and memory map";

	final List<Piece> pieces = new ArrayList<>();

	/** Sections of the script's own making: the stack and the heap. */
	final List<Piece> reserved = new ArrayList<>();

	MapFile(Path file) throws IOException {
		String section = null;
		boolean begun = false;
		String pending = null;
		for (String line : Files.readAllLines(file)) {
			if (!begun) {
				begun = line.equals(BEGIN);
				continue;
			}
			if (line.startsWith("OUTPUT(") || line.startsWith("Cross Reference Table")) {
				break;
			}
			Matcher output = OUTPUT.matcher(line);
			if (output.find()) {
				section = output.group(1);
				Matcher size = SIZE.matcher(line);
				if (size.find() && (section.equals(".stack") || section.equals(".heap"))) {
					this.reserved.add(new Piece(section, Long.parseLong(size.group(2), 16), "script"));
				}
				continue;
			}
			// A long name stands on a line of its own.
			String joined = pending == null ? line : " " + pending + line;
			pending = null;
			if (INPUT_NAME.matcher(line).find()) {
				pending = line.trim();
				continue;
			}
			Matcher input = INPUT.matcher(joined);
			if (section != null && input.find()) {
				long bytes = Long.parseLong(input.group(2), 16);
				if (bytes != 0) {
					this.pieces.add(new Piece(section, bytes, input.group(3) == null ? input.group(1) : input.group(3)));
				}
			}
		}
		if (this.pieces.isEmpty()) {
			throw new AotException("The linker's map " + file + " looks different from what this build can read");
		}
	}
}
