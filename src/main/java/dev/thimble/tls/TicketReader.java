/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * Reads NewSessionTicket (RFC 8446 §4.6.1) into the session's slot. The last one that fits wins; one that does not fit, or cannot be kept because
 * nobody knows the time, is let pass.
 */
/* package */ final class TicketReader extends NewSessionTicketReader {

	private static final int HEADER = 10;
	private static final int NONCE = 11;
	private static final int LENGTH = 12;
	private static final int TICKET = 13;
	private static final int MAX_EARLY_DATA = 14;

	/** Longer nonces than anybody makes are not worth the memory of the key schedule's structures, nor that of the field array. */
	private static final int MAX_NONCE = 64;

	private final ClientHandshake13 handshake;
	private final Session session;
	private final PskOffer psk;
	private int lifetime;
	private int ageAdd;
	private short nonceLength;

	/* package */ TicketReader(MessageCursor cursor, ClientHandshake13 handshake, Session session, PskOffer psk) {
		super(cursor);
		this.handshake = handshake;
		this.session = session;
		this.psk = psk;
	}

	@Override
	protected void nextField() {
		switch (this.cursor.state) {
		case 0:
			// ticket_lifetime, ticket_age_add, length of the nonce
			collect(4 + 4 + 1, HEADER);
			break;
		case HEADER:
			this.lifetime = u16(0) << 16 | u16(2);
			this.ageAdd = u16(4) << 16 | u16(6);
			this.nonceLength = (short) u8(8);
			if (this.nonceLength > MAX_NONCE) {
				pass(this.nonceLength, NONCE);
			} else {
				collect(this.nonceLength, NONCE);
			}
			break;
		case NONCE:
			// The nonce stays before it.
			collectAt(MAX_NONCE, 2, LENGTH);
			break;
		case LENGTH:
			if (u16(MAX_NONCE) == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				begin(u16(MAX_NONCE));
				pass(u16(MAX_NONCE), TICKET);
			}
			break;
		case MAX_EARLY_DATA:
			this.session.setMaxEarlyData(u16(0) << 16 | u16(2));
			extensionDone();
			break;
		default:
			startExtensions();
			break;
		}
	}

	private void begin(int length) {
		// Whatever was received before, and did not come to its end, is over.
		this.session.release();
		// §4.6.1: a lifetime of 0 says that the ticket is to be thrown away.
		if (this.nonceLength > MAX_NONCE || this.lifetime == 0 || !this.psk.beginTicket(this.handshake.cipherSuite(), this.handshake.protocol(),
				this.handshake.schedule().hashLength(), length, this.lifetime, this.ageAdd)) {
			return;
		}
		this.handshake.schedule().ticketSecret(this.cursor.field, 0, this.nonceLength, this.session.bytes(), this.session.secret());
	}

	@Override
	protected void passed(byte[] in, int offset, int count) {
		if (this.cursor.state == TICKET) {
			this.session.append(in, offset, count);
		}
	}

	@Override
	protected void extension(int type, int n) {
		if (type == ExtensionType.EARLY_DATA) {
			collectInside(4, MAX_EARLY_DATA);
		} else {
			super.extension(type, n);
		}
	}

	@Override
	protected void extensionsEnd() {
		super.extensionsEnd();
		if (this.cursor.error == TlsError.NONE) {
			this.session.commit();
		}
	}
}
