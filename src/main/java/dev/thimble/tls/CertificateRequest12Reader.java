/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * Reads CertificateRequest of TLS 1.2 (RFC 5246 §7.4.4), and selects an identity if there are some.
 *
 * <p>An Ed25519 key is not selected: it signs the handshake's messages themselves (RFC 8422 §5.10), which nobody has kept.
 */
/* package */ final class CertificateRequest12Reader extends MessageReader {

	private static final int TYPES_LENGTH = 1;
	private static final int TYPE = 2;
	private static final int SCHEMES_LENGTH = 3;
	private static final int SCHEME = 4;
	private static final int NAMES_LENGTH = 5;
	private static final int NAME_LENGTH = 6;
	private static final int NAME = 7;

	/** ClientCertificateType rsa_sign (RFC 5246 §7.4.4). */
	private static final int RSA_SIGN = 1;
	/** ClientCertificateType ecdsa_sign (RFC 8422 §5.5). */
	private static final int ECDSA_SIGN = 64;

	/** Null without an identity. */
	private final IdentityMatch match;
	private boolean takesEcdsa;
	private boolean takesRsa;
	private int listEnd;

	/* package */ CertificateRequest12Reader(MessageCursor cursor, IdentityMatch match) {
		super(cursor);
		this.match = match;
	}

	@Override
	protected void next() {
		switch (this.cursor.state) {
		case 0:
			this.takesEcdsa = false;
			this.takesRsa = false;
			if (this.match != null) {
				this.match.start();
			}
			collect(1, TYPES_LENGTH);
			break;
		case TYPES_LENGTH:
			startList(u8(0), 1);
			next(1, TYPE, 2, SCHEMES_LENGTH);
			break;
		case TYPE:
			this.takesEcdsa |= u8(0) == ECDSA_SIGN;
			this.takesRsa |= u8(0) == RSA_SIGN;
			next(1, TYPE, 2, SCHEMES_LENGTH);
			break;
		case SCHEMES_LENGTH:
			startList(u16(0), 2);
			next(2, SCHEME, 2, NAMES_LENGTH);
			break;
		case SCHEME:
			if (this.match != null) {
				this.match.allow(u16(0));
			}
			next(2, SCHEME, 2, NAMES_LENGTH);
			break;
		case NAMES_LENGTH:
			this.listEnd = this.cursor.position + u16(0);
			if (this.listEnd != this.cursor.length) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				nextName();
			}
			break;
		case NAME_LENGTH:
			if (u16(0) == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
				break;
			}
			if (this.match != null) {
				this.match.startName(u16(0));
			}
			pass(u16(0), NAME);
			break;
		default:
			if (this.match != null) {
				this.match.endName();
			}
			nextName();
			break;
		}
	}

	/** Starts a list that is not empty and consists of elements of a size. */
	private void startList(int length, int size) {
		this.listEnd = this.cursor.position + length;
		if (length == 0 || length % size != 0 || this.listEnd > this.cursor.length) {
			this.cursor.error = TlsError.DECODE_ERROR;
		}
	}

	/** Wants the next element of the list, or what comes behind it. */
	private void next(int size, int state, int sizeBehind, int stateBehind) {
		if (this.cursor.error == TlsError.NONE) {
			boolean more = this.cursor.position < this.listEnd;
			collect(more ? size : sizeBehind, more ? state : stateBehind);
		}
	}

	private void nextName() {
		if (this.cursor.position < this.listEnd) {
			collect(2, NAME_LENGTH);
			return;
		}
		finish();
		if (this.match != null) {
			this.match.select12(this.takesEcdsa, this.takesRsa);
		}
	}

	@Override
	protected void passed(byte[] in, int offset, int count) {
		if (this.match != null) {
			this.match.name(in, offset, count);
		}
	}
}
