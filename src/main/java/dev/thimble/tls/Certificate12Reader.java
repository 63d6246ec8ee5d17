/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.x509.PathValidator;

/** Reads Certificate of TLS 1.2 (RFC 5246 §7.4.2): without a context, and without extensions of each certificate. */
/* package */ final class Certificate12Reader extends CertificateReader {

	private Certificate12Reader(MessageCursor cursor, PathValidator path, boolean mayBeEmpty) {
		super(cursor, path, mayBeEmpty);
	}

	/** Makes one; null without an authentication. */
	/* package */ static Certificate12Reader of(PeerAuthentication authentication, MessageCursor cursor, boolean mayBeEmpty) {
		return authentication == null ? null : new Certificate12Reader(cursor, authentication.path(), mayBeEmpty);
	}

	@Override
	protected void nextField() {
		if (this.cursor.state == 0) {
			collect(3, LIST_LENGTH);
		} else {
			super.nextField();
		}
	}

	/** Behind the last one the message is over, and the work is done then. */
	@Override
	protected void certificateEnd() {
		if (this.cursor.position < this.cursor.length) {
			pause();
		}
		nextEntry();
	}
}
