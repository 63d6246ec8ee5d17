/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

/**
 * Writes a table of trust anchors as a Java class for firmware: the bytes are characters 0 to 255 of String constants, which lie in flash,
 * unlike the content of an array initialiser.
 */
final class AnchorTableSource {

	/** Bytes a constant: a class file holds at most 65,535 bytes of modified UTF-8, two for each of most bytes here. */
	private static final int CONSTANT = 30000;
	private static final int LINE = 32;

	private AnchorTableSource() {
	}

	/**
	 * Writes the class.
	 *
	 * @param name
	 *            its fully qualified name.
	 */
	static String of(String name, byte[] table, int count) {
		int dot = name.lastIndexOf('.');
		StringBuilder out = new StringBuilder();
		if (dot > 0) {
			out.append("package ").append(name, 0, dot).append(";\n\n");
		}
		out.append("/** ").append(count).append(" trust anchors in ").append(table.length).append(" bytes, made by 'thimble anchors'. */\n");
		out.append("public final class ").append(name.substring(dot + 1)).append(" {\n\n");
		int constants = (table.length + CONSTANT - 1) / CONSTANT;
		for (int i = 0; i < constants; i++) {
			out.append("\tprivate static final String PART_").append(i).append(" = \"");
			int end = Math.min(table.length, (i + 1) * CONSTANT);
			for (int j = i * CONSTANT; j < end; j++) {
				if (j > i * CONSTANT && (j - i * CONSTANT) % LINE == 0) {
					out.append("\"\n\t\t\t+ \"");
				}
				append(out, table[j] & 0xff);
			}
			out.append("\";\n");
		}
		out.append("\n\tprivate ").append(name.substring(dot + 1)).append("() {\n\t}\n\n");
		out.append("\t/** Makes a copy of the table in memory, for {@code new TrustAnchors(...)}. */\n");
		out.append("\tpublic static byte[] table() {\n\t\tbyte[] table = new byte[").append(table.length).append("];\n");
		for (int i = 0; i < constants; i++) {
			out.append("\t\tcopy(PART_").append(i).append(", table, ").append(i * CONSTANT).append(");\n");
		}
		out.append("\t\treturn table;\n\t}\n\n");
		out.append("\tprivate static void copy(String part, byte[] table, int offset) {\n");
		out.append("\t\tfor (int i = part.length(); --i >= 0;) {\n\t\t\ttable[offset + i] = (byte) part.charAt(i);\n\t\t}\n\t}\n}\n");
		return out.toString();
	}

	/** ASCII as it is, everything else as an octal escape of three digits, which what follows cannot lengthen. */
	private static void append(StringBuilder out, int b) {
		if (b >= ' ' && b < 0x7f && b != '"' && b != '\\') {
			out.append((char) b);
		} else {
			out.append('\\').append((char) ('0' + (b >> 6))).append((char) ('0' + (b >> 3 & 7))).append((char) ('0' + (b & 7)));
		}
	}
}
