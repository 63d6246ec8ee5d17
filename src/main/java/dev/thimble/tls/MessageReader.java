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

	/** Where collected fields are put, from index 0; shared by all readers of an engine. */
	protected final byte[] field;
	/** The message's length without its header. */
	protected int length;
	/** The number of bytes of the message that have been consumed. */
	protected int position;
	/** What comes next, a constant of the subclass. */
	protected int state;
	/** The first error found, a code of {@link TlsError}. */
	protected int error;

	private int wanted;
	private int fieldFill;
	private boolean passing;
	private boolean paused;

	/* package */ MessageReader(byte[] field) {
		this.field = field;
	}

	/** Starts a message of a length. */
	/* package */ void start(int messageLength) {
		this.length = messageLength;
		this.position = 0;
		this.state = 0;
		this.error = TlsError.NONE;
		this.wanted = 0;
		this.passing = false;
		this.paused = false;
		next();
	}

	/**
	 * Reads from a piece of the message.
	 *
	 * @return the offset of the first byte not consumed: limit, unless the reader paused or found an error.
	 */
	/* package */ final int accept(byte[] in, int offset, int limit) {
		int at = offset;
		this.paused = false;
		while (this.error == TlsError.NONE && !this.paused) {
			if (this.wanted == 0 || at == limit) {
				break;
			}
			int n = limit - at < this.wanted ? limit - at : this.wanted;
			// The position counts before the bytes are shown, so that next() sees where it is.
			this.position += n;
			this.wanted -= n;
			if (this.passing) {
				passed(in, at, n);
			} else {
				System.arraycopy(in, at, this.field, this.fieldFill, n);
				this.fieldFill += n;
			}
			at += n;
			if (this.wanted == 0 && this.error == TlsError.NONE) {
				next();
			}
		}
		return at;
	}

	/** Tells whether the message has been read to its end. */
	/* package */ final boolean complete() {
		return this.position == this.length && this.wanted == 0 && !this.paused;
	}

	/* package */ final int error() {
		return this.error;
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

	/** Wants a field of n bytes at the start of {@link #field}. */
	protected final void collect(int n, int nextState) {
		collectAt(0, n, nextState);
	}

	/** Wants a field of n bytes at an index of {@link #field}. */
	protected final void collectAt(int index, int n, int nextState) {
		this.passing = false;
		this.fieldFill = index;
		if (index + n > this.field.length) {
			this.error = TlsError.DECODE_ERROR;
		} else {
			want(n, nextState);
		}
	}

	/** Lets a field of n bytes pass by. */
	protected final void pass(int n, int nextState) {
		this.passing = true;
		want(n, nextState);
	}

	/** Declares the message read: nothing may follow. */
	protected final void finish() {
		if (this.position != this.length) {
			this.error = TlsError.DECODE_ERROR;
		}
	}

	/** Returns to the caller before the next byte; {@link #accept} goes on from there. */
	protected final void pause() {
		this.paused = true;
	}

	/* package */ final boolean paused() {
		return this.paused;
	}

	/** Wants n more bytes and checks that the message has them; a field of no bytes is there at once. */
	private void want(int n, int nextState) {
		this.state = nextState;
		this.wanted = n;
		if (n > this.length - this.position) {
			this.error = TlsError.DECODE_ERROR;
		} else if (n == 0) {
			next();
		}
	}

	/** Gets a byte of the field. */
	protected final int u8(int index) {
		return this.field[index] & 0xff;
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
