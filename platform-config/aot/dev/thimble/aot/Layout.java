/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where things stand. The launcher gives the project's folder and that of the build in system properties. */
final class Layout {

	/** The jars TeaVM must see on the class path it translates. */
	private static final List<String> TEAVM = List.of("teavm-classlib-", "teavm-interop-", "teavm-platform-", "teavm-core-", "teavm-jso-");

	/** platform-config. */
	final Path config;
	/** board-support. */
	final Path boards;
	/** This compiler's own class files: when they change, all is made anew. */
	final Path compiler;
	/** Our runtime's C. */
	final Path runtime;
	/** What TeaVM sees: the device's classes, the shim before Bouncy Castle, TeaVM's jars. */
	final List<File> classPath = new ArrayList<>();
	private final Path build;
	private Path lwip;

	Layout() throws IOException {
		Path root = Path.of(System.getProperty("thimble.root", "")).toAbsolutePath();
		this.build = Path.of(System.getProperty("thimble.build", root.resolve("build").toString())).toAbsolutePath();
		this.config = root.resolve("platform-config");
		this.boards = Path.of(System.getProperty("thimble.boards", root.resolve("board-support").toString())).toAbsolutePath();
		this.compiler = this.build.resolve("classes/aot");
		this.runtime = this.config.resolve("runtime");
		for (String name : System.getProperty("thimble.device", "classes/app:classes/main:classes/shim").split(":")) {
			Path folder = this.build.resolve(name);
			if (Files.isDirectory(folder)) {
				this.classPath.add(folder.toFile());
			}
		}
		addJars(this.build.resolve("lib/default"), List.of(""));
		addJars(this.build.resolve("lib/aot"), TEAVM);
	}

	private void addJars(Path folder, List<String> names) throws IOException {
		try (Stream<Path> jars = Files.list(folder)) {
			jars.filter(jar -> names.stream().anyMatch(jar.getFileName().toString()::startsWith)).sorted().map(Path::toFile)
					.forEach(this.classPath::add);
		}
	}

	/** The names of all boards. */
	List<String> boards() throws IOException {
		try (Stream<Path> folders = Files.list(this.boards)) {
			return folders.filter(folder -> Files.exists(folder.resolve("board.properties"))).map(folder -> folder.getFileName().toString()).sorted()
					.toList();
		}
	}

	/** The folder of a board's images. */
	Path output(String board) {
		return this.build.resolve("firmware").resolve(board);
	}

	/** The folder of an application's C, by its name and profile: the same for every board. */
	Path generated(String application) {
		return this.build.resolve("firmware/generated").resolve(application);
	}

	/** The file with a board's figures. */
	Path bench(String board) {
		return this.build.resolve("bench").resolve(board + ".json");
	}

	/** Fetches lwIP's sources, for boards with Ethernet, or takes those the environment's LWIP names. */
	Path lwip() throws IOException, InterruptedException {
		if (this.lwip == null) {
			String folder = Shell.run(List.of(this.boards.resolve("debian/fetch-lwip").toString(), this.build.toString())).trim();
			// The last line: what stands before it is for people.
			this.lwip = Path.of(folder.substring(folder.lastIndexOf('\n') + 1)).toAbsolutePath();
		}
		return this.lwip;
	}
}
