/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Writes those extensions by which a server answers in any version: record_size_limit or max_fragment_length, and the application protocol. */
/* package */ abstract class ServerAnswerWriter extends MessageWriter {

	/**
	 * Writes them.
	 *
	 * @param typeBytes
	 *            1 if a record size limit counts the content type (RFC 8449 §4: in TLS 1.3), else 0.
	 */
	protected final void answers(ServerHandshake handshake, int typeBytes) {
		ReceivedHello hello = handshake.hello();
		if (hello.recordSizeLimit > 0) {
			u16(ExtensionType.RECORD_SIZE_LIMIT);
			u16(2);
			u16(handshake.offer().recordInLimit + typeBytes);
		} else if (hello.maxFragmentLength > 0) {
			u16(ExtensionType.MAX_FRAGMENT_LENGTH);
			u16(1);
			u8(hello.maxFragmentLength);
		}
		if (handshake.protocol() >= 0) {
			byte[] names = handshake.offer().protocols;
			int at = handshake.offer().protocolOffset(handshake.protocol());
			int n = 1 + (names[at] & 0xff);
			u16(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION);
			u16(2 + n);
			u16(n);
			bytes(names, at, n);
		}
	}
}
