/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads a message that contains lists of extensions (RFC 8446 §4.2). */
/* package */ abstract class ExtensionsReader extends MessageReader {

	private static final int EXTENSIONS_LENGTH = 1000;
	private static final int EXTENSION_HEADER = 1001;
	/** A state for subclasses: an extension that was let pass is over. */
	protected static final int EXTENSION_PASSED = 1002;

	/* package */ ExtensionsReader(MessageCursor cursor) {
		super(cursor);
	}

	/** Wants a list of extensions; {@link #extension} is called for each, then {@link #extensionsEnd}. */
	protected final void startExtensions() {
		this.cursor.seen = 0;
		collect(2, EXTENSIONS_LENGTH);
	}

	@Override
	protected final void next() {
		switch (this.cursor.state) {
		case EXTENSIONS_LENGTH:
			this.cursor.listEnd = this.cursor.position + u16(0);
			if (this.cursor.listEnd > this.cursor.length) {
				this.cursor.error = TlsError.DECODE_ERROR;
				return;
			}
			nextExtension();
			break;
		case EXTENSION_HEADER:
			startExtension();
			break;
		case EXTENSION_PASSED:
			extensionDone();
			break;
		default:
			nextField();
			break;
		}
	}

	private void nextExtension() {
		if (this.cursor.position == this.cursor.listEnd) {
			extensionsEnd();
		} else if (this.cursor.listEnd - this.cursor.position < 4) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else {
			collect(4, EXTENSION_HEADER);
		}
	}

	private void startExtension() {
		int type = u16(0);
		int n = u16(2);
		this.cursor.extensionEnd = this.cursor.position + n;
		if (this.cursor.extensionEnd > this.cursor.listEnd) {
			this.cursor.error = TlsError.DECODE_ERROR;
			return;
		}
		// §4.2: no more than one of a type. What is numbered above 63 is not ours, and either refused or ignored.
		if (type < 64) {
			if ((this.cursor.seen & 1L << type) != 0) {
				this.cursor.error = TlsError.DUPLICATE_EXTENSION;
				return;
			}
			this.cursor.seen |= 1L << type;
		}
		extension(type, n);
	}

	/** Tells whether an extension, numbered below 64, was in the list. */
	protected final boolean seen(int type) {
		return (this.cursor.seen & 1L << type) != 0;
	}

	/** Declares an extension read. */
	protected final void extensionDone() {
		if (this.cursor.position != this.cursor.extensionEnd) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else {
			nextExtension();
		}
	}

	/** Wants a field inside the current extension. */
	protected final void collectInside(int n, int nextState) {
		if (n > this.cursor.extensionEnd - this.cursor.position) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else {
			collect(n, nextState);
		}
	}

	/** Gets how much of the current extension is left. */
	protected final int left() {
		return this.cursor.extensionEnd - this.cursor.position;
	}

	/** Called as {@link MessageReader#next()} for the states of the subclass. */
	protected abstract void nextField();

	/** Called at the start of an extension of n bytes. */
	protected abstract void extension(int type, int n);

	/** Called behind the last extension of a list. */
	protected abstract void extensionsEnd();
}
