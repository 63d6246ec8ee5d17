/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The board's console: text out, bytes in. Text is gathered and written a line at a time; nothing is allocated for it. */
public final class Console {

	private static final int BUFFER_LENGTH = 80;
	private static final int MAX_DIGITS = 20;

	private final byte[] buffer = new byte[BUFFER_LENGTH];
	private int filled;

	/** Creates the console. */
	public Console() {
		// nothing to do
	}

	/**
	 * Prints a text.
	 *
	 * @param text
	 *            ASCII; any other character becomes a question mark.
	 * @return this.
	 */
	public Console print(String text) {
		int length = text.length();
		for (int i = 0; i < length; i++) {
			char c = text.charAt(i);
			put(c < 128 ? c : '?');
		}
		return this;
	}

	/**
	 * Prints a number in decimal.
	 *
	 * @param number
	 *            any number.
	 * @return this.
	 */
	public Console print(long number) {
		if (number < 0) {
			put('-');
		}
		if (this.filled > BUFFER_LENGTH - MAX_DIGITS) {
			flush();
		}
		// Negative numbers reach further than positive ones. The digits come last first.
		long rest = number < 0 ? number : -number;
		int start = this.filled;
		byte[] b = this.buffer;
		do {
			long next = rest / 10;
			b[this.filled++] = (byte) ('0' + (int) (next * 10 - rest));
			rest = next;
		} while (rest != 0);
		for (int low = start, high = this.filled - 1; low < high; low++, high--) {
			byte digit = b[low];
			b[low] = b[high];
			b[high] = digit;
		}
		return this;
	}

	/**
	 * Prints bytes in hexadecimal.
	 *
	 * @param data
	 *            the bytes' array.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 * @return this.
	 */
	public Console printHex(byte[] data, int offset, int length) {
		for (int i = 0; i < length; i++) {
			putHex(data[offset + i]);
		}
		return this;
	}

	/**
	 * Prints received bytes as text. What is not printable ASCII is shown as a backslash, x and two hexadecimal digits, so that a peer cannot write
	 * to the terminal what it likes.
	 *
	 * @param data
	 *            the bytes' array.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 * @return this.
	 */
	public Console printText(byte[] data, int offset, int length) {
		for (int i = 0; i < length; i++) {
			byte c = data[offset + i];
			if (c >= ' ' && c < 127 && c != '\\') {
				put(c);
			} else {
				put('\\');
				put('x');
				putHex(c);
			}
		}
		return this;
	}

	/** Ends the line and writes it. */
	public void println() {
		put('\n');
	}

	/**
	 * Prints a text and ends the line.
	 *
	 * @param text
	 *            ASCII.
	 */
	public void println(String text) {
		print(text);
		println();
	}

	/** Writes what has been gathered. */
	public void flush() {
		if (this.filled > 0) {
			ConsoleNatives.write(this.buffer, 0, this.filled);
			this.filled = 0;
		}
	}

	/**
	 * Reads what has arrived, without waiting.
	 *
	 * @param data
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            at most how many.
	 * @return how many were read, 0 if there are none.
	 */
	public int read(byte[] data, int offset, int length) {
		Range.check(data, offset, length);
		return ConsoleNatives.read(data, offset, length);
	}

	private void putHex(int octet) {
		put(digit(octet >> 4 & 15));
		put(digit(octet & 15));
	}

	private static int digit(int value) {
		return value < 10 ? '0' + value : 'a' - 10 + value;
	}

	private void put(int c) {
		if (this.filled == BUFFER_LENGTH) {
			flush();
		}
		this.buffer[this.filled++] = (byte) c;
		if (c == '\n') {
			flush();
		}
	}
}
