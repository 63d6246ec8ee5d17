/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Writes EncryptedExtensions and CertificateRequest (RFC 8446 §4.3), in pieces. */
/* package */ final class ServerFlightWriter extends ServerAnswerWriter {

	/** Computes the length of EncryptedExtensions, with its header. */
	/* package */ int extensionsLength(ServerHandshake13 handshake) {
		return extensions(handshake, 0, null, 0, 0, 0);
	}

	/** Writes the piece of EncryptedExtensions from a position to another; total: its length. Only what the client offered is answered. */
	/* package */ int extensions(ServerHandshake13 handshake, int total, byte[] array, int offset, int first, int end) {
		window(array, offset, first, end);
		ReceivedHello hello = handshake.hello();
		u8(HandshakeType.ENCRYPTED_EXTENSIONS);
		u24(total - 4);
		u16(total - 4 - 2);
		if (hello.serverNameLength > 0 && handshake.identity() >= 0) {
			// RFC 6066 §3: empty; the name had a say in which certificate is sent.
			u16(ExtensionType.SERVER_NAME);
			u16(0);
		}
		if (hello.has(ExtensionType.CLIENT_CERTIFICATE_TYPE) && handshake.certificateRequested()) {
			// RFC 7250 §4.2: what is asked for, and what is sent.
			u16(ExtensionType.CLIENT_CERTIFICATE_TYPE);
			u16(1);
			u8(handshake.clientCertificateType());
		}
		if (hello.has(ExtensionType.SERVER_CERTIFICATE_TYPE) && handshake.identity() >= 0) {
			u16(ExtensionType.SERVER_CERTIFICATE_TYPE);
			u16(1);
			u8(handshake.serverCertificateType());
		}
		answers(handshake, 1);
		return closeWindow();
	}

	/** Computes the length of CertificateRequest, with its header. */
	/* package */ int requestLength(Offer offer) {
		return request(offer, 0, null, 0, 0, 0);
	}

	/** Writes the piece of CertificateRequest from a position to another; total: its length. */
	/* package */ int request(Offer offer, int total, byte[] array, int offset, int first, int end) {
		window(array, offset, first, end);
		u8(HandshakeType.CERTIFICATE_REQUEST);
		u24(total - 4);
		// During the handshake the context is empty.
		u8(0);
		u16(total - 4 - 1 - 2);
		u16(ExtensionType.SIGNATURE_ALGORITHMS);
		u16(total - 4 - 1 - 2 - 4);
		u16(total - 4 - 1 - 2 - 4 - 2);
		for (int i = 0; i < SignatureScheme.count(); i++) {
			if (offer.offersScheme(SignatureScheme.at(i))) {
				u16(SignatureScheme.at(i));
			}
		}
		return closeWindow();
	}
}
