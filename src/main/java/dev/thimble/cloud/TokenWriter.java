/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/**
 * Writes JSON (RFC 8259) as base64url without padding (RFC 4648 §5, RFC 7515 §2) into an array of the caller, as it comes: there is no JSON
 * text anywhere.
 */
/* package */ final class TokenWriter {

	private static final String HEX = "0123456789abcdef";
	private static final int ALPHABET_END = 62;

	private byte[] out;
	private int at;
	private int end;
	/** Bits that wait for a sixth one. */
	private int bits;
	private int waiting;
	private int error;

	/* package */ void begin(byte[] array, int offset, int length) {
		this.out = array;
		this.at = offset;
		this.end = offset + length;
		this.waiting = 0;
		this.error = CloudError.NONE;
	}

	/** Lets go of the caller's array. */
	/* package */ void release() {
		this.out = null;
	}

	/** Gets the index behind what has been written. */
	/* package */ int position() {
		return this.at;
	}

	/* package */ int error() {
		return this.error;
	}

	/* package */ void fail(int code) {
		if (this.error == CloudError.NONE) {
			this.error = code;
		}
	}

	/** Takes room behind what has been written. */
	/* package */ void reserve(int length) {
		if (length > this.end - this.at) {
			fail(CloudError.JWT_TOO_LONG);
		}
		if (this.error == CloudError.NONE) {
			this.at += length;
		}
	}

	/** Writes a character as it is. */
	/* package */ void raw(int c) {
		if (this.at == this.end) {
			fail(CloudError.JWT_TOO_LONG);
		}
		if (this.error == CloudError.NONE) {
			this.out[this.at++] = (byte) c;
		}
	}

	/** Writes a byte in base64url. */
	/* package */ void octet(int b) {
		this.bits = this.bits << 8 | b & 0xff;
		this.waiting += 8;
		while (this.waiting >= 6) {
			this.waiting -= 6;
			raw(letter(this.bits >> this.waiting & 63));
		}
	}

	/** Writes the bits that are left. */
	/* package */ void flush() {
		if (this.waiting > 0) {
			raw(letter(this.bits << 6 - this.waiting & 63));
		}
		this.waiting = 0;
	}

	private static int letter(int value) {
		if (value < 26) {
			return 'A' + value;
		}
		if (value < 52) {
			return 'a' + value - 26;
		}
		return value < ALPHABET_END ? '0' + value - 52 : value == ALPHABET_END ? '-' : '_';
	}

	/** Writes JSON that is ASCII and needs no escaping. */
	/* package */ void json(String text) {
		int n = text.length();
		for (int i = 0; i < n; i++) {
			octet(text.charAt(i));
		}
	}

	/** Writes a string. */
	/* package */ void text(String text) {
		octet('"');
		int n = text.length();
		for (int i = 0; i < n; i++) {
			int c = Utf8.codePoint(text, i);
			if (c < 0) {
				fail(CloudError.JWT_TEXT);
				return;
			}
			if (c < 0x80) {
				character(c);
			} else {
				int length = Utf8.length(c);
				for (int k = 0; k < length; k++) {
					octet(Utf8.octet(c, k));
				}
				i += c >> 16 == 0 ? 0 : 1;
			}
		}
		octet('"');
	}

	/** Writes a string that is UTF-8 in an array. */
	/* package */ void text(byte[] array, int offset, int length) {
		if (!Utf8.valid(array, offset, length)) {
			fail(CloudError.JWT_TEXT);
			return;
		}
		octet('"');
		for (int i = 0; i < length; i++) {
			int b = array[offset + i];
			if (b < 0) {
				octet(b);
			} else {
				character(b);
			}
		}
		octet('"');
	}

	/** Writes a character of ASCII within a string (RFC 8259 §7). */
	private void character(int c) {
		if (c == '"' || c == '\\') {
			octet('\\');
		} else if (c < ' ') {
			json("\\u00");
			octet(HEX.charAt(c >> 4));
			octet(HEX.charAt(c & 15));
			return;
		}
		octet(c);
	}

	/** Writes a number. */
	/* package */ void number(long value) {
		// Negative numbers reach one further than positive ones.
		long rest = value < 0 ? value : -value;
		if (value < 0) {
			octet('-');
		}
		long unit = -1;
		while (rest / 10 <= unit && unit != -1000000000000000000L) {
			unit *= 10;
		}
		while (unit != 0) {
			octet('0' + (int) (rest / unit));
			rest %= unit;
			unit /= 10;
		}
	}
}
