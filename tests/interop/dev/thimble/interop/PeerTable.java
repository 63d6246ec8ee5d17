/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.thimble.support.peer.Mode;

/** The matrix as text: a row for each role of Thimble's, peer and version, a column for each mode, and the reasons for what is not there. */
final class PeerTable {

	private static final String RAN = "ok";
	private static final String FAILED = "FAILED";

	private final Map<String, Map<Mode, String>> rows = new LinkedHashMap<>();
	private final List<String> reasons = new ArrayList<>();
	private int ran;
	private int failed;

	/** Makes a row; rows stand in the order they are made. */
	synchronized void row(String name) {
		this.rows.put(name, new EnumMap<>(Mode.class));
	}

	/** Enters a cell that ran. */
	synchronized void ran(String row, Mode mode, boolean passed) {
		put(row, mode, passed ? RAN : FAILED);
		this.ran++;
		this.failed += passed ? 0 : 1;
	}

	/** Enters a cell that cannot be. */
	synchronized void cannot(String row, Mode mode, String reason) {
		int number = this.reasons.indexOf(reason);
		if (number < 0) {
			number = this.reasons.size();
			this.reasons.add(reason);
		}
		put(row, mode, "- (" + (number + 1) + ")");
	}

	private void put(String row, Mode mode, String text) {
		this.rows.get(row).put(mode, text);
	}

	/** Gets the table; its markup is Markdown, and it is readable without. */
	synchronized String text(String title) {
		int first = this.rows.keySet().stream().mapToInt(String::length).max().orElse(0);
		StringBuilder text = new StringBuilder(title).append("\n\n");
		line(text, "Thimble is", first, mode -> mode.toString());
		line(text, "-".repeat(first), first, mode -> "-".repeat(width(mode)));
		this.rows.forEach((name, cells) -> line(text, name, first, mode -> cells.getOrDefault(mode, "?")));
		text.append('\n').append(this.ran).append(" cells ran, ").append(this.failed).append(" of them failed");
		long absent = this.rows.values().stream().flatMap(cells -> cells.values().stream()).filter(cell -> cell.startsWith("-")).count();
		text.append("; ").append(absent).append(" cells cannot be:\n\n");
		for (int i = 0; i < this.reasons.size(); i++) {
			text.append(i + 1).append(". ").append(this.reasons.get(i)).append('\n');
		}
		return text.toString();
	}

	private interface Column {
		String of(Mode mode);
	}

	private static void line(StringBuilder text, String name, int first, Column column) {
		text.append("| ").append(name).append(" ".repeat(first - name.length())).append(" |");
		for (Mode mode : Mode.values()) {
			String cell = column.of(mode);
			text.append(' ').append(cell).append(" ".repeat(Math.max(0, width(mode) - cell.length()))).append(" |");
		}
		text.append('\n');
	}

	private static int width(Mode mode) {
		return Math.max(6, mode.toString().length());
	}
}
