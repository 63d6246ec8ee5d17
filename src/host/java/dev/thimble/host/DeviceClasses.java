/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.thimble.tls.TlsEngine;

/** Loads the engine's classes at once, which a JVM would do one by one as it meets them. */
final class DeviceClasses {

	private static final String[] PACKAGES = { "board", "crypto", "x509", "tls" };

	private DeviceClasses() {
	}

	static void load() {
		try {
			Path source = Path.of(TlsEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			if (Files.isDirectory(source)) {
				load(source);
			} else {
				try (FileSystem jar = FileSystems.newFileSystem(source)) {
					load(jar.getPath("/"));
				}
			}
		} catch (IOException | URISyntaxException e) {
			throw new IllegalStateException("Cannot list the engine's classes", e);
		}
	}

	private static void load(Path root) throws IOException {
		for (String name : PACKAGES) {
			Path folder = root.resolve("dev").resolve("thimble").resolve(name);
			List<Path> files;
			try (Stream<Path> listed = Files.list(folder)) {
				files = listed.collect(Collectors.toList());
			}
			for (Path file : files) {
				String simple = file.getFileName().toString();
				if (simple.endsWith(".class") && !simple.startsWith("package-info")) {
					try {
						Class.forName("dev.thimble." + name + "." + simple.substring(0, simple.length() - 6));
					} catch (ClassNotFoundException e) {
						throw new IllegalStateException(e);
					}
				}
			}
		}
	}
}
