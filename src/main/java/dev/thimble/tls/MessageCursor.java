/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * Where the reading of a handshake message stands. There is one for all readers of an engine, since one message is read at a time: each
 * reader having its own would cost 40 bytes of heap each.
 */
/* package */ final class MessageCursor {

	/** Where collected fields are put, from index 0. */
	/* package */ final byte[] field;
	/** The message's length without its header. */
	/* package */ int length;
	/** The number of bytes of the message that have been consumed. */
	/* package */ int position;
	/** What comes next, a constant of the reader at work. */
	/* package */ int state;
	/** The first error found, a code of {@link TlsError}. */
	/* package */ int error;
	/** How many bytes of the current field are still to come. */
	/* package */ int wanted;
	/** Where the next collected byte goes. */
	/* package */ int fieldFill;
	/** The position behind the current list of extensions. */
	/* package */ int listEnd;
	/** The position behind the current extension. */
	/* package */ int extensionEnd;
	/** A bit for each extension type below 64 that the list has had. */
	/* package */ long seen;
	/** Whether the current field is let pass instead of collected. */
	/* package */ boolean passing;
	/** Whether the reader asked to return to the caller. */
	/* package */ boolean paused;

	/* package */ MessageCursor(int fieldLength) {
		this.field = new byte[fieldLength];
	}
}
