/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads ClientKeyExchange (RFC 8422 §5.7; with a pre-shared key RFC 4279 §2, RFC 5489 §2); the point stays in the field array. */
/* package */ final class ClientKeyExchangeReader extends MessageReader {

	private static final int IDENTITY_LENGTH = 1;
	private static final int IDENTITY = 2;
	private static final int POINT_LENGTH = 3;
	private static final int POINT = 4;

	private final PreSharedKey[] keys;
	private byte keyExchange;
	private byte hash;
	private byte pointLength;
	/** Keys whose identity can still be the one that streams by, as bits. */
	private int matching;
	private int position;

	/* package */ ClientKeyExchangeReader(MessageCursor cursor, PreSharedKey[] keys) {
		super(cursor);
		this.keys = keys;
	}

	/** Sets the kind of the next message, a constant of {@link CipherSuite12}, and the hash function a pre-shared key has to have. */
	/* package */ void expect(int kind, int keyHash) {
		this.keyExchange = (byte) kind;
		this.hash = (byte) keyHash;
	}

	/** Gets the key the client named; null if there is none. */
	/* package */ PreSharedKey key() {
		for (int i = 0; i < this.keys.length; i++) {
			if ((this.matching & 1 << i) != 0) {
				return this.keys[i];
			}
		}
		return null;
	}

	/** Gets the length of the point, which stands at index 0 of the field array. */
	/* package */ int pointLength() {
		return this.pointLength;
	}

	@Override
	protected void next() {
		switch (this.cursor.state) {
		case 0:
			this.matching = 0;
			this.pointLength = 0;
			if (this.keyExchange <= CipherSuite12.ECDHE_PSK) {
				collect(2, IDENTITY_LENGTH);
			} else {
				collect(1, POINT_LENGTH);
			}
			break;
		case IDENTITY_LENGTH:
			startIdentity(u16(0));
			pass(u16(0), IDENTITY);
			break;
		case IDENTITY:
			if (this.keyExchange == CipherSuite12.PSK) {
				finish();
			} else {
				collect(1, POINT_LENGTH);
			}
			break;
		case POINT_LENGTH:
			if (u8(0) == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else if (u8(0) > Handshake.MAX_SHARE) {
				this.cursor.error = TlsError.KEY_SHARE;
			} else {
				this.pointLength = (byte) u8(0);
				collect(this.pointLength, POINT);
			}
			break;
		default:
			finish();
			break;
		}
	}

	private void startIdentity(int length) {
		this.position = 0;
		for (int i = 0; i < this.keys.length; i++) {
			PreSharedKey key = this.keys[i];
			if (length > 0 && key.identity().length == length && key.hash() == this.hash && !key.imported()) {
				this.matching |= 1 << i;
			}
		}
	}

	@Override
	protected void passed(byte[] in, int offset, int count) {
		for (int i = 0; i < this.keys.length; i++) {
			if ((this.matching & 1 << i) != 0 && !this.keys[i].continues(this.position, in, offset, count)) {
				this.matching &= ~(1 << i);
			}
		}
		this.position += count;
	}
}
