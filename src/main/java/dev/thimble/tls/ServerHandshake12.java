/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;

/**
 * The server's side of a TLS 1.2 handshake from its ServerHello on (RFC 5246 §7.3, RFC 8422 §2), alone or as the successor of
 * {@link ServerHandshake13}.
 */
/* package */ final class ServerHandshake12 extends ServerNegotiation12 {

	// States from SEND_SERVER_HELLO to SEND_DONE: our first flight is being made or sent.
	private static final byte SEND_CERTIFICATE = 3;
	private static final byte SEND_KEY_EXCHANGE = 4;
	private static final byte SEND_REQUEST = 5;
	private static final byte SEND_DONE = 6;
	private static final byte EXPECT_CERTIFICATE = 7;
	private static final byte EXPECT_KEY_EXCHANGE = 8;
	private static final byte EXPECT_CERTIFICATE_VERIFY = 9;
	private static final byte EXPECT_CHANGE_CIPHER_SPEC = 10;
	private static final byte EXPECT_FINISHED = 11;
	private static final byte SEND_TICKET = 12;
	private static final byte SEND_FINISHED = 13;
	private static final byte CONNECTED = 14;

	private static final byte CERTIFICATE = LAST_WORK + 1;
	private static final byte CHAIN = LAST_WORK + 2;
	private static final byte AGREEMENT = LAST_WORK + 3;
	private static final byte SIGNATURE = LAST_WORK + 4;
	private static final byte NEW_TICKET = LAST_WORK + 5;
	// What the pseudorandom function is asked for.
	private static final byte MASTER_SECRET = LAST_WORK + 6;
	private static final byte KEYS = LAST_WORK + 7;
	private static final byte CLIENT_FINISHED = LAST_WORK + 8;
	private static final byte OWN_FINISHED = LAST_WORK + 9;

	/** Most bytes of a message of ours in a record: a piece is copied and hashed in one step. */
	private static final int PIECE = 1024;

	private final ClientKeyExchangeReader clientKeyExchange;
	private final PassingReader passing;
	/** Null if clients are not asked for certificates. */
	private final Certificate12Reader certificate;
	private final CertificateVerifyReader certificateVerify;
	private final boolean clientRequired;

	private boolean certificateReceived;
	private boolean changeCipherSpecSent;

	/** Makes the handshake of an engine that speaks TLS 1.2 alone. */
	/* package */ ServerHandshake12(HandshakeParts parts, KeySchedule12 schedule) {
		super(parts, schedule);
		EngineConfig config = parts.config;
		this.clientKeyExchange = new ClientKeyExchangeReader(this.cursor, config.preSharedKeys);
		this.passing = new PassingReader(this.cursor);
		this.certificate = Certificate12Reader.of(this.authentication, this.cursor, true);
		this.certificateVerify = this.authentication == null ? null : this.authentication.verifyReader(this.cursor);
		this.clientRequired = config.clientAuthentication == EngineConfig.REQUIRED;
	}

	/** Makes the handshake that goes on if a client does not offer TLS 1.3. */
	/* package */ ServerHandshake12(HandshakeParts parts, ServerHandshake first, KeySchedule12 schedule) {
		super(parts, first, schedule);
		EngineConfig config = parts.config;
		this.clientKeyExchange = new ClientKeyExchangeReader(this.cursor, config.preSharedKeys);
		this.passing = new PassingReader(this.cursor);
		this.certificate = Certificate12Reader.of(this.authentication, this.cursor, true);
		this.certificateVerify = this.authentication == null ? null : this.authentication.verifyReader(this.cursor);
		this.clientRequired = config.clientAuthentication == EngineConfig.REQUIRED;
	}

	@Override
	/* package */ boolean inHandshake() {
		return this.state < CONNECTED;
	}

	@Override
	/* package */ boolean sending() {
		return this.state >= SEND_SERVER_HELLO && this.state <= SEND_DONE || this.state == SEND_TICKET || this.state == SEND_FINISHED;
	}

	@Override
	/* package */ boolean connected() {
		return this.state == CONNECTED;
	}

	// Working.

	@Override
	/* package */ int work() {
		if (this.work <= LAST_WORK) {
			return workNegotiation();
		}
		switch (this.work) {
		case CERTIFICATE:
		case CHAIN:
			return stepChain();
		case AGREEMENT:
			return this.agreement.step() ? agreed() : TlsError.NONE;
		case SIGNATURE:
			return this.authentication.stepVerify() ? signatureVerified() : TlsError.NONE;
		case NEW_TICKET:
			return makeTicket();
		default:
			return this.schedule.step() ? derived() : TlsError.NONE;
		}
	}

	private int stepChain() {
		if (!this.authentication.stepChain()) {
			return TlsError.NONE;
		}
		if (this.work == CHAIN) {
			this.authentication.endChain();
			this.state = EXPECT_KEY_EXCHANGE;
		}
		this.work = NO_WORK;
		return this.authentication.chainError();
	}

	private int agreed() {
		int n = this.agreement.result(this.schedule.memory(), this.schedule.sharedSecret(this.key != null));
		if (n < 0) {
			return TlsError.KEY_SHARE;
		}
		startMaster(n);
		return TlsError.NONE;
	}

	private void startMaster(int sharedLength) {
		this.schedule.premaster(sharedLength, this.key);
		this.transcript.hash(this.digest, 0);
		this.schedule.startMaster(this.digest, this.transcript.length());
		this.work = MASTER_SECRET;
	}

	private int signatureVerified() {
		this.work = NO_WORK;
		this.state = EXPECT_CHANGE_CIPHER_SPEC;
		this.clientVerified = this.authentication.verified();
		return this.clientVerified ? TlsError.NONE : TlsError.SIGNATURE_INVALID;
	}

	/** A ticket that was promised but cannot be made ends the handshake: no client expects its absence. */
	private int makeTicket() {
		if (!this.tickets.make(this.schedule, this.hello, cipherSuite(), this.clientVerified)) {
			return TlsError.NO_ENTROPY;
		}
		this.state = SEND_TICKET;
		this.work = NO_WORK;
		return TlsError.NONE;
	}

	/** Goes on once the pseudorandom function has given what it was asked for. */
	private int derived() {
		int done = this.work;
		this.work = NO_WORK;
		switch (done) {
		case MASTER_SECRET:
			if (this.keyLog != null) {
				this.schedule.log(this.keyLog, this.hello.random);
			}
			startKeys();
			return TlsError.NONE;
		case KEYS:
			this.schedule.distribute(this.reading, this.writing, this.writing.keyLength(), this.format.fixedLength());
			if (this.resumed) {
				startLastFlight();
			} else {
				this.state = this.certificateReceived ? EXPECT_CERTIFICATE_VERIFY : EXPECT_CHANGE_CIPHER_SPEC;
			}
			return TlsError.NONE;
		case CLIENT_FINISHED:
			if (!this.schedule.finishedIs(this.cursor.field)) {
				return TlsError.FINISHED_INVALID;
			}
			if (this.resumed) {
				this.state = CONNECTED;
			} else {
				startLastFlight();
			}
			return TlsError.NONE;
		default:
			this.changeCipherSpecSent = false;
			this.state = SEND_FINISHED;
			return TlsError.NONE;
		}
	}

	private void startKeys() {
		this.schedule.startKeys(this.hello.random, this.writing.keyLength(), this.format.fixedLength());
		this.work = KEYS;
	}

	/** Begins what ends with our Finished: a ticket, if one was promised. */
	private void startLastFlight() {
		if (promisesTicket()) {
			this.work = NEW_TICKET;
		} else {
			startOwnFinished();
		}
	}

	private void startOwnFinished() {
		this.transcript.hash(this.digest, 0);
		this.schedule.startFinished(false, this.digest, this.transcript.length());
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
		case HandshakeType.CLIENT_HELLO:
			return connected() ? TlsError.NONE : helloStart(length);
		case HandshakeType.CERTIFICATE:
			this.authentication.startChain(null);
			break;
		case HandshakeType.CLIENT_KEY_EXCHANGE:
			this.clientKeyExchange.expect(CipherSuite12.keyExchange(cipherSuite()), CipherSuite.hash(cipherSuite()));
			break;
		case HandshakeType.CERTIFICATE_VERIFY:
			// What is signed are the messages before this one, by a hash that it names itself (RFC 5246 §7.4.8).
			this.transcript.hash(Hash.SHA_256, this.schedule.memory(), this.schedule.hash256());
			if (this.transcript.has384()) {
				this.transcript.hash(Hash.SHA_384, this.schedule.memory(), this.schedule.hash384());
			}
			break;
		case HandshakeType.FINISHED:
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
		case EXPECT_CLIENT_HELLO:
			return type == HandshakeType.CLIENT_HELLO;
		case EXPECT_CERTIFICATE:
			return type == HandshakeType.CERTIFICATE;
		case EXPECT_KEY_EXCHANGE:
			return type == HandshakeType.CLIENT_KEY_EXCHANGE;
		case EXPECT_CERTIFICATE_VERIFY:
			return type == HandshakeType.CERTIFICATE_VERIFY;
		case EXPECT_FINISHED:
			return type == HandshakeType.FINISHED;
		case CONNECTED:
			// A client's wish to renegotiate, which is let pass.
			return type == HandshakeType.CLIENT_HELLO;
		default:
			return false;
		}
	}

	@Override
	/* package */ MessageReader reader(int type) {
		switch (type) {
		case HandshakeType.CLIENT_HELLO:
			return connected() ? this.passing : this.helloReader;
		case HandshakeType.CERTIFICATE:
			return this.certificate;
		case HandshakeType.CLIENT_KEY_EXCHANGE:
			return this.clientKeyExchange;
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
		}
	}

	@Override
	/* package */ int messageEnd(int type, boolean recordEnds) {
		switch (type) {
		case HandshakeType.CLIENT_HELLO:
			if (connected()) {
				// RFC 5746 §4.5: answered by a warning.
				this.keyUpdateRequested = true;
				return TlsError.NONE;
			}
			return helloEnd(recordEnds);
		case HandshakeType.CERTIFICATE:
			return certificateEnd();
		case HandshakeType.CLIENT_KEY_EXCHANGE:
			return clientKeyExchangeEnd();
		case HandshakeType.CERTIFICATE_VERIFY:
			return certificateVerifyEnd();
		default:
			this.schedule.startFinished(true, this.digest, this.transcript.length());
			this.work = CLIENT_FINISHED;
			return TlsError.NONE;
		}
	}

	private int certificateEnd() {
		if (this.certificate.empty()) {
			this.state = EXPECT_KEY_EXCHANGE;
			return this.clientRequired ? TlsError.CLIENT_CERTIFICATE_MISSING : TlsError.NONE;
		}
		this.certificateReceived = true;
		this.work = CHAIN;
		return TlsError.NONE;
	}

	private int clientKeyExchangeEnd() {
		if (preShared()) {
			this.key = this.clientKeyExchange.key();
			if (this.key == null) {
				return TlsError.PSK_UNKNOWN;
			}
		}
		if (!CipherSuite12.ephemeral(cipherSuite())) {
			startMaster(0);
			return TlsError.NONE;
		}
		this.agreement.startAgreement(this.cursor.field, 0, this.clientKeyExchange.pointLength());
		this.work = AGREEMENT;
		return TlsError.NONE;
	}

	private int certificateVerifyEnd() {
		int scheme = this.certificateVerify.scheme();
		if (!verifies(scheme)) {
			return TlsError.SIGNATURE_SCHEME;
		}
		this.signatureScheme = (char) scheme;
		this.work = SIGNATURE;
		int at = SignatureScheme.hash(scheme) == Hash.SHA_384 ? this.schedule.hash384() : this.schedule.hash256();
		return this.authentication.startVerifyHash12(scheme, this.schedule.memory(), at, this.cursor.field, this.certificateVerify.signatureLength());
	}

	/** RFC 5246 §7.1: once, where the client's keys change, and nowhere else. */
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
		return this.work == NO_WORK && sending();
	}

	@Override
	/* package */ boolean takeChangeCipherSpec() {
		boolean due = !this.changeCipherSpecSent && this.state == SEND_FINISHED;
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
		case SEND_CERTIFICATE:
			n = this.own.write(out, offset, most);
			break;
		case SEND_TICKET:
			n = this.tickets.write(out, offset, most);
			break;
		case SEND_FINISHED:
			n = this.schedule.writeFinished(out, offset);
			break;
		default:
			n = this.flight.write(this, out, offset, most);
			break;
		}
		this.transcript.update(out, offset, n);
		this.bytesOut += n;
		return n;
	}

	@Override
	/* package */ void sent() {
		switch (this.state) {
		case SEND_CERTIFICATE:
			if (!this.own.sent() && this.own.signs()) {
				this.own.endCertificate();
				startMessage(SEND_KEY_EXCHANGE, HandshakeType.SERVER_KEY_EXCHANGE);
			}
			break;
		case SEND_TICKET:
			if (this.tickets.complete()) {
				startOwnFinished();
			}
			break;
		case SEND_FINISHED:
			this.state = this.resumed ? EXPECT_CHANGE_CIPHER_SPEC : CONNECTED;
			break;
		default:
			if (this.flight.messageComplete()) {
				messageSent();
			}
			break;
		}
	}

	private void messageSent() {
		switch (this.state) {
		case SEND_SERVER_HELLO:
			if (this.resumed) {
				startKeys();
			} else if (!preShared()) {
				this.own.start12();
				this.state = SEND_CERTIFICATE;
			} else if (CipherSuite12.ephemeral(cipherSuite())) {
				startMessage(SEND_KEY_EXCHANGE, HandshakeType.SERVER_KEY_EXCHANGE);
			} else {
				startMessage(SEND_DONE, HandshakeType.SERVER_HELLO_DONE);
			}
			break;
		case SEND_KEY_EXCHANGE:
			if (this.certificateRequested) {
				startMessage(SEND_REQUEST, HandshakeType.CERTIFICATE_REQUEST);
			} else {
				startMessage(SEND_DONE, HandshakeType.SERVER_HELLO_DONE);
			}
			break;
		case SEND_REQUEST:
			startMessage(SEND_DONE, HandshakeType.SERVER_HELLO_DONE);
			break;
		default:
			// SEND_DONE
			this.certificateReceived = false;
			this.state = this.certificateRequested ? EXPECT_CERTIFICATE : EXPECT_KEY_EXCHANGE;
			break;
		}
	}

	@Override
	/* package */ void export(byte[] label, byte[] context, byte[] out, int offset, int length) {
		this.schedule.export(label, context, this.hello.random, out, offset, length);
	}

	@Override
	/* package */ boolean clientVerified() {
		return this.clientVerified && this.state == CONNECTED;
	}
}
