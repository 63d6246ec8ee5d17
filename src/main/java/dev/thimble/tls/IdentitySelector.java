/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * Reads CertificateRequest and selects the first identity that does all the server asks for (RFC 8446 §4.4.2.3): its key makes one of the
 * signature_algorithms, its certificates are signed as signature_algorithms_cert allows, and one of them was issued by one of the
 * certificate_authorities; oid_filters is not looked at.
 */
/* package */ final class IdentitySelector extends CertificateRequestReader {

	private static final int SCHEMES = 2;
	private static final int SCHEME = 3;
	private static final int NAMES = 4;
	private static final int NAME_LENGTH = 5;
	private static final int NAME = 6;

	private final IdentityMatch match;
	private boolean certificateList;

	/**
	 * Creates a selector.
	 *
	 * @throws IllegalArgumentException
	 *             if there are too many certificates.
	 */
	/* package */ IdentitySelector(MessageCursor cursor, IdentityMatch match) {
		super(cursor);
		this.match = match;
	}

	@Override
	protected void nextField() {
		switch (this.cursor.state) {
		case SCHEMES:
			// A list of pairs of bytes that fills its extension.
			if (u16(0) != left() || (left() & 1) != 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				collectInside(2, SCHEME);
			}
			break;
		case SCHEME:
			if (this.certificateList) {
				this.match.allowInCertificates(u16(0));
			} else {
				this.match.allow(u16(0));
			}
			nextOrDone(SCHEME);
			break;
		case NAMES:
			if (u16(0) != left()) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				nextOrDone(NAME_LENGTH);
			}
			break;
		case NAME_LENGTH:
			if (u16(0) == 0 || u16(0) > left()) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				this.match.startName(u16(0));
				pass(u16(0), NAME);
			}
			break;
		case NAME:
			this.match.endName();
			nextOrDone(NAME_LENGTH);
			break;
		case 0:
			this.match.start();
			this.certificateList = false;
			super.nextField();
			break;
		default:
			super.nextField();
			break;
		}
	}

	private void nextOrDone(int state) {
		if (left() == 0) {
			extensionDone();
		} else {
			collectInside(2, state);
		}
	}

	@Override
	protected void extension(int type, int n) {
		switch (type) {
		case ExtensionType.SIGNATURE_ALGORITHMS:
		case ExtensionType.SIGNATURE_ALGORITHMS_CERT:
			this.certificateList = type == ExtensionType.SIGNATURE_ALGORITHMS_CERT;
			if (n < 4) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				collectInside(2, SCHEMES);
			}
			break;
		case ExtensionType.CERTIFICATE_AUTHORITIES:
			collectInside(2, NAMES);
			break;
		default:
			super.extension(type, n);
			break;
		}
	}

	@Override
	protected void passed(byte[] in, int offset, int count) {
		// What else passes here are extensions to be ignored.
		if (this.cursor.state == NAME) {
			this.match.name(in, offset, count);
		}
	}

	@Override
	protected void extensionsEnd() {
		super.extensionsEnd();
		this.match.select(seen(ExtensionType.SIGNATURE_ALGORITHMS_CERT));
	}
}
