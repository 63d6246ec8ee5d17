/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A process that lives no longer than this one: {@link #close()} ends it, so does the end of the JVM by whatever signal, since a shell between the
 * two waits for the end of a pipe.
 */
final class LeashedProcess implements Closeable {

	/* The watcher is told when the child ends by itself, so that it never kills a stranger that has got the same number. */
	private static final String LEASH = "exec 3<&0; \"$@\" </dev/null 3<&- & child=$!; "
			+ "{ cat <&3 >/dev/null; kill $child 2>/dev/null; } >/dev/null 2>&1 & watcher=$!; "
			+ "exec 3<&-; wait $child; code=$?; kill $watcher; exit $code";
	private static final int KEPT = 1 << 16;
	private static final int GRACE_MS = 1000;

	private final Process process;
	private final StringBuilder output = new StringBuilder();
	private final Thread hook = new Thread(this::kill);

	LeashedProcess(List<String> command) throws IOException {
		List<String> leashed = new ArrayList<>(List.of("sh", "-c", LEASH, "leash"));
		leashed.addAll(command);
		this.process = new ProcessBuilder(leashed).redirectErrorStream(true).start();
		Runtime.getRuntime().addShutdownHook(this.hook);
		Thread reader = new Thread(this::readOutput, "process-output");
		reader.setDaemon(true);
		reader.start();
	}

	boolean alive() {
		return this.process.isAlive();
	}

	/** Waits for the end; empty if it does not come in time. */
	OptionalInt exitCode(long milliseconds) throws IOException {
		try {
			return this.process.waitFor(milliseconds, TimeUnit.MILLISECONDS) ? OptionalInt.of(this.process.exitValue()) : OptionalInt.empty();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException(e);
		}
	}

	/** Gets what it said on both channels. */
	String output() {
		synchronized (this.output) {
			return this.output.toString().trim();
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
		try {
			if (!this.process.waitFor(GRACE_MS, TimeUnit.MILLISECONDS)) {
				children.forEach(ProcessHandle::destroyForcibly);
				this.process.destroyForcibly().waitFor(GRACE_MS, TimeUnit.MILLISECONDS);
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void readOutput() {
		byte[] chunk = new byte[4096];
		try (InputStream in = this.process.getInputStream()) {
			for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
				synchronized (this.output) {
					if (this.output.length() < KEPT) {
						this.output.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
					}
				}
			}
		} catch (IOException e) {
			// killed
		}
	}
}
