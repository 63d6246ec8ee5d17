/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.util.HashMap;
import java.util.Map;

/** A line of the firmware's console: a word, a colon, pairs of name and value. */
final class ConsoleLine {

	private final String word;
	private final Map<String, String> values = new HashMap<>();

	ConsoleLine(String line) {
		int colon = line.indexOf(':');
		this.word = colon < 0 ? line : line.substring(0, colon);
		for (String pair : line.substring(colon + 1).trim().split(" ")) {
			int equals = pair.indexOf('=');
			if (equals > 0) {
				this.values.put(pair.substring(0, equals), pair.substring(equals + 1));
			}
		}
	}

	String word() {
		return this.word;
	}

	/** Gets a value; "" if there is none. */
	String text(String name) {
		return this.values.getOrDefault(name, "");
	}

	/** Gets a number; -1 if there is none. */
	long number(String name) {
		try {
			return Long.parseLong(text(name));
		} catch (NumberFormatException e) {
			return -1;
		}
	}
}
