/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

/**
 * Reads a JSON object (RFC 8259) that has no object or array in it, as configurations that come over the air are, and tells whether it is one. Names and
 * texts have to be without escapes.
 */
final class FlatJson {

	private static final long LIMIT = Long.MAX_VALUE / 10 - 9;

	private final byte[] text;
	private int end;
	private int at;
	private boolean good;
	private int nameStart;
	private int nameEnd;
	private int valueStart;
	private int valueEnd;
	private boolean number;
	private long value;

	/** Reads what will be in an array. */
	FlatJson(byte[] text) {
		this.text = text;
	}

	/** Begins with the first bytes of the array. */
	void begin(int length) {
		this.end = length;
		this.at = 0;
		this.good = skip('{');
	}

	/**
	 * Goes to the next member.
	 *
	 * @return false: there are no more, or it is no such object, see {@link #good()}.
	 */
	boolean next() {
		boolean first = this.at > 0 && this.text[this.at - 1] == '{';
		blank();
		if (!this.good || this.at == this.end) {
			this.good = false;
			return false;
		}
		if (this.text[this.at] == '}') {
			this.at++;
			blank();
			this.good = this.at == this.end;
			return false;
		}
		if (!first) {
			this.good = skip(',');
			blank();
		}
		this.nameStart = this.at + 1;
		this.good = this.good && text();
		this.nameEnd = this.at - 1;
		this.good = this.good && skip(':');
		blank();
		this.good = this.good && value();
		// Behind a value the object goes on, so that there is nothing to be mistaken for its beginning.
		blank();
		return this.good;
	}

	private boolean value() {
		this.number = this.at < this.end && this.text[this.at] != '"';
		this.valueStart = this.number ? this.at : this.at + 1;
		boolean read = this.number ? number() : text();
		this.valueEnd = this.number ? this.at : this.at - 1;
		return read;
	}

	/** Passes a text in quotes. */
	private boolean text() {
		if (!skip('"')) {
			return false;
		}
		while (this.at < this.end && this.text[this.at] != '"') {
			if (this.text[this.at] == '\\' || this.text[this.at] >= 0 && this.text[this.at] < ' ') {
				return false;
			}
			this.at++;
		}
		return this.at++ < this.end;
	}

	/** Passes a whole number. */
	private boolean number() {
		boolean negative = this.text[this.at] == '-';
		this.at += negative ? 1 : 0;
		int from = this.at;
		this.value = 0;
		while (this.at < this.end && this.text[this.at] >= '0' && this.text[this.at] <= '9') {
			if (this.value > LIMIT) {
				return false;
			}
			this.value = 10 * this.value + this.text[this.at++] - '0';
		}
		this.value = negative ? -this.value : this.value;
		return this.at > from;
	}

	private void blank() {
		while (this.at < this.end && (this.text[this.at] == ' ' || this.text[this.at] == '\n' || this.text[this.at] == '\r' || this.text[this.at] == '\t')) {
			this.at++;
		}
	}

	private boolean skip(char c) {
		blank();
		if (this.at == this.end || this.text[this.at] != c) {
			return false;
		}
		this.at++;
		return true;
	}

	/** Tells, at the end, whether it was such an object. */
	boolean good() {
		return this.good;
	}

	/** Tells whether the member has this name. */
	boolean is(String name) {
		int n = name.length();
		if (n != this.nameEnd - this.nameStart) {
			return false;
		}
		for (int i = 0; i < n; i++) {
			if (this.text[this.nameStart + i] != name.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/** Tells whether the member's value is a number. */
	boolean isNumber() {
		return this.number;
	}

	/** Gets the number. */
	long whole() {
		return this.value;
	}

	int valueOffset() {
		return this.valueStart;
	}

	int valueLength() {
		return this.valueEnd - this.valueStart;
	}
}
