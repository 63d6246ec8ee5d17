/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

import dev.thimble.host.CommandFailure;

/** What board-support/BOARD/board.properties says of a board; board-support/README.md explains its keys. */
public final class BoardProperties {

	/** The build profile whose images have no profile in their names: as in platform-config/aot. */
	private static final String DEFAULT_PROFILE = "tls13";
	private static final String FILE = "board.properties";

	private final String name;
	private final Properties properties;

	private BoardProperties(String name, Properties properties) {
		this.name = name;
		this.properties = properties;
	}

	/** Reads a board's properties; fails with the list of boards if there is no such one. */
	public static BoardProperties of(String name) {
		Path folder = Project.root().resolve("board-support");
		Path file = folder.resolve(name).resolve(FILE);
		if (!Files.exists(file)) {
			throw new CommandFailure("There is no board '" + name + "', only " + String.join(", ", names(folder)));
		}
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return new BoardProperties(name, properties);
	}

	/** Gets the properties of the simulated device, which is no board: it has a wire and this machine's network. */
	static BoardProperties simulator() {
		Properties properties = new Properties();
		properties.setProperty("qemu.serial", "console wire");
		properties.setProperty("qemu.nic", "true");
		return new BoardProperties("simulator", properties);
	}

	/** Gets the names of all boards. */
	public static List<String> names() {
		return names(Project.root().resolve("board-support"));
	}

	private static List<String> names(Path folder) {
		try (Stream<Path> boards = Files.list(folder)) {
			return boards.filter(board -> Files.exists(board.resolve(FILE))).map(board -> board.getFileName().toString()).sorted().toList();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Gets the board's name. */
	public String name() {
		return this.name;
	}

	/** Gets a list of words, empty if there is none. */
	public List<String> words(String key) {
		String value = this.properties.getProperty(key, "").trim();
		return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
	}

	/** Gets a text, or null. */
	public String text(String key) {
		return this.properties.getProperty(key);
	}

	/** Tells whether an entry is true. */
	public boolean is(String key) {
		return Boolean.parseBoolean(this.properties.getProperty(key));
	}

	/** Tells whether the board carries a byte stream on a serial line. */
	public boolean hasWire() {
		return words("qemu.serial").contains("wire");
	}

	/** Tells whether the board has Ethernet and an IP stack. */
	public boolean hasNetwork() {
		return is("qemu.nic");
	}

	/** Gets the class of dev.thimble.app that connects on this board, without its package. */
	public String application() {
		return this.properties.getProperty("application", "Connect");
	}

	/** Gets the path of an application's firmware without its extension; the application's name may be null, then it is the board's own. */
	public Path firmware(String name) {
		return firmware(name, null);
	}

	/** Gets the path of an application's firmware with a build profile, of the default one if that is null. */
	public Path firmware(String name, String profile) {
		String file = (name == null ? application() : name).toLowerCase(Locale.ROOT);
		String suffix = profile == null || profile.equals(DEFAULT_PROFILE) ? "" : "-" + profile;
		return Project.build().resolve("firmware").resolve(this.name).resolve(file.substring(file.lastIndexOf('.') + 1) + suffix);
	}
}
