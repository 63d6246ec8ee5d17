/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** The client's side of a TLS 1.3 handshake behind its ServerHello (RFC 8446 §2, §4, §A.1). */
/* package */ final class ClientHandshake13 extends ClientHandshake {

	private static final byte EXPECT_ENCRYPTED_EXTENSIONS = 3;
	private static final byte EXPECT_CERTIFICATE_OR_REQUEST = 4;
	private static final byte EXPECT_CERTIFICATE = 5;
	private static final byte EXPECT_CERTIFICATE_VERIFY = 6;
	private static final byte EXPECT_FINISHED = 7;
	/** The client's last flight is being sent. */
	private static final byte SEND_FINISHED = 8;
	private static final byte CONNECTED = 9;

	private static final int AGREEMENT = 2;
	private static final int CERTIFICATE = 3;
	private static final int CHAIN = 4;
	private static final int SIGNATURE = 5;
	// The key schedule (§7.1), a slice for what fits into one even with SHA-384.
	private static final int HANDSHAKE_SECRET = 6;
	private static final int HANDSHAKE_TRAFFIC = 7;
	private static final int HANDSHAKE_READ_KEYS = 8;
	private static final int HANDSHAKE_WRITE_KEYS = 9;
	private static final int MASTER_SECRET = 10;
	private static final int APPLICATION_TRAFFIC = 11;
	private static final int APPLICATION_READ_KEYS = 12;
	private static final int APPLICATION_WRITE_KEYS = 13;
	private static final int CLIENT_SIGNATURE = 14;

	private final KeySchedule schedule;
	private final EncryptedExtensionsReader encryptedExtensions;
	private final CertificateRequestReader certificateRequest;
	private final CertificateReader certificate;
	private final CertificateVerifyReader certificateVerify;
	private final NewSessionTicketReader newSessionTicket;

	private byte sharedLength;
	private boolean certificateSent;
	private boolean changeCipherSpecSent;

	/* package */ ClientHandshake13(HandshakeParts parts, ClientHelloWriter helloWriter, KeySchedule schedule) {
		super(parts, helloWriter, schedule.memory());
		this.schedule = schedule;
		this.encryptedExtensions = new EncryptedExtensionsReader(this.cursor, this);
		this.certificateRequest = this.own == null ? new CertificateRequestReader(this.cursor) : new IdentitySelector(this.cursor, this.own);
		this.certificate = this.authentication.reader(this.cursor, false);
		this.certificateVerify = this.authentication.verifyReader(this.cursor);
		this.newSessionTicket = new NewSessionTicketReader(this.cursor);
	}

	@Override
	/* package */ int start(CharSequence name) {
		this.certificateSent = false;
		this.changeCipherSpecSent = false;
		return super.start(name);
	}

	@Override
	/* package */ int version() {
		return VERSION_13;
	}

	@Override
	/* package */ boolean inHandshake() {
		return this.state < SEND_FINISHED;
	}

	@Override
	/* package */ boolean connected() {
		return this.state == CONNECTED;
	}

	@Override
	/* package */ int work() {
		switch (this.work) {
		case KEY_PAIR:
			return workKeyPair();
		case AGREEMENT:
			return this.agreement.step() ? agreed() : TlsError.NONE;
		case SIGNATURE:
			return this.authentication.stepVerify() ? signatureVerified() : TlsError.NONE;
		case HANDSHAKE_SECRET:
		case HANDSHAKE_TRAFFIC:
		case HANDSHAKE_READ_KEYS:
		case HANDSHAKE_WRITE_KEYS:
		case MASTER_SECRET:
		case APPLICATION_TRAFFIC:
		case APPLICATION_READ_KEYS:
		case APPLICATION_WRITE_KEYS:
			deriveKeys();
			return TlsError.NONE;
		case CLIENT_SIGNATURE:
			return sign();
		default:
			if (!this.authentication.stepChain()) {
				return TlsError.NONE;
			}
			if (this.work == CHAIN) {
				this.state = EXPECT_CERTIFICATE_VERIFY;
			}
			this.work = NO_WORK;
			return this.authentication.chainError();
		}
	}

	private int agreed() {
		this.work = NO_WORK;
		this.sharedLength = (byte) this.agreement.result(this.cursor.field, 0);
		if (this.sharedLength < 0) {
			return TlsError.KEY_SHARE;
		}
		this.transcript.hash(this.digest, 0);
		this.schedule.start(CipherSuite.hash(this.suite));
		this.work = HANDSHAKE_SECRET;
		return TlsError.NONE;
	}

	/** Does the next slice of the key schedule. */
	private void deriveKeys() {
		switch (this.work) {
		case HANDSHAKE_SECRET:
			KeySlices.handshakeSecret(this.schedule, this.cursor.field, this.sharedLength);
			this.work = HANDSHAKE_TRAFFIC;
			break;
		case HANDSHAKE_TRAFFIC:
			KeySlices.handshakeTraffic(this.schedule, this.digest, this.keyLog, this.hello.random());
			this.work = HANDSHAKE_READ_KEYS;
			break;
		case HANDSHAKE_READ_KEYS:
			KeySlices.handshakeKeys(this.schedule, false, this.reading, this.aeads[this.suiteIndex]);
			this.work = HANDSHAKE_WRITE_KEYS;
			break;
		case HANDSHAKE_WRITE_KEYS:
			KeySlices.handshakeKeys(this.schedule, true, this.writing, this.aeads[this.suiteIndex]);
			this.state = EXPECT_ENCRYPTED_EXTENSIONS;
			this.work = NO_WORK;
			break;
		case MASTER_SECRET:
			this.transcript.hash(this.digest, 0);
			this.schedule.master();
			this.work = APPLICATION_TRAFFIC;
			break;
		case APPLICATION_TRAFFIC:
			KeySlices.application(this.schedule, this.digest, this.keyLog, this.hello.random());
			this.work = APPLICATION_READ_KEYS;
			break;
		case APPLICATION_READ_KEYS:
			this.schedule.install(false, this.reading);
			this.state = SEND_FINISHED;
			this.work = NO_WORK;
			break;
		default:
			KeySlices.applicationClient(this.schedule, this.digest, this.writing, this.keyLog, this.hello.random());
			this.schedule.endMaster();
			this.state = CONNECTED;
			this.work = NO_WORK;
			break;
		}
	}

	private int sign() {
		int error = this.own.step(this.transcript);
		this.work = this.own.signs() ? (byte) CLIENT_SIGNATURE : (byte) NO_WORK;
		return error;
	}

	private int signatureVerified() {
		this.work = NO_WORK;
		this.state = EXPECT_FINISHED;
		return this.authentication.verified() ? TlsError.NONE : TlsError.SIGNATURE_INVALID;
	}

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
		case HandshakeType.CERTIFICATE_VERIFY:
			// What is signed is the transcript before this message (§4.4.3); the same holds for Finished.
			this.transcript.hash(this.digest, 0);
			break;
		case HandshakeType.FINISHED:
			this.transcript.hash(this.digest, 0);
			this.fixed.expect(this.transcript.length());
			break;
		case HandshakeType.KEY_UPDATE:
			this.fixed.expect(1);
			break;
		default:
			break;
		}
		return TlsError.NONE;
	}

	private boolean expected(int type) {
		switch (this.state) {
		case EXPECT_SERVER_HELLO:
			return type == HandshakeType.SERVER_HELLO;
		case EXPECT_ENCRYPTED_EXTENSIONS:
			return type == HandshakeType.ENCRYPTED_EXTENSIONS;
		case EXPECT_CERTIFICATE_OR_REQUEST:
			return type == HandshakeType.CERTIFICATE || type == HandshakeType.CERTIFICATE_REQUEST;
		case EXPECT_CERTIFICATE:
			return type == HandshakeType.CERTIFICATE;
		case EXPECT_CERTIFICATE_VERIFY:
			return type == HandshakeType.CERTIFICATE_VERIFY;
		case EXPECT_FINISHED:
			return type == HandshakeType.FINISHED;
		case SEND_FINISHED:
		case CONNECTED:
			return type == HandshakeType.NEW_SESSION_TICKET || type == HandshakeType.KEY_UPDATE;
		default:
			return false;
		}
	}

	@Override
	/* package */ MessageReader reader(int type) {
		switch (type) {
		case HandshakeType.SERVER_HELLO:
			return this.serverHello;
		case HandshakeType.ENCRYPTED_EXTENSIONS:
			return this.encryptedExtensions;
		case HandshakeType.CERTIFICATE_REQUEST:
			return this.certificateRequest;
		case HandshakeType.CERTIFICATE:
			return this.certificate;
		case HandshakeType.CERTIFICATE_VERIFY:
			return this.certificateVerify;
		case HandshakeType.NEW_SESSION_TICKET:
			return this.newSessionTicket;
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
		case HandshakeType.ENCRYPTED_EXTENSIONS:
			this.state = EXPECT_CERTIFICATE_OR_REQUEST;
			return TlsError.NONE;
		case HandshakeType.CERTIFICATE_REQUEST:
			this.certificateRequested = true;
			if (identity() >= 0) {
				this.own.start();
			}
			this.state = EXPECT_CERTIFICATE;
			return TlsError.NONE;
		case HandshakeType.CERTIFICATE:
			this.authentication.endChain();
			this.work = CHAIN;
			return TlsError.NONE;
		case HandshakeType.CERTIFICATE_VERIFY:
			return certificateVerifyEnd();
		case HandshakeType.FINISHED:
			return recordEnds ? finishedEnd() : TlsError.MESSAGE_SPANS_KEY_CHANGE;
		case HandshakeType.KEY_UPDATE:
			return recordEnds ? keyUpdateEnd() : TlsError.MESSAGE_SPANS_KEY_CHANGE;
		default:
			return TlsError.NONE;
		}
	}

	@Override
	protected void extensions(ClientHelloWriter writer) {
		writer.supportedVersions(this);
		writer.cookie(this.hello);
		writer.keyShare(this.hello);
	}

	@Override
	protected int helloEnd(boolean recordEnds) {
		if (!recordEnds) {
			return TlsError.MESSAGE_SPANS_KEY_CHANGE;
		}
		if (this.serverHello.group() == 0) {
			return TlsError.MISSING_EXTENSION;
		}
		if (this.serverHello.group() != this.hello.group()) {
			return TlsError.GROUP;
		}
		this.agreement.startAgreement(this.hello.share(), 0, this.hello.shareLength());
		this.work = AGREEMENT;
		return TlsError.NONE;
	}

	/** §5: between the first ClientHello and the server's Finished; otherwise ignored. */
	@Override
	/* package */ int changeCipherSpec() {
		return inHandshake() ? TlsError.NONE : TlsError.CHANGE_CIPHER_SPEC;
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

	private int finishedEnd() {
		int error = KeySlices.finished(this.schedule, false, this.digest, this.cursor.field);
		if (error != TlsError.NONE) {
			return error;
		}
		this.work = MASTER_SECRET;
		return TlsError.NONE;
	}

	private int keyUpdateEnd() {
		this.keyUpdateRequested |= this.cursor.field[0] == 1;
		return KeySlices.keyUpdate(this.schedule, false, this.cursor.field[0], this.reading);
	}

	@Override
	/* package */ boolean wantsToSend() {
		return this.work == NO_WORK && (this.state == SEND_CLIENT_HELLO || this.state == SEND_FINISHED);
	}

	/** §D.4: once, before the second ClientHello or else before the client's last flight. */
	@Override
	/* package */ boolean takeChangeCipherSpec() {
		boolean due = this.offer.middleboxCompatibility && !this.changeCipherSpecSent && (retried() || this.state == SEND_FINISHED);
		this.changeCipherSpecSent |= due;
		return due;
	}

	@Override
	/* package */ int write(byte[] out, int offset, int room) {
		int n;
		if (this.state == SEND_CLIENT_HELLO) {
			n = writeHello(out, offset, room);
		} else if (this.certificateRequested && !this.certificateSent && identity() >= 0) {
			n = this.own.write(out, offset, room);
		} else if (this.certificateRequested && !this.certificateSent) {
			// §4.4.2.4: without a certificate an empty list is sent, and no CertificateVerify.
			out[offset] = HandshakeType.CERTIFICATE;
			out[offset + 1] = 0;
			out[offset + 2] = 0;
			out[offset + 3] = 4;
			for (int i = 4; i < 8; i++) {
				out[offset + i] = 0;
			}
			n = 8;
		} else {
			n = KeySlices.writeFinished(this.schedule, true, this.transcript, out, offset);
		}
		this.transcript.update(out, offset, n);
		this.bytesOut += n;
		return n;
	}

	@Override
	/* package */ void sent() {
		if (this.state == SEND_CLIENT_HELLO) {
			helloSent();
		} else if (this.certificateRequested && !this.certificateSent) {
			this.certificateSent = identity() < 0 || this.own.sent();
			this.work = identity() >= 0 && this.own.signs() ? (byte) CLIENT_SIGNATURE : (byte) NO_WORK;
		} else {
			this.work = APPLICATION_WRITE_KEYS;
		}
	}

	@Override
	/* package */ boolean updatesKeys() {
		return true;
	}

	@Override
	/* package */ void updateWriteKeys() {
		this.schedule.update(true);
		this.schedule.install(true, this.writing);
	}

	@Override
	/* package */ void export(byte[] label, byte[] context, byte[] out, int offset, int length) {
		this.schedule.export(label, context, out, offset, length);
	}

	@Override
	/* package */ void wipe() {
		super.wipe();
		this.schedule.wipe();
	}
}
