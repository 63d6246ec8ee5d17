/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** The server's side of a TLS 1.3 handshake from its ServerHello on (RFC 8446 §2, §4, §A.2). */
/* package */ final class ServerHandshake13 extends ServerNegotiation13 {

	// States from SEND_RETRY to SEND_FINISHED: a flight is being made or sent.
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

	// The key schedule (§7.1), a slice for what fits into one even with SHA-384.
	private static final byte HANDSHAKE_TRAFFIC = LAST_WORK + 1;
	private static final byte HANDSHAKE_WRITE_KEYS = LAST_WORK + 2;
	private static final byte HANDSHAKE_READ_KEYS = LAST_WORK + 3;
	private static final byte MASTER_SECRET = LAST_WORK + 4;
	private static final byte APPLICATION_TRAFFIC = LAST_WORK + 5;
	private static final byte APPLICATION_WRITE_KEYS = LAST_WORK + 6;
	private static final byte APPLICATION_READ_KEYS = LAST_WORK + 7;
	private static final byte RESUMPTION_SECRET = LAST_WORK + 8;
	private static final byte OWN_SIGNATURE = LAST_WORK + 9;
	private static final byte CERTIFICATE = LAST_WORK + 10;
	private static final byte CHAIN = LAST_WORK + 11;
	private static final byte SIGNATURE = LAST_WORK + 12;
	private static final byte NEW_TICKET = LAST_WORK + 13;

	private final ServerHelloWriter helloWriter;
	private final ServerFlightWriter flightWriter;
	/** Null if clients are not asked for certificates. */
	private final CertificateReader certificate;
	private final CertificateVerifyReader certificateVerify;
	/** Null without keys for tickets. */
	private final TicketIssuer tickets;
	private boolean changeCipherSpecSent;

	/* package */ ServerHandshake13(HandshakeParts parts, KeySchedule schedule) {
		super(parts, schedule);
		EngineConfig config = parts.config;
		this.helloWriter = new ServerHelloWriter();
		this.flightWriter = new ServerFlightWriter();
		this.certificate = this.authentication == null ? null : this.authentication.reader(this.cursor, true);
		this.certificateVerify = this.authentication == null ? null : this.authentication.verifyReader(this.cursor);
		this.tickets = config.ticketKeys == null ? null : config.ticketKeys.issuer(config, this.hello);
	}

	@Override
	/* package */ void accept() {
		super.accept();
		this.changeCipherSpecSent = false;
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
		if (this.work <= LAST_WORK) {
			return workNegotiation();
		}
		switch (this.work) {
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
				this.tickets.start((this.hello.pskModes & ReceivedHello.PSK_DHE_KE) != 0 || this.psks.withoutAgreement(), this.psks.lifetime());
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
			return negotiationStart(length);
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
		} else {
			helloPaused();
		}
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
		return inHandshake() && (this.state != EXPECT_CLIENT_HELLO || retried()) ? TlsError.NONE : TlsError.CHANGE_CIPHER_SPEC;
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

	@Override
	/* package */ void export(byte[] label, byte[] context, byte[] out, int offset, int length) {
		this.schedule.export(label, context, out, offset, length);
	}

	// What was negotiated.

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
