/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Lets a message pass by, whatever it says. */
/* package */ final class PassingReader extends MessageReader {

	private static final int ALL = 1;

	/* package */ PassingReader(MessageCursor cursor) {
		super(cursor);
	}

	@Override
	protected void next() {
		if (this.cursor.state == 0) {
			pass(this.cursor.length, ALL);
		} else {
			finish();
		}
	}
}
