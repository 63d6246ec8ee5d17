/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Writes a server's messages of TLS 1.2 up to ServerHelloDone (RFC 5246 §7.4), but for Certificate: one by one, each in pieces. */
/* package */ final class ServerFlight12Writer extends ServerAnswerWriter {

	private static final int NAMED_CURVE = 3;
	private static final int ECDSA_SIGN = 64;
	private static final int RSA_SIGN = 1;

	private byte type;
	/** The message's length with its header; 0 before it is known. */
	private int length;
	private int written;

	/** Starts a message of a type. */
	/* package */ void startMessage(int messageType) {
		this.type = (byte) messageType;
		this.length = 0;
		this.written = 0;
	}

	/** Writes the next piece of at most room bytes; returns its length. */
	/* package */ int write(ServerNegotiation12 handshake, byte[] out, int offset, int room) {
		if (this.length == 0) {
			this.length = write(handshake, null, 0, 0, 0);
		}
		int from = this.written;
		this.written = this.length - from < room ? this.length : from + room;
		write(handshake, out, offset, from, this.written);
		return this.written - from;
	}

	/** Tells whether all was written. */
	/* package */ boolean messageComplete() {
		return this.written == this.length;
	}

	/** Writes the piece from a position to another; returns the message's length. */
	private int write(ServerNegotiation12 handshake, byte[] out, int offset, int first, int end) {
		window(out, offset, first, end);
		u8(this.type);
		u24(this.length - 4);
		switch (this.type) {
		case HandshakeType.SERVER_HELLO:
			hello(handshake, handshake.hello());
			break;
		case HandshakeType.SERVER_KEY_EXCHANGE:
			keyExchange(handshake, handshake.hello());
			break;
		case HandshakeType.CERTIFICATE_REQUEST:
			request(handshake);
			break;
		default:
			// ServerHelloDone is empty.
			break;
		}
		return closeWindow();
	}

	private void hello(ServerNegotiation12 handshake, ReceivedHello hello) {
		KeySchedule12 schedule = handshake.schedule();
		int n = handshake.resumes() ? hello.sessionIdLength : 0;
		u16(Handshake.VERSION_12);
		bytes(schedule.memory(), schedule.serverRandom(), ReceivedHello.RANDOM_LENGTH);
		// RFC 5077 §3.4: the client's id tells that its ticket was taken; there are no sessions that are remembered.
		u8(n);
		bytes(hello.memory, ReceivedHello.SESSION_ID, n);
		u16(handshake.cipherSuite());
		u8(0);
		u16(this.length - 4 - 2 - ReceivedHello.RANDOM_LENGTH - 1 - n - 2 - 1 - 2);
		extensions(handshake, hello);
	}

	private void extensions(ServerNegotiation12 handshake, ReceivedHello hello) {
		u16(ExtensionType.EXTENDED_MASTER_SECRET);
		u16(0);
		if (hello.secureRenegotiation) {
			u16(ExtensionType.RENEGOTIATION_INFO);
			u16(1);
			u8(0);
		}
		if (handshake.promisesTicket()) {
			u16(ExtensionType.SESSION_TICKET);
			u16(0);
		}
		if (hello.has(ExtensionType.EC_POINT_FORMATS) && handshake.group() != 0) {
			u16(ExtensionType.EC_POINT_FORMATS);
			u16(2);
			u8(1);
			u8(0);
		}
		answers(handshake, 0);
	}

	private void keyExchange(ServerNegotiation12 handshake, ReceivedHello hello) {
		if (handshake.preShared()) {
			// No hint: a client knows its key by the server's name.
			u16(0);
		}
		u8(NAMED_CURVE);
		u16(handshake.group());
		u8(hello.shareLength);
		bytes(hello.memory, ReceivedHello.SHARE, hello.shareLength);
		if (!handshake.preShared()) {
			u16(handshake.ownScheme());
			u16(handshake.signatureLength());
			bytes(handshake.signature(), 0, handshake.signatureLength());
		}
	}

	/** Of the schemes only those are named whose hash the transcript runs. */
	private void request(ServerNegotiation12 handshake) {
		u8(2);
		u8(ECDSA_SIGN);
		u8(RSA_SIGN);
		u16(this.length - 4 - 3 - 2 - 2);
		for (int i = 0; i < SignatureScheme.count(); i++) {
			if (handshake.verifies(SignatureScheme.at(i))) {
				u16(SignatureScheme.at(i));
			}
		}
		// No names of authorities: the client's certificate is judged as it is.
		u16(0);
	}
}
