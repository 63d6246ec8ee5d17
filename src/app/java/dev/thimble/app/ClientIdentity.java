/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.identity.Identity;
import dev.thimble.tls.EngineConfig;

/** The device's own certificate chain and private key, as they come over the console. */
final class ClientIdentity {

	private static final int CHAIN_ROOM = 2048;
	private static final int KEY_ROOM = 256;

	private final Base64Buffer chain = new Base64Buffer(CHAIN_ROOM, Failure.IDENTITY, Failure.IDENTITY_TOO_LONG);
	private final Base64Buffer key = new Base64Buffer(KEY_ROOM, Failure.IDENTITY, Failure.IDENTITY_TOO_LONG);

	/** Takes in a piece of the certificate chain: DER, one certificate behind the other. */
	int certificates(CommandLine line, boolean first) {
		return add(this.chain, line, first);
	}

	/** Takes in a piece of the private key: DER, PKCS #8 or SEC 1. */
	int key(CommandLine line, boolean first) {
		return add(this.key, line, first);
	}

	private static int add(Base64Buffer buffer, CommandLine line, boolean first) {
		if (first) {
			buffer.clear();
		}
		return buffer.add(line.array(), line.wordOffset(), line.wordLength());
	}

	/**
	 * Lets an engine prove itself with it, if there is one.
	 *
	 * @throws IllegalArgumentException
	 *             if key and certificate cannot be used, or not together.
	 */
	void configure(EngineConfig config, CryptoProvider crypto) {
		if (this.chain.length() == 0 && this.key.length() == 0) {
			return;
		}
		byte[] privateKey = this.key.copy();
		try {
			config.identity(new Identity(crypto, this.chain.copy(), privateKey));
		} finally {
			for (int i = 0; i < privateKey.length; i++) {
				privateKey[i] = 0;
			}
		}
	}
}
