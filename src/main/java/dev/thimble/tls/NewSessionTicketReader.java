/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads NewSessionTicket (RFC 8446 §4.6.1). The ticket is checked for its form and let pass. */
/* package */ class NewSessionTicketReader extends ExtensionsReader {

	private static final int NONCE_LENGTH = 1;
	private static final int NONCE = 2;
	private static final int TICKET_LENGTH = 3;
	private static final int TICKET = 4;

	/* package */ NewSessionTicketReader(MessageCursor cursor) {
		super(cursor);
	}

	@Override
	protected void nextField() {
		switch (this.cursor.state) {
		case 0:
			// ticket_lifetime, ticket_age_add, length of the nonce
			collect(4 + 4 + 1, NONCE_LENGTH);
			break;
		case NONCE_LENGTH:
			pass(u8(8), NONCE);
			break;
		case NONCE:
			collect(2, TICKET_LENGTH);
			break;
		case TICKET_LENGTH:
			if (u16(0) == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				pass(u16(0), TICKET);
			}
			break;
		default:
			startExtensions();
			break;
		}
	}

	/** Unknown extensions are to be ignored here (§4.6.1). */
	@Override
	protected void extension(int type, int n) {
		pass(n, EXTENSION_PASSED);
	}

	@Override
	protected void extensionsEnd() {
		finish();
	}
}
