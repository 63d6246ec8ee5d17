/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads ServerKeyExchange (RFC 8422 §5.4; with a pre-shared key RFC 4279 §2, RFC 5489 §2); the signature stays in the field array. */
/* package */ final class ServerKeyExchangeReader extends CertificateVerifyReader {

	// Behind the states of a signature.
	private static final int HINT_LENGTH = 11;
	private static final int HINT = 12;
	private static final int CURVE = 13;
	private static final int POINT = 14;

	private static final int NAMED_CURVE = 3;
	/** The curve's type and name, and the length of the point. */
	private static final int CURVE_LENGTH = 1 + 2 + 1;

	private final ClientNegotiation12 handshake;
	private byte keyExchange;

	/* package */ ServerKeyExchangeReader(MessageCursor cursor, ClientNegotiation12 handshake) {
		super(cursor);
		this.handshake = handshake;
	}

	/** Sets the kind of the next message, a constant of {@link CipherSuite12}. */
	/* package */ void expect(int kind) {
		this.keyExchange = (byte) kind;
	}

	@Override
	protected void next() {
		switch (this.cursor.state) {
		case 0:
			if (this.keyExchange <= CipherSuite12.ECDHE_PSK) {
				collect(2, HINT_LENGTH);
			} else {
				collect(CURVE_LENGTH, CURVE);
			}
			break;
		case HINT_LENGTH:
			// RFC 4279 §5.2: a client that has not agreed on what hints mean ignores them.
			pass(u16(0), HINT);
			break;
		case HINT:
			if (this.keyExchange == CipherSuite12.PSK) {
				finish();
			} else {
				collect(CURVE_LENGTH, CURVE);
			}
			break;
		case CURVE:
			curve();
			break;
		case POINT:
			this.cursor.error = this.handshake.serverShare(this.cursor.field, CURVE_LENGTH, this.cursor.fieldFill);
			if (this.cursor.error != TlsError.NONE) {
				break;
			}
			if (this.keyExchange == CipherSuite12.ECDHE_PSK) {
				finish();
			} else {
				startSignature();
			}
			break;
		default:
			super.next();
			break;
		}
	}

	private void curve() {
		int length = u8(3);
		if (u8(0) != NAMED_CURVE) {
			this.cursor.error = TlsError.CURVE_TYPE;
		} else if (length == 0) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else if (length > Handshake.MAX_SHARE) {
			this.cursor.error = TlsError.KEY_SHARE;
		} else {
			collectAt(CURVE_LENGTH, length, POINT);
		}
	}
}
