/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.Tls13PskClient;
import dev.thimble.x509.TrustAnchors;

/**
 * What a firmware can have or be without. A build profile (platform-config/profiles) names the methods it wants; each of the others is made to return
 * null by the ahead-of-time compiler, so that nothing they alone refer to is in the image. On a JVM there is everything.
 */
final class Features {

	private Features() {
	}

	/** TLS 1.3. */
	static Protocol tls13() {
		return new Tls13Client();
	}

	/** TLS 1.2. */
	static Protocol tls12() {
		return new Tls12Client();
	}

	/** TLS 1.3 with pre-shared keys and without certificates. */
	static Protocol pskClient() {
		return new Tls13PskClient();
	}

	/** Certificates: whom to trust. */
	static TrustAnchors certificates(byte[] table) {
		return new TrustAnchors(table);
	}

	/** Elliptic curves. */
	static CryptoProvider curves() {
		return new PortableEcCrypto();
	}

	/** RSA, and elliptic curves. */
	static CryptoProvider rsa() {
		return new PortableCrypto();
	}

	/** A certificate and a private key of the device's own. */
	static ClientIdentity identity() {
		return new ClientIdentity();
	}

	/** Resumption, with the session in a non-volatile slot. */
	static StoredSession session() {
		return new StoredSession();
	}

	/** A pre-shared key. */
	static ConsoleKey psk() {
		return new ConsoleKey();
	}

	/** A server's role, in the firmware {@link Sockets}. */
	static SocketServer server() {
		return new SocketServer();
	}
}
