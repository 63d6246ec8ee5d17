/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Assumptions;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * Reads Wycheproof's JSON test vectors from the folder given by {@code -Dwycheproof=…} (default {@code ../shared/wycheproof}).
 *
 * <p>Where the folder or a file is absent the calling test is aborted by an assumption, so that the report shows a skip and its reason.
 */
public final class Wycheproof {

	private Wycheproof() {
	}

	/** One test case together with the group it stands in: both give their members by name. */
	public static final class Case {

		/** The group, which holds keys and sizes common to its cases. */
		public final JsonObject group;
		/** The case itself. */
		public final JsonObject test;

		Case(JsonObject group, JsonObject test) {
			this.group = group;
			this.test = test;
		}

		/** The bytes of a hexadecimal member of the case. */
		public byte[] bytes(String member) {
			return hex(this.test, member);
		}

		/** The bytes of a hexadecimal member of the group. */
		public byte[] groupBytes(String member) {
			return hex(this.group, member);
		}

		/** An integer member of the case. */
		public int integer(String member) {
			return this.test.get(member).getAsInt();
		}

		/** An integer member of the group. */
		public int groupInteger(String member) {
			return this.group.get(member).getAsInt();
		}

		/** "valid", "invalid" or "acceptable". */
		public String result() {
			return this.test.get("result").getAsString();
		}

		/** Whether the vector must be accepted. */
		public boolean isValid() {
			return "valid".equals(result());
		}

		/** Whether the case carries a flag, for example "InvalidEncoding". */
		public boolean hasFlag(String flag) {
			JsonArray flags = this.test.getAsJsonArray("flags");
			if (flags != null) {
				for (JsonElement element : flags) {
					if (flag.equals(element.getAsString())) {
						return true;
					}
				}
			}
			return false;
		}

		@Override
		public String toString() {
			JsonElement comment = this.test.get("comment");
			return "tcId " + integer("tcId") + " (" + result() + ") " + (comment == null ? "" : comment.getAsString()) + " "
					+ this.test.get("flags");
		}
	}

	/**
	 * Reads all cases of one file, in order.
	 *
	 * @param file
	 *            the file's name, for example "aes_gcm_test.json".
	 */
	public static List<Case> cases(String file) {
		Path path = Path.of(System.getProperty("wycheproof", "../shared/wycheproof"), file);
		Assumptions.assumeTrue(Files.isReadable(path), "SKIPPED: no Wycheproof vectors at " + path + " (set -Dwycheproof=FOLDER)");
		JsonObject root;
		try {
			root = JsonParser.parseString(Files.readString(path, StandardCharsets.UTF_8)).getAsJsonObject();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		List<Case> cases = new ArrayList<>();
		for (JsonElement group : root.getAsJsonArray("testGroups")) {
			for (JsonElement test : group.getAsJsonObject().getAsJsonArray("tests")) {
				cases.add(new Case(group.getAsJsonObject(), test.getAsJsonObject()));
			}
		}
		if (cases.isEmpty()) {
			throw new IllegalStateException("no test cases in " + path);
		}
		return cases;
	}

	private static byte[] hex(JsonObject object, String member) {
		return HexFormat.of().parseHex(object.get(member).getAsString());
	}
}
