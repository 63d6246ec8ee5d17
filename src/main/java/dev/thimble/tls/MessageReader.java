/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * Reads one handshake message as it streams by.
 *
 * <p>A subclass says what it wants next, {@link #collect}ing a short field or letting a longer one pass ({@link #pass}); when that is there,
 * {@link #next()} is called. Lengths are checked against what is left of the message before anything is read.
 */
/* package */ abstract class MessageReader {

	protected final MessageCursor cursor;

	/* package */ MessageReader(MessageCursor cursor) {
		this.cursor = cursor;
	}

	/** Starts a message of a length. */
	/* package */ void start(int messageLength) {
		this.cursor.length = messageLength;
		this.cursor.position = 0;
		this.cursor.state = 0;
		this.cursor.error = TlsError.NONE;
		this.cursor.wanted = 0;
		this.cursor.passing = false;
		this.cursor.paused = false;
		next();
	}

	/**
	 * Reads from a piece of the message.
	 *
	 * @return the offset of the first byte not consumed: limit, unless the reader paused or found an error.
	 */
	/* package */ final int accept(byte[] in, int offset, int limit) {
		int at = offset;
		this.cursor.paused = false;
		while (this.cursor.error == TlsError.NONE && !this.cursor.paused) {
			if (this.cursor.wanted == 0 || at == limit) {
				break;
			}
			int n = limit - at < this.cursor.wanted ? limit - at : this.cursor.wanted;
			// The position counts before the bytes are shown, so that next() sees where it is.
			this.cursor.position += n;
			this.cursor.wanted -= n;
			if (this.cursor.passing) {
				passed(in, at, n);
			} else {
				System.arraycopy(in, at, this.cursor.field, this.cursor.fieldFill, n);
				this.cursor.fieldFill += n;
			}
			at += n;
			if (this.cursor.wanted == 0 && this.cursor.error == TlsError.NONE) {
				next();
			}
		}
		return at;
	}

	/** Tells whether the message has been read to its end. */
	/* package */ final boolean complete() {
		return this.cursor.position == this.cursor.length && this.cursor.wanted == 0 && !this.cursor.paused;
	}

	/* package */ final int error() {
		return this.cursor.error;
	}

	/** Adds consumed bytes to the transcript. */
	/* package */ void hash(Transcript transcript, byte[] in, int offset, int limit) {
		transcript.update(in, offset, limit - offset);
	}

	/** Called when what was wanted is there, and at the start. Says what is wanted next, or {@link #finish}es. */
	protected abstract void next();

	/** Called with pieces of a field that was let pass. */
	protected void passed(byte[] in, int offset, int count) {
		// Most fields that pass are to be ignored.
	}

	/** Wants a field of n bytes at the start of the cursor's array. */
	protected final void collect(int n, int nextState) {
		collectAt(0, n, nextState);
	}

	/** Wants a field of n bytes at an index of the cursor's array. */
	protected final void collectAt(int index, int n, int nextState) {
		this.cursor.passing = false;
		this.cursor.fieldFill = index;
		if (index + n > this.cursor.field.length) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else {
			want(n, nextState);
		}
	}

	/** Lets a field of n bytes pass by. */
	protected final void pass(int n, int nextState) {
		this.cursor.passing = true;
		want(n, nextState);
	}

	/** Declares the message read: nothing may follow. */
	protected final void finish() {
		if (this.cursor.position != this.cursor.length) {
			this.cursor.error = TlsError.DECODE_ERROR;
		}
	}

	/** Returns to the caller before the next byte; {@link #accept} goes on from there. */
	protected final void pause() {
		this.cursor.paused = true;
	}

	/* package */ final boolean paused() {
		return this.cursor.paused;
	}

	/** Wants n more bytes and checks that the message has them; a field of no bytes is there at once. */
	private void want(int n, int nextState) {
		this.cursor.state = nextState;
		this.cursor.wanted = n;
		if (n > this.cursor.length - this.cursor.position) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else if (n == 0) {
			next();
		}
	}

	/** Gets a byte of the field. */
	protected final int u8(int index) {
		return this.cursor.field[index] & 0xff;
	}

	/** Gets two bytes of the field, big-endian. */
	protected final int u16(int index) {
		return u8(index) << 8 | u8(index + 1);
	}

	/** Gets three bytes of the field, big-endian. */
	protected final int u24(int index) {
		return u16(index) << 8 | u8(index + 2);
	}
}
