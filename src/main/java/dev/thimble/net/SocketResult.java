/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.TlsEngine;

/** What a handshake has come to, kept when the engine is back in the pool. */
/* package */ final class SocketResult {

	/* package */ int version;
	/* package */ int cipherSuite;
	/* package */ int group;
	/* package */ int signatureScheme;
	/* package */ int bytesIn;
	/* package */ int bytesOut;
	/* package */ int applicationProtocol = -1;
	/* package */ int verification = PeerVerification.NOT_VERIFIED;
	/* package */ boolean resumed;

	/* package */ void clear() {
		this.version = 0;
		this.cipherSuite = 0;
		this.group = 0;
		this.signatureScheme = 0;
		this.bytesIn = 0;
		this.bytesOut = 0;
		this.applicationProtocol = -1;
		this.verification = PeerVerification.NOT_VERIFIED;
		this.resumed = false;
	}

	/* package */ void take(TlsEngine engine) {
		this.version = engine.version();
		this.cipherSuite = engine.cipherSuite();
		this.group = engine.group();
		this.signatureScheme = engine.signatureScheme();
		this.bytesIn = engine.handshakeBytesIn();
		this.bytesOut = engine.handshakeBytesOut();
		this.applicationProtocol = engine.applicationProtocol();
		this.resumed = engine.resumed();
	}
}
