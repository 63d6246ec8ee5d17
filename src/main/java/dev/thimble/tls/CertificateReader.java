/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.x509.PathValidator;

/** Reads Certificate (RFC 8446 §4.4.2) and feeds the chain to the path validation, pausing behind each certificate for its work. */
/* package */ class CertificateReader extends ExtensionsReader {

	private static final int CONTEXT = 1;
	/** A state for the subclass: the length of the list has come. */
	protected static final int LIST_LENGTH = 2;
	private static final int ENTRY = 3;
	private static final int CERTIFICATE_PASSED = 4;

	private final PathValidator path;
	private final boolean mayBeEmpty;
	private boolean empty;

	/**
	 * Creates a reader.
	 *
	 * @param mayBeEmpty
	 *            whether a list of no certificates is well-formed: a client's is (§4.4.2.4).
	 */
	/* package */ CertificateReader(MessageCursor cursor, PathValidator path, boolean mayBeEmpty) {
		super(cursor);
		this.path = path;
		this.mayBeEmpty = mayBeEmpty;
	}

	/** Tells whether there was no certificate. */
	/* package */ boolean empty() {
		return this.empty;
	}

	@Override
	protected void nextField() {
		switch (this.cursor.state) {
		case 0:
			collect(1, CONTEXT);
			break;
		case CONTEXT:
			if (u8(0) != 0) {
				this.cursor.error = TlsError.CERTIFICATE_CONTEXT;
			} else {
				collect(3, LIST_LENGTH);
			}
			break;
		case LIST_LENGTH:
			if (u24(0) != this.cursor.length - this.cursor.position) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else if (u24(0) == 0 && !this.mayBeEmpty) {
				this.cursor.error = TlsError.NO_CERTIFICATE;
			} else {
				this.empty = u24(0) == 0;
				nextEntry();
			}
			break;
		case ENTRY:
			if (u24(0) == 0 || u24(0) > this.cursor.length - this.cursor.position) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				this.path.startCertificate(u24(0));
				pass(u24(0), CERTIFICATE_PASSED);
			}
			break;
		default:
			this.path.endCertificate();
			certificateEnd();
			break;
		}
	}

	/** Goes on behind a certificate: its extensions follow. */
	protected void certificateEnd() {
		pause();
		startExtensions();
	}

	/** Goes on with the next certificate, if there is one. */
	protected final void nextEntry() {
		if (this.cursor.position == this.cursor.length) {
			finish();
		} else {
			collect(3, ENTRY);
		}
	}

	@Override
	protected void passed(byte[] in, int offset, int count) {
		this.path.update(in, offset, count);
	}

	/** §4.4.2: what stands here answers an extension of ours; we offer none (status_request, for one) that could. */
	@Override
	protected void extension(int type, int n) {
		this.cursor.error = ExtensionType.known(type) ? TlsError.MISPLACED_EXTENSION : TlsError.UNSUPPORTED_EXTENSION;
	}

	@Override
	protected void extensionsEnd() {
		nextEntry();
	}
}
