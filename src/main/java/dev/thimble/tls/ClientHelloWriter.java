/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * Writes a ClientHello (RFC 8446 §4.1.2), in pieces.
 *
 * <p>The message can be longer than a record buffer. It is a pure function of the handshake's state, so each piece is made by writing the whole
 * message and keeping only the bytes between two positions. No copy of the message exists anywhere.
 */
/* package */ class ClientHelloWriter {

	private static final int FIXED_LENGTH = 4 + 2 + 32 + 1;

	private byte[] out;
	private int outOffset;
	private int from;
	private int to;
	private int position;

	/**
	 * Computes the length of the message.
	 *
	 * @return a number of bytes, with the message header.
	 */
	/* package */ int length(ClientHandshake handshake) {
		return write(handshake, 0, null, 0, 0, 0);
	}

	/**
	 * Writes a piece of the message.
	 *
	 * @param handshake
	 *            where the values come from.
	 * @param total
	 *            the {@link #length} of the message.
	 * @param array
	 *            receives the piece.
	 * @param offset
	 *            where its first byte goes.
	 * @param first
	 *            the position of the piece's first byte in the message.
	 * @param end
	 *            the position behind its last byte.
	 * @return the length of the message.
	 */
	/* package */ int write(ClientHandshake handshake, int total, byte[] array, int offset, int first, int end) {
		this.out = array;
		this.outOffset = offset;
		this.from = first;
		this.to = end;
		this.position = 0;
		ClientHello hello = handshake.hello();
		Offer offer = handshake.offer();
		u8(HandshakeType.CLIENT_HELLO);
		u8(total - 4 >> 16);
		u16(total - 4);
		u16(0x0303);
		bytes(hello.random(), 0, 32);
		u8(hello.sessionIdLength());
		bytes(hello.sessionId(), hello.sessionIdOffset(), hello.sessionIdLength());
		u16(2 * offer.cipherSuites.length);
		for (int i = 0; i < offer.cipherSuites.length; i++) {
			u16(offer.cipherSuites[i]);
		}
		u8(1);
		u8(0);
		u16(total - FIXED_LENGTH - hello.sessionIdLength() - 2 - 2 * offer.cipherSuites.length - 2 - 2);
		serverName(hello);
		groups(offer);
		signatureAlgorithms(offer);
		protocols(offer);
		recordLimits(offer, handshake.offersVersion(Handshake.VERSION_13));
		handshake.writeExtensions(this);
		this.out = null;
		return this.position;
	}

	private void serverName(ClientHello hello) {
		int n = hello.named() ? hello.serverNameLength() : 0;
		if (n > 0) {
			// RFC 6066 §3: a list of one host_name
			extension(ExtensionType.SERVER_NAME, 2 + 1 + 2 + n);
			u16(1 + 2 + n);
			u8(0);
			u16(n);
			for (int i = 0; i < n; i++) {
				u8(hello.serverName().charAt(i));
			}
		}
	}

	/** Without groups there is nothing but pre-shared keys alone. */
	private void groups(Offer offer) {
		if (offer.groups.length == 0) {
			return;
		}
		extension(ExtensionType.SUPPORTED_GROUPS, 2 + 2 * offer.groups.length);
		u16(2 * offer.groups.length);
		for (int i = 0; i < offer.groups.length; i++) {
			u16(offer.groups[i]);
		}
	}

	private void signatureAlgorithms(Offer offer) {
		int count = 0;
		for (int i = 0; i < SignatureScheme.count(); i++) {
			if (offer.offersScheme(SignatureScheme.at(i))) {
				count++;
			}
		}
		if (count == 0) {
			// §4.2.3: who has no use for certificates leaves it out.
			return;
		}
		extension(ExtensionType.SIGNATURE_ALGORITHMS, 2 + 2 * count);
		u16(2 * count);
		for (int i = 0; i < SignatureScheme.count(); i++) {
			if (offer.offersScheme(SignatureScheme.at(i))) {
				u16(SignatureScheme.at(i));
			}
		}
	}

	private void protocols(Offer offer) {
		int n = offer.protocols.length;
		if (n > 0) {
			extension(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, 2 + n);
			u16(n);
			bytes(offer.protocols, 0, n);
		}
	}

	/** RFC 8449 §5 allows both; a server that knows record_size_limit ignores the other. */
	private void recordLimits(Offer offer, boolean typeCounts) {
		int code = offer.maxFragmentLengthCode();
		if (code != 0) {
			extension(ExtensionType.MAX_FRAGMENT_LENGTH, 1);
			u8(code);
		}
		extension(ExtensionType.RECORD_SIZE_LIMIT, 2);
		// RFC 8449 §4: in TLS 1.3 the limit counts the content type too.
		u16(offer.recordInLimit + (typeCounts ? 1 : 0));
	}

	/** RFC 8446 §4.2.1 */
	/* package */ final void supportedVersions(ClientHandshake handshake) {
		boolean both = handshake.offersVersion(Handshake.VERSION_12);
		extension(ExtensionType.SUPPORTED_VERSIONS, both ? 5 : 3);
		u8(both ? 4 : 2);
		u16(Handshake.VERSION_13);
		if (both) {
			u16(Handshake.VERSION_12);
		}
	}

	/** RFC 8446 §4.2.2 */
	/* package */ final void cookie(ClientHello hello) {
		int n = hello.cookieLength();
		if (n > 0) {
			extension(ExtensionType.COOKIE, 2 + n);
			u16(n);
			bytes(hello.cookieArray(), hello.cookieOffset(), n);
		}
	}

	/**
	 * RFC 8446 §4.2.8; §9.2 lets the list be empty, but then a full handshake needs another round trip: so it is only where a pre-shared key is to
	 * do without.
	 */
	/* package */ final void keyShare(ClientHello hello) {
		if (hello.shareLength() == 0) {
			extension(ExtensionType.KEY_SHARE, 2);
			u16(0);
			return;
		}
		extension(ExtensionType.KEY_SHARE, 2 + 4 + hello.shareLength());
		u16(4 + hello.shareLength());
		u16(hello.group());
		u16(hello.shareLength());
		bytes(hello.share(), 0, hello.shareLength());
	}

	/** Writes an extension's header. */
	/* package */ final void extension(int type, int length) {
		u16(type);
		u16(length);
	}

	/* package */ final void u16(int value) {
		u8(value >> 8);
		u8(value);
	}

	/* package */ final void u8(int value) {
		if (this.position >= this.from && this.position < this.to) {
			this.out[this.outOffset + this.position - this.from] = (byte) value;
		}
		this.position++;
	}

	/* package */ final void bytes(byte[] source, int offset, int length) {
		for (int i = 0; i < length; i++) {
			u8(source[offset + i]);
		}
	}
}
