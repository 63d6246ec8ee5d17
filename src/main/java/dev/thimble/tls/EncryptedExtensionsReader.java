/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads EncryptedExtensions (RFC 8446 §4.3.1). */
/* package */ final class EncryptedExtensionsReader extends ServerExtensionsReader {

	/* package */ EncryptedExtensionsReader(MessageCursor cursor, ClientHandshake handshake) {
		super(cursor, handshake);
	}

	@Override
	protected void nextField() {
		if (this.cursor.state == 0) {
			startExtensions();
		} else {
			super.nextField();
		}
	}

	@Override
	protected void extension(int type, int n) {
		if (type == ExtensionType.EARLY_DATA && this.handshake.offers(type)) {
			this.handshake.acceptEarlyData();
			check(n == 0, TlsError.DECODE_ERROR);
		} else if (type == ExtensionType.SUPPORTED_GROUPS) {
			// §4.2.7: a hint for later connections, not to be acted on.
			pass(n, EXTENSION_PASSED);
		} else {
			super.extension(type, n);
		}
	}

	@Override
	protected void extensionsEnd() {
		if (oneLimit()) {
			finish();
		} else {
			this.cursor.error = TlsError.RECORD_SIZE_LIMIT;
		}
	}
}
