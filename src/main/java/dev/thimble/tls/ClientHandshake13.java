/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * The client's side of a TLS 1.3 handshake behind its ServerHello (RFC 8446 §2, §4, §A.1), as far as it knows no certificates: the server proves
 * itself by a pre-shared key. {@link CertificateHandshake13} has the rest.
 */
/* package */ class ClientHandshake13 extends ClientHandshake {

	/** Behind a ClientHello with early data (§D.4). */
	private static final byte SEND_CHANGE_CIPHER_SPEC = 3;
	private static final byte EXPECT_ENCRYPTED_EXTENSIONS = 4;
	/** States of the server's certificate are between the last and this. */
	protected static final byte EXPECT_FINISHED = 8;
	private static final byte SEND_END_OF_EARLY_DATA = 9;
	/** The client's last flight is being sent. */
	protected static final byte SEND_FINISHED = 10;
	private static final byte CONNECTED = 11;

	private static final byte AGREEMENT = 2;
	// The key schedule (§7.1), a slice for what fits into one even with SHA-384.
	private static final byte HANDSHAKE_SECRET = 3;
	private static final byte HANDSHAKE_TRAFFIC = 4;
	private static final byte HANDSHAKE_READ_KEYS = 5;
	private static final byte HANDSHAKE_WRITE_KEYS = 6;
	private static final byte MASTER_SECRET = 7;
	private static final byte APPLICATION_TRAFFIC = 8;
	private static final byte APPLICATION_READ_KEYS = 9;
	private static final byte APPLICATION_WRITE_KEYS = 10;
	private static final byte RESUMPTION_SECRET = 11;
	private static final byte CHOOSE_KEYS = 12;
	private static final byte BINDERS = 13;
	private static final byte EARLY_SECRET = 14;
	private static final byte EARLY_KEYS = 15;
	/** The first number for work with certificates. */
	protected static final byte CERTIFICATE_WORK = 16;

	/** For a key share and a session id while pre-shared keys are worked with. */
	private static final int HELLO_MEMORY = MAX_SHARE + 32;

	private final KeySchedule schedule;
	/** Null without pre-shared keys and session. */
	private final PskOffer psk;
	private final EncryptedExtensionsReader encryptedExtensions;
	private final NewSessionTicketReader newSessionTicket;

	private byte sharedLength;
	private boolean changeCipherSpecSent;

	/* package */ ClientHandshake13(HandshakeParts parts, ClientHelloWriter helloWriter, KeySchedule schedule) {
		// Without pre-shared keys the key schedule has no secrets before the ServerHello.
		super(parts, helloWriter, parts.config.psk == null ? schedule.memory() : new byte[HELLO_MEMORY]);
		this.schedule = schedule;
		this.encryptedExtensions = new EncryptedExtensionsReader(this.cursor, this);
		this.psk = parts.config.psk == null ? null : parts.config.psk.offer(parts, schedule);
		this.newSessionTicket = this.psk == null ? new NewSessionTicketReader(this.cursor) : this.psk.ticketReader(this.cursor, this);
	}

	@Override
	/* package */ int start(CharSequence name) {
		this.changeCipherSpecSent = false;
		return super.start(name);
	}

	/** Gets the key schedule, whose memory and HMAC that of another version uses: only one is in use. */
	/* package */ final KeySchedule schedule() {
		return this.schedule;
	}

	/** Gets the key schedule's memory, for that of another version, and for {@link Transcript#helloRetry}: only one is in use. */
	@Override
	/* package */ final byte[] memory() {
		return this.schedule.memory();
	}

	@Override
	/* package */ int version() {
		return VERSION_13;
	}

	@Override
	/* package */ boolean inHandshake() {
		return this.state < SEND_END_OF_EARLY_DATA;
	}

	@Override
	/* package */ boolean sending() {
		return super.sending() || this.state == SEND_CHANGE_CIPHER_SPEC;
	}

	@Override
	/* package */ boolean connected() {
		return this.state == CONNECTED;
	}

	/** Gets the state in which the server's certificate is expected; {@link #IDLE} if none is accepted. */
	protected byte certificateState() {
		return IDLE;
	}

	@Override
	/* package */ int work() {
		switch (this.work) {
		case KEY_PAIR:
			return workKeyPair();
		case AGREEMENT:
			return this.agreement.step() ? agreed() : TlsError.NONE;
		case CHOOSE_KEYS:
			return this.psk.choose(this.hello, this.offer) ? chosen() : TlsError.NONE;
		case BINDERS:
			if (this.psk.stepBinders(this, this.schedule, this.digest)) {
				// What is made of the keys before the ServerHello is made anew when one was selected; another version has use for the memory.
				this.schedule.wipeEarly();
				this.work = NO_WORK;
			}
			return TlsError.NONE;
		case EARLY_SECRET:
			this.transcript.fork(CipherSuite.hash(this.psk.earlySuite())).digest(this.digest, 0);
			this.psk.startEarlySchedule(this.schedule);
			this.work = EARLY_KEYS;
			return TlsError.NONE;
		case EARLY_KEYS:
			earlyKeys();
			return TlsError.NONE;
		default:
			deriveKeys();
			return TlsError.NONE;
		}
	}

	// ClientHello.

	@Override
	protected void begin() {
		if (this.psk == null) {
			super.begin();
		} else {
			this.psk.begin();
			this.work = CHOOSE_KEYS;
		}
	}

	/** The keys to be offered are known: a key pair is made unless they are to do without. */
	private int chosen() {
		boolean offered = this.psk.count() > 0;
		if (!offered && (certificateState() == IDLE || this.agreements.length == 0)) {
			return TlsError.NO_PRE_SHARED_KEY;
		}
		this.work = NO_WORK;
		if (offered && this.psk.only()) {
			helloReady();
		} else {
			startKeyPair(0);
		}
		return TlsError.NONE;
	}

	@Override
	protected void helloReady() {
		super.helloReady();
		if (this.psk != null && this.psk.count() > 0) {
			this.psk.startBinders();
			this.work = BINDERS;
		}
	}

	@Override
	protected void extensions(ClientHelloWriter writer) {
		writer.supportedVersions(this);
		writer.cookie(this.hello);
		if (this.offer.groups.length > 0) {
			writer.keyShare(this.hello);
		}
		if (this.psk != null) {
			this.psk.extensions(writer);
		}
	}

	/** §4.2.11: the binders are made over all that stands before them. */
	@Override
	protected void lastExtension(ClientHelloWriter writer) {
		if (this.psk != null) {
			this.psk.preSharedKey(writer);
		}
	}

	@Override
	protected void retrying() {
		if (this.psk != null) {
			if (this.psk.offers(ExtensionType.EARLY_DATA)) {
				// The second ClientHello is not protected.
				this.writing.wipe();
			}
			this.psk.retry(CipherSuite.hash(this.suite));
		}
	}

	@Override
	protected void abandon() {
		if (this.psk != null) {
			this.psk.release();
		}
	}

	// Early data.

	private void earlyKeys() {
		this.schedule.early(this.digest);
		KeySlices.handshakeKeys(this.schedule, true, this.writing, this.aeads[this.offer.suiteIndex(this.psk.earlySuite())]);
		if (this.keyLog != null) {
			this.schedule.log(this.keyLog, "CLIENT_EARLY_TRAFFIC_SECRET", this.hello.random(), true);
		}
		this.schedule.wipe();
		this.state = this.offer.middleboxCompatibility ? SEND_CHANGE_CIPHER_SPEC : EXPECT_SERVER_HELLO;
		this.work = NO_WORK;
	}

	/** Gets the early data if there can be any; else null. */
	private EarlyData early() {
		return this.psk == null ? null : this.psk.early();
	}

	@Override
	/* package */ boolean earlyDataOpen() {
		return this.state == EXPECT_SERVER_HELLO && early() != null && early().open();
	}

	@Override
	/* package */ int earlyDataRoom() {
		return earlyDataOpen() && this.work == NO_WORK ? early().room() : 0;
	}

	@Override
	/* package */ void earlyDataSent(int bytes) {
		early().sent(bytes);
	}

	@Override
	/* package */ void acceptEarlyData() {
		early().accept();
	}

	@Override
	/* package */ boolean earlyDataAccepted() {
		return early() != null && early().accepted();
	}

	// The server's flight.

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
			this.state = EXPECT_ENCRYPTED_EXTENSIONS;
			// Whether early data goes on is not known yet.
			this.work = offers(ExtensionType.EARLY_DATA) ? NO_WORK : HANDSHAKE_WRITE_KEYS;
			break;
		case HANDSHAKE_WRITE_KEYS:
			KeySlices.handshakeKeys(this.schedule, true, this.writing, this.aeads[this.suiteIndex]);
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
			this.state = earlyDataAccepted() ? SEND_END_OF_EARLY_DATA : SEND_FINISHED;
			this.work = NO_WORK;
			break;
		case APPLICATION_WRITE_KEYS:
			KeySlices.applicationClient(this.schedule, this.digest, this.writing, this.keyLog, this.hello.random());
			this.work = RESUMPTION_SECRET;
			break;
		default:
			resumptionSecret();
			this.state = CONNECTED;
			this.work = NO_WORK;
			break;
		}
	}

	private void resumptionSecret() {
		if (this.psk != null && this.psk.keepsTickets()) {
			this.transcript.hash(this.digest, 0);
			this.schedule.resumption(this.digest);
		} else {
			this.schedule.endMaster();
		}
	}

	private void startSchedule() {
		this.transcript.hash(this.digest, 0);
		if (resumed()) {
			this.psk.startSchedule(this.schedule);
		} else {
			this.schedule.start(CipherSuite.hash(this.suite));
		}
		this.work = HANDSHAKE_SECRET;
	}

	private int agreed() {
		this.work = NO_WORK;
		this.sharedLength = (byte) this.agreement.result(this.cursor.field, 0);
		if (this.sharedLength < 0) {
			return TlsError.KEY_SHARE;
		}
		startSchedule();
		return TlsError.NONE;
	}

	@Override
	/* package */ int messageStart(int type, int length) {
		if (!expected(type)) {
			return TlsError.UNEXPECTED_MESSAGE;
		}
		if (length > MAX_MESSAGE) {
			return TlsError.MESSAGE_TOO_LONG;
		}
		switch (type) {
		case HandshakeType.SERVER_HELLO:
			if (early() != null) {
				early().shut();
			}
			break;
		case HandshakeType.FINISHED:
			// What is verified is the transcript before this message (§4.4.4).
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
		case EXPECT_FINISHED:
			return type == HandshakeType.FINISHED;
		case SEND_END_OF_EARLY_DATA:
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
		case HandshakeType.NEW_SESSION_TICKET:
			return this.newSessionTicket;
		default:
			return this.fixed;
		}
	}

	@Override
	/* package */ void messagePaused(int type) {
		// ServerHello pauses for its transcript only.
	}

	@Override
	/* package */ int messageEnd(int type, boolean recordEnds) {
		switch (type) {
		case HandshakeType.SERVER_HELLO:
			return serverHelloEnd(recordEnds);
		case HandshakeType.ENCRYPTED_EXTENSIONS:
			return encryptedExtensionsEnd();
		case HandshakeType.FINISHED:
			return recordEnds ? finishedEnd() : TlsError.MESSAGE_SPANS_KEY_CHANGE;
		case HandshakeType.KEY_UPDATE:
			return recordEnds ? keyUpdateEnd() : TlsError.MESSAGE_SPANS_KEY_CHANGE;
		default:
			return TlsError.NONE;
		}
	}

	@Override
	protected int helloEnd(boolean recordEnds) {
		if (!recordEnds) {
			return TlsError.MESSAGE_SPANS_KEY_CHANGE;
		}
		int group = this.serverHello.group();
		int error = this.psk == null ? TlsError.NONE : this.psk.check(group != 0, this.suite);
		if (error != TlsError.NONE) {
			return error;
		}
		if (!resumed() && certificateState() == IDLE) {
			return TlsError.PSK_REFUSED;
		}
		if (group == 0 && resumed()) {
			// §7.1: zeros take the place of the shared secret.
			this.sharedLength = (byte) this.transcript.length();
			for (int i = 0; i < this.sharedLength; i++) {
				this.cursor.field[i] = 0;
			}
			startSchedule();
			return TlsError.NONE;
		}
		if (group == 0) {
			return TlsError.MISSING_EXTENSION;
		}
		if (group != this.hello.group()) {
			return TlsError.GROUP;
		}
		this.agreement.startAgreement(this.hello.share(), 0, this.hello.shareLength());
		this.work = AGREEMENT;
		return TlsError.NONE;
	}

	private int encryptedExtensionsEnd() {
		this.state = resumed() ? EXPECT_FINISHED : certificateState();
		int error = TlsError.NONE;
		if (earlyDataAccepted()) {
			error = this.psk.checkEarly(this.suite, this.protocol);
		} else if (offers(ExtensionType.EARLY_DATA)) {
			early().reject();
			this.work = HANDSHAKE_WRITE_KEYS;
		}
		if (this.psk != null) {
			this.psk.release();
		}
		return error;
	}

	/** §5: between the first ClientHello and the server's Finished; otherwise ignored. */
	@Override
	/* package */ int changeCipherSpec() {
		this.changeCipherSpecSeen = true;
		return inHandshake() ? TlsError.NONE : TlsError.CHANGE_CIPHER_SPEC;
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

	// What the readers ask and report.

	@Override
	/* package */ boolean offers(int type) {
		return this.psk != null && this.psk.offers(type);
	}

	@Override
	/* package */ void selectPreSharedKey(int index) {
		this.psk.answer(index);
	}

	@Override
	/* package */ boolean resumed() {
		return this.psk != null && this.psk.selected();
	}

	// Sending.

	@Override
	/* package */ boolean wantsToSend() {
		if (this.work != NO_WORK) {
			return false;
		}
		switch (this.state) {
		case SEND_CLIENT_HELLO:
		case SEND_CHANGE_CIPHER_SPEC:
		case SEND_END_OF_EARLY_DATA:
		case SEND_FINISHED:
			return true;
		default:
			return false;
		}
	}

	/** §D.4: once, before early data, the second ClientHello, or else the client's last flight. */
	@Override
	/* package */ boolean takeChangeCipherSpec() {
		boolean due = this.offer.middleboxCompatibility && !this.changeCipherSpecSent
				&& (retried() || this.state == SEND_CHANGE_CIPHER_SPEC || this.state == SEND_FINISHED);
		this.changeCipherSpecSent |= due;
		return due;
	}

	@Override
	/* package */ int write(byte[] out, int offset, int room) {
		int n;
		switch (this.state) {
		case SEND_CLIENT_HELLO:
			n = writeHello(out, offset, room);
			break;
		case SEND_CHANGE_CIPHER_SPEC:
			// That was all.
			n = 0;
			break;
		case SEND_END_OF_EARLY_DATA:
			out[offset] = HandshakeType.END_OF_EARLY_DATA;
			out[offset + 1] = 0;
			out[offset + 2] = 0;
			out[offset + 3] = 0;
			n = 4;
			break;
		default:
			n = writeLastFlight(out, offset, room);
			break;
		}
		this.transcript.update(out, offset, n);
		this.bytesOut += n;
		return n;
	}

	/** Writes the next piece of the client's last flight: without certificates its Finished is all. */
	protected int writeLastFlight(byte[] out, int offset, int room) {
		return KeySlices.writeFinished(this.schedule, true, this.transcript, out, offset);
	}

	@Override
	/* package */ void sent() {
		switch (this.state) {
		case SEND_CLIENT_HELLO:
			helloSent();
			if (earlyDataOpen()) {
				this.work = EARLY_SECRET;
			}
			break;
		case SEND_CHANGE_CIPHER_SPEC:
			this.state = EXPECT_SERVER_HELLO;
			break;
		case SEND_END_OF_EARLY_DATA:
			this.state = SEND_FINISHED;
			this.work = HANDSHAKE_WRITE_KEYS;
			break;
		default:
			this.work = APPLICATION_WRITE_KEYS;
			break;
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
		if (this.psk != null) {
			this.psk.release();
		}
	}
}
