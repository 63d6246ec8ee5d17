/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads NewSessionTicket of TLS 1.2 (RFC 5077 §3.3) into the session's slot. */
/* package */ final class NewSessionTicket12Reader extends MessageReader {

	private static final int HEADER = 1;
	private static final int TICKET = 2;

	private final Resumption12 resumption;

	/* package */ NewSessionTicket12Reader(MessageCursor cursor, Resumption12 resumption) {
		super(cursor);
		this.resumption = resumption;
	}

	@Override
	protected void next() {
		switch (this.cursor.state) {
		case 0:
			// ticket_lifetime_hint, length of the ticket
			collect(4 + 2, HEADER);
			break;
		case HEADER:
			int length = u16(4);
			if (length != this.cursor.length - this.cursor.position) {
				this.cursor.error = TlsError.DECODE_ERROR;
				break;
			}
			if (length > 0) {
				// An empty one says that there is none, and that what the client has is still good.
				this.resumption.startTicket(u16(0) << 16 | u16(2), length);
			}
			pass(length, TICKET);
			break;
		default:
			finish();
			break;
		}
	}

	@Override
	protected void passed(byte[] in, int offset, int count) {
		this.resumption.ticket(in, offset, count);
	}
}
