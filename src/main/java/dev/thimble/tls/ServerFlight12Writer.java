/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Writes a server's messages of TLS 1.2 up to ServerHelloDone (RFC 5246 §7.4), but for Certificate, in pieces. */
/* package */ final class ServerFlight12Writer extends ServerAnswerWriter {

	private static final int NAMED_CURVE = 3;
	private static final int ECDSA_SIGN = 64;
	private static final int RSA_SIGN = 1;

	/** Writes the piece of ServerHello from a position to another; total: its length, which is given. */
	/* package */ int hello(ServerHandshake12 handshake, int total, byte[] array, int offset, int first, int end) {
		window(array, offset, first, end);
		ReceivedHello hello = handshake.hello();
		KeySchedule12 schedule = handshake.schedule();
		int n = handshake.resumes() ? hello.sessionIdLength : 0;
		u8(HandshakeType.SERVER_HELLO);
		u24(total - 4);
		u16(Handshake.VERSION_12);
		bytes(schedule.memory(), schedule.serverRandom(), ReceivedHello.RANDOM_LENGTH);
		// RFC 5077 §3.4: the client's id tells that its ticket was taken; there are no sessions that are remembered.
		u8(n);
		bytes(hello.memory, ReceivedHello.SESSION_ID, n);
		u16(handshake.cipherSuite());
		u8(0);
		u16(total - 4 - 2 - ReceivedHello.RANDOM_LENGTH - 1 - n - 2 - 1 - 2);
		extensions(handshake, hello);
		return closeWindow();
	}

	private void extensions(ServerHandshake12 handshake, ReceivedHello hello) {
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

	/** Writes the piece of ServerKeyExchange from a position to another; total: its length, which is given. */
	/* package */ int keyExchange(ServerHandshake12 handshake, int total, byte[] array, int offset, int first, int end) {
		window(array, offset, first, end);
		ReceivedHello hello = handshake.hello();
		u8(HandshakeType.SERVER_KEY_EXCHANGE);
		u24(total - 4);
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
		return closeWindow();
	}

	/**
	 * Writes the piece of CertificateRequest from a position to another; total: its length, which is given. Of the schemes only those are named whose
	 * hash the transcript runs.
	 */
	/* package */ int request(ServerHandshake12 handshake, int total, byte[] array, int offset, int first, int end) {
		window(array, offset, first, end);
		u8(HandshakeType.CERTIFICATE_REQUEST);
		u24(total - 4);
		u8(2);
		u8(ECDSA_SIGN);
		u8(RSA_SIGN);
		u16(total - 4 - 3 - 2 - 2);
		for (int i = 0; i < SignatureScheme.count(); i++) {
			if (handshake.verifies(SignatureScheme.at(i))) {
				u16(SignatureScheme.at(i));
			}
		}
		// No names of authorities: the client's certificate is judged as it is.
		u16(0);
		return closeWindow();
	}
}
