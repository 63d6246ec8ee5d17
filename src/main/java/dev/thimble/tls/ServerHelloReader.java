/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * Reads ServerHello and HelloRetryRequest (RFC 8446 §4.1.3, §4.1.4).
 *
 * <p>A server that speaks an older version sends a ServerHello with other rules, so what looks wrong is only judged at the end, when the
 * version is known; what only TLS 1.2 knows is read by {@link ServerHello12}, if that version is offered.
 *
 * <p>The hash of the transcript is not known before the suite, and a HelloRetryRequest rewrites what was hashed before it. So this message
 * goes into the transcript from its beginning once the suite was read: until then it stands in the field array.
 */
/* package */ final class ServerHelloReader extends ServerExtensionsReader {

	/** SHA-256 of "HelloRetryRequest", §4.1.3. */
	/* package */ static final String HELLO_RETRY_RANDOM = "\u00cf\u0021\u00ad\u0074\u00e5\u009a\u0061\u0011\u00be\u001d\u008c\u0002\u001e\u0065"
			+ "\u00b8\u0091\u00c2\u00a2\u0011\u0016\u007a\u00bb\u008c\u005e\u0007\u009e\u0009\u00e2\u00c8\u00a8\u0033\u009c";
	/** "DOWNGRD", the first seven bytes of both sentinels, §4.1.3. */
	private static final String DOWNGRADE_SENTINEL = "DOWNGRD";

	private static final int RANDOM = 1;
	private static final int SUITE = 2;
	private static final int SELECTED_VERSION = 3;
	private static final int KEY_SHARE_HEADER = 4;
	private static final int KEY_SHARE = 5;
	private static final int RETRY_GROUP = 6;
	private static final int COOKIE_LENGTH = 7;
	private static final int SELECTED_KEY = 8;

	// Offsets in the field array: the message from its header on.
	private static final int VERSION_AT = 4;
	private static final int RANDOM_AT = 6;
	private static final int SESSION_ID_LENGTH_AT = 38;
	private static final int SESSION_ID_AT = 39;
	/** Length of the field array this reader needs: header to compression method. */
	/* package */ static final int FIELD_LENGTH = SESSION_ID_AT + 32 + 3;

	private boolean retry;
	private boolean downgraded;
	private boolean legacyVersion;
	private byte prefixLength;
	private char keyShareLength;
	private short deferred;
	private char version;
	private char group;

	/* package */ ServerHelloReader(MessageCursor cursor, ClientHandshake handshake) {
		super(cursor, handshake);
	}

	/** Tells whether the message was a HelloRetryRequest. */
	/* package */ boolean retry() {
		return this.retry;
	}

	/** Gets the version the server chose, one of those offered. */
	/* package */ int version() {
		return this.version;
	}

	/** Gets the group of the key share, or the one asked for; 0 if there was none. */
	/* package */ int group() {
		return this.group;
	}

	@Override
	protected void nextField() {
		switch (this.cursor.state) {
		case 0:
			this.version = 0;
			this.group = 0;
			this.deferred = TlsError.NONE;
			this.prefixLength = 0;
			this.retry = false;
			collectAt(VERSION_AT, SESSION_ID_AT - VERSION_AT, RANDOM);
			break;
		case RANDOM:
			if (u8(SESSION_ID_LENGTH_AT) > 32) {
				this.cursor.error = TlsError.DECODE_ERROR;
				return;
			}
			collectAt(SESSION_ID_AT, u8(SESSION_ID_LENGTH_AT) + 3, SUITE);
			break;
		case SUITE:
			hello();
			break;
		case SELECTED_VERSION:
			this.version = (char) u16(0);
			extensionDone();
			break;
		case KEY_SHARE_HEADER:
			this.group = (char) u16(0);
			this.keyShareLength = (char) u16(2);
			if (this.keyShareLength != left() || this.keyShareLength == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else if (this.keyShareLength > this.cursor.field.length) {
				this.cursor.error = TlsError.KEY_SHARE;
			} else {
				collectInside(this.keyShareLength, KEY_SHARE);
			}
			break;
		case KEY_SHARE:
			this.cursor.error = this.handshake.hello().peerShare(this.cursor.field, this.keyShareLength);
			if (this.cursor.error == TlsError.NONE) {
				extensionDone();
			}
			break;
		case SELECTED_KEY:
			this.handshake.selectPreSharedKey(u16(0));
			extensionDone();
			break;
		case RETRY_GROUP:
			this.group = (char) u16(0);
			extensionDone();
			break;
		case COOKIE_LENGTH:
			cookie();
			break;
		default:
			ServerHello12 rules = this.handshake.rules12();
			if (rules == null || !rules.field(this)) {
				super.nextField();
			}
			break;
		}
	}

	/** What stands before the extensions: field holds the message up to the compression method. */
	private void hello() {
		byte[] f = this.cursor.field;
		int sessionIdLength = u8(SESSION_ID_LENGTH_AT);
		int suiteAt = SESSION_ID_AT + sessionIdLength;
		f[0] = (byte) HandshakeType.SERVER_HELLO;
		f[1] = 0;
		f[2] = (byte) (this.cursor.length >> 8);
		f[3] = (byte) this.cursor.length;
		this.prefixLength = (byte) (suiteAt + 3);
		this.retry = matches(HELLO_RETRY_RANDOM, RANDOM_AT);
		// The last of the eight bytes is 1 for TLS 1.2, which only who offered TLS 1.3 is to mind, and 0 below.
		this.downgraded = matches(DOWNGRADE_SENTINEL, RANDOM_AT + 24)
				&& u8(RANDOM_AT + 31) <= (this.handshake.offersVersion(Handshake.VERSION_13) ? 1 : 0);
		this.legacyVersion = u16(VERSION_AT) == Handshake.VERSION_12;
		int suite = u16(suiteAt);
		if (!this.handshake.selectSuite(suite)) {
			this.deferred = TlsError.CIPHER_SUITE;
		} else if (f[suiteAt + 2] != 0) {
			this.deferred = TlsError.COMPRESSION;
		}
		boolean echoed = this.handshake.hello().sessionIdIs(f, SESSION_ID_AT, sessionIdLength);
		ServerHello12 rules = this.handshake.rules12();
		if (rules != null && !this.retry) {
			rules.hello(f, RANDOM_AT, SESSION_ID_AT, sessionIdLength, echoed, this.deferred);
		}
		if (!echoed) {
			this.deferred = TlsError.SESSION_ID;
		}
		this.handshake.startServerHelloTranscript(suite, this.retry);
		if (this.cursor.position == this.cursor.length) {
			// A ServerHello without any extension is of TLS 1.2 or older.
			extensionsEnd();
			return;
		}
		pause();
		startExtensions();
	}

	/** The prefix enters the transcript as a whole, out of the field array; the rest as it passes. */
	@Override
	/* package */ void hash(Transcript transcript, byte[] in, int offset, int limit) {
		if (paused()) {
			transcript.update(this.cursor.field, 0, this.prefixLength);
		} else if (this.prefixLength != 0) {
			transcript.update(in, offset, limit - offset);
		}
	}

	@Override
	protected void extension(int type, int n) {
		switch (type) {
		case ExtensionType.SUPPORTED_VERSIONS:
			collectInside(2, SELECTED_VERSION);
			break;
		case ExtensionType.KEY_SHARE:
			if (this.retry) {
				collectInside(2, RETRY_GROUP);
			} else {
				collectInside(4, KEY_SHARE_HEADER);
			}
			break;
		case ExtensionType.COOKIE:
			if (this.retry) {
				collectInside(2, COOKIE_LENGTH);
				break;
			}
			unexpected(type, n);
			break;
		case ExtensionType.PRE_SHARED_KEY:
			if (!this.retry && this.handshake.offers(type)) {
				collectInside(2, SELECTED_KEY);
				break;
			}
			unexpected(type, n);
			break;
		default:
			ServerHello12 rules = this.handshake.rules12();
			if (rules == null || this.retry) {
				unexpected(type, n);
				break;
			}
			deferUnexpected(type);
			if (!rules.extension(this, type, n)) {
				super.extension(type, n);
			}
			break;
		}
	}

	private void unexpected(int type, int n) {
		deferUnexpected(type);
		pass(n, EXTENSION_PASSED);
	}

	private void deferUnexpected(int type) {
		defer(ExtensionType.known(type) || this.handshake.offers(type) ? TlsError.MISPLACED_EXTENSION : TlsError.UNSUPPORTED_EXTENSION);
	}

	/** Of TLS 1.2: an extension about records never stands in a ServerHello of TLS 1.3. */
	@Override
	protected boolean typeCounts() {
		return false;
	}

	private void defer(int code) {
		if (this.deferred == TlsError.NONE) {
			this.deferred = (short) code;
		}
	}

	private void cookie() {
		if (u16(0) != left() || u16(0) == 0) {
			this.cursor.error = TlsError.DECODE_ERROR;
			return;
		}
		this.cursor.error = this.handshake.hello().startCookie(u16(0));
		if (this.cursor.error == TlsError.NONE) {
			pass(u16(0), EXTENSION_PASSED);
		}
	}

	@Override
	protected void passed(byte[] in, int offset, int count) {
		this.handshake.hello().cookie(in, offset, count);
	}

	@Override
	protected void extensionsEnd() {
		ServerHello12 rules = this.handshake.rules12();
		if (this.version == 0 && this.downgraded) {
			this.cursor.error = TlsError.DOWNGRADE;
		} else if (this.version == 0 && rules != null && this.legacyVersion && !this.retry) {
			this.version = Handshake.VERSION_12;
			boolean misplaced = seen(ExtensionType.KEY_SHARE) || seen(ExtensionType.COOKIE) || seen(ExtensionType.PRE_SHARED_KEY);
			this.cursor.error = misplaced ? TlsError.MISPLACED_EXTENSION : oneLimit() ? rules.end() : TlsError.RECORD_SIZE_LIMIT;
		} else if (this.version == 0) {
			this.cursor.error = TlsError.PROTOCOL_VERSION;
		} else if (this.version != Handshake.VERSION_13 || !this.legacyVersion || !this.handshake.offersVersion(Handshake.VERSION_13)) {
			this.cursor.error = TlsError.SELECTED_VERSION;
		} else if (this.deferred != TlsError.NONE) {
			this.cursor.error = this.deferred;
		} else if (CipherSuite.version(this.handshake.cipherSuite()) != Handshake.VERSION_13) {
			this.cursor.error = TlsError.CIPHER_SUITE;
		}
		if (this.cursor.error == TlsError.NONE) {
			finish();
		}
	}

	private boolean matches(String bytes, int at) {
		for (int i = 0; i < bytes.length(); i++) {
			if (u8(at + i) != bytes.charAt(i)) {
				return false;
			}
		}
		return true;
	}
}
