/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of the generated C: functions, and the declarations and tables between them. */
final class CFile {

	private static final Pattern FUNCTION = Pattern.compile("^(?!alignas|struct|typedef|static|extern)\\w[\\w *]*?\\b(\\w+)\\(.*\\)(?= \\{$)");

	/** Where it stands below the folder of the generated C, with slashes. */
	final String path;

	/** Text and functions in their order. */
	final List<Object> parts = new ArrayList<>();

	CFile(String path, String text) {
		this.path = path;
		StringBuilder between = new StringBuilder();
		String[] lines = text.split("\n", -1);
		for (int i = 0; i < lines.length; i++) {
			Matcher function = FUNCTION.matcher(lines[i]);
			if (!function.find()) {
				between.append(lines[i]).append('\n');
				continue;
			}
			StringBuilder body = new StringBuilder();
			String signature = function.group();
			String name = function.group(1);
			for (i++; !lines[i].equals("}"); i++) {
				body.append(lines[i]).append('\n');
			}
			this.parts.add(between.toString());
			between.setLength(0);
			this.parts.add(new CFunction(name, signature, body.toString()));
		}
		this.parts.add(between.toString());
	}

	List<CFunction> functions() {
		List<CFunction> result = new ArrayList<>();
		for (Object part : this.parts) {
			if (part instanceof CFunction function) {
				result.add(function);
			}
		}
		return result;
	}

	/** Gives what stands between the functions. */
	String declarations() {
		StringBuilder text = new StringBuilder();
		for (Object part : this.parts) {
			if (part instanceof String s) {
				text.append(s);
			}
		}
		return text.toString();
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		for (Object part : this.parts) {
			text.append(part);
		}
		return text.toString();
	}
}
