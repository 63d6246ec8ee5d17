/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * Reads a ClientHello (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2) as it streams by. Of its lists only what we speak is noted, so that it can be of any
 * length; of its key shares the one we like best is kept.
 *
 * <p>It pauses where others have work: behind a cookie, behind the identity of a ticket, and before the binders of pre_shared_key, where the
 * transcript stands at what the binders are made over (§4.2.11.2).
 */
/* package */ final class ClientHelloReader extends ExtensionsReader {

	private static final int RANDOM = 1;
	private static final int SESSION_ID = 2;
	private static final int SUITE = 3;
	private static final int COMPRESSION_LENGTH = 4;
	private static final int COMPRESSION = 5;
	private static final int NAME_HEADER = 6;
	private static final int NAME = 7;
	private static final int NAME_PASSED = 8;
	private static final int FRAGMENT_LENGTH = 9;
	private static final int RECORD_LIMIT = 10;
	private static final int GROUPS = 11;
	private static final int GROUP = 12;
	private static final int SCHEMES = 13;
	private static final int SCHEME = 14;
	private static final int PROTOCOLS = 15;
	private static final int PROTOCOL_LENGTH = 16;
	private static final int PROTOCOL = 17;
	private static final int PROTOCOL_PASSED = 18;
	private static final int VERSIONS = 19;
	private static final int VERSION = 20;
	private static final int COOKIE_LENGTH = 21;
	private static final int COOKIE = 22;
	private static final int SHARES = 23;
	private static final int SHARE_HEADER = 24;
	private static final int SHARE = 25;
	private static final int SHARE_PASSED = 26;
	private static final int MODES = 27;
	private static final int MODE = 28;
	private static final int IDENTITIES = 29;
	private static final int IDENTITY_LENGTH = 30;
	private static final int IDENTITY = 31;
	private static final int AGE = 32;
	private static final int BINDERS = 33;
	private static final int BINDER_LENGTH = 34;
	private static final int BINDER = 35;
	private static final int RENEGOTIATION = 36;
	private static final int TICKET_12 = 37;
	private static final int CERTIFICATE_KINDS = 38;
	private static final int CERTIFICATE_KIND = 39;

	/** Where the length of a binder is collected: behind one that is kept. */
	private static final int BINDER_LENGTH_AT = 64;

	private static final int FALLBACK_SCSV = 0x5600;
	private static final int EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff;

	private final ServerHandshake handshake;
	private final Offer offer;
	private final ReceivedHello hello;
	/** Null without pre-shared keys. */
	private final PskSelector psks;
	/** Where the list that is being read ends. */
	private int end;
	/** What the item that is being read is about: a group's index, an identity's or binder's index. */
	private int item;
	private int sharesSeen;
	private int identities;
	private char legacyVersion;
	private boolean certificateSchemes;
	private boolean cookieRead;
	private boolean atBinders;

	/* package */ ClientHelloReader(MessageCursor cursor, ServerHandshake handshake, ReceivedHello hello, PskSelector psks) {
		super(cursor);
		this.handshake = handshake;
		this.offer = handshake.offer();
		this.hello = hello;
		this.psks = psks;
	}

	/** Tells whether a cookie was read and is in the field array, and forgets that. */
	/* package */ boolean takeCookie() {
		boolean read = this.cookieRead;
		this.cookieRead = false;
		return read;
	}

	/** Tells whether the binders come next. */
	/* package */ boolean atBinders() {
		return this.atBinders;
	}

	@Override
	protected void nextField() {
		switch (this.cursor.state) {
		case 0:
			this.hello.reset();
			if (this.handshake.tickets12() != null) {
				this.handshake.tickets12().start(0);
			}
			this.cookieRead = false;
			this.atBinders = false;
			this.sharesSeen = 0;
			collect(2 + ReceivedHello.RANDOM_LENGTH + 1, RANDOM);
			break;
		case RANDOM:
			random();
			break;
		case SESSION_ID:
			sessionId();
			break;
		case SUITE:
			suite(u16(0));
			if (this.cursor.position < this.end) {
				collect(2, SUITE);
			} else {
				collect(1, COMPRESSION_LENGTH);
			}
			break;
		case COMPRESSION_LENGTH:
			if (u8(0) == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				pass(u8(0), COMPRESSION);
			}
			break;
		case COMPRESSION:
			if (this.cursor.position == this.cursor.length) {
				// A client of TLS 1.2 or older may send no extensions.
				this.cursor.seen = 0;
				extensionsEnd();
			} else {
				startExtensions();
			}
			break;
		case TICKET_12:
			extensionDone();
			break;
		default:
			if (this.cursor.state < COOKIE_LENGTH) {
				nextOfAnyVersion();
			} else if (this.cursor.state < IDENTITIES || this.cursor.state >= RENEGOTIATION) {
				nextOfVersion13();
			} else {
				nextOfPsk();
			}
			break;
		}
	}

	private void random() {
		this.legacyVersion = (char) u16(0);
		this.hello.take(this.cursor.field, 2, this.hello.random, 0, ReceivedHello.RANDOM_LENGTH);
		int n = u8(2 + ReceivedHello.RANDOM_LENGTH);
		this.hello.changed |= n != this.hello.sessionIdLength;
		this.hello.sessionIdLength = (byte) n;
		if (n > 32) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else {
			collect(n + 2, SESSION_ID);
		}
	}

	private void sessionId() {
		int n = this.hello.sessionIdLength;
		this.hello.take(this.cursor.field, 0, this.hello.memory, ReceivedHello.SESSION_ID, n);
		int length = u16(n);
		this.end = this.cursor.position + length;
		if (length == 0 || (length & 1) != 0 || this.end > this.cursor.length) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else {
			collect(2, SUITE);
		}
	}

	private void suite(int suite) {
		int index = this.offer.suiteIndex(suite);
		if (index >= 0) {
			this.hello.suites |= 1 << index;
			if (CipherSuite.version(suite) == Handshake.VERSION_13) {
				this.hello.firstSuite13 = this.hello.firstSuite13 < 0 ? (byte) index : this.hello.firstSuite13;
			} else {
				this.hello.firstSuite12 = this.hello.firstSuite12 < 0 ? (byte) index : this.hello.firstSuite12;
			}
		}
		this.hello.fallback |= suite == FALLBACK_SCSV;
		this.hello.secureRenegotiation |= suite == EMPTY_RENEGOTIATION_INFO_SCSV;
	}

	@Override
	protected void extension(int type, int n) {
		switch (type) {
		case ExtensionType.SERVER_NAME:
			collectInside(2 + 1 + 2, NAME_HEADER);
			break;
		case ExtensionType.MAX_FRAGMENT_LENGTH:
			collectInside(1, FRAGMENT_LENGTH);
			break;
		case ExtensionType.RECORD_SIZE_LIMIT:
			collectInside(2, RECORD_LIMIT);
			break;
		case ExtensionType.SUPPORTED_GROUPS:
			collectInside(2, GROUPS);
			break;
		case ExtensionType.SIGNATURE_ALGORITHMS:
		case ExtensionType.SIGNATURE_ALGORITHMS_CERT:
			this.certificateSchemes = type == ExtensionType.SIGNATURE_ALGORITHMS_CERT;
			collectInside(2, SCHEMES);
			break;
		case ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION:
			collectInside(2, PROTOCOLS);
			break;
		case ExtensionType.SUPPORTED_VERSIONS:
			collectInside(1, VERSIONS);
			break;
		case ExtensionType.COOKIE:
			collectInside(2, COOKIE_LENGTH);
			break;
		case ExtensionType.KEY_SHARE:
			collectInside(2, SHARES);
			break;
		case ExtensionType.PSK_KEY_EXCHANGE_MODES:
			collectInside(1, MODES);
			break;
		case ExtensionType.CLIENT_CERTIFICATE_TYPE:
		case ExtensionType.SERVER_CERTIFICATE_TYPE:
			this.item = type;
			collectInside(1, CERTIFICATE_KINDS);
			break;
		case ExtensionType.EARLY_DATA:
			// §4.2.10: empty
			pass(n, EXTENSION_PASSED);
			this.cursor.error = n == 0 ? this.cursor.error : TlsError.DECODE_ERROR;
			break;
		case ExtensionType.PRE_SHARED_KEY:
			if (this.cursor.extensionEnd != this.cursor.listEnd) {
				// §4.2.11: it must be the last one, for the binders are made over all before them.
				this.cursor.error = TlsError.PSK_EXTENSION;
			} else {
				collectInside(2, IDENTITIES);
			}
			break;
		case ExtensionType.RENEGOTIATION_INFO:
			collectInside(1, RENEGOTIATION);
			break;
		case ExtensionType.SESSION_TICKET:
			Tickets12 tickets = this.handshake.tickets12();
			if (tickets != null) {
				tickets.start(n);
				pass(n, TICKET_12);
				break;
			}
			// falls through
		default:
			pass(n, EXTENSION_PASSED);
			break;
		}
	}

	/** Wants the next item of a list of items of two bytes each, which fills its extension. */
	private void nextPair(int state) {
		if (left() == 0) {
			extensionDone();
		} else {
			collectInside(2, state);
		}
	}

	/** Begins such a list, of a length that was read. */
	private void pairs(int length, int state) {
		if (length != left() || length == 0 || (length & 1) != 0) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else {
			collectInside(2, state);
		}
	}

	private void check(boolean good, int otherwise) {
		if (good) {
			extensionDone();
		} else {
			this.cursor.error = otherwise;
		}
	}

	private void nextOfAnyVersion() {
		switch (this.cursor.state) {
		case NAME_HEADER:
			name();
			break;
		case NAME:
		case NAME_PASSED:
			extensionDone();
			break;
		case FRAGMENT_LENGTH:
			// RFC 6066 §4: 2^9 to 2^12
			this.hello.maxFragmentLength = (byte) u8(0);
			check(u8(0) >= 1 && u8(0) <= 4, TlsError.RECORD_SIZE_LIMIT);
			break;
		case RECORD_LIMIT:
			this.hello.recordSizeLimit = (char) u16(0);
			check(u16(0) >= 64, TlsError.RECORD_SIZE_LIMIT);
			break;
		case GROUPS:
			pairs(u16(0), GROUP);
			break;
		case GROUP:
			int group = this.offer.groupIndex(u16(0));
			this.hello.groups |= group < 0 ? 0 : 1 << group;
			nextPair(GROUP);
			break;
		case SCHEMES:
			pairs(u16(0), SCHEME);
			break;
		case SCHEME:
			this.hello.allow(u16(0), this.certificateSchemes);
			nextPair(SCHEME);
			break;
		case VERSIONS:
			pairs(u8(0), VERSION);
			break;
		case VERSION:
			this.hello.versions |= u16(0) == Handshake.VERSION_13 ? ReceivedHello.OFFERS_13
					: u16(0) == Handshake.VERSION_12 ? ReceivedHello.OFFERS_12 : 0;
			nextPair(VERSION);
			break;
		default:
			protocols();
			break;
		}
	}

	/** RFC 6066 §3: a list that in practice is one host_name. */
	private void name() {
		int n = u16(3);
		if (u16(0) != left() + 3 || n > left()) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else if (u8(2) != 0 || n > ReceivedHello.MAX_SERVER_NAME) {
			pass(left(), NAME_PASSED);
		} else if (n == 0 || n != left()) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else {
			pass(n, NAME);
		}
	}

	/** RFC 7301 §3.1 */
	private void protocols() {
		switch (this.cursor.state) {
		case PROTOCOLS:
			if (u16(0) != left() || left() == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
				return;
			}
			break;
		case PROTOCOL_LENGTH:
			this.item = u8(0);
			if (this.item == 0 || this.item > left()) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else if (this.item <= this.offer.longestProtocol) {
				collectInside(this.item, PROTOCOL);
			} else {
				pass(this.item, PROTOCOL_PASSED);
			}
			return;
		case PROTOCOL:
			int index = this.offer.protocolIndex(this.cursor.field, this.item);
			if (index >= 0 && (this.hello.protocol < 0 || index < this.hello.protocol)) {
				this.hello.protocol = (short) index;
			}
			break;
		default:
			break;
		}
		if (left() == 0) {
			extensionDone();
		} else {
			collectInside(1, PROTOCOL_LENGTH);
		}
	}

	private void nextOfVersion13() {
		switch (this.cursor.state) {
		case COOKIE_LENGTH:
			if (u16(0) != left() || u16(0) == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else if (u16(0) != this.handshake.cookieLength()) {
				this.cursor.error = TlsError.COOKIE_INVALID;
			} else {
				collectInside(u16(0), COOKIE);
			}
			break;
		case COOKIE:
			// It stays in the field array until more is read; at the end of the message there is nothing to pause before.
			this.cookieRead = true;
			if (this.cursor.position < this.cursor.length) {
				pause();
			}
			extensionDone();
			break;
		case SHARES:
			if (u16(0) != left()) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				nextShare();
			}
			break;
		case SHARE_HEADER:
			share();
			break;
		case SHARE:
			System.arraycopy(this.cursor.field, 0, this.hello.memory, ReceivedHello.SHARE, this.hello.shareLength);
			nextShare();
			break;
		case SHARE_PASSED:
			nextShare();
			break;
		case MODES:
			if (u8(0) != left() || u8(0) == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				collectInside(1, MODE);
			}
			break;
		case MODE:
			this.hello.pskModes |= u8(0) < 2 ? 1 << u8(0) : 0;
			if (left() == 0) {
				extensionDone();
			} else {
				collectInside(1, MODE);
			}
			break;
		case CERTIFICATE_KINDS:
			if (u8(0) != left() || u8(0) == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				collectInside(1, CERTIFICATE_KIND);
			}
			break;
		case CERTIFICATE_KIND:
			certificateKind(u8(0) < 7 ? 1 << u8(0) : 0);
			break;
		default:
			// RFC 5746 §3.6: in a first handshake it is empty.
			this.hello.secureRenegotiation = true;
			check(u8(0) == 0, TlsError.HELLO_CHANGED);
			break;
		}
	}

	/** RFC 7250 §3 */
	private void certificateKind(int bit) {
		if (this.item == ExtensionType.CLIENT_CERTIFICATE_TYPE) {
			this.hello.clientCertificates |= bit;
		} else {
			this.hello.serverCertificates |= bit;
		}
		if (left() == 0) {
			extensionDone();
		} else {
			collectInside(1, CERTIFICATE_KIND);
		}
	}

	private void nextShare() {
		if (left() == 0) {
			extensionDone();
		} else {
			collectInside(4, SHARE_HEADER);
		}
	}

	/** §4.2.8 */
	private void share() {
		int n = u16(2);
		int group = this.offer.groupIndex(u16(0));
		if (n == 0 || n > left()) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else if (group < 0) {
			pass(n, SHARE_PASSED);
		} else if ((this.sharesSeen & 1 << group) != 0 || n > Handshake.MAX_SHARE) {
			this.cursor.error = TlsError.KEY_SHARE;
		} else {
			this.sharesSeen |= 1 << group;
			if (this.hello.shareGroup < 0 || group < this.hello.shareGroup) {
				this.hello.shareGroup = (byte) group;
				this.hello.shareLength = (byte) n;
				collectInside(n, SHARE);
			} else {
				pass(n, SHARE_PASSED);
			}
		}
	}

	/** §4.2.11: identities, then binders, as many. */
	private void nextOfPsk() {
		switch (this.cursor.state) {
		case IDENTITIES:
			this.end = this.cursor.position + u16(0);
			this.item = 0;
			if (u16(0) == 0 || u16(0) > left()) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				collectInside(2, IDENTITY_LENGTH);
			}
			break;
		case IDENTITY_LENGTH:
			if (u16(0) == 0 || u16(0) + 4 > this.end - this.cursor.position) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				if (this.psks != null) {
					this.psks.startIdentity(u16(0));
				}
				pass(u16(0), IDENTITY);
			}
			break;
		case IDENTITY:
			collectInside(4, AGE);
			break;
		case AGE:
			if (this.psks != null) {
				this.psks.endIdentity(this.item, u16(0) << 16 | u16(2));
			}
			this.item++;
			pause();
			if (this.cursor.position < this.end) {
				collectInside(2, IDENTITY_LENGTH);
			} else {
				this.identities = this.item;
				this.item = 0;
				this.atBinders = true;
				collectInside(2, BINDERS);
			}
			break;
		case BINDERS:
			if (u16(0) != left() || u16(0) == 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				collectAt(BINDER_LENGTH_AT, 1, BINDER_LENGTH);
			}
			break;
		case BINDER_LENGTH:
			binder(u8(BINDER_LENGTH_AT));
			break;
		default:
			if (left() > 0) {
				collectAt(BINDER_LENGTH_AT, 1, BINDER_LENGTH);
			} else if (this.item != this.identities) {
				this.cursor.error = TlsError.PSK_EXTENSION;
			} else {
				extensionDone();
			}
			break;
		}
	}

	/** The binder of the identity that was selected stays at the field array's beginning. */
	private void binder(int length) {
		boolean selected = this.psks != null && this.psks.selected() == this.item;
		this.item++;
		if (length < 32 || length > left()) {
			this.cursor.error = TlsError.DECODE_ERROR;
		} else if (!selected) {
			pass(length, BINDER);
		} else if (length != this.psks.hashLength()) {
			this.cursor.error = TlsError.BINDER_INVALID;
		} else {
			collectInside(length, BINDER);
		}
	}

	@Override
	protected void passed(byte[] in, int offset, int count) {
		switch (this.cursor.state) {
		case COMPRESSION:
			for (int i = 0; i < count; i++) {
				this.hello.nullCompression |= in[offset + i] == 0;
				this.hello.otherCompression |= in[offset + i] != 0;
			}
			break;
		case NAME:
			System.arraycopy(in, offset, this.hello.memory, ReceivedHello.SERVER_NAME + this.hello.serverNameLength, count);
			this.hello.serverNameLength += count;
			break;
		case IDENTITY:
			if (this.psks != null) {
				this.psks.identity(in, offset, count);
			}
			break;
		case TICKET_12:
			this.handshake.tickets12().update(in, offset, count);
			break;
		default:
			break;
		}
	}

	@Override
	protected void extensionsEnd() {
		this.hello.seen = this.cursor.seen;
		if (!seen(ExtensionType.SUPPORTED_VERSIONS)) {
			// §4.2.1: without it there is no TLS 1.3, whatever legacy_version says.
			this.hello.versions = this.legacyVersion >= Handshake.VERSION_12 ? ReceivedHello.OFFERS_12 : 0;
		}
		finish();
	}
}
