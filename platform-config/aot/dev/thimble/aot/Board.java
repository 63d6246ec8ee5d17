/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What the build knows of a board: board-support/BOARD/board.properties and platform-config/BOARD/memory.properties. */
final class Board {

	final String name;
	final Path support;
	private final Properties board;
	private final Properties memory;

	private Board(String name, Path support, Properties board, Properties memory) {
		this.name = name;
		this.support = support;
		this.board = board;
		this.memory = memory;
	}

	static Board read(String name, Path support, Path config) throws IOException {
		return new Board(name, support, load(support.resolve(name).resolve("board.properties"), name),
				load(config.resolve(name).resolve("memory.properties"), name));
	}

	private static Properties load(Path file, String board) throws IOException {
		if (!Files.exists(file)) {
			throw new AotException("There is no board '" + board + "': " + file + " is missing");
		}
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		}
		return properties;
	}

	/** Gets a list of words, empty if there is none. */
	List<String> words(String key) {
		String value = this.board.getProperty(key, "").trim();
		return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
	}

	boolean is(String key) {
		return Boolean.parseBoolean(this.board.getProperty(key));
	}

	/** Gets an entry of memory.properties, or null. */
	String memory(String key) {
		return this.memory.getProperty(key);
	}

	/** Gets a number of bytes of memory.properties as an image wants it: of the entry with its or its profile's name behind, else of the entry. */
	long bytes(String key, String image, BuildProfile profile) {
		for (String special : new String[] { key + '.' + image, key + '.' + profile.name }) {
			if (memory(special) != null) {
				return bytes(special);
			}
		}
		return bytes(key);
	}

	/** Gets a number of bytes of memory.properties: decimal or hexadecimal, perhaps with K or M behind. */
	long bytes(String key) {
		String text = this.memory.getProperty(key);
		if (text == null) {
			throw new AotException("platform-config/" + this.name + "/memory.properties lacks " + key);
		}
		String number = text.trim();
		int shift = number.endsWith("K") ? 10 : number.endsWith("M") ? 20 : 0;
		return Long.decode(shift == 0 ? number : number.substring(0, number.length() - 1)) << shift;
	}

	/** The firmware that is made for the board unless another is named: the largest it has room for. */
	String application() {
		return this.board.getProperty("application", "Connect");
	}

	/** The options that choose the core. */
	List<String> cpu() {
		return words("cpu");
	}

	/** The options every C file of the board gets. */
	List<String> includes() {
		List<String> options = new ArrayList<>();
		options.add("-I" + this.support.resolve("include"));
		options.add("-I" + this.support.resolve("common"));
		for (String include : words("includes")) {
			options.add("-I" + this.support.resolve(include));
		}
		for (String define : words("defines")) {
			options.add("-D" + define);
		}
		return options;
	}
}
