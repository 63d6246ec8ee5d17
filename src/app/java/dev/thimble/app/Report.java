/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

/** Writes a small JSON object into an array; what does not fit is left out as a whole. */
final class Report {

	private final byte[] bytes;
	private int length;
	private boolean full;

	Report(int capacity) {
		this.bytes = new byte[capacity];
	}

	Report begin() {
		this.length = 0;
		this.full = false;
		put('{');
		return this;
	}

	Report end() {
		put('}');
		return this;
	}

	private void put(int c) {
		if (this.length == this.bytes.length) {
			this.full = true;
		} else {
			this.bytes[this.length++] = (byte) c;
		}
	}

	private void ascii(String text) {
		int n = text.length();
		for (int i = 0; i < n; i++) {
			put(text.charAt(i));
		}
	}

	private void name(String name) {
		if (this.length > 1) {
			put(',');
		}
		put('"');
		ascii(name);
		put('"');
		put(':');
	}

	/** Adds a whole number. */
	Report add(String name, long value) {
		name(name);
		digits(value);
		return this;
	}

	/** Adds a number with two decimals. */
	Report addHundredths(String name, int value) {
		name(name);
		digits(value / 100);
		put('.');
		put('0' + Math.abs(value / 10 % 10));
		put('0' + Math.abs(value % 10));
		return this;
	}

	/** Adds a text that needs no escapes. */
	Report add(String name, String value) {
		name(name);
		put('"');
		ascii(value);
		put('"');
		return this;
	}

	/** Adds what is JSON already. */
	Report add(String name, byte[] json, int offset, int count) {
		name(name);
		for (int i = 0; i < count; i++) {
			put(json[offset + i]);
		}
		return this;
	}

	private void digits(long value) {
		long rest = value < 0 ? value : -value;
		if (value < 0) {
			put('-');
		}
		long unit = -1;
		while (rest / 10 <= unit && unit != -1000000000000000000L) {
			unit *= 10;
		}
		while (unit != 0) {
			put('0' + (int) (rest / unit));
			rest %= unit;
			unit /= 10;
		}
	}

	byte[] array() {
		return this.bytes;
	}

	/** Gets the length; 0 if it did not fit. */
	int length() {
		return this.full ? 0 : this.length;
	}
}
