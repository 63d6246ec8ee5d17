/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;

/**
 * What a session is bound to beside its secret: a digest of the server's name and of what decides whether a server is trusted and what it may
 * choose. A resumed server shows no certificate, so a session must not be used where another server, or another verdict, is asked for.
 */
/* package */ final class SessionTag {

	/** Of a certificate its last bytes, which belong to its signature, stand for the whole. */
	private static final int CERTIFICATE_END = 32;

	private static final int LENGTH = 32;

	private final Hash hash;
	/** The tag, and behind it the digest of what stays the same for an engine. */
	private final byte[] bytes = new byte[2 * LENGTH];

	/* package */ SessionTag(EngineConfig config, Hash hash) {
		this.hash = hash;
		hash.reset();
		array(config.pins);
		array(config.peerKeys == null ? null : config.peerKeys.digests());
		number(config.anchors == null ? 0 : config.anchors.count());
		number(config.alpn.length);
		for (int i = 0; i < config.alpn.length; i++) {
			String name = config.alpn[i];
			number(name.length());
			for (int j = 0; j < name.length(); j++) {
				number(name.charAt(j));
			}
		}
		number(config.identities.length);
		for (int i = 0; i < config.identities.length; i++) {
			byte[] chain = config.identities[i].certificates();
			int n = chain.length < CERTIFICATE_END ? chain.length : CERTIFICATE_END;
			hash.update(chain, chain.length - n, n);
		}
		number(config.preSharedKeys.length);
		for (int i = 0; i < config.preSharedKeys.length; i++) {
			array(config.preSharedKeys[i].identity());
		}
		hash.digest(this.bytes, LENGTH);
	}

	/** Computes the tag of a connection. */
	/* package */ void compute(ClientHello hello) {
		this.hash.reset();
		this.hash.update(this.bytes, LENGTH, LENGTH);
		for (int i = 0; i < hello.serverNameLength(); i++) {
			char ascii = hello.serverName().charAt(i);
			number(ascii >= 'A' && ascii <= 'Z' ? ascii + ('a' - 'A') : ascii);
		}
		this.hash.digest(this.bytes, 0);
	}

	/** Gets the tag, its first {@link Session#TAG_LENGTH} bytes; valid from {@link #compute} on. */
	/* package */ byte[] bytes() {
		return this.bytes;
	}

	/** Lengths stand before what they belong to, so that nothing can be moved from one part to the next. */
	private void array(byte[] part) {
		int n = part == null ? 0 : part.length;
		number(n);
		if (n > 0) {
			this.hash.update(part, 0, n);
		}
	}

	private void number(int value) {
		this.bytes[0] = (byte) (value >> 8);
		this.bytes[1] = (byte) value;
		this.hash.update(this.bytes, 0, 2);
	}
}
