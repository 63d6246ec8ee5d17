/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Handshake message types (RFC 8446 §4; of TLS 1.2: RFC 5246 §7.4). */
/* package */ final class HandshakeType {

	/** TLS 1.2 only. */
	/* package */ static final int HELLO_REQUEST = 0;
	/* package */ static final int CLIENT_HELLO = 1;
	/* package */ static final int SERVER_HELLO = 2;
	/* package */ static final int NEW_SESSION_TICKET = 4;
	/* package */ static final int END_OF_EARLY_DATA = 5;
	/* package */ static final int ENCRYPTED_EXTENSIONS = 8;
	/* package */ static final int CERTIFICATE = 11;
	/** TLS 1.2 only. */
	/* package */ static final int SERVER_KEY_EXCHANGE = 12;
	/* package */ static final int CERTIFICATE_REQUEST = 13;
	/** TLS 1.2 only. */
	/* package */ static final int SERVER_HELLO_DONE = 14;
	/* package */ static final int CERTIFICATE_VERIFY = 15;
	/** TLS 1.2 only. */
	/* package */ static final int CLIENT_KEY_EXCHANGE = 16;
	/* package */ static final int FINISHED = 20;
	/* package */ static final int KEY_UPDATE = 24;
	/* package */ static final int MESSAGE_HASH = 254;

	private HandshakeType() {
	}
}
