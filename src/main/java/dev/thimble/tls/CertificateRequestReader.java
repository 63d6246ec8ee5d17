/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads CertificateRequest (RFC 8446 §4.3.2). */
/* package */ final class CertificateRequestReader extends ExtensionsReader {

	private static final int CONTEXT = 1;

	/* package */ CertificateRequestReader(byte[] field) {
		super(field);
	}

	@Override
	protected void nextField() {
		if (this.state == 0) {
			collect(1, CONTEXT);
		} else if (u8(0) != 0) {
			// During the handshake the context is empty.
			this.error = TlsError.CERTIFICATE_CONTEXT;
		} else {
			startExtensions();
		}
	}

	/** Unknown extensions are to be ignored here (§4.3.2). */
	@Override
	protected void extension(int type, int n) {
		if (type == ExtensionType.SIGNATURE_ALGORITHMS && n < 4) {
			this.error = TlsError.DECODE_ERROR;
		} else {
			pass(n, EXTENSION_PASSED);
		}
	}

	@Override
	protected void extensionsEnd() {
		if (!seen(ExtensionType.SIGNATURE_ALGORITHMS)) {
			this.error = TlsError.MISSING_EXTENSION;
		} else {
			finish();
		}
	}
}
