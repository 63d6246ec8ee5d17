/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.identity.Identity;
import dev.thimble.x509.TrustedKeys;

/**
 * Raw public keys of a client (RFC 7250): which kinds of certificates it offers to take and to send, and which the server chose. A client that has
 * nothing to do with them has no such object.
 */
/* package */ final class RawKeys {

	private static final int X509 = 0;
	private static final int RAW_PUBLIC_KEY = 2;

	/** Null: the server has to have a certificate. */
	private final TrustedKeys trusted;
	/** Whether the server may have a certificate. */
	private final boolean certificates;
	/** Null: nothing is sent. */
	private final OwnAuthentication own;
	/** Whether there are identities that are keys, and those that have a certificate. */
	private final boolean ownKeys;
	private final boolean ownCertificates;
	private boolean key;

	/* package */ RawKeys(EngineConfig config, OwnAuthentication own) {
		this.trusted = config.peerKeys;
		this.certificates = config.anchors != null;
		this.own = own;
		boolean keys = false;
		boolean chains = false;
		Identity[] identities = config.identities;
		for (int i = 0; i < identities.length; i++) {
			keys |= identities[i].isRawKey();
			chains |= !identities[i].isRawKey();
		}
		this.ownKeys = keys;
		this.ownCertificates = chains;
	}

	/** Forgets the last connection. */
	/* package */ void reset() {
		this.key = false;
		if (this.own != null) {
			this.own.rawKey(false);
		}
	}

	/** Tells whether an extension is in the offer: the default, a certificate, needs none. */
	/* package */ boolean offers(int type) {
		return type == ExtensionType.SERVER_CERTIFICATE_TYPE ? this.trusted != null : type == ExtensionType.CLIENT_CERTIFICATE_TYPE && this.ownKeys;
	}

	/** Writes the extensions (RFC 7250 §3), what is preferred first. */
	/* package */ void extensions(ClientHelloWriter writer) {
		if (this.ownKeys) {
			write(writer, ExtensionType.CLIENT_CERTIFICATE_TYPE, this.ownCertificates);
		}
		if (this.trusted != null) {
			write(writer, ExtensionType.SERVER_CERTIFICATE_TYPE, this.certificates);
		}
	}

	private static void write(ClientHelloWriter writer, int type, boolean both) {
		writer.extension(type, both ? 3 : 2);
		writer.u8(both ? 2 : 1);
		writer.u8(RAW_PUBLIC_KEY);
		if (both) {
			writer.u8(X509);
		}
	}

	/** Takes the server's choice in an extension that was offered; false if it is not among what was. */
	/* package */ boolean choose(int type, int choice) {
		boolean raw = choice == RAW_PUBLIC_KEY;
		if (type == ExtensionType.SERVER_CERTIFICATE_TYPE) {
			this.key = raw;
			return raw || choice == X509 && this.certificates;
		}
		this.own.rawKey(raw);
		return raw || choice == X509 && this.ownCertificates;
	}

	/** Tells whether what the server is going to send can be accepted; it may have left the extension out. */
	/* package */ boolean acceptable() {
		return this.key || this.certificates;
	}

	/** Gets what the server's key is compared with; null if it sends a certificate. */
	/* package */ TrustedKeys expected() {
		return this.key ? this.trusted : null;
	}
}
