/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.util.Map;

/** Writes flat JSON objects, in ASCII whatever the terminal speaks. */
final class Json {

	private Json() {
	}

	static String of(Event event) {
		StringBuilder json = new StringBuilder("{\"event\":").append(quoted(event.kind())).append(",\"host_ms\":").append(event.host());
		if (event.board() >= 0) {
			json.append(",\"board_ms\":").append(event.board());
		}
		for (Map.Entry<String, Object> figure : event.figures().entrySet()) {
			Object value = figure.getValue();
			json.append(',').append(quoted(figure.getKey())).append(':')
					.append(value instanceof Number || value instanceof Boolean ? value.toString() : quoted(String.valueOf(value)));
		}
		return json.append(",\"text\":").append(quoted(event.sentence())).append('}').toString();
	}

	private static String quoted(String text) {
		StringBuilder out = new StringBuilder("\"");
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"' || c == '\\') {
				out.append('\\').append(c);
			} else if (c < ' ' || c > 126) {
				out.append(String.format("\\u%04x", (int) c));
			} else {
				out.append(c);
			}
		}
		return out.append('"').toString();
	}
}
