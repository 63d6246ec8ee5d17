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

	private final Handshake first;
	private Handshake handshake;
	private MessageReader message;
	/** The header's bytes, the first one most significant. */
	private int header;
	private byte headerFill;
	private boolean hashed;
	private short error;
	private int bytes;

	/* package */ HandshakeReader(Handshake first) {
		this.first = first;
		this.handshake = first;
	}

	/* package */ void reset() {
		this.handshake = this.first;
		this.headerFill = 0;
		this.message = null;
		this.error = TlsError.NONE;
		this.bytes = 0;
	}

	/** Gets the handshake that goes on: that of another version, once it was chosen. */
	/* package */ Handshake handshake() {
		return this.handshake;
	}

	/** Gets the handshake that starts each connection. */
	/* package */ Handshake first() {
		return this.first;
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
				this.header = this.header << 8 | in[at++] & 0xff;
				this.headerFill++;
				if (this.headerFill < HEADER_LENGTH) {
					continue;
				}
				startMessage();
				if (this.error != TlsError.NONE || !this.message.complete()) {
					continue;
				}
				// A message without content is over with its header.
			} else {
				int next = this.message.accept(in, at, limit);
				this.error = (short) this.message.error();
				if (this.hashed) {
					this.message.hash(this.handshake.transcript(), in, at, next);
				}
				at = next;
			}
			if (this.error == TlsError.NONE && this.message.complete()) {
				this.headerFill = 0;
				this.error = (short) this.handshake.messageEnd(this.header >>> 24, last && at == limit);
				this.handshake = this.handshake.successor();
			} else if (this.message.paused()) {
				this.handshake.messagePaused(this.header >>> 24);
			}
		}
		this.bytes += at - offset;
		return at;
	}

	private void startMessage() {
		int type = this.header >>> 24;
		int length = this.header & 0xffffff;
		// Whether a message belongs to the transcript is decided before it can change the state.
		this.hashed = this.handshake.inHandshake() && type != HandshakeType.HELLO_REQUEST;
		this.error = (short) this.handshake.messageStart(type, length);
		if (this.error != TlsError.NONE) {
			return;
		}
		this.message = this.handshake.reader(type);
		if (this.hashed && type != HandshakeType.SERVER_HELLO) {
			// The readers' field array is free before a message.
			byte[] field = this.handshake.field();
			for (int i = 0; i < HEADER_LENGTH; i++) {
				field[i] = (byte) (this.header >> 24 - 8 * i);
			}
			this.handshake.transcript().update(field, 0, HEADER_LENGTH);
		}
		this.message.start(length);
		this.error = (short) this.message.error();
	}
}
