/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads EncryptedExtensions (RFC 8446 §4.3.1). */
/* package */ final class EncryptedExtensionsReader extends ServerExtensionsReader {

	private static final int CLIENT_TYPE = 1;
	private static final int SERVER_TYPE = 2;

	/* package */ EncryptedExtensionsReader(MessageCursor cursor, ClientHandshake handshake) {
		super(cursor, handshake);
	}

	@Override
	protected void nextField() {
		switch (this.cursor.state) {
		case 0:
			startExtensions();
			break;
		case CLIENT_TYPE:
			check(this.handshake.certificateType(ExtensionType.CLIENT_CERTIFICATE_TYPE, u8(0)), TlsError.CERTIFICATE_KIND);
			break;
		case SERVER_TYPE:
			check(this.handshake.certificateType(ExtensionType.SERVER_CERTIFICATE_TYPE, u8(0)), TlsError.CERTIFICATE_KIND);
			break;
		default:
			super.nextField();
			break;
		}
	}

	@Override
	protected void extension(int type, int n) {
		if (type == ExtensionType.EARLY_DATA && this.handshake.offers(type)) {
			this.handshake.acceptEarlyData();
			check(n == 0, TlsError.DECODE_ERROR);
		} else if (type == ExtensionType.CLIENT_CERTIFICATE_TYPE && this.handshake.offers(type)) {
			collectInside(1, CLIENT_TYPE);
		} else if (type == ExtensionType.SERVER_CERTIFICATE_TYPE && this.handshake.offers(type)) {
			collectInside(1, SERVER_TYPE);
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
