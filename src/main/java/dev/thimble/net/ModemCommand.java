/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** The command that is being sent to a modem: text put together in one array, then written as the line takes it. */
/* package */ final class ModemCommand {

	/** A host name of 255 characters and what stands around it. */
	private static final int MAX_LENGTH = 320;

	private final byte[] bytes = new byte[MAX_LENGTH];
	private int length;
	private int written;
	private boolean tooLong;

	/* package */ ModemCommand begin(String text) {
		this.length = 0;
		this.written = 0;
		this.tooLong = false;
		return add(text);
	}

	/* package */ ModemCommand add(String text) {
		for (int i = 0; i < text.length(); i++) {
			put(text.charAt(i));
		}
		return this;
	}

	/* package */ ModemCommand add(byte[] text, int count) {
		for (int i = 0; i < count; i++) {
			put(text[i]);
		}
		return this;
	}

	/** Adds a number that is not negative. */
	/* package */ ModemCommand add(int number) {
		int divisor = 1;
		while (number / divisor >= 10) {
			divisor *= 10;
		}
		for (int rest = number; divisor > 0; divisor /= 10) {
			put('0' + rest / divisor);
			rest %= divisor;
		}
		return this;
	}

	private void put(int c) {
		if (this.length == MAX_LENGTH - 2) {
			this.tooLong = true;
		} else {
			this.bytes[this.length++] = (byte) c;
		}
	}

	/** Ends the line. */
	/* package */ void end() {
		this.bytes[this.length++] = '\r';
		this.bytes[this.length++] = '\n';
	}

	/* package */ boolean tooLong() {
		return this.tooLong;
	}

	/** Sends it anew. */
	/* package */ void again() {
		this.written = 0;
	}

	/** Writes what the line takes; false on a fault. */
	/* package */ boolean write(SerialLine line) {
		if (this.written < this.length) {
			int count = line.write(this.bytes, this.written, this.length - this.written);
			this.written += Math.max(0, count);
			return count >= 0;
		}
		return true;
	}

	/* package */ boolean sent() {
		return this.written == this.length;
	}
}
