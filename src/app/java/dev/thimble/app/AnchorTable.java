/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

/** The table of trust anchors as it comes over the console: BASE64 (RFC 4648 §4) in pieces. */
final class AnchorTable {

	private final byte[] table;
	private int length;
	private int bits;
	private int bitCount;

	AnchorTable(int room) {
		this.table = new byte[room];
	}

	/** Forgets what there is. */
	void clear() {
		for (int i = 0; i < this.table.length; i++) {
			this.table[i] = 0;
		}
		this.length = 0;
		this.bitCount = 0;
	}

	/**
	 * Takes in a piece.
	 *
	 * @return 0, or {@link Failure#ANCHORS} for a character that is not BASE64, or {@link Failure#ANCHORS_TOO_LONG}.
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
				return Failure.ANCHORS;
			}
			this.bits = this.bits << 6 | value;
			this.bitCount += 6;
			if (this.bitCount >= 8) {
				this.bitCount -= 8;
				if (this.length == this.table.length) {
					return Failure.ANCHORS_TOO_LONG;
				}
				this.table[this.length++] = (byte) (this.bits >> this.bitCount);
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

	/** Gets the table's array; behind {@link #length()} it is zero. */
	byte[] array() {
		return this.table;
	}
}
