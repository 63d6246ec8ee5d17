/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.thimble.host.CommandFailure;

/**
 * Finds a QEMU that knows a board: the environment's THIMBLE_QEMU, the PATH, the one that board-support/debian/install-qemu has put into the
 * user's cache folder; if none of them does, it runs that script.
 */
public final class Qemu {

	private static final String PROGRAM = "qemu-system-arm";
	private static final Pattern VERSION = Pattern.compile("version (\\d+)\\.(\\d+)");
	private static final Map<String, String> ANSWERS = new HashMap<>();

	private Qemu() {
	}

	/**
	 * Gets the program for a board.
	 *
	 * @param install
	 *            whether to install one if there is none.
	 * @return its path; null if there is none and none is to be installed.
	 */
	public static synchronized Path find(BoardProperties board, boolean install) throws IOException {
		String given = System.getenv("THIMBLE_QEMU");
		if (given != null) {
			if (!knows(Path.of(given), board)) {
				throw new CommandFailure("THIMBLE_QEMU=" + given + " does not know the machine " + machine(board) + wanted(board));
			}
			return Path.of(given);
		}
		for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
			Path program = Path.of(folder.isEmpty() ? "." : folder, PROGRAM);
			if (Files.isExecutable(program) && knows(program, board)) {
				return program;
			}
		}
		Path installed = cache().resolve("qemu-trixie").resolve(PROGRAM);
		if (Files.isExecutable(installed) && knows(installed, board)) {
			return installed;
		}
		return install ? install(board) : null;
	}

	private static Path cache() {
		String cache = System.getenv("XDG_CACHE_HOME");
		return (cache != null ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache")).resolve("thimble");
	}

	private static Path install(BoardProperties board) throws IOException {
		System.err.println("There is no QEMU here that knows " + machine(board) + wanted(board) + ".");
		Path script = Project.root().resolve("board-support/debian/install-qemu");
		Process process = new ProcessBuilder("sh", script.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		process.getOutputStream().close();
		String answer = read(process.getInputStream()).trim();
		int code = waitFor(process);
		Path program = Path.of(answer.substring(answer.lastIndexOf('\n') + 1));
		if (code != 0 || answer.isEmpty() || !knows(program, board)) {
			throw new CommandFailure("Please install QEMU" + wanted(board) + " and put " + PROGRAM + " on the PATH, or set THIMBLE_QEMU to a program"
					+ " that runs one (in a container with the host's network and this folder, for instance)");
		}
		return program;
	}

	private static String machine(BoardProperties board) {
		return board.text("qemu.machine");
	}

	private static String wanted(BoardProperties board) {
		String version = board.text("qemu.version");
		return version == null ? "" : " (" + version + " or newer)";
	}

	private static boolean knows(Path program, BoardProperties board) {
		if (!Pattern.compile("(?m)^" + Pattern.quote(machine(board)) + "\\s").matcher(ask(program, "-M", "help")).find()) {
			return false;
		}
		String wanted = board.text("qemu.version");
		Matcher found = VERSION.matcher(ask(program, "--version"));
		if (wanted == null || !found.find()) {
			return wanted == null;
		}
		String[] parts = wanted.trim().split("\\.");
		int major = Integer.compare(Integer.parseInt(found.group(1)), Integer.parseInt(parts[0]));
		return major > 0 || major == 0 && Integer.parseInt(found.group(2)) >= Integer.parseInt(parts[1]);
	}

	/* What a program answers to a question, empty if it cannot run. */
	private static String ask(Path program, String... question) {
		return ANSWERS.computeIfAbsent(program + " " + String.join(" ", question), key -> {
			try {
				String[] command = new String[1 + question.length];
				command[0] = program.toString();
				System.arraycopy(question, 0, command, 1, question.length);
				Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
				process.getOutputStream().close();
				String answer = read(process.getInputStream());
				return waitFor(process) == 0 ? answer : "";
			} catch (IOException e) {
				return "";
			}
		});
	}

	private static String read(InputStream in) throws IOException {
		return new String(in.readAllBytes(), StandardCharsets.UTF_8);
	}

	private static int waitFor(Process process) throws IOException {
		try {
			if (process.waitFor(1, TimeUnit.MINUTES)) {
				return process.exitValue();
			}
			process.destroyForcibly();
			return -1;
		} catch (InterruptedException e) {
			process.destroyForcibly();
			Thread.currentThread().interrupt();
			throw new IOException(e);
		}
	}
}
