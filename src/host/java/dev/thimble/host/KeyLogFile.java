/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;

import dev.thimble.tls.KeyLog;

/** Appends secrets to a file in the NSS key log format, which Wireshark reads. */
final class KeyLogFile implements KeyLog, Closeable {

	private final PrintStream out;

	KeyLogFile(Path file) throws IOException {
		this.out = new PrintStream(Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true,
				StandardCharsets.US_ASCII);
	}

	@Override
	public void secret(String label, byte[] clientRandom, byte[] secret, int secretLength) {
		HexFormat hex = HexFormat.of();
		this.out.println(label + " " + hex.formatHex(clientRandom, 0, 32) + " " + hex.formatHex(Arrays.copyOf(secret, secretLength)));
	}

	@Override
	public void close() {
		this.out.close();
	}
}
