/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

/** Bytes as they come over the console: BASE64 (RFC 4648 §4) in pieces. */
final class Base64Buffer {

	private final byte[] bytes;
	private final int damaged;
	private final int tooLong;
	private int length;
	private int bits;
	private int bitCount;

	/**
	 * Creates an empty buffer.
	 *
	 * @param room
	 *            most bytes.
	 * @param damaged
	 *            the constant of {@link Failure} for what is no BASE64.
	 * @param tooLong
	 *            the one for what is longer.
	 */
	Base64Buffer(int room, int damaged, int tooLong) {
		this.bytes = new byte[room];
		this.damaged = damaged;
		this.tooLong = tooLong;
	}

	/** Forgets what there is. */
	void clear() {
		for (int i = 0; i < this.bytes.length; i++) {
			this.bytes[i] = 0;
		}
		this.length = 0;
		this.bits = 0;
		this.bitCount = 0;
	}

	/**
	 * Takes in a piece.
	 *
	 * @return 0 or one of the two constants.
	 */
	int add(byte[] text, int offset, int count) {
		for (int i = offset; i < offset + count; i++) {
			byte c = text[i];
			if (c == '=') {
				this.bitCount = 0;
				continue;
			}
			int value = value(c);
			if (value < 0) {
				return this.damaged;
			}
			this.bits = this.bits << 6 | value;
			this.bitCount += 6;
			if (this.bitCount >= 8) {
				this.bitCount -= 8;
				if (this.length == this.bytes.length) {
					return this.tooLong;
				}
				this.bytes[this.length++] = (byte) (this.bits >> this.bitCount);
			}
		}
		return 0;
	}

	private static int value(byte c) {
		if (c >= 'A' && c <= 'Z') {
			return c - 'A';
		}
		if (c >= 'a' && c <= 'z') {
			return c - 'a' + 26;
		}
		if (c >= '0' && c <= '9') {
			return c - '0' + 52;
		}
		return c == '+' ? 62 : c == '/' ? 63 : -1;
	}

	int length() {
		return this.length;
	}

	/** Gets the array; behind {@link #length()} it is zero. */
	byte[] array() {
		return this.bytes;
	}

	/** Gets an array of just what has come. */
	byte[] copy() {
		byte[] copy = new byte[this.length];
		System.arraycopy(this.bytes, 0, copy, 0, this.length);
		return copy;
	}
}
