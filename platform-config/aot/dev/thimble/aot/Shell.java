/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Commands and files of the build. */
final class Shell {

	private Shell() {
	}

	/** Runs a command; its output is shown if it fails. */
	static String run(List<String> command) throws IOException, InterruptedException {
		Process process;
		try {
			process = new ProcessBuilder(command).redirectErrorStream(true).start();
		} catch (IOException e) {
			throw new AotException("There is no " + command.get(0) + ": install gcc-arm-none-eabi and libnewlib-arm-none-eabi", e);
		}
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new AotException(String.join(" ", command) + "\n" + output);
		}
		return output;
	}

	/** Deletes a folder with all that is in it. */
	static void delete(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, IOException error) throws IOException {
				Files.delete(directory);
				return FileVisitResult.CONTINUE;
			}
		});
	}

	/** Digests texts and the content of files and folders: what has the same digest need not be made again. */
	static String digest(List<?> inputs) throws IOException {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (Object input : inputs) {
				if (input instanceof Path path) {
					update(digest, path);
				} else {
					digest.update(input.toString().getBytes(StandardCharsets.UTF_8));
					digest.update((byte) 0);
				}
			}
			return HexFormat.of().formatHex(digest.digest());
		} catch (NoSuchAlgorithmException e) {
			throw new AssertionError(e);
		}
	}

	private static void update(MessageDigest digest, Path path) throws IOException {
		try (Stream<Path> files = Files.walk(path)) {
			for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
				// The compile steps touch files of that name whatever they did.
				if (!file.getFileName().toString().equals("done")) {
					digest.update(path.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
					digest.update(Files.readAllBytes(file));
				}
			}
		}
	}

	/** Tells whether a file holds a text. */
	static boolean holds(Path file, String text) throws IOException {
		return Files.exists(file) && Files.readString(file).equals(text);
	}
}
