/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * The client's side of a TLS 1.2 handshake, its messages and their order (RFC 5246 §7.3, RFC 8422 §2), alone or as the successor of
 * {@link ClientHandshake13}.
 */
/* package */ final class ClientHandshake12 extends ClientNegotiation12 {

	private static final byte EXPECT_DONE = 7;
	private static final byte SEND_CERTIFICATE = 8;
	private static final byte SEND_KEY_EXCHANGE = 9;
	private static final byte SEND_CERTIFICATE_VERIFY = 10;
	/** The client's Finished, in a full handshake the first of the two. */
	private static final byte SEND_FINISHED = 11;
	private static final byte EXPECT_TICKET = 12;
	private static final byte EXPECT_CHANGE_CIPHER_SPEC = 13;
	private static final byte EXPECT_FINISHED = 14;
	/** The client's Finished, in a resumed handshake the second of the two. */
	private static final byte SEND_LAST_FINISHED = 15;
	private static final byte CONNECTED = 16;

	private static final byte MASTER_SECRET = LAST_WORK + 1;
	private static final byte CLIENT_SIGNATURE = LAST_WORK + 2;
	private static final byte KEYS = LAST_WORK + 3;
	private static final byte OWN_FINISHED = LAST_WORK + 4;
	private static final byte SERVER_FINISHED = LAST_WORK + 5;

	/** Most bytes of a message of ours in a record: a piece is copied and hashed in one step. */
	private static final int PIECE = 1024;

	private final CertificateRequest12Reader certificateRequest;
	private boolean changeCipherSpecSent;

	/** Makes the handshake of an engine that speaks TLS 1.2 alone. */
	/* package */ ClientHandshake12(HandshakeParts parts, ClientHelloWriter helloWriter, KeySchedule12 schedule) {
		super(parts, helloWriter, schedule);
		this.certificateRequest = new CertificateRequest12Reader(this.cursor, this.own == null ? null : parts.identityMatch(this.own));
	}

	/** Makes the handshake that goes on if a server does not choose TLS 1.3. */
	/* package */ ClientHandshake12(HandshakeParts parts, ClientHandshake13 first, KeySchedule12 schedule) {
		super(parts, first, schedule);
		this.certificateRequest = new CertificateRequest12Reader(this.cursor, this.own == null ? null : parts.identityMatch(this.own));
	}

	@Override
	/* package */ boolean inHandshake() {
		return this.state < SEND_LAST_FINISHED;
	}

	@Override
	/* package */ boolean sending() {
		return super.sending() || this.state >= SEND_CERTIFICATE && this.state <= SEND_FINISHED;
	}

	@Override
	/* package */ boolean connected() {
		return this.state == CONNECTED;
	}

	@Override
	protected int resume() {
		if (this.resumption == null || !this.resumption.offered()) {
			// No session was offered, so the id was a random one.
			return TlsError.SESSION_ID;
		}
		int error = this.resumption.resume(this.schedule);
		if (error == TlsError.NONE) {
			this.hello.group(0);
			startKeys(behindOwnFlight());
		}
		return error;
	}

	/** Gets what the server sends next but its Finished. */
	private byte behindOwnFlight() {
		return this.rules.ticketPromised() ? EXPECT_TICKET : EXPECT_CHANGE_CIPHER_SPEC;
	}

	// Working.

	@Override
	/* package */ int work() {
		if (this.work <= LAST_WORK) {
			return workNegotiation();
		}
		switch (this.work) {
		case CLIENT_SIGNATURE:
			return sign();
		default:
			return this.schedule.step() ? derived() : TlsError.NONE;
		}
	}

	private int sign() {
		int error = this.own.step(this.transcript);
		this.work = this.own.signs() ? CLIENT_SIGNATURE : NO_WORK;
		return error;
	}

	/** Goes on once the pseudorandom function has given what it was asked for. */
	private int derived() {
		int done = this.work;
		this.work = NO_WORK;
		switch (done) {
		case MASTER_SECRET:
			if (this.keyLog != null) {
				this.schedule.log(this.keyLog, this.hello.random());
			}
			if (this.certificateRequested && identity() >= 0) {
				this.state = SEND_CERTIFICATE_VERIFY;
				this.work = CLIENT_SIGNATURE;
			} else {
				startKeys(SEND_FINISHED);
			}
			return TlsError.NONE;
		case KEYS:
			this.schedule.distribute(this.writing, this.reading, this.writing.keyLength(), this.format.fixedLength());
			if (this.state == SEND_FINISHED) {
				startOwnFinished();
			}
			return TlsError.NONE;
		case SERVER_FINISHED:
			if (!this.schedule.finishedIs(this.cursor.field)) {
				return TlsError.FINISHED_INVALID;
			}
			if (this.resumed) {
				this.state = SEND_LAST_FINISHED;
				startOwnFinished();
			} else {
				connect();
			}
			return TlsError.NONE;
		default:
			return TlsError.NONE;
		}
	}

	private void startKeys(byte next) {
		this.changeCipherSpecSent = false;
		this.state = next;
		this.schedule.startKeys(this.hello.random(), this.writing.keyLength(), this.format.fixedLength());
		this.work = KEYS;
	}

	private void startOwnFinished() {
		this.transcript.hash(this.digest, 0);
		this.schedule.startFinished(true, this.digest, this.transcript.length());
		this.work = OWN_FINISHED;
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
		case HandshakeType.CERTIFICATE:
			this.authentication.startChain(this.hello.serverName());
			break;
		case HandshakeType.CERTIFICATE_REQUEST:
			// RFC 5246 §7.4.4: only who has shown a certificate may ask for one.
			return CipherSuite12.preShared(cipherSuite()) ? TlsError.ANONYMOUS_REQUEST : TlsError.NONE;
		case HandshakeType.HELLO_REQUEST:
		case HandshakeType.SERVER_HELLO_DONE:
			this.fixed.expect(0);
			break;
		case HandshakeType.FINISHED:
			// What it is about are the messages before it.
			this.transcript.hash(this.digest, 0);
			this.fixed.expect(Prf12.VERIFY_LENGTH);
			break;
		default:
			break;
		}
		return TlsError.NONE;
	}

	private boolean expected(int type) {
		switch (this.state) {
		case EXPECT_SERVER_HELLO:
			return type == HandshakeType.SERVER_HELLO || type == HandshakeType.HELLO_REQUEST;
		case EXPECT_CERTIFICATE:
			return type == HandshakeType.CERTIFICATE || type == HandshakeType.HELLO_REQUEST;
		case EXPECT_KEY_EXCHANGE:
			return type == HandshakeType.SERVER_KEY_EXCHANGE || type == HandshakeType.HELLO_REQUEST;
		case EXPECT_KEY_EXCHANGE_OR_DONE:
			return type == HandshakeType.SERVER_KEY_EXCHANGE || type == HandshakeType.CERTIFICATE_REQUEST
					|| type == HandshakeType.SERVER_HELLO_DONE || type == HandshakeType.HELLO_REQUEST;
		case EXPECT_REQUEST_OR_DONE:
			return type == HandshakeType.CERTIFICATE_REQUEST || type == HandshakeType.SERVER_HELLO_DONE || type == HandshakeType.HELLO_REQUEST;
		case EXPECT_DONE:
			return type == HandshakeType.SERVER_HELLO_DONE || type == HandshakeType.HELLO_REQUEST;
		case EXPECT_TICKET:
			return type == HandshakeType.NEW_SESSION_TICKET;
		case EXPECT_FINISHED:
			return type == HandshakeType.FINISHED;
		case CONNECTED:
			return type == HandshakeType.HELLO_REQUEST;
		default:
			return false;
		}
	}

	@Override
	/* package */ MessageReader reader(int type) {
		switch (type) {
		case HandshakeType.SERVER_HELLO:
			return this.serverHello;
		case HandshakeType.CERTIFICATE:
			return this.certificate;
		case HandshakeType.SERVER_KEY_EXCHANGE:
			return this.serverKeyExchange;
		case HandshakeType.CERTIFICATE_REQUEST:
			return this.certificateRequest;
		case HandshakeType.NEW_SESSION_TICKET:
			return this.resumption.ticketReader();
		default:
			return this.fixed;
		}
	}

	@Override
	/* package */ void messagePaused(int type) {
		if (type == HandshakeType.CERTIFICATE) {
			this.work = CERTIFICATE;
		}
	}

	@Override
	/* package */ int messageEnd(int type, boolean recordEnds) {
		switch (type) {
		case HandshakeType.SERVER_HELLO:
			return serverHelloEnd(recordEnds);
		case HandshakeType.CERTIFICATE:
			this.work = CHAIN;
			return TlsError.NONE;
		case HandshakeType.SERVER_KEY_EXCHANGE:
			return serverKeyExchangeEnd();
		case HandshakeType.CERTIFICATE_REQUEST:
			this.certificateRequested = true;
			if (identity() >= 0) {
				this.own.start12();
			}
			this.state = EXPECT_DONE;
			return TlsError.NONE;
		case HandshakeType.NEW_SESSION_TICKET:
			this.state = EXPECT_CHANGE_CIPHER_SPEC;
			return TlsError.NONE;
		case HandshakeType.SERVER_HELLO_DONE:
			this.state = this.certificateRequested ? SEND_CERTIFICATE : SEND_KEY_EXCHANGE;
			return exchangeKeys();
		case HandshakeType.FINISHED:
			this.schedule.startFinished(false, this.digest, this.transcript.length());
			this.work = SERVER_FINISHED;
			return TlsError.NONE;
		case HandshakeType.HELLO_REQUEST:
			// RFC 5246 §7.4.1.1: ignored in the middle of a handshake; afterwards answered by a warning.
			this.keyUpdateRequested |= connected();
			return TlsError.NONE;
		default:
			return TlsError.NONE;
		}
	}

	/** RFC 5246 §7.1: once, where the server's keys change, and nowhere else. */
	@Override
	/* package */ int changeCipherSpec() {
		if (this.state != EXPECT_CHANGE_CIPHER_SPEC) {
			return TlsError.CHANGE_CIPHER_SPEC;
		}
		this.reading.tolerate(0);
		this.reading.start();
		this.state = EXPECT_FINISHED;
		return TlsError.NONE;
	}

	// Sending.

	@Override
	/* package */ boolean wantsToSend() {
		return this.work == NO_WORK && (sending() || this.state == SEND_LAST_FINISHED);
	}

	@Override
	/* package */ boolean takeChangeCipherSpec() {
		boolean due = !this.changeCipherSpecSent && (this.state == SEND_FINISHED || this.state == SEND_LAST_FINISHED);
		this.changeCipherSpecSent |= due;
		return due;
	}

	@Override
	/* package */ void changeCipherSpecSent() {
		this.writing.start();
	}

	@Override
	/* package */ int write(byte[] out, int offset, int room) {
		int most = room < PIECE ? room : PIECE;
		int n;
		switch (this.state) {
		case SEND_CLIENT_HELLO:
			n = writeHello(out, offset, room);
			break;
		case SEND_CERTIFICATE:
			n = identity() >= 0 ? this.own.write(out, offset, most) : writeNoCertificate(out, offset);
			break;
		case SEND_KEY_EXCHANGE:
			n = this.clientKeyExchange.write(this.key, this.hello.share(), group() == 0 ? 0 : this.hello.shareLength(), out, offset, most);
			break;
		case SEND_CERTIFICATE_VERIFY:
			n = this.own.write(out, offset, most);
			break;
		default:
			n = this.schedule.writeFinished(out, offset);
			break;
		}
		this.transcript.update(out, offset, n);
		this.bytesOut += n;
		return n;
	}

	/** RFC 5246 §7.4.6: without a certificate that fits an empty list is sent, and no CertificateVerify. */
	private static int writeNoCertificate(byte[] out, int offset) {
		out[offset] = HandshakeType.CERTIFICATE;
		out[offset + 1] = 0;
		out[offset + 2] = 0;
		out[offset + 3] = 3;
		out[offset + 4] = 0;
		out[offset + 5] = 0;
		out[offset + 6] = 0;
		return 7;
	}

	@Override
	/* package */ void sent() {
		switch (this.state) {
		case SEND_CLIENT_HELLO:
			helloSent();
			break;
		case SEND_CERTIFICATE:
			if (identity() < 0 || !this.own.sent() && this.own.signs()) {
				this.state = SEND_KEY_EXCHANGE;
			}
			break;
		case SEND_KEY_EXCHANGE:
			if (this.clientKeyExchange.complete()) {
				this.transcript.hash(this.digest, 0);
				this.schedule.startMaster(this.digest, this.transcript.length());
				this.work = MASTER_SECRET;
			}
			break;
		case SEND_CERTIFICATE_VERIFY:
			if (this.own.sent()) {
				startKeys(SEND_FINISHED);
			}
			break;
		case SEND_FINISHED:
			this.state = behindOwnFlight();
			break;
		default:
			connect();
			break;
		}
	}

	private void connect() {
		this.state = CONNECTED;
		if (this.resumption != null) {
			this.resumption.commit(this.resumed || this.rules.ticketPromised() ? 0 : this.rules.sessionIdLength());
		}
	}

	@Override
	/* package */ void export(byte[] label, byte[] context, byte[] out, int offset, int length) {
		this.schedule.export(label, context, this.hello.random(), out, offset, length);
	}

	@Override
	/* package */ void wipe() {
		if (this.resumption != null) {
			if (this.resumed && this.state != IDLE && this.state != CONNECTED) {
				this.resumption.forget();
			}
			this.resumption.release();
		}
		super.wipe();
		this.schedule.wipe();
	}
}
