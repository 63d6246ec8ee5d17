/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.identity.Identity;
import dev.thimble.x509.TrustedKeys;

/**
 * The server's side of a TLS 1.3 handshake from the choice of the version to the handshake secret (RFC 8446 §4.1.1, §4.1.4, §4.2.11): cookie,
 * pre-shared key, suite, group, certificate, HelloRetryRequest, key agreement.
 *
 * <p>Early data is never accepted: what a client sends of it is passed over, up to a bound (§4.2.10).
 */
/* package */ abstract class ServerNegotiation13 extends ServerHandshake {

	protected static final byte SEND_RETRY = 2;
	/** A change_cipher_spec is to follow the HelloRetryRequest. */
	protected static final byte SEND_RETRY_END = 3;
	protected static final byte SEND_SERVER_HELLO = 4;

	private static final byte COOKIE = 1;
	private static final byte TICKET = 2;
	private static final byte EARLY_SECRET = 3;
	private static final byte BINDER = 4;
	private static final byte NEGOTIATION = 5;
	private static final byte KEY_PAIR = 6;
	private static final byte AGREEMENT = 7;
	private static final byte HANDSHAKE_SECRET = 8;
	/** The last number of work done here. */
	protected static final byte LAST_WORK = HANDSHAKE_SECRET;

	protected final KeySchedule schedule;
	protected final boolean clientRequired;
	/** The raw public keys of clients that are trusted, null for none. */
	protected final TrustedKeys clientKeys;
	/** Whether clients can be verified by a certificate. */
	private final boolean clientCertificates;
	/** Null without keys for tickets. */
	private final HelloCookie cookies;
	protected int messageLength;
	protected int messageSent;
	protected short selectedPsk;
	protected boolean clientVerified;
	/** The client is to show a raw public key. */
	protected boolean clientKey;
	private byte sharedLength;
	private boolean retried;
	private boolean helloComplete;
	private boolean cookieGood;

	/* package */ ServerNegotiation13(HandshakeParts parts, KeySchedule schedule) {
		super(parts);
		EngineConfig config = parts.config;
		this.schedule = schedule;
		this.clientRequired = config.clientAuthentication == EngineConfig.REQUIRED;
		this.clientCertificates = config.anchors != null;
		this.clientKeys = config.peerKeys;
		this.cookies = config.ticketKeys == null ? null : config.ticketKeys.cookies();
		if (this.own == null && this.psks == null) {
			throw new IllegalArgumentException("A server needs an identity or pre-shared keys");
		}
	}

	@Override
	/* package */ void accept() {
		super.accept();
		this.selectedPsk = -1;
		this.messageLength = 0;
		this.retried = false;
		this.helloComplete = false;
		this.clientVerified = false;
	}

	/** Does a slice of the work up to {@link #LAST_WORK}; returns an error of {@link TlsError}. */
	protected final int workNegotiation() {
		switch (this.work) {
		case COOKIE:
			return checkCookie();
		case TICKET:
			return openTicket();
		case EARLY_SECRET:
		case BINDER:
			return checkBinder();
		case NEGOTIATION:
			this.work = NO_WORK;
			return negotiate(this.selectedPsk < 0 ? 0 : this.psks.hash());
		case KEY_PAIR:
			return this.agreement.step() ? keyPairMade() : TlsError.NONE;
		case AGREEMENT:
			return this.agreement.step() ? agreed() : TlsError.NONE;
		default:
			// HANDSHAKE_SECRET
			KeySlices.handshakeSecret(this.schedule, this.digest, this.sharedLength);
			startMessage(SEND_SERVER_HELLO);
			return TlsError.NONE;
		}
	}

	/** Begins a ClientHello of this version or another; returns an error of {@link TlsError}. */
	protected final int negotiationStart(int length) {
		this.helloComplete = false;
		this.cookieGood = false;
		// What was early data is over; the second hello can be longer than a record buffer too.
		this.reading.tolerate(RecordProtection.HELLO);
		return helloStart(length);
	}

	/** Called when the ClientHello's reader paused: behind a cookie, a ticket, or the identities. */
	protected final void helloPaused() {
		if (this.helloReader.takeCookie()) {
			this.work = COOKIE;
		} else if (this.psks != null && this.psks.working()) {
			this.work = TICKET;
		} else {
			identitiesEnd();
		}
	}

	/** §4.2.11.2: the binders are made over the transcript up to here. */
	private void identitiesEnd() {
		if (this.helloReader.atBinders() && this.psks != null && this.psks.selected() >= 0) {
			this.transcript.select(this.psks.hash());
			this.transcript.hash(this.digest, 0);
		}
	}

	private int openTicket() {
		this.psks.open();
		this.work = NO_WORK;
		identitiesEnd();
		return TlsError.NONE;
	}

	@Override
	protected final int helloRead(boolean recordEnds) {
		if (!recordEnds) {
			return TlsError.MESSAGE_SPANS_KEY_CHANGE;
		}
		this.helloComplete = true;
		if (this.helloReader.takeCookie()) {
			this.work = COOKIE;
			return TlsError.NONE;
		}
		return judgeHello();
	}

	@Override
	/* package */ final int cookieLength() {
		return this.retried && this.cookies != null ? this.cookies.length(this.transcript.length()) : 0;
	}

	private int checkCookie() {
		this.work = NO_WORK;
		this.cookieGood = this.cookies.matches(this.suite, group(), this.hello.memory, this.transcript.length(), this.cursor.field);
		if (!this.cookieGood) {
			return TlsError.COOKIE_INVALID;
		}
		return this.helloComplete ? judgeHello() : TlsError.NONE;
	}

	/** Judges the ClientHello as a whole; what a pre-shared key does not need may be missing. */
	private int judgeHello() {
		ReceivedHello offered = this.hello;
		if (!offered.nullCompression || offered.otherCompression) {
			return TlsError.HELLO_COMPRESSION;
		}
		if (this.retried && (offered.changed || this.cookies != null && !this.cookieGood)) {
			return offered.changed ? TlsError.HELLO_CHANGED : TlsError.COOKIE_INVALID;
		}
		// §9.2
		if (offered.has(ExtensionType.PRE_SHARED_KEY) && !offered.has(ExtensionType.PSK_KEY_EXCHANGE_MODES)) {
			return TlsError.PSK_MODES_MISSING;
		}
		if (offered.has(ExtensionType.SUPPORTED_GROUPS) != offered.has(ExtensionType.KEY_SHARE)) {
			return TlsError.HELLO_INCOMPLETE;
		}
		if (this.psks != null && this.psks.selected() >= 0) {
			this.work = EARLY_SECRET;
			return TlsError.NONE;
		}
		if (offered.has(ExtensionType.PRE_SHARED_KEY) && this.own == null) {
			return TlsError.PSK_UNKNOWN;
		}
		if (!offered.has(ExtensionType.SIGNATURE_ALGORITHMS) || !offered.has(ExtensionType.KEY_SHARE)) {
			return offered.has(ExtensionType.PRE_SHARED_KEY) ? TlsError.PSK_UNKNOWN : TlsError.HELLO_INCOMPLETE;
		}
		this.work = NEGOTIATION;
		return TlsError.NONE;
	}

	/** Derives the early secret of the pre-shared key selected, then compares the binder, in constant time. */
	private int checkBinder() {
		if (this.work == EARLY_SECRET) {
			this.psks.derive(this.schedule);
			this.work = BINDER;
			return TlsError.NONE;
		}
		this.work = NO_WORK;
		this.schedule.binder(this.psks.binderLabel(), this.digest, 0, this.digest, 0);
		int difference = 0;
		for (int i = 0; i < this.schedule.hashLength(); i++) {
			difference |= this.digest[i] ^ this.cursor.field[i];
		}
		if (difference != 0) {
			return TlsError.BINDER_INVALID;
		}
		this.selectedPsk = (short) this.psks.selected();
		this.work = NEGOTIATION;
		return TlsError.NONE;
	}

	/** Chooses suite, group and certificate; hash: that of the pre-shared key, 0 for any. Returns an error of {@link TlsError}. */
	private int negotiate(int hash) {
		int index = this.hello.suite13(this.offer, hash);
		if (index < 0) {
			return TlsError.NO_COMMON_SUITE;
		}
		int chosen = this.offer.cipherSuites[index];
		if (this.retried && chosen != (this.suite & 0xffff)) {
			return TlsError.HELLO_CHANGED;
		}
		this.suite = (short) chosen;
		this.suiteIndex = (byte) index;
		this.transcript.select(CipherSuite.hash(chosen));
		int error = takeProtocol();
		if (error != TlsError.NONE) {
			return error;
		}
		boolean agrees = hash == 0 || !this.psks.withoutAgreement();
		if (agrees && this.hello.groups == 0) {
			return TlsError.NO_COMMON_GROUP;
		}
		if (hash == 0 && !selectIdentity()) {
			return this.own == null ? TlsError.PSK_UNKNOWN : TlsError.NO_SUITABLE_CERTIFICATE;
		}
		if (!agrees) {
			this.groupIndex = -1;
			return answer(hash != 0);
		}
		if (this.retried ? this.hello.shareGroup != this.groupIndex : this.hello.shareGroup < 0) {
			return this.retried ? TlsError.HELLO_CHANGED : retry();
		}
		this.groupIndex = this.hello.shareGroup;
		this.agreement = this.agreements[this.groupIndex];
		return answer(hash != 0);
	}

	/** §4.1.4: asks for a share of the group we like best. */
	private int retry() {
		this.groupIndex = 0;
		while ((this.hello.groups & 1 << this.groupIndex) == 0) {
			this.groupIndex++;
		}
		byte[] memory = this.hello.memory;
		this.transcript.hash(memory, ReceivedHello.HASH);
		this.transcript.helloRetry(this.cursor.field, 0);
		if (this.own != null) {
			this.own.select(-1);
		}
		this.selectedPsk = -1;
		this.state = SEND_RETRY;
		if (this.cookies != null
				&& !this.cookies.seal(this.suite, group(), memory, this.transcript.length(), this.cursor.field)) {
			return TlsError.NO_ENTROPY;
		}
		this.retried = true;
		startMessage(SEND_RETRY);
		return TlsError.NONE;
	}

	/** Begins to answer a ClientHello that is good. */
	private int answer(boolean withPsk) {
		int error = takeLimits();
		if (error != TlsError.NONE) {
			return error;
		}
		if (!this.random.generate(this.hello.memory, ReceivedHello.SERVER_RANDOM, ReceivedHello.RANDOM_LENGTH)) {
			return TlsError.NO_ENTROPY;
		}
		this.clientVerified = withPsk && this.psks.clientVerified();
		// §4.3.2: a server that authenticates with a pre-shared key does not ask for a certificate.
		this.clientKey = this.clientKeys != null && this.hello.shows(true);
		this.certificateRequested = this.authentication != null && !withPsk && (this.clientKey || this.clientCertificates && this.hello.shows(false));
		if (this.clientRequired && !withPsk && !this.certificateRequested) {
			return TlsError.CLIENT_CERTIFICATE_MISSING;
		}
		this.state = SEND_SERVER_HELLO;
		if (!withPsk) {
			this.own.start();
		}
		if (this.groupIndex >= 0) {
			this.agreement.startKeyPair(this.random);
			this.work = KEY_PAIR;
		} else {
			this.sharedLength = (byte) this.schedule.hashLength();
			for (int i = 0; i < this.sharedLength; i++) {
				this.digest[i] = 0;
			}
			this.work = HANDSHAKE_SECRET;
		}
		return TlsError.NONE;
	}

	private int keyPairMade() {
		int n = this.agreement.result(this.cursor.field, 0);
		if (n < 0) {
			this.work = NO_WORK;
			return TlsError.NO_ENTROPY;
		}
		// The peer's share is copied; ours takes its place.
		byte[] memory = this.hello.memory;
		this.agreement.startAgreement(memory, ReceivedHello.SHARE, this.hello.shareLength);
		System.arraycopy(this.cursor.field, 0, memory, ReceivedHello.SHARE, n);
		this.hello.shareLength = (byte) n;
		this.work = AGREEMENT;
		return TlsError.NONE;
	}

	private int agreed() {
		this.work = NO_WORK;
		this.sharedLength = (byte) this.agreement.result(this.digest, 0);
		if (this.sharedLength < 0) {
			return TlsError.KEY_SHARE;
		}
		if (this.selectedPsk < 0) {
			this.schedule.start(CipherSuite.hash(this.suite));
		}
		this.work = HANDSHAKE_SECRET;
		return TlsError.NONE;
	}

	/** §4.2.10: how much of what the client sends now may be early data. */
	protected final int earlyData() {
		return this.hello.has(ExtensionType.EARLY_DATA) ? RecordProtection.HELLO + RecordProtection.MAX_EARLY_DATA : RecordProtection.HELLO;
	}

	protected final void awaitSecondHello() {
		this.state = EXPECT_CLIENT_HELLO;
		this.reading.tolerate(earlyData());
	}

	protected final void startMessage(byte next) {
		this.state = next;
		this.work = NO_WORK;
		this.messageLength = 0;
		this.messageSent = 0;
	}

	/** PKCS #1 v1.5 is for certificates only (RFC 8446 §4.2.3), though a client names it in the same list; a raw key needs an offer. */
	@Override
	protected final boolean usable(Identity identity) {
		return identity.signer().algorithm() != SignatureVerifier.RSA_PKCS1 && this.hello.takes(identity.isRawKey()) && super.usable(identity);
	}

	/** Tells whether the message to be written is a HelloRetryRequest. */
	/* package */ final boolean retrying() {
		return this.state == SEND_RETRY;
	}

	/** Gets the kind of the certificate that is sent (RFC 7250 §3): 0 for X.509, 2 for a raw public key. */
	/* package */ final int serverCertificateType() {
		return this.own.identities()[identity()].isRawKey() ? 2 : 0;
	}

	/** Gets the kind of the certificate that is asked for. */
	/* package */ final int clientCertificateType() {
		return this.clientKey ? 2 : 0;
	}

	/** Gets the index of the client's pre-shared key the connection stands on, -1 for none. */
	/* package */ final int selectedPsk() {
		return this.selectedPsk;
	}

	@Override
	/* package */ final boolean retried() {
		return this.retried;
	}

	@Override
	/* package */ final boolean resumed() {
		return this.selectedPsk >= 0;
	}

	/* package */ final KeySchedule schedule() {
		return this.schedule;
	}

	@Override
	/* package */ final int version() {
		return VERSION_13;
	}
}
