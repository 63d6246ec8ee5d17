/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Cuts a byte stream into lines, in a thread of its own, so that the board never waits for its reader. */
final class Console {

	private static final int KEPT = 1 << 20;

	private final InputStream in;
	private final Queue<String> lines = new ArrayDeque<>();
	private final StringBuilder transcript = new StringBuilder();
	private final StringBuilder line = new StringBuilder();
	private boolean ended;

	Console(InputStream in) {
		this.in = in;
		Thread reader = new Thread(this::run, "board-console");
		reader.setDaemon(true);
		reader.start();
	}

	synchronized String readLine(Duration limit) throws IOException {
		long deadline = System.nanoTime() + limit.toNanos();
		while (this.lines.isEmpty() && !this.ended) {
			long left = (deadline - System.nanoTime()) / 1_000_000L;
			if (left <= 0) {
				return null;
			}
			try {
				wait(left);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new IOException(e);
			}
		}
		return this.lines.poll();
	}

	synchronized boolean ended() {
		return this.ended && this.lines.isEmpty();
	}

	synchronized String transcript() {
		return this.transcript.toString();
	}

	private void run() {
		byte[] chunk = new byte[4096];
		try {
			for (int count = this.in.read(chunk); count >= 0; count = this.in.read(chunk)) {
				add(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
			}
		} catch (IOException e) {
			// closed
		}
		end();
	}

	private synchronized void add(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\n') {
				finishLine();
			} else if (c != '\r') {
				this.line.append(c);
			}
		}
		notifyAll();
	}

	private synchronized void end() {
		if (this.line.length() > 0) {
			finishLine();
		}
		this.ended = true;
		notifyAll();
	}

	private void finishLine() {
		this.lines.add(this.line.toString());
		if (this.transcript.length() < KEPT) {
			this.transcript.append(this.line).append('\n');
		}
		this.line.setLength(0);
	}
}
