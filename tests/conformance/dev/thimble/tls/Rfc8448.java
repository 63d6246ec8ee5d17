/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.thimble.support.Octets;
import dev.thimble.support.TestPki;

/** The values of one trace of RFC 8448, read from tests/data; each block's length is checked against what its title says. */
final class Rfc8448 {

	private static final Pattern TITLE = Pattern.compile("(\\S.*) \\((\\d+) octets\\)");

	private final Map<String, byte[]> values = new LinkedHashMap<>();

	Rfc8448(int section) {
		try {
			String name = null;
			int length = 0;
			Octets value = null;
			for (String line : Files.readAllLines(TestPki.data("rfc8448-" + section + ".txt"))) {
				Matcher title = TITLE.matcher(line);
				if (title.matches()) {
					name = title.group(1);
					length = Integer.parseInt(title.group(2));
					value = new Octets();
				} else if (line.startsWith("  ")) {
					value.add(Octets.unhex(line.strip()));
				} else if (name != null && line.isEmpty()) {
					put(name, length, value);
					name = null;
				}
			}
			if (name != null) {
				put(name, length, value);
			}
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	byte[] get(String name) {
		byte[] value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("no value named " + name);
		}
		return value.clone();
	}

	/** A record's bytes behind its header. */
	byte[] body(String record) {
		byte[] value = get(record);
		return Arrays.copyOfRange(value, 5, value.length);
	}

	private void put(String name, int length, Octets value) {
		if (value.length() != length) {
			throw new IllegalStateException(name + " has " + value.length() + " octets");
		}
		this.values.put(name, value.toBytes());
	}
}
