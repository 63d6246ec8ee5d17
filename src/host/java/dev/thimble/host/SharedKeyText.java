/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import dev.thimble.tls.PreSharedKey;

/** Pre-shared keys as users write them: {@code IDENTITY:HEX}, or {@code @FILE} with a line like that for each key, as GnuTLS's psktool makes it. */
public final class SharedKeyText {

	private final String identity;
	private final byte[] key;

	private SharedKeyText(String identity, byte[] key) {
		this.identity = identity;
		this.key = key;
	}

	/**
	 * Reads an option's value.
	 *
	 * @return one key or, of a file, all of them.
	 * @throws IllegalArgumentException
	 *             with a sentence for the user; it does not repeat the key.
	 * @throws CommandFailure
	 *             if the file has no keys, or damaged ones.
	 */
	public static List<SharedKeyText> read(String option) throws IOException {
		if (!option.startsWith("@")) {
			return List.of(parse(option));
		}
		Path file = Path.of(option.substring(1));
		List<SharedKeyText> keys = new ArrayList<>();
		int number = 0;
		for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
			number++;
			String text = line.trim();
			if (!text.isEmpty() && !text.startsWith("#")) {
				try {
					keys.add(parse(text));
				} catch (IllegalArgumentException e) {
					throw new CommandFailure("Line " + number + " of " + file + ": " + e.getMessage() + ".");
				}
			}
		}
		if (keys.isEmpty()) {
			throw new CommandFailure("There is no pre-shared key in " + file + "; it has lines IDENTITY:HEX.");
		}
		return keys;
	}

	private static SharedKeyText parse(String text) {
		int colon = text.lastIndexOf(':');
		if (colon < 1) {
			throw new IllegalArgumentException("A pre-shared key is written IDENTITY:HEX, or @FILE with such lines");
		}
		byte[] key;
		try {
			key = HexFormat.of().parseHex(text.substring(colon + 1).trim());
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException("The pre-shared key of '" + text.substring(0, colon) + "' is not hexadecimal, two digits a byte");
		}
		if (key.length == 0 || key.length > PreSharedKey.MAX_KEY_LENGTH) {
			throw new IllegalArgumentException("The pre-shared key of '" + text.substring(0, colon) + "' has " + key.length + " bytes; it is 1 to "
					+ PreSharedKey.MAX_KEY_LENGTH);
		}
		if (text.substring(0, colon).getBytes(StandardCharsets.UTF_8).length > PreSharedKey.MAX_IDENTITY_LENGTH) {
			throw new IllegalArgumentException("The identity of a pre-shared key has at most " + PreSharedKey.MAX_IDENTITY_LENGTH + " bytes");
		}
		return new SharedKeyText(text.substring(0, colon), key);
	}

	/** Gets the identity. */
	public String identity() {
		return this.identity;
	}

	/** Gets the key's bytes. */
	public byte[] key() {
		return this.key.clone();
	}

	/** Makes the engine's object of it. */
	public PreSharedKey toKey() {
		return new PreSharedKey(this.identity.getBytes(StandardCharsets.UTF_8), this.key);
	}

	/** Overwrites the key. */
	public void wipe() {
		Arrays.fill(this.key, (byte) 0);
	}
}
