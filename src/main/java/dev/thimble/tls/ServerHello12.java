/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** What of a ServerHello only TLS 1.2 knows (RFC 5246 §7.4.1.3), read on behalf of {@link ServerHelloReader}. */
/* package */ final class ServerHello12 {

	private static final int POINT_FORMATS = 601;
	private static final int FORMATS = 602;
	private static final int RENEGOTIATED_CONNECTION = 603;
	private static final int UNCOMPRESSED = 0;

	private final ClientNegotiation12 handshake;
	private boolean extendedMasterSecret;
	private boolean renegotiationInfo;
	private boolean ticketPromised;
	private boolean resumed;
	private byte sessionIdLength;
	private byte formats;
	private short error;

	/* package */ ServerHello12(ClientNegotiation12 handshake) {
		this.handshake = handshake;
	}

	/** Tells whether a NewSessionTicket will come. */
	/* package */ boolean ticketPromised() {
		return this.ticketPromised;
	}

	/** Tells whether the server resumes the session that was offered. */
	/* package */ boolean resumed() {
		return this.resumed;
	}

	/** Gets the length of the session id the server gave, 0 if it does not keep the session. */
	/* package */ int sessionIdLength() {
		return this.sessionIdLength;
	}

	/**
	 * Takes note of what stands before the extensions.
	 *
	 * @param echoed
	 *            whether the session id is the one offered.
	 * @param found
	 *            the error that has been found in the rest, a code of {@link TlsError}.
	 */
	/* package */ void hello(byte[] field, int randomAt, int sessionIdAt, int length, boolean echoed, int found) {
		this.extendedMasterSecret = false;
		this.renegotiationInfo = false;
		this.ticketPromised = false;
		this.sessionIdLength = (byte) length;
		this.resumed = echoed && length > 0;
		this.error = (short) found;
		this.handshake.schedule().hello(field, randomAt, sessionIdAt, length);
	}

	/** Starts to read an extension; false if it is none that only TLS 1.2 knows. */
	/* package */ boolean extension(ServerHelloReader reader, int type, int n) {
		switch (type) {
		case ExtensionType.EC_POINT_FORMATS:
			reader.collectInside(1, POINT_FORMATS);
			return true;
		case ExtensionType.EXTENDED_MASTER_SECRET:
			this.extendedMasterSecret = true;
			reader.check(n == 0, TlsError.DECODE_ERROR);
			return true;
		case ExtensionType.SESSION_TICKET:
			// RFC 5077 §3.2: empty, and only if we sent one
			this.ticketPromised = true;
			reader.check(n == 0 && this.handshake.keepsSession(), n == 0 ? TlsError.UNSUPPORTED_EXTENSION : TlsError.DECODE_ERROR);
			return true;
		case ExtensionType.RENEGOTIATION_INFO:
			if (this.renegotiationInfo) {
				// Its number is too high for the reader to keep count.
				reader.check(false, TlsError.DUPLICATE_EXTENSION);
				return true;
			}
			this.renegotiationInfo = true;
			reader.collectInside(1, RENEGOTIATED_CONNECTION);
			return true;
		default:
			return false;
		}
	}

	/** Goes on in an extension; false if the state is not of this class. */
	/* package */ boolean field(ServerHelloReader reader) {
		switch (reader.cursor.state) {
		case POINT_FORMATS:
			this.formats = reader.cursor.field[0];
			if (this.formats == 0 || (this.formats & 0xff) != reader.left()) {
				reader.check(false, TlsError.DECODE_ERROR);
			} else {
				reader.collectInside(reader.left(), FORMATS);
			}
			return true;
		case FORMATS:
			reader.check(takesUncompressed(reader.cursor.field), TlsError.POINT_FORMAT);
			return true;
		case RENEGOTIATED_CONNECTION:
			// RFC 5746 §3.4: nothing was before
			reader.check(reader.cursor.field[0] == 0 && reader.left() == 0, TlsError.RENEGOTIATION_INFO);
			return true;
		default:
			return false;
		}
	}

	private boolean takesUncompressed(byte[] list) {
		for (int i = 0; i < (this.formats & 0xff); i++) {
			if (list[i] == UNCOMPRESSED) {
				return true;
			}
		}
		return false;
	}

	/** Judges the whole message; returns an error of {@link TlsError}. */
	/* package */ int end() {
		if (this.error != TlsError.NONE) {
			return this.error;
		}
		if (!this.extendedMasterSecret) {
			// RFC 7627 §5.2, §5.3: in full handshakes as well as in resumed ones
			return TlsError.EXTENDED_MASTER_SECRET;
		}
		return this.renegotiationInfo ? TlsError.NONE : TlsError.RENEGOTIATION_INFO;
	}
}
