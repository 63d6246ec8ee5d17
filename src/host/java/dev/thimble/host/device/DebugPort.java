/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** The debugger's port of an emulator that waits before its first instruction: GDB's remote serial protocol, as much of it as memory takes. */
final class DebugPort {

	private static final int PIECE = 512;
	private static final int LIMIT_MS = 60_000;

	private final InputStream in;
	private final OutputStream out;

	DebugPort(Socket socket) throws IOException {
		socket.setSoTimeout(LIMIT_MS);
		this.in = new BufferedInputStream(socket.getInputStream());
		this.out = socket.getOutputStream();
	}

	/** Writes to the board's memory. */
	void write(long address, byte[] data) throws IOException {
		for (int at = 0; at < data.length; at += PIECE) {
			byte[] piece = Arrays.copyOfRange(data, at, Math.min(data.length, at + PIECE));
			String answer = command(String.format(Locale.ROOT, "M%x,%x:%s", address + at, piece.length, HexFormat.of().formatHex(piece)));
			if (!answer.equals("OK")) {
				throw new IOException("The emulator does not take its memory: " + answer);
			}
		}
	}

	/** Lets the board run. */
	void detach() throws IOException {
		command("D");
	}

	private String command(String text) throws IOException {
		int sum = 0;
		for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
			sum += b;
		}
		this.out.write(String.format(Locale.ROOT, "$%s#%02x", text, sum & 0xff).getBytes(StandardCharsets.US_ASCII));
		this.out.flush();
		int c = read();
		while (c != '$') {
			c = read();
		}
		StringBuilder answer = new StringBuilder();
		for (c = read(); c != '#'; c = read()) {
			answer.append((char) c);
		}
		read();
		read();
		this.out.write('+');
		this.out.flush();
		return answer.toString();
	}

	private int read() throws IOException {
		int c = this.in.read();
		if (c < 0) {
			throw new IOException("The emulator has ended");
		}
		return c;
	}
}
