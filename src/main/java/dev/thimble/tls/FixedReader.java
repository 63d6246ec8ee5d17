/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads a message that is one field of a known length into the field array: Finished (RFC 8446 §4.4.4), KeyUpdate (§4.6.3). */
/* package */ final class FixedReader extends MessageReader {

	private static final int ALL = 1;

	private byte expected;

	/* package */ FixedReader(MessageCursor cursor) {
		super(cursor);
	}

	/** Sets the only length the next message may have. */
	/* package */ void expect(int bytes) {
		this.expected = (byte) bytes;
	}

	@Override
	protected void next() {
		if (this.cursor.state == 0) {
			collect(this.expected, ALL);
		} else {
			finish();
		}
	}
}
