/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.Console;

/** The line being typed on the console, and its words. */
final class CommandLine {

	private static final int MAX_LENGTH = 1024;

	private final Console console;
	private final byte[] bytes = new byte[MAX_LENGTH];
	private int length;
	private boolean complete;
	private boolean tooLong;
	private int start;
	private int end;

	CommandLine(Console console) {
		this.console = console;
	}

	/** Takes in what has been typed; tells whether a line is complete. The next call begins a new one. */
	boolean poll() {
		if (this.complete) {
			this.complete = false;
			this.tooLong = false;
			this.length = 0;
		}
		// One at a time: what follows the line stays where it is until the line is done.
		while (this.console.read(this.bytes, this.length, 1) == 1) {
			byte c = this.bytes[this.length];
			if (c == '\n' || c == '\r') {
				if (this.length > 0 || this.tooLong) {
					this.complete = true;
					this.start = 0;
					this.end = 0;
					return true;
				}
			} else if (this.length == MAX_LENGTH - 1) {
				this.tooLong = true;
			} else {
				this.length++;
			}
		}
		return false;
	}

	/** Tells whether part of the line is lost. */
	boolean tooLong() {
		return this.tooLong;
	}

	/** Goes on to the next word; false if there is none. */
	boolean next() {
		int at = this.end;
		while (at < this.length && this.bytes[at] == ' ') {
			at++;
		}
		this.start = at;
		while (at < this.length && this.bytes[at] != ' ') {
			at++;
		}
		this.end = at;
		return this.end > this.start;
	}

	/** Tells whether the current word is a given one. */
	boolean is(String word) {
		int n = word.length();
		if (n != this.end - this.start) {
			return false;
		}
		for (int i = 0; i < n; i++) {
			if (this.bytes[this.start + i] != word.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/** Gets the current word as a decimal number, -1 if it is none or longer than 12 digits. */
	long number() {
		long number = 0;
		if (this.end == this.start || this.end - this.start > 12) {
			return -1;
		}
		for (int i = this.start; i < this.end; i++) {
			int digit = this.bytes[i] - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			number = 10 * number + digit;
		}
		return number;
	}

	/** Makes the rest of the line, without the blank before it, the current word; it may be empty. */
	void rest() {
		this.start = this.end < this.length ? this.end + 1 : this.end;
		this.end = this.length;
	}

	byte[] array() {
		return this.bytes;
	}

	int wordOffset() {
		return this.start;
	}

	int wordLength() {
		return this.end - this.start;
	}
}
