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
 *
 * <p>A server can put a new ticket in the place of each that is used, and would never show its certificate again (RFC 8446 §4.6.1). So the tag has
 * the week of the full handshake in it, tickets of resumed connections get the tag of the session they come from, and the tag of this week and of
 * the last will do: between one and two weeks after the server was verified it is verified again.
 */
/* package */ final class SessionTag {

	/** Of a certificate its last bytes, which belong to its signature, stand for the whole. */
	private static final int CERTIFICATE_END = 32;

	private static final int LENGTH = 32;
	/** The tag of the session offered. */
	private static final int OFFERED = LENGTH;
	private static final int POLICY = OFFERED + Session.TAG_LENGTH;
	private static final int POLICY_LENGTH = 16;
	private static final int WEEK = 604800;

	private final Hash hash;
	/** The digest of which the tag of a session that begins now is a part, the tag of the session offered, and a digest of what stays the same. */
	private final byte[] bytes = new byte[POLICY + POLICY_LENGTH];

	/* package */ SessionTag(EngineConfig config, Hash hash) {
		this.hash = hash;
		hash.reset();
		array(config.pins);
		array(config.peerKeys == null ? null : config.peerKeys.digests());
		number(config.anchors == null ? 0 : config.anchors.count());
		if (config.anchors != null) {
			config.anchors.fingerprint(hash);
		}
		// RFC 6066 §4: what was agreed on for the length of fragments holds for resumptions too, and OpenSSL repeats it to a client that asks for none.
		number(config.recordInLimit);
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
			// Who knew a key that has been replaced is believed no more.
			array(config.preSharedKeys[i].key());
		}
		if (config.peerJudge != null) {
			// What a judge let pass is nothing to an engine without one.
			number(1);
		}
		hash.digest(this.bytes, 0);
		System.arraycopy(this.bytes, 0, this.bytes, POLICY, POLICY_LENGTH);
	}

	/**
	 * Computes the tags of a connection.
	 *
	 * @param session
	 *            a valid session.
	 * @param now
	 *            seconds since 1970.
	 * @return whether the session is with this server, under this policy, and the server was verified recently.
	 */
	/* package */ boolean matches(ClientHello hello, Session session, long now) {
		int week = (int) (now / WEEK);
		compute(hello, week - 1);
		System.arraycopy(this.bytes, 0, this.bytes, OFFERED, Session.TAG_LENGTH);
		compute(hello, week);
		if (session.matches(this.bytes, 0)) {
			System.arraycopy(this.bytes, 0, this.bytes, OFFERED, Session.TAG_LENGTH);
			return true;
		}
		return session.matches(this.bytes, OFFERED);
	}

	/** Computes the tag of a connection that begins without a session. */
	/* package */ void compute(ClientHello hello, long now) {
		compute(hello, (int) (now / WEEK));
	}

	private void compute(ClientHello hello, int week) {
		this.hash.reset();
		this.hash.update(this.bytes, POLICY, POLICY_LENGTH);
		number(week >> 16);
		number(week);
		for (int i = 0; i < hello.serverNameLength(); i++) {
			char ascii = hello.serverName().charAt(i);
			number(ascii >= 'A' && ascii <= 'Z' ? ascii + ('a' - 'A') : ascii);
		}
		this.hash.digest(this.bytes, 0);
	}

	/** Gives a session that is being received its tag; resumed: whether it takes the place of the one offered. */
	/* package */ void set(Session session, boolean resumed) {
		session.setTag(this.bytes, resumed ? OFFERED : 0);
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
