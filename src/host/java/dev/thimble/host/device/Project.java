/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.thimble.host.CommandFailure;

/** Where this project's folders are. */
public final class Project {

	private Project() {
	}

	/** Gets the folder with board-support: the property thimble.root, else the nearest one above the working directory. */
	public static Path root() {
		String given = System.getProperty("thimble.root");
		if (given != null) {
			return Path.of(given);
		}
		for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
			if (Files.isDirectory(folder.resolve("board-support"))) {
				return folder;
			}
		}
		throw new CommandFailure("There is no board-support folder here or above: run this from the project, or set -Dthimble.root=FOLDER");
	}

	/** Gets the folder of what is built: the property thimble.build, else build. */
	public static Path build() {
		String given = System.getProperty("thimble.build");
		return given != null ? Path.of(given) : root().resolve("build");
	}
}
