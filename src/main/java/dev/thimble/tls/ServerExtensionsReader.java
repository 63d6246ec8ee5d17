/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * Reads those extensions by which a server answers in any version, in EncryptedExtensions of TLS 1.3 (RFC 8446 §4.3.1) or the ServerHello of
 * TLS 1.2: server_name, max_fragment_length, record_size_limit, and the application protocol.
 */
/* package */ abstract class ServerExtensionsReader extends ExtensionsReader {

	private static final int MAX_FRAGMENT_LENGTH = 501;
	private static final int RECORD_SIZE_LIMIT = 502;
	private static final int PROTOCOL_HEADER = 503;
	private static final int PROTOCOL = 504;

	protected final ClientHandshake handshake;

	/* package */ ServerExtensionsReader(MessageCursor cursor, ClientHandshake handshake) {
		super(cursor);
		this.handshake = handshake;
	}

	@Override
	protected void nextField() {
		switch (this.cursor.state) {
		case MAX_FRAGMENT_LENGTH:
			check(this.handshake.maxFragmentLength(u8(0)), TlsError.RECORD_SIZE_LIMIT);
			break;
		case RECORD_SIZE_LIMIT:
			check(this.handshake.peerRecordSizeLimit(u16(0), typeCounts()), TlsError.RECORD_SIZE_LIMIT);
			break;
		case PROTOCOL_HEADER:
			// RFC 7301 §3.1: the list contains exactly one name.
			if (u16(0) != left() + 1 || u8(2) != left() || left() == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else if (left() > this.cursor.field.length) {
				// Longer than any name offered: the field array was made for those.
				this.cursor.error = TlsError.APPLICATION_PROTOCOL;
			} else {
				collectInside(left(), PROTOCOL);
			}
			break;
		default:
			check(this.handshake.selectProtocol(this.cursor.field, this.cursor.fieldFill), TlsError.APPLICATION_PROTOCOL);
			break;
		}
	}

	/** Tells whether a record size limit counts the content type (RFC 8449 §4). */
	protected boolean typeCounts() {
		return true;
	}

	/** Ends an extension if it was good, else says what is wrong. */
	protected final void check(boolean good, int otherwise) {
		if (good) {
			extensionDone();
		} else {
			this.cursor.error = otherwise;
		}
	}

	@Override
	protected void extension(int type, int n) {
		this.cursor.error = refusal(type);
		if (this.cursor.error != TlsError.NONE) {
			return;
		}
		switch (type) {
		case ExtensionType.SERVER_NAME:
			// RFC 6066 §3: empty
			check(n == 0, TlsError.DECODE_ERROR);
			break;
		case ExtensionType.MAX_FRAGMENT_LENGTH:
			collectInside(1, MAX_FRAGMENT_LENGTH);
			break;
		case ExtensionType.RECORD_SIZE_LIMIT:
			collectInside(2, RECORD_SIZE_LIMIT);
			break;
		default:
			collectInside(3, PROTOCOL_HEADER);
			break;
		}
	}

	/** §4.2: what was not offered is unsupported; what was, but belongs to another message, is illegal. */
	private int refusal(int type) {
		Offer offer = this.handshake.offer();
		boolean offered;
		switch (type) {
		case ExtensionType.SERVER_NAME:
			offered = this.handshake.hello().named();
			break;
		case ExtensionType.MAX_FRAGMENT_LENGTH:
			offered = offer.maxFragmentLengthCode() != 0;
			break;
		case ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION:
			offered = offer.protocols.length > 0;
			break;
		case ExtensionType.RECORD_SIZE_LIMIT:
			offered = true;
			break;
		default:
			return ExtensionType.known(type) || this.handshake.offers(type) ? TlsError.MISPLACED_EXTENSION : TlsError.UNSUPPORTED_EXTENSION;
		}
		return offered ? TlsError.NONE : TlsError.UNSUPPORTED_EXTENSION;
	}

	/** Tells whether only one of the extensions about the length of records was in the list: RFC 8449 §5 has a client refuse both. */
	protected final boolean oneLimit() {
		return !seen(ExtensionType.MAX_FRAGMENT_LENGTH) || !seen(ExtensionType.RECORD_SIZE_LIMIT);
	}
}
