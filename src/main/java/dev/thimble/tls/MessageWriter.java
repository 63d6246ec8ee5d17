/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * Writes a handshake message in pieces: it can be longer than a record, and no copy of it exists anywhere. Each piece is made by writing the whole
 * message and keeping only the bytes that fall into a window.
 */
/* package */ abstract class MessageWriter {

	private byte[] out;
	private int outOffset;
	private int from;
	private int to;
	private int position;

	/**
	 * Opens a window of the message, which is to be written next, from its beginning.
	 *
	 * @param array
	 *            receives the piece.
	 * @param offset
	 *            where its first byte goes.
	 * @param first
	 *            the position of the piece's first byte in the message.
	 * @param end
	 *            the position behind its last byte.
	 */
	protected final void window(byte[] array, int offset, int first, int end) {
		this.out = array;
		this.outOffset = offset;
		this.from = first;
		this.to = end;
		this.position = 0;
	}

	/** Closes the window; gives the message's length. */
	protected final int closeWindow() {
		this.out = null;
		return this.position;
	}

	protected final void u8(int value) {
		if (this.position >= this.from && this.position < this.to) {
			this.out[this.outOffset + this.position - this.from] = (byte) value;
		}
		this.position++;
	}

	protected final void u16(int value) {
		u8(value >> 8);
		u8(value);
	}

	protected final void u24(int value) {
		u8(value >> 16);
		u16(value);
	}

	protected final void u32(int value) {
		u16(value >> 16);
		u16(value);
	}

	/** Writes of some bytes those that fall into the window. */
	protected final void bytes(byte[] source, int offset, int count) {
		int first = this.from > this.position ? this.from - this.position : 0;
		int end = this.to - this.position < count ? this.to - this.position : count;
		if (first < end) {
			System.arraycopy(source, offset + first, this.out, this.outOffset + this.position + first - this.from, end - first);
		}
		this.position += count;
	}
}
