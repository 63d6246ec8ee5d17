/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Writes ServerHello and HelloRetryRequest of TLS 1.3 (RFC 8446 §4.1.3, §4.1.4), in pieces. */
/* package */ final class ServerHelloWriter extends MessageWriter {

	private static final int FIXED_LENGTH = 4 + 2 + 32 + 1;

	/** Computes the length of the message, with its header. */
	/* package */ int length(ServerHandshake13 handshake) {
		return write(handshake, 0, null, 0, 0, 0);
	}

	/** Writes the piece of the message from a position to another; total: its {@link #length}. */
	/* package */ int write(ServerHandshake13 handshake, int total, byte[] array, int offset, int first, int end) {
		window(array, offset, first, end);
		ReceivedHello hello = handshake.hello();
		boolean retry = handshake.retrying();
		u8(HandshakeType.SERVER_HELLO);
		u24(total - 4);
		u16(Handshake.VERSION_12);
		if (retry) {
			for (int i = 0; i < 32; i++) {
				u8(ServerHelloReader.HELLO_RETRY_RANDOM.charAt(i));
			}
		} else {
			bytes(hello.memory, ReceivedHello.SERVER_RANDOM, ReceivedHello.RANDOM_LENGTH);
		}
		u8(hello.sessionIdLength);
		bytes(hello.memory, ReceivedHello.SESSION_ID, hello.sessionIdLength);
		u16(handshake.cipherSuite());
		u8(0);
		u16(total - FIXED_LENGTH - hello.sessionIdLength - 2 - 1 - 2);
		if (retry) {
			retryExtensions(handshake);
		} else {
			extensions(handshake, hello);
		}
		u16(ExtensionType.SUPPORTED_VERSIONS);
		u16(2);
		u16(Handshake.VERSION_13);
		return closeWindow();
	}

	private void retryExtensions(ServerHandshake13 handshake) {
		u16(ExtensionType.KEY_SHARE);
		u16(2);
		u16(handshake.group());
		int n = handshake.cookieLength();
		if (n > 0) {
			u16(ExtensionType.COOKIE);
			u16(2 + n);
			u16(n);
			bytes(handshake.field(), 0, n);
		}
	}

	private void extensions(ServerHandshake13 handshake, ReceivedHello hello) {
		if (handshake.selectedPsk() >= 0) {
			u16(ExtensionType.PRE_SHARED_KEY);
			u16(2);
			u16(handshake.selectedPsk());
		}
		if (handshake.group() != 0) {
			u16(ExtensionType.KEY_SHARE);
			u16(4 + hello.shareLength);
			u16(handshake.group());
			u16(hello.shareLength);
			bytes(hello.memory, ReceivedHello.SHARE, hello.shareLength);
		}
	}
}
