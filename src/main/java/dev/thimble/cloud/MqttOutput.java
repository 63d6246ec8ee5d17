/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import dev.thimble.net.SecureSocket;

/** Bytes on their way to the broker. Whoever writes has asked for room before. */
/* package */ final class MqttOutput {

	private final byte[] buffer;
	private int start;
	private int end;

	/* package */ MqttOutput(int length) {
		this.buffer = new byte[length];
	}

	/* package */ void clear() {
		this.start = 0;
		this.end = 0;
	}

	/* package */ int capacity() {
		return this.buffer.length;
	}

	/** Gets the number of bytes that wait. */
	/* package */ int length() {
		return this.end - this.start;
	}

	/** Makes room, as far as there is any. */
	/* package */ boolean room(int count) {
		if (count > this.buffer.length - this.end && this.start > 0) {
			System.arraycopy(this.buffer, this.start, this.buffer, 0, length());
			this.end -= this.start;
			this.start = 0;
		}
		return count <= this.buffer.length - this.end;
	}

	/** Gets how many bytes can be written behind the others now. */
	/* package */ int free() {
		room(this.buffer.length);
		return this.buffer.length - this.end;
	}

	/* package */ byte[] array() {
		return this.buffer;
	}

	/** Gets the index behind the last byte. */
	/* package */ int end() {
		return this.end;
	}

	/** Takes bytes that were written at {@link #end}. */
	/* package */ void written(int count) {
		this.end += count;
	}

	/* package */ void put(int value) {
		this.buffer[this.end++] = (byte) value;
	}

	/* package */ void putTwo(int value) {
		put(value >> 8);
		put(value);
	}

	/* package */ void putFour(int value) {
		putTwo(value >> 16);
		putTwo(value);
	}

	/** Writes a variable byte integer (MQTT 5.0 §1.5.5). */
	/* package */ void putVarint(int value) {
		int rest = value;
		while (rest > 127) {
			put(rest & 127 | 128);
			rest >>= 7;
		}
		put(rest);
	}

	/** Writes a text and its length. */
	/* package */ void putText(String text) {
		putTwo(Utf8.length(text));
		this.end = Utf8.put(text, this.buffer, this.end);
	}

	/* package */ void putBytes(byte[] a, int offset, int length) {
		System.arraycopy(a, offset, this.buffer, this.end, length);
		this.end += length;
	}

	/**
	 * Gives the socket what it takes.
	 *
	 * @return how many bytes; {@link SecureSocket#FAILED}.
	 */
	/* package */ int send(SecureSocket socket) {
		if (length() == 0) {
			return 0;
		}
		int count = socket.send(this.buffer, this.start, length());
		if (count > 0) {
			this.start += count;
		}
		if (this.start == this.end) {
			clear();
		}
		return count == SecureSocket.WOULD_BLOCK ? 0 : count;
	}
}
