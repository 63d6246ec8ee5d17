/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads CertificateVerify (RFC 8446 §4.4.3); the signature stays in the field array. */
/* package */ class CertificateVerifyReader extends MessageReader {

	private static final int HEADER = 1;
	private static final int SIGNATURE = 2;

	private char scheme;
	private char signatureLength;

	/* package */ CertificateVerifyReader(MessageCursor cursor) {
		super(cursor);
	}

	/* package */ int scheme() {
		return this.scheme;
	}

	/* package */ int signatureLength() {
		return this.signatureLength;
	}

	/** Wants scheme and signature, which fill the rest of the message. */
	protected final void startSignature() {
		collect(4, HEADER);
	}

	@Override
	protected void next() {
		switch (this.cursor.state) {
		case 0:
			startSignature();
			break;
		case HEADER:
			this.scheme = (char) u16(0);
			this.signatureLength = (char) u16(2);
			if (this.signatureLength != this.cursor.length - this.cursor.position || this.signatureLength == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else if (this.signatureLength > this.cursor.field.length) {
				// Longer than any signature of a key we accept.
				this.cursor.error = TlsError.SIGNATURE_INVALID;
			} else {
				collect(this.signatureLength, SIGNATURE);
			}
			break;
		default:
			finish();
			break;
		}
	}
}
