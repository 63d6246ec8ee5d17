/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of lines {@code name = value}, UTF-8, {@code #} before a comment. What is wrong is said with the line it stands in. */
final class ConfigurationFile {

	private static final String MARK = "\ufeff";
	/** A name that is further from one that exists is no slip of the fingers. */
	private static final int MOST_SLIPS = 3;

	private final Path file;
	private final Collection<String> names;
	private final Map<String, String> values = new LinkedHashMap<>();
	private final Map<String, Integer> lines = new LinkedHashMap<>();

	/**
	 * Reads a file.
	 *
	 * @param names
	 *            those that there are.
	 * @throws CommandFailure
	 *             with a sentence that names file and line.
	 */
	ConfigurationFile(Path file, Collection<String> names) throws IOException {
		this.file = file;
		this.names = names;
		if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
			throw new CommandFailure("There is no configuration " + file + ".");
		}
		byte[] bytes = Files.readAllBytes(file);
		int number = 0;
		int start = 0;
		for (int i = 0; i <= bytes.length; i++) {
			if (i == bytes.length || bytes[i] == '\n') {
				parse(++number, decode(number, ByteBuffer.wrap(bytes, start, i - start)));
				start = i + 1;
			}
		}
	}

	private String decode(int number, ByteBuffer line) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(line).toString();
		} catch (CharacterCodingException e) {
			throw failure(number, "this line is not UTF-8; save the file as UTF-8");
		}
	}

	private void parse(int number, String text) {
		String line = (number == 1 && text.startsWith(MARK) ? text.substring(1) : text).strip();
		if (line.isEmpty() || line.startsWith("#")) {
			return;
		}
		int equals = line.indexOf('=');
		if (equals < 0) {
			throw failure(number, "this is no line of the form name = value: " + line);
		}
		String name = line.substring(0, equals).strip();
		if (!this.names.contains(name)) {
			throw failure(number, "there is no '" + name + "'; " + suggestion(name));
		}
		if (this.values.put(name, line.substring(equals + 1).strip()) != null) {
			throw failure(number, "'" + name + "' is there already, in line " + this.lines.get(name));
		}
		this.lines.put(name, number);
	}

	private String suggestion(String name) {
		String nearest = this.names.stream().min(Comparator.comparingInt(other -> distance(name, other))).orElse("");
		boolean near = distance(name, nearest) <= Math.min(MOST_SLIPS, name.length() / 2);
		return near ? "do you mean '" + nearest + "'?" : "there are " + String.join(", ", this.names);
	}

	/** Counts letters to change, add and leave out. */
	private static int distance(String a, String b) {
		int[] row = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			int corner = row[0];
			row[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int changed = corner + (Character.toLowerCase(a.charAt(i - 1)) == b.charAt(j - 1) ? 0 : 1);
				corner = row[j];
				row[j] = Math.min(changed, 1 + Math.min(row[j - 1], row[j]));
			}
		}
		return row[b.length()];
	}

	/** Gets a value; null if it is not there, or empty. */
	String value(String name) {
		String value = this.values.get(name);
		return value == null || value.isEmpty() ? null : value;
	}

	/** Tells whether there is a line of a name. */
	boolean has(String name) {
		return this.lines.containsKey(name);
	}

	/** Finds a file that is named by a value, beside this one. */
	Path path(String name, String value) {
		Path path = this.file.toAbsolutePath().resolveSibling(value);
		if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
			throw failure(name, "there is no file " + path);
		}
		return path;
	}

	private CommandFailure failure(int line, String sentence) {
		return new CommandFailure(this.file + (line > 0 ? ":" + line : "") + ": " + sentence + (sentence.endsWith("?") ? "" : "."));
	}

	/** Tells whether a failure is of this file's. */
	boolean owns(CommandFailure failure) {
		return failure.getMessage().startsWith(this.file + ":");
	}

	/** Makes a failure of the line of a name. */
	CommandFailure failure(String name, String sentence) {
		return failure(this.lines.getOrDefault(name, 0), sentence);
	}
}
