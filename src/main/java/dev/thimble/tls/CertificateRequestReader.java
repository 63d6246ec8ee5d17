/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads CertificateRequest (RFC 8446 §4.3.2). */
/* package */ class CertificateRequestReader extends ExtensionsReader {

	private static final int CONTEXT = 1;

	/* package */ CertificateRequestReader(MessageCursor cursor) {
		super(cursor);
	}

	@Override
	protected void nextField() {
		if (this.cursor.state == 0) {
			collect(1, CONTEXT);
		} else if (u8(0) != 0) {
			// During the handshake the context is empty.
			this.cursor.error = TlsError.CERTIFICATE_CONTEXT;
		} else {
			startExtensions();
		}
	}

	/** Unknown extensions are to be ignored here (§4.3.2). */
	@Override
	protected void extension(int type, int n) {
		if (type == ExtensionType.SIGNATURE_ALGORITHMS && n < 4) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else {
			pass(n, EXTENSION_PASSED);
		}
	}

	@Override
	protected void extensionsEnd() {
		if (!seen(ExtensionType.SIGNATURE_ALGORITHMS)) {
			this.cursor.error = TlsError.MISSING_EXTENSION;
		} else {
			finish();
		}
	}
}
