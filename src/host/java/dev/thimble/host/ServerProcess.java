/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server program that lives no longer than this process: it is killed by {@link #close()}, when the JVM exits, and even when the JVM is killed,
 * since a shell between the two waits for the end of a pipe.
 */
public final class ServerProcess implements Closeable {

	private static final String LEASH = "exec 3<&0; \"$@\" </dev/null 3<&- & child=$!; "
			+ "{ cat <&3 >/dev/null; kill $child 2>/dev/null; } & wait $child";
	private static final int KEPT = 1 << 20;

	private final Process process;
	private final Thread hook = new Thread(this::kill);
	private final StringBuilder output = new StringBuilder();
	private boolean outputEnded;

	private ServerProcess(Process process) {
		this.process = process;
		Runtime.getRuntime().addShutdownHook(this.hook);
		Thread reader = new Thread(this::readOutput, "server-output");
		reader.setDaemon(true);
		reader.start();
	}

	/** Starts a server without input. */
	public static ServerProcess start(Path directory, String... command) throws IOException {
		List<String> leashed = new ArrayList<>(List.of("sh", "-c", LEASH, "server"));
		leashed.addAll(Arrays.asList(command));
		return launch(directory, leashed);
	}

	/** Starts a server whose standard input is {@link #input()}. This one outlives a JVM that is killed, if it does not end with its input. */
	public static ServerProcess startWithInput(Path directory, String... command) throws IOException {
		return launch(directory, Arrays.asList(command));
	}

	private static ServerProcess launch(Path directory, List<String> command) throws IOException {
		return new ServerProcess(new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start());
	}

	/** Tells whether a program is installed. */
	public static boolean installed(String program) {
		for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
			if (!folder.isEmpty() && Path.of(folder, program).toFile().canExecute()) {
				return true;
			}
		}
		return false;
	}

	/** Gets the server's standard input, if it was started with one. */
	public OutputStream input() {
		return this.process.getOutputStream();
	}

	/** Tells whether the server runs. */
	public boolean alive() {
		return this.process.isAlive();
	}

	/** Gets the length of the output so far; a mark for {@link #await} and {@link #output(int)}. */
	public int mark() {
		synchronized (this.output) {
			return this.output.length();
		}
	}

	/** Gets the output (of both channels) since a mark; ISO 8859-1, a character a byte. */
	public String output(int mark) {
		synchronized (this.output) {
			return this.output.substring(Math.min(mark, this.output.length()));
		}
	}

	/**
	 * Waits until the output since a mark contains a text.
	 *
	 * @return the output since the mark, or null if the text did not come in time or the server ended before.
	 */
	public String await(int mark, String text, int milliseconds) {
		long deadline = System.nanoTime() + milliseconds * 1_000_000L;
		synchronized (this.output) {
			for (;;) {
				if (this.output.indexOf(text, mark) >= 0) {
					return this.output.substring(mark);
				}
				long left = (deadline - System.nanoTime()) / 1_000_000L;
				if (left <= 0 || this.outputEnded) {
					return null;
				}
				try {
					this.output.wait(left);
				} catch (InterruptedException e) {
					Thread.currentThread().interrupt();
					return null;
				}
			}
		}
	}

	@Override
	public void close() {
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		} catch (IllegalStateException e) {
			// the JVM is exiting, the hook runs anyway
		}
		kill();
	}

	private void kill() {
		List<ProcessHandle> children = this.process.descendants().toList();
		try {
			this.process.getOutputStream().close();
		} catch (IOException e) {
			// it has ended already
		}
		children.forEach(ProcessHandle::destroy);
		this.process.destroy();
		try {
			if (!this.process.waitFor(500, TimeUnit.MILLISECONDS)) {
				children.forEach(ProcessHandle::destroyForcibly);
				this.process.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void readOutput() {
		byte[] chunk = new byte[1 << 14];
		try (InputStream in = this.process.getInputStream()) {
			for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
				synchronized (this.output) {
					if (this.output.length() < KEPT) {
						this.output.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
					}
					this.output.notifyAll();
				}
			}
		} catch (IOException e) {
			// killed
		}
		synchronized (this.output) {
			this.outputEnded = true;
			this.output.notifyAll();
		}
	}
}
