/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What has happened so far, told as it happens: a line each on the terminal, an object each as JSON. Whoever waits for something to happen waits
 * here.
 */
final class Timeline {

	/** Columns of a terminal that most people have. */
	private static final int WIDTH = 132;

	private final long started = System.nanoTime();
	private final PrintWriter terminal;
	private final PrintWriter json;
	private final List<Event> events = new ArrayList<>();
	private boolean headed;

	/**
	 * Begins.
	 *
	 * @param terminal
	 *            gets the lines.
	 * @param json
	 *            gets the objects; null: nobody does.
	 */
	Timeline(PrintWriter terminal, PrintWriter json) {
		this.terminal = terminal;
		this.json = json;
	}

	/** Gets the milliseconds since the demo began. */
	long now() {
		return (System.nanoTime() - this.started) / 1_000_000;
	}

	/** Tells of something; figures: names and values by turns. */
	void tell(String kind, long board, String sentence, Object... figures) {
		print(keep(true, kind, board, sentence, figures));
	}

	/** Keeps something that is worth no line on the terminal. */
	void note(String kind, long board, String sentence, Object... figures) {
		keep(false, kind, board, sentence, figures);
	}

	private Event keep(boolean told, String kind, long board, String sentence, Object... figures) {
		Map<String, Object> named = new LinkedHashMap<>();
		for (int i = 0; i < figures.length; i += 2) {
			named.put((String) figures[i], figures[i + 1]);
		}
		synchronized (this) {
			Event event = new Event(kind, now(), board, sentence, named, told);
			this.events.add(event);
			if (this.json != null) {
				this.json.println(Json.of(event));
				this.json.flush();
			}
			notifyAll();
			return event;
		}
	}

	private synchronized void print(Event event) {
		if (!this.headed) {
			this.headed = true;
			this.terminal.println("  host s  board s");
		}
		String board = event.board() < 0 ? "" : String.format(Locale.ROOT, "%.3f", event.board() / 1000.0);
		String margin = String.format(Locale.ROOT, "%8.3f %8s  %-13s ", event.host() / 1000.0, board, event.kind());
		StringBuilder line = new StringBuilder(margin);
		int at = margin.length();
		for (String word : event.sentence().split(" ")) {
			if (at + word.length() > WIDTH && at > margin.length()) {
				line.append('\n').append(" ".repeat(margin.length()));
				at = margin.length();
			}
			line.append(at == margin.length() ? "" : " ").append(word);
			at += word.length() + 1;
		}
		this.terminal.println(line);
		this.terminal.flush();
	}

	/** Prints lines that are no events. */
	synchronized void print(List<String> lines) {
		lines.forEach(this.terminal::println);
		this.terminal.flush();
	}

	/** Gets all that has happened. */
	synchronized List<Event> events() {
		return List.copyOf(this.events);
	}

	/** Has whoever waits look again. */
	synchronized void changed() {
		notifyAll();
	}

	/**
	 * Waits until something is so. Conditions are looked at whenever something has happened.
	 *
	 * @return false if it is not so in time.
	 */
	synchronized boolean await(Duration limit, BooleanSupplier condition) throws InterruptedException {
		long end = System.nanoTime() + limit.toNanos();
		while (!condition.getAsBoolean()) {
			long left = (end - System.nanoTime()) / 1_000_000;
			if (left <= 0) {
				return false;
			}
			wait(Math.min(left, 500));
		}
		return true;
	}
}
