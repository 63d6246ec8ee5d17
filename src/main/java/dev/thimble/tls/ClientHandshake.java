/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;

/**
 * The client's side of a handshake up to the ServerHello, which is the same whatever the version will be (RFC 8446 §4.1): key pair, ClientHello,
 * HelloRetryRequest, and the choice of the version.
 */
/* package */ abstract class ClientHandshake extends Handshake {

	/** The key pair is being made, or the ClientHello being sent. */
	protected static final byte SEND_CLIENT_HELLO = 1;
	protected static final byte EXPECT_SERVER_HELLO = 2;

	protected static final byte KEY_PAIR = 1;

	/** §5.1: the record of a first ClientHello may say TLS 1.0, for the sake of old servers. */
	private static final int FIRST_VERSION = 0x0301;

	protected final ClientHello hello;
	protected final ServerHelloReader serverHello;
	private final ClientHelloWriter helloWriter;
	/** The handshake of the other version offered; null if there is none. */
	private ClientNegotiation12 other;
	/** The version the server chose is that of the other. */
	private boolean replaced;
	private int helloLength;
	private int helloSent;
	private boolean retried;
	/** Whether a change_cipher_spec came before the ServerHello. */
	protected boolean changeCipherSpecSeen;

	/**
	 * Makes the equipment.
	 *
	 * @param memory
	 *            an array of 240 bytes that is free until the ServerHello: it holds the key share and the session id.
	 */
	/* package */ ClientHandshake(HandshakeParts parts, ClientHelloWriter helloWriter, byte[] memory) {
		super(parts);
		this.helloWriter = helloWriter;
		this.hello = new ClientHello(this.offer, parts.outBuffer, memory, MAX_SHARE);
		this.serverHello = new ServerHelloReader(this.cursor, this);
	}

	/** Takes over the equipment of the handshake of another version, which starts each connection. */
	/* package */ ClientHandshake(ClientHandshake first) {
		super(first);
		this.helloWriter = first.helloWriter;
		this.hello = first.hello;
		this.serverHello = first.serverHello;
	}

	/** Sets the handshake of the other version offered. */
	/* package */ final void other(ClientNegotiation12 handshake) {
		this.other = handshake;
	}

	/**
	 * Starts a handshake.
	 *
	 * @return an error of {@link TlsError}.
	 */
	/* package */ int start(CharSequence name) {
		if (this.state != IDLE) {
			// What has ended is wiped already, and a start is one of the longest slices as it is.
			wipe();
		}
		this.transcript.reset();
		reset();
		this.retried = false;
		this.replaced = false;
		if (!this.hello.start(name, this.random)) {
			return TlsError.NO_ENTROPY;
		}
		this.changeCipherSpecSeen = false;
		if (this.other != null) {
			this.other.prepareSession();
		}
		// A limit on records is for those that are protected (RFC 8449 §4), and in TLS 1.2 certificates are not.
		this.reading.tolerate(offersVersion(VERSION_12) ? RecordProtection.HELLO : 0);
		this.state = SEND_CLIENT_HELLO;
		begin();
		return TlsError.NONE;
	}

	/** Starts the work before the ClientHello. */
	protected void begin() {
		startKeyPair(0);
	}

	/** Starts to make a key pair of a group. */
	protected final void startKeyPair(int index) {
		this.hello.group(this.offer.groups[index]);
		this.agreement = this.agreements[index];
		this.agreement.startKeyPair(this.random);
		this.work = KEY_PAIR;
	}

	@Override
	/* package */ final boolean client() {
		return true;
	}

	@Override
	/* package */ final Handshake successor() {
		return this.replaced ? this.other : this;
	}

	@Override
	/* package */ boolean sending() {
		return this.state == SEND_CLIENT_HELLO;
	}

	/** Does a slice of {@link #KEY_PAIR}; returns an error of {@link TlsError}. */
	protected final int workKeyPair() {
		if (!this.agreement.step()) {
			return TlsError.NONE;
		}
		this.work = NO_WORK;
		int n = this.agreement.result(this.hello.share(), 0);
		if (n < 0) {
			return TlsError.NO_ENTROPY;
		}
		this.hello.shareLength(n);
		helloReady();
		return TlsError.NONE;
	}

	/** All that a ClientHello consists of is there. */
	protected void helloReady() {
		this.helloSent = 0;
		this.helloLength = this.helloWriter.length(this);
	}

	/** Writes the extensions that belong to the versions offered, behind those of all versions. */
	/* package */ final void writeExtensions(ClientHelloWriter writer) {
		extensions(writer);
		if (this.other != null) {
			this.other.extensions(writer);
		}
		lastExtension(writer);
	}

	/** Writes the extensions that belong to this version. */
	protected abstract void extensions(ClientHelloWriter writer);

	/** Writes the extension that has to be the last one. */
	protected void lastExtension(ClientHelloWriter writer) {
		// There is none without pre-shared keys.
	}

	/**
	 * Writes a piece of the ClientHello to the beginning of {@link ClientHello#cookieArray()}, where it is looked at before it is sent.
	 *
	 * @param from
	 *            the position of its first byte.
	 * @param most
	 *            its longest length.
	 * @return its length.
	 */
	protected final int previewHello(int from, int most) {
		int n = most < this.hello.cookieOffset() ? most : this.hello.cookieOffset();
		this.helloWriter.write(this, this.helloLength, this.hello.cookieArray(), 0, from, from + n);
		return n;
	}

	/* package */ final int helloLength() {
		return this.helloLength;
	}

	/** Writes the next piece of the ClientHello. */
	protected final int writeHello(byte[] out, int offset, int room) {
		int free = room;
		// Not over the cookie at the array's end.
		if (offset + free > this.hello.cookieOffset()) {
			free = this.hello.cookieOffset() - offset;
		}
		int n = this.helloLength - this.helloSent < free ? this.helloLength - this.helloSent : free;
		this.helloWriter.write(this, this.helloLength, out, offset, this.helloSent, this.helloSent + n);
		this.helloSent += n;
		return n;
	}

	/** Goes on after a piece of the ClientHello was made a record. */
	protected final void helloSent() {
		if (this.helloSent == this.helloLength) {
			this.hello.dropCookie();
			this.state = EXPECT_SERVER_HELLO;
		}
	}

	@Override
	/* package */ final int recordVersion() {
		return this.state == SEND_CLIENT_HELLO && !this.retried ? FIRST_VERSION : VERSION_12;
	}

	/** Acts on a ServerHello or HelloRetryRequest; returns an error of {@link TlsError}. */
	protected final int serverHelloEnd(boolean recordEnds) {
		if (this.serverHello.version() != version()) {
			if (this.retried) {
				// §4.1.4: the HelloRetryRequest was of TLS 1.3.
				return TlsError.SELECTED_VERSION;
			}
			if (this.changeCipherSpecSeen) {
				// In TLS 1.2 it had a meaning, which it cannot have had yet.
				return TlsError.CHANGE_CIPHER_SPEC;
			}
			if (offers(ExtensionType.EARLY_DATA)) {
				// §D.3: what was sent early cannot be taken back.
				return TlsError.SELECTED_VERSION;
			}
			abandon();
			this.replaced = true;
			this.other.takeOver(this);
			return this.other.helloEnd(recordEnds);
		}
		if (version() == VERSION_13) {
			this.reading.tolerate(0);
		}
		if (this.serverHello.retry()) {
			return recordEnds ? helloRetry(this.serverHello.group()) : TlsError.MESSAGE_SPANS_KEY_CHANGE;
		}
		return helloEnd(recordEnds);
	}

	/** The other version is chosen: wipes what only this one would have needed. */
	protected void abandon() {
		// Nothing but pre-shared keys makes secrets that early.
	}

	/** Gets the memory of the key schedule. */
	/* package */ abstract byte[] memory();

	/** Goes on behind a ServerHello of this version; returns an error of {@link TlsError}. */
	protected abstract int helloEnd(boolean recordEnds);

	/** §4.1.4 */
	private int helloRetry(int wantedGroup) {
		if (this.retried) {
			return TlsError.UNEXPECTED_MESSAGE;
		}
		this.retried = true;
		retrying();
		if (wantedGroup == 0) {
			if (this.hello.cookieLength() == 0) {
				return TlsError.HELLO_RETRY_POINTLESS;
			}
			// The key share was not overwritten: a HelloRetryRequest carries none.
			this.state = SEND_CLIENT_HELLO;
			helloReady();
			return TlsError.NONE;
		}
		int index = this.offer.groupIndex(wantedGroup);
		if (index < 0) {
			return TlsError.GROUP;
		}
		if (wantedGroup == this.hello.group()) {
			return TlsError.HELLO_RETRY_POINTLESS;
		}
		if (this.agreement != null) {
			this.agreement.wipe();
		}
		this.state = SEND_CLIENT_HELLO;
		startKeyPair(index);
		return TlsError.NONE;
	}

	/** A HelloRetryRequest asks for another ClientHello. */
	protected void retrying() {
		// What changes in it belongs to pre-shared keys.
	}

	// What the readers report.

	/** Tells whether a version is offered. */
	/* package */ final boolean offersVersion(int version) {
		return version() == version || this.other != null && this.other.version() == version;
	}

	/** Gets what reads the extensions of TLS 1.2; null if that is not offered. */
	/* package */ ServerHello12 rules12() {
		return this.other == null ? null : this.other.rules12();
	}

	/** Before there is a ServerHello a warning can be of TLS 1.2, unrecognized_name for one. */
	@Override
	/* package */ boolean ignoresWarnings() {
		return this.state == EXPECT_SERVER_HELLO && offersVersion(VERSION_12);
	}

	/** Tells whether an extension was offered that {@link ExtensionType#known} does not know, because most clients have no use for it. */
	/* package */ boolean offers(int type) {
		return false;
	}

	/** Takes note of the pre-shared key the server selected, by its place in the offer. */
	/* package */ void selectPreSharedKey(int index) {
		// Not called unless keys were offered.
	}

	/** Takes the kind of certificate the server chose by an extension; false if it was not offered. */
	/* package */ boolean certificateType(int extension, int type) {
		return false;
	}

	/** Takes note that the server accepts early data. */
	/* package */ void acceptEarlyData() {
		// Not called unless some was offered.
	}

	/** Takes the server's suite; false if it was not offered, or is not the one of the HelloRetryRequest (§4.1.4). */
	/* package */ final boolean selectSuite(int chosen) {
		int index = this.offer.suiteIndex(chosen);
		if (index < 0 || this.retried && chosen != this.suite) {
			return false;
		}
		this.suite = (short) chosen;
		this.suiteIndex = (byte) index;
		return true;
	}

	/* package */ final void startServerHelloTranscript(int chosen, boolean retry) {
		// A suite that was not offered is refused at the end of the message; until then any hash will do.
		this.transcript.select(this.offer.suiteIndex(chosen) < 0 ? Hash.SHA_256 : CipherSuite.hash(chosen), needsBothHashes(chosen));
		if (retry && !this.retried) {
			this.transcript.helloRetry(memory(), memory().length - Transcript.RETRY_LENGTH);
		}
	}

	/** In TLS 1.2 a client signs its messages with the hash of its own key's scheme, which need not be that of the suite (RFC 5246 §7.4.8). */
	private boolean needsBothHashes(int chosen) {
		return this.own != null && CipherSuite.version(chosen) == VERSION_12;
	}

	/** RFC 6066 §4: the answer must be what was asked for; it binds both directions. */
	/* package */ final boolean maxFragmentLength(int code) {
		if (code == 0 || code != this.offer.maxFragmentLengthCode()) {
			return false;
		}
		int bytes = 256 << code;
		this.peerLimit = (short) (bytes < this.peerLimit ? bytes : this.peerLimit);
		return true;
	}

	/* package */ final ClientHello hello() {
		return this.hello;
	}

	@Override
	/* package */ final int group() {
		return this.hello.group();
	}

	@Override
	/* package */ final boolean retried() {
		return this.retried;
	}

	@Override
	/* package */ void wipe() {
		super.wipe();
		this.hello.forget();
	}
}
