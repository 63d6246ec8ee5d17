/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.util.Map;

/**
 * Something that happened.
 *
 * @param kind
 *            a word for programs.
 * @param host
 *            milliseconds since the demo began.
 * @param board
 *            milliseconds since the board's reset, by its own clock; negative: the board did not say.
 * @param sentence
 *            for people.
 * @param figures
 *            numbers, texts and booleans by name.
 * @param told
 *            whether it is worth a line to people.
 */
record Event(String kind, long host, long board, String sentence, Map<String, Object> figures, boolean told) {

	/** Gets a figure as a number; 0 if there is none. */
	long number(String name) {
		return this.figures.get(name) instanceof Number number ? number.longValue() : 0;
	}

	/** Gets a figure as text; "" if there is none. */
	String text(String name) {
		Object value = this.figures.get(name);
		return value == null ? "" : value.toString();
	}
}
