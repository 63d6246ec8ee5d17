/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Reads EncryptedExtensions (RFC 8446 §4.3.1). */
/* package */ final class EncryptedExtensionsReader extends ExtensionsReader {

	private static final int MAX_FRAGMENT_LENGTH = 1;
	private static final int RECORD_SIZE_LIMIT = 2;
	private static final int PROTOCOL_HEADER = 3;
	private static final int PROTOCOL = 4;

	private final ClientHandshake handshake;
	private int protocolLength;

	/* package */ EncryptedExtensionsReader(MessageCursor cursor, ClientHandshake handshake) {
		super(cursor);
		this.handshake = handshake;
	}

	@Override
	protected void nextField() {
		switch (this.cursor.state) {
		case 0:
			startExtensions();
			break;
		case MAX_FRAGMENT_LENGTH:
			check(this.handshake.maxFragmentLength(u8(0)), TlsError.RECORD_SIZE_LIMIT);
			break;
		case RECORD_SIZE_LIMIT:
			check(this.handshake.peerRecordSizeLimit(u16(0)), TlsError.RECORD_SIZE_LIMIT);
			break;
		case PROTOCOL_HEADER:
			// RFC 7301 §3.1: the list contains exactly one name.
			if (u16(0) != left() + 1 || u8(2) != left() || left() == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else if (left() > this.cursor.field.length) {
				// Longer than any name offered: the field array was made for those.
				this.cursor.error = TlsError.APPLICATION_PROTOCOL;
			} else {
				this.protocolLength = left();
				collectInside(this.protocolLength, PROTOCOL);
			}
			break;
		default:
			check(this.handshake.selectProtocol(this.cursor.field, this.protocolLength), TlsError.APPLICATION_PROTOCOL);
			break;
		}
	}

	private void check(boolean good, int otherwise) {
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
		case ExtensionType.EARLY_DATA:
			this.handshake.acceptEarlyData();
			check(n == 0, TlsError.DECODE_ERROR);
			break;
		case ExtensionType.SUPPORTED_GROUPS:
			// §4.2.7: a hint for later connections, not to be acted on.
			pass(n, EXTENSION_PASSED);
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
		case ExtensionType.EARLY_DATA:
			offered = this.handshake.offers(type);
			break;
		case ExtensionType.SUPPORTED_GROUPS:
		case ExtensionType.RECORD_SIZE_LIMIT:
			offered = true;
			break;
		default:
			return ExtensionType.known(type) || this.handshake.offers(type) ? TlsError.MISPLACED_EXTENSION : TlsError.UNSUPPORTED_EXTENSION;
		}
		return offered ? TlsError.NONE : TlsError.UNSUPPORTED_EXTENSION;
	}

	@Override
	protected void extensionsEnd() {
		if (seen(ExtensionType.MAX_FRAGMENT_LENGTH) && seen(ExtensionType.RECORD_SIZE_LIMIT)) {
			// RFC 8449 §5: a client treats both as illegal_parameter.
			this.cursor.error = TlsError.RECORD_SIZE_LIMIT;
		} else {
			finish();
		}
	}
}
