/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Cuts the handshake stream into messages (RFC 8446 §4), hashes them, and hands them to their readers. */
/* package */ final class HandshakeReader {

	private static final int HEADER_LENGTH = 4;

	private final byte[] header = new byte[HEADER_LENGTH];
	private final ClientHandshake handshake;
	private final Transcript transcript;
	private MessageReader message;
	private int headerFill;
	private boolean hashed;
	private int error;
	private int bytes;

	/* package */ HandshakeReader(ClientHandshake handshake, Transcript transcript) {
		this.handshake = handshake;
		this.transcript = transcript;
	}

	/* package */ void reset() {
		this.headerFill = 0;
		this.message = null;
		this.error = TlsError.NONE;
		this.bytes = 0;
	}

	/** Tells whether a message has begun and not ended. */
	/* package */ boolean inMessage() {
		return this.headerFill != 0;
	}

	/* package */ int error() {
		return this.error;
	}

	/** Gets the number of bytes of messages read since {@link #reset()}. */
	/* package */ int bytes() {
		return this.bytes;
	}

	/**
	 * Reads from the content of a handshake record, until it ends, there is work to do first, or there is an error.
	 *
	 * @param in
	 *            the array.
	 * @param offset
	 *            the first byte.
	 * @param limit
	 *            the end of what is to be read now.
	 * @param last
	 *            whether the record's content ends there.
	 * @return the offset of the first byte not read.
	 */
	/* package */ int accept(byte[] in, int offset, int limit, boolean last) {
		int at = offset;
		while (at < limit && this.error == TlsError.NONE && !this.handshake.working()) {
			if (this.headerFill < HEADER_LENGTH) {
				this.header[this.headerFill++] = in[at++];
				if (this.headerFill == HEADER_LENGTH) {
					startMessage();
				}
				continue;
			}
			int next = this.message.accept(in, at, limit);
			this.error = this.message.error();
			if (this.hashed) {
				this.message.hash(this.transcript, in, at, next);
			}
			at = next;
			if (this.error == TlsError.NONE && this.message.complete()) {
				this.headerFill = 0;
				this.error = this.handshake.messageEnd(this.header[0], last && at == limit);
			} else if (this.message.paused()) {
				this.handshake.messagePaused(this.header[0]);
			}
		}
		this.bytes += at - offset;
		return at;
	}

	private void startMessage() {
		byte[] h = this.header;
		int length = (h[1] & 0xff) << 16 | (h[2] & 0xff) << 8 | h[3] & 0xff;
		// Whether a message belongs to the transcript is decided before it can change the state.
		this.hashed = this.handshake.inHandshake();
		this.error = this.handshake.messageStart(h[0], length);
		if (this.error != TlsError.NONE) {
			return;
		}
		this.message = this.handshake.reader(h[0]);
		if (this.hashed && h[0] != HandshakeType.SERVER_HELLO) {
			this.transcript.update(h, 0, HEADER_LENGTH);
		}
		this.message.start(length);
		this.error = this.message.error();
	}
}
