/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Random;

/** The values of a ClientHello that belong to one connection; those that belong to the engine are in {@link Offer}. */
/* package */ final class ClientHello {

	/* package */ static final int RANDOM_LENGTH = 32;
	/* package */ static final int MAX_SERVER_NAME = 255;
	/** The longest session id. */
	/* package */ static final int SESSION_ID_LENGTH = 32;

	private final Offer offer;
	private final byte[] random = new byte[RANDOM_LENGTH];
	/** Holds the key share from index 0 and the session id behind it: the memory of the key schedule, which has no secrets yet. */
	private final byte[] early;
	private final byte maxShare;
	/** Holds the cookie of a HelloRetryRequest at its end: the outbound record buffer, which is empty then. */
	private final byte[] cookieArray;
	/** The caller's; null between connections. */
	private CharSequence serverName;
	private short serverNameLength;
	private byte sessionIdLength;
	private boolean named;
	private int group;
	private int shareLength;
	private int cookieLength;
	private int cookieFill;

	/**
	 * Creates the values.
	 *
	 * @param offer
	 *            the engine's offer.
	 * @param cookieArray
	 *            the outbound record buffer.
	 * @param early
	 *            the key schedule's memory.
	 * @param maxShare
	 *            the length of the longest key share in bytes.
	 */
	/* package */ ClientHello(Offer offer, byte[] cookieArray, byte[] early, int maxShare) {
		this.offer = offer;
		this.cookieArray = cookieArray;
		this.early = early;
		this.maxShare = (byte) maxShare;
	}

	/**
	 * Starts a new connection to a server.
	 *
	 * @param name
	 *            its name, 1 to 255 ASCII characters; kept.
	 * @return false if there is no entropy.
	 */
	/* package */ boolean start(CharSequence name, Random source) {
		int n = name.length();
		boolean numeric = true;
		boolean colon = false;
		for (int i = 0; i < n; i++) {
			char c = name.charAt(i);
			numeric &= c >= '0' && c <= '9' || c == '.';
			colon |= c == ':';
		}
		this.serverName = name;
		// RFC 6066 §3: no literal addresses, no trailing dot.
		this.named = !numeric && !colon;
		this.serverNameLength = (short) (n > 1 && name.charAt(n - 1) == '.' ? n - 1 : n);
		this.cookieLength = 0;
		this.shareLength = 0;
		this.group = 0;
		this.sessionIdLength = (byte) (this.offer.middleboxCompatibility ? SESSION_ID_LENGTH : 0);
		return source.generate(this.random, 0, RANDOM_LENGTH) && source.generate(this.early, this.maxShare, SESSION_ID_LENGTH);
	}

	/* package */ byte[] random() {
		return this.random;
	}

	/** Gets the array of the session id. */
	/* package */ byte[] sessionId() {
		return this.early;
	}

	/* package */ int sessionIdOffset() {
		return this.maxShare;
	}

	/** Gets the length of the session id: 32 bytes in middlebox compatibility mode (§D.4), else 0, unless there is one of TLS 1.2. */
	/* package */ int sessionIdLength() {
		return this.sessionIdLength;
	}

	/** Sets the length of the session id, whose bytes are random unless others were put there. */
	/* package */ void sessionIdLength(int length) {
		this.sessionIdLength = (byte) length;
	}

	/** Tells whether an echoed session id is ours. */
	/* package */ boolean sessionIdIs(byte[] in, int offset, int length) {
		if (length != sessionIdLength()) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (in[offset + i] != this.early[this.maxShare + i]) {
				return false;
			}
		}
		return true;
	}

	/** Tells whether the server_name extension is sent: not for a literal address. */
	/* package */ boolean named() {
		return this.named;
	}

	/* package */ CharSequence serverName() {
		return this.serverName;
	}

	/** Lets go of what belongs to the caller. */
	/* package */ void forget() {
		this.serverName = null;
	}

	/* package */ int serverNameLength() {
		return this.serverNameLength;
	}

	/** Gets the group of the key share; 0 while there is none. */
	/* package */ int group() {
		return this.group;
	}

	/* package */ void group(int chosen) {
		this.group = chosen;
	}

	/** Gets the array of the own key share; once it was sent, the peer's takes its place. */
	/* package */ byte[] share() {
		return this.early;
	}

	/* package */ int shareLength() {
		return this.shareLength;
	}

	/* package */ void shareLength(int length) {
		this.shareLength = length;
	}

	/** Takes the peer's key share. */
	/* package */ int peerShare(byte[] in, int length) {
		if (length > this.maxShare) {
			return TlsError.KEY_SHARE;
		}
		System.arraycopy(in, 0, this.early, 0, length);
		this.shareLength = length;
		return TlsError.NONE;
	}

	/** Makes place for a cookie. */
	/* package */ int startCookie(int length) {
		// Behind a change_cipher_spec and a header, 64 bytes of each piece of the ClientHello must fit.
		if (length > this.cookieArray.length - 6 - RecordReader.HEADER_LENGTH - 64) {
			return TlsError.COOKIE_TOO_LONG;
		}
		this.cookieLength = length;
		this.cookieFill = 0;
		return TlsError.NONE;
	}

	/** Takes a piece of the cookie; pieces beyond it belong to something else and are ignored. */
	/* package */ void cookie(byte[] in, int offset, int count) {
		if (this.cookieFill + count <= this.cookieLength) {
			System.arraycopy(in, offset, this.cookieArray, cookieOffset() + this.cookieFill, count);
			this.cookieFill += count;
		}
	}

	/** Forgets the cookie: the second ClientHello has been written. */
	/* package */ void dropCookie() {
		this.cookieLength = 0;
	}

	/* package */ byte[] cookieArray() {
		return this.cookieArray;
	}

	/* package */ int cookieOffset() {
		return this.cookieArray.length - this.cookieLength;
	}

	/* package */ int cookieLength() {
		return this.cookieLength;
	}
}
