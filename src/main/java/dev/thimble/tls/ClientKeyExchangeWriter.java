/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Writes ClientKeyExchange in pieces (RFC 8422 §5.7; with a pre-shared key RFC 4279 §2, RFC 5489 §2). */
/* package */ final class ClientKeyExchangeWriter extends MessageWriter {

	private int length;
	private int written;

	/**
	 * Starts.
	 *
	 * @param key
	 *            the pre-shared key; null: none.
	 * @param shareLength
	 *            the length of the own public key; 0: none.
	 */
	/* package */ void start(PreSharedKey key, int shareLength) {
		this.written = 0;
		this.length = 4 + (key == null ? 0 : 2 + key.identity().length) + (shareLength == 0 ? 0 : 1 + shareLength);
	}

	/** Writes the next piece of at most room bytes; returns its length. */
	/* package */ int write(PreSharedKey key, byte[] share, int shareLength, byte[] out, int offset, int room) {
		int n = this.length - this.written < room ? this.length - this.written : room;
		window(out, offset, this.written, this.written + n);
		u8(HandshakeType.CLIENT_KEY_EXCHANGE);
		u24(this.length - 4);
		if (key != null) {
			u16(key.identity().length);
			bytes(key.identity(), 0, key.identity().length);
		}
		if (shareLength > 0) {
			u8(shareLength);
			bytes(share, 0, shareLength);
		}
		closeWindow();
		this.written += n;
		return n;
	}

	/** Tells whether all was written. */
	/* package */ boolean complete() {
		return this.written == this.length;
	}
}
