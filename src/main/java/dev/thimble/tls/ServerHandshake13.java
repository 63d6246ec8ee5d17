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
 * The server's side of a TLS 1.3 handshake behind the choice of the version (RFC 8446 §2, §4, §A.2).
 *
 * <p>Early data is never accepted: what a client sends of it is passed over, up to a bound (§4.2.10).
 */
/* package */ final class ServerHandshake13 extends ServerHandshake {

	// States from here to SEND_FINISHED: a flight is being made or sent.
	private static final byte SEND_RETRY = 2;
	/** A change_cipher_spec is to follow the HelloRetryRequest. */
	private static final byte SEND_RETRY_END = 3;
	private static final byte SEND_SERVER_HELLO = 4;
	private static final byte SEND_EXTENSIONS = 5;
	private static final byte SEND_CERTIFICATE_REQUEST = 6;
	private static final byte SEND_CERTIFICATE = 7;
	private static final byte SEND_FINISHED = 8;
	private static final byte EXPECT_CERTIFICATE = 9;
	private static final byte EXPECT_CERTIFICATE_VERIFY = 10;
	private static final byte EXPECT_FINISHED = 11;
	/** The client's Finished was right; the keys are being changed. */
	private static final byte FINISHED = 12;
	private static final byte CONNECTED = 13;

	private static final byte COOKIE = 1;
	private static final byte TICKET = 2;
	private static final byte EARLY_SECRET = 3;
	private static final byte BINDER = 4;
	private static final byte KEY_PAIR = 5;
	private static final byte AGREEMENT = 6;
	// The key schedule (§7.1), a slice for what fits into one even with SHA-384.
	private static final byte HANDSHAKE_SECRET = 7;
	private static final byte HANDSHAKE_TRAFFIC = 8;
	private static final byte HANDSHAKE_WRITE_KEYS = 9;
	private static final byte HANDSHAKE_READ_KEYS = 10;
	private static final byte MASTER_SECRET = 11;
	private static final byte APPLICATION_TRAFFIC = 12;
	private static final byte APPLICATION_WRITE_KEYS = 13;
	private static final byte APPLICATION_READ_KEYS = 14;
	private static final byte RESUMPTION_SECRET = 15;
	private static final byte OWN_SIGNATURE = 16;
	private static final byte CERTIFICATE = 17;
	private static final byte CHAIN = 18;
	private static final byte SIGNATURE = 19;
	private static final byte NEW_TICKET = 20;
	private static final byte NEGOTIATION = 21;

	private final KeySchedule schedule;
	private final ServerHelloWriter helloWriter;
	private final ServerFlightWriter flightWriter;
	/** Null if clients are not asked for certificates. */
	private final CertificateReader certificate;
	private final CertificateVerifyReader certificateVerify;
	/** Null without keys for tickets. */
	private final HelloCookie cookies;
	private final TicketIssuer tickets;
	private final boolean clientRequired;
	/** Whether clients can be verified by a certificate; and the raw public keys that are trusted, null for none. */
	private final boolean clientCertificates;
	private final TrustedKeys clientKeys;
	private int messageLength;
	private int messageSent;
	private short selectedPsk;
	private byte sharedLength;
	private boolean retried;
	private boolean helloComplete;
	private boolean cookieGood;
	private boolean changeCipherSpecSent;
	private boolean clientVerified;
	/** The client is to show a raw public key. */
	private boolean clientKey;

	/* package */ ServerHandshake13(HandshakeParts parts, KeySchedule schedule) {
		super(parts);
		EngineConfig config = parts.config;
		this.schedule = schedule;
		this.helloWriter = new ServerHelloWriter();
		this.flightWriter = new ServerFlightWriter();
		this.certificate = this.authentication == null ? null : this.authentication.reader(this.cursor, true);
		this.certificateVerify = this.authentication == null ? null : this.authentication.verifyReader(this.cursor);
		this.clientRequired = config.clientAuthentication == EngineConfig.REQUIRED;
		this.clientCertificates = config.anchors != null;
		this.clientKeys = config.peerKeys;
		this.cookies = config.ticketKeys == null ? null : config.ticketKeys.cookies();
		this.tickets = config.ticketKeys == null ? null : config.ticketKeys.issuer(config, this.hello);
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
		this.changeCipherSpecSent = false;
		this.clientVerified = false;
	}

	/* package */ KeySchedule schedule() {
		return this.schedule;
	}

	@Override
	/* package */ int version() {
		return VERSION_13;
	}

	@Override
	/* package */ boolean inHandshake() {
		return this.state < FINISHED;
	}

	@Override
	/* package */ boolean sending() {
		return this.state >= SEND_RETRY && this.state <= SEND_FINISHED;
	}

	@Override
	/* package */ boolean connected() {
		return this.state == CONNECTED;
	}

	@Override
	/* package */ int work() {
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
		case OWN_SIGNATURE:
			return sign();
		case CERTIFICATE:
		case CHAIN:
			return workChain();
		case SIGNATURE:
			return this.authentication.stepVerify() ? signatureVerified() : TlsError.NONE;
		case NEW_TICKET:
			this.tickets.make(this.schedule, this.suite, this.clientVerified, this.protocol);
			this.work = NO_WORK;
			endTickets();
			return TlsError.NONE;
		default:
			deriveKeys();
			return TlsError.NONE;
		}
	}

	/** Does the next slice of the key schedule. */
	private void deriveKeys() {
		byte[] memory = this.hello.memory;
		switch (this.work) {
		case HANDSHAKE_SECRET:
			KeySlices.handshakeSecret(this.schedule, this.digest, this.sharedLength);
			startMessage(SEND_SERVER_HELLO);
			break;
		case HANDSHAKE_TRAFFIC:
			this.transcript.hash(this.digest, 0);
			KeySlices.handshakeTraffic(this.schedule, this.digest, this.keyLog, this.hello.random);
			this.work = HANDSHAKE_WRITE_KEYS;
			break;
		case HANDSHAKE_WRITE_KEYS:
			KeySlices.handshakeKeys(this.schedule, false, this.writing, this.aeads[this.suiteIndex]);
			this.work = HANDSHAKE_READ_KEYS;
			break;
		case HANDSHAKE_READ_KEYS:
			KeySlices.handshakeKeys(this.schedule, true, this.reading, this.aeads[this.suiteIndex]);
			startMessage(SEND_EXTENSIONS);
			break;
		case MASTER_SECRET:
			this.transcript.hash(memory, ReceivedHello.HASH);
			this.schedule.master();
			this.work = APPLICATION_TRAFFIC;
			break;
		case APPLICATION_TRAFFIC:
			KeySlices.application(this.schedule, memory, this.keyLog, this.hello.random);
			this.work = APPLICATION_WRITE_KEYS;
			break;
		case APPLICATION_WRITE_KEYS:
			this.schedule.install(false, this.writing);
			this.state = this.certificateRequested ? EXPECT_CERTIFICATE : EXPECT_FINISHED;
			this.work = NO_WORK;
			break;
		case APPLICATION_READ_KEYS:
			KeySlices.applicationClient(this.schedule, memory, this.reading, this.keyLog, this.hello.random);
			this.work = RESUMPTION_SECRET;
			break;
		default:
			// RESUMPTION_SECRET
			this.state = CONNECTED;
			this.work = NO_WORK;
			if (this.tickets != null) {
				// What tickets come from (§7.1): all up to the client's Finished, behind which nothing is hashed.
				this.transcript.hash(this.digest, 0);
				this.schedule.resumption(this.digest);
				this.tickets.start((this.hello.pskModes & ReceivedHello.PSK_DHE_KE) != 0 || this.psks.withoutAgreement());
			}
			endTickets();
			break;
		}
	}

	/** Goes on behind a ticket, or the handshake: with the next ticket, or without the secret they come from. */
	private void endTickets() {
		if (this.tickets != null && this.tickets.wanted()) {
			this.work = NEW_TICKET;
		} else if (this.tickets == null || !this.tickets.ready()) {
			this.schedule.endMaster();
		}
	}

	// Receiving.

	@Override
	/* package */ int messageStart(int type, int length) {
		if (!expected(type)) {
			return TlsError.UNEXPECTED_MESSAGE;
		}
		if (length > (type == HandshakeType.CERTIFICATE ? this.maxChainLength : MAX_MESSAGE)) {
			return TlsError.MESSAGE_TOO_LONG;
		}
		switch (type) {
		case HandshakeType.CLIENT_HELLO:
			this.helloComplete = false;
			this.cookieGood = false;
			// What was early data is over; the second hello can be longer than a record buffer too.
			this.reading.tolerate(RecordProtection.HELLO);
			return helloStart(length);
		case HandshakeType.CERTIFICATE:
			this.authentication.startChain(null, this.clientKey ? this.clientKeys : null);
			break;
		case HandshakeType.CERTIFICATE_VERIFY:
			// What is signed is the transcript before this message (§4.4.3); the same holds for Finished.
			this.transcript.hash(this.digest, 0);
			break;
		case HandshakeType.FINISHED:
			this.transcript.hash(this.digest, 0);
			this.fixed.expect(this.transcript.length());
			break;
		default:
			this.fixed.expect(1);
			break;
		}
		return TlsError.NONE;
	}

	private boolean expected(int type) {
		switch (this.state) {
		case EXPECT_CLIENT_HELLO:
			return type == HandshakeType.CLIENT_HELLO;
		case EXPECT_CERTIFICATE:
			return type == HandshakeType.CERTIFICATE;
		case EXPECT_CERTIFICATE_VERIFY:
			return type == HandshakeType.CERTIFICATE_VERIFY;
		case EXPECT_FINISHED:
			return type == HandshakeType.FINISHED;
		case CONNECTED:
			return type == HandshakeType.KEY_UPDATE;
		default:
			return false;
		}
	}

	@Override
	/* package */ MessageReader reader(int type) {
		switch (type) {
		case HandshakeType.CLIENT_HELLO:
			return this.helloReader;
		case HandshakeType.CERTIFICATE:
			return this.certificate;
		case HandshakeType.CERTIFICATE_VERIFY:
			return this.certificateVerify;
		default:
			return this.fixed;
		}
	}

	@Override
	/* package */ void messagePaused(int type) {
		if (type == HandshakeType.CERTIFICATE) {
			this.work = CERTIFICATE;
		} else if (this.helloReader.takeCookie()) {
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
	/* package */ int messageEnd(int type, boolean recordEnds) {
		switch (type) {
		case HandshakeType.CLIENT_HELLO:
			return helloEnd(recordEnds);
		case HandshakeType.CERTIFICATE:
			return certificateEnd();
		case HandshakeType.CERTIFICATE_VERIFY:
			return certificateVerifyEnd();
		case HandshakeType.FINISHED:
			return recordEnds ? finishedEnd() : TlsError.MESSAGE_SPANS_KEY_CHANGE;
		default:
			return recordEnds ? keyUpdateEnd() : TlsError.MESSAGE_SPANS_KEY_CHANGE;
		}
	}

	/** §5: between the first ClientHello and the client's Finished; otherwise refused. */
	@Override
	/* package */ int changeCipherSpec() {
		return inHandshake() && (this.state != EXPECT_CLIENT_HELLO || this.retried) ? TlsError.NONE : TlsError.CHANGE_CIPHER_SPEC;
	}

	@Override
	protected int helloRead(boolean recordEnds) {
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
	/* package */ int cookieLength() {
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

	private int workChain() {
		if (!this.authentication.stepChain()) {
			return TlsError.NONE;
		}
		if (this.work == CHAIN) {
			this.state = EXPECT_CERTIFICATE_VERIFY;
		}
		this.work = NO_WORK;
		return this.authentication.chainError();
	}

	private int certificateEnd() {
		if (this.certificate.empty()) {
			this.state = EXPECT_FINISHED;
			return this.clientRequired ? TlsError.CLIENT_CERTIFICATE_MISSING : TlsError.NONE;
		}
		this.authentication.endChain();
		this.work = CHAIN;
		return TlsError.NONE;
	}

	private int certificateVerifyEnd() {
		CertificateVerifyReader message = this.certificateVerify;
		int scheme = message.scheme();
		if (!this.offer.offersScheme(scheme)) {
			return TlsError.SIGNATURE_SCHEME;
		}
		this.signatureScheme = (char) scheme;
		this.work = SIGNATURE;
		return this.authentication.startVerify(scheme, this.digest, this.transcript.length(), this.cursor.field, message.signatureLength());
	}

	private int signatureVerified() {
		this.work = NO_WORK;
		this.state = EXPECT_FINISHED;
		this.clientVerified = this.authentication.verified();
		return this.clientVerified ? TlsError.NONE : TlsError.SIGNATURE_INVALID;
	}

	private int finishedEnd() {
		int error = KeySlices.finished(this.schedule, true, this.digest, this.cursor.field);
		if (error != TlsError.NONE) {
			return error;
		}
		this.state = FINISHED;
		this.work = APPLICATION_READ_KEYS;
		return TlsError.NONE;
	}

	private int keyUpdateEnd() {
		this.keyUpdateRequested |= this.cursor.field[0] == 1;
		return KeySlices.keyUpdate(this.schedule, true, this.cursor.field[0], this.reading);
	}

	// Sending.

	private void startMessage(byte next) {
		this.state = next;
		this.work = NO_WORK;
		this.messageLength = 0;
		this.messageSent = 0;
	}

	@Override
	/* package */ boolean wantsToSend() {
		return this.work == NO_WORK && (sending() || this.state == CONNECTED && this.tickets != null && this.tickets.ready());
	}

	/** §D.4: once, behind our first message, for a client that sent a session id. */
	@Override
	/* package */ boolean takeChangeCipherSpec() {
		boolean due = this.hello.sessionIdLength > 0 && !this.changeCipherSpecSent && (this.state == SEND_RETRY_END || this.state == SEND_EXTENSIONS);
		this.changeCipherSpecSent |= due;
		return due;
	}

	@Override
	/* package */ int write(byte[] out, int offset, int room) {
		int n;
		switch (this.state) {
		case SEND_RETRY_END:
			return 0;
		case SEND_CERTIFICATE:
			n = this.own.write(out, offset, room);
			break;
		case SEND_FINISHED:
			n = KeySlices.writeFinished(this.schedule, false, this.transcript, out, offset);
			break;
		case CONNECTED:
			n = this.tickets.write(out, offset, room);
			this.bytesOut += n;
			return n;
		default:
			n = writePiece(out, offset, room);
			break;
		}
		this.transcript.update(out, offset, n);
		this.bytesOut += n;
		return n;
	}

	private int writePiece(byte[] out, int offset, int room) {
		if (this.messageLength == 0) {
			this.messageLength = this.state == SEND_EXTENSIONS ? this.flightWriter.extensionsLength(this)
					: this.state == SEND_CERTIFICATE_REQUEST ? this.flightWriter.requestLength(this.offer) : this.helloWriter.length(this);
		}
		int from = this.messageSent;
		int end = this.messageLength - from < room ? this.messageLength : from + room;
		if (this.state == SEND_EXTENSIONS) {
			this.flightWriter.extensions(this, this.messageLength, out, offset, from, end);
		} else if (this.state == SEND_CERTIFICATE_REQUEST) {
			this.flightWriter.request(this.offer, this.messageLength, out, offset, from, end);
		} else {
			this.helloWriter.write(this, this.messageLength, out, offset, from, end);
		}
		this.messageSent = end;
		return end - from;
	}

	@Override
	/* package */ void sent() {
		switch (this.state) {
		case SEND_RETRY_END:
			awaitSecondHello();
			break;
		case SEND_CERTIFICATE:
			certificateSent();
			break;
		case SEND_FINISHED:
			this.work = MASTER_SECRET;
			break;
		case CONNECTED:
			this.tickets.sent();
			endTickets();
			break;
		default:
			if (this.messageSent == this.messageLength) {
				messageSent();
			}
			break;
		}
	}

	private void messageSent() {
		switch (this.state) {
		case SEND_RETRY:
			if (this.hello.sessionIdLength > 0) {
				startMessage(SEND_RETRY_END);
			} else {
				awaitSecondHello();
			}
			break;
		case SEND_SERVER_HELLO:
			this.reading.tolerate(earlyData());
			this.work = HANDSHAKE_TRAFFIC;
			break;
		case SEND_EXTENSIONS:
			if (this.certificateRequested) {
				startMessage(SEND_CERTIFICATE_REQUEST);
				break;
			}
			// falls through
		default:
			startMessage(this.selectedPsk < 0 ? SEND_CERTIFICATE : SEND_FINISHED);
			break;
		}
	}

	private void awaitSecondHello() {
		this.state = EXPECT_CLIENT_HELLO;
		this.reading.tolerate(earlyData());
	}

	/** §4.2.10: how much of what the client sends now may be early data. */
	private int earlyData() {
		return this.hello.has(ExtensionType.EARLY_DATA) ? RecordProtection.HELLO + RecordProtection.MAX_EARLY_DATA : RecordProtection.HELLO;
	}

	private void certificateSent() {
		if (this.own.sent()) {
			startMessage(SEND_FINISHED);
		} else if (this.own.signs()) {
			this.work = OWN_SIGNATURE;
		}
	}

	private int sign() {
		int error = this.own.step(this.transcript);
		this.work = this.own.signs() ? OWN_SIGNATURE : NO_WORK;
		return error;
	}

	@Override
	/* package */ boolean updatesKeys() {
		return true;
	}

	@Override
	/* package */ void updateWriteKeys() {
		this.schedule.update(false);
		this.schedule.install(false, this.writing);
	}

	/** PKCS #1 v1.5 is for certificates only (RFC 8446 §4.2.3), though a client names it in the same list; a raw key needs an offer. */
	@Override
	protected boolean usable(Identity identity) {
		return identity.signer().algorithm() != SignatureVerifier.RSA_PKCS1 && this.hello.takes(identity.isRawKey()) && super.usable(identity);
	}

	@Override
	/* package */ void export(byte[] label, byte[] context, byte[] out, int offset, int length) {
		this.schedule.export(label, context, out, offset, length);
	}

	// What was negotiated.

	/** Tells whether the message to be written is a HelloRetryRequest. */
	/* package */ boolean retrying() {
		return this.state == SEND_RETRY;
	}

	/** Gets the kind of the certificate that is sent (RFC 7250 §3): 0 for X.509, 2 for a raw public key. */
	/* package */ int serverCertificateType() {
		return this.own.identities()[identity()].isRawKey() ? 2 : 0;
	}

	/** Gets the kind of the certificate that is asked for. */
	/* package */ int clientCertificateType() {
		return this.clientKey ? 2 : 0;
	}

	/** Gets the index of the client's pre-shared key the connection stands on, -1 for none. */
	/* package */ int selectedPsk() {
		return this.selectedPsk;
	}

	@Override
	/* package */ boolean retried() {
		return this.retried;
	}

	@Override
	/* package */ boolean resumed() {
		return this.selectedPsk >= 0;
	}

	@Override
	/* package */ boolean clientVerified() {
		return this.clientVerified && this.state >= FINISHED;
	}

	@Override
	/* package */ void wipe() {
		super.wipe();
		this.schedule.wipe();
		if (this.tickets != null) {
			this.tickets.wipe();
		}
	}
}
