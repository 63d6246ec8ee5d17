/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.x509.PublicKey;

/**
 * The client's side of a TLS 1.2 handshake behind its ServerHello (RFC 5246 §7.3, RFC 8422 §2), alone or as the successor of
 * {@link ClientHandshake13}.
 */
/* package */ final class ClientHandshake12 extends ClientHandshake {

	private static final byte EXPECT_CERTIFICATE = 3;
	private static final byte EXPECT_KEY_EXCHANGE = 4;
	/** With a pre-shared key alone ServerKeyExchange carries a hint only, and can be left out (RFC 4279 §2). */
	private static final byte EXPECT_KEY_EXCHANGE_OR_DONE = 5;
	private static final byte EXPECT_REQUEST_OR_DONE = 6;
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

	private static final int CERTIFICATE = 2;
	private static final int CHAIN = 3;
	private static final int SIGNATURE = 4;
	private static final int OWN_KEY_PAIR = 5;
	private static final int AGREEMENT = 6;
	private static final int MASTER_SECRET = 7;
	private static final int CLIENT_SIGNATURE = 8;
	private static final int KEYS = 9;
	private static final int OWN_FINISHED = 10;
	private static final int SERVER_FINISHED = 11;

	/** Most bytes of a message of ours in a record: a piece is copied and hashed in one step. */
	private static final int PIECE = 1024;

	private final KeySchedule12 schedule;
	private final RecordFormat12 format;
	private final ServerHello12 rules = new ServerHello12(this);
	private final Certificate12Reader certificate;
	private final ServerKeyExchangeReader serverKeyExchange;
	private final CertificateRequest12Reader certificateRequest;
	private final ClientKeyExchangeWriter clientKeyExchange = new ClientKeyExchangeWriter();
	private final PreSharedKey[] keys;
	/** Null without a session. */
	private final Resumption12 resumption;

	/** The pre-shared key in use; null: none. */
	private PreSharedKey key;
	private byte peerShareLength;
	/** How many bytes of the path's spare memory the server has signed. */
	private short signedLength;
	private boolean changeCipherSpecSent;
	private boolean resumed;
	/** Whether the own key pair was made for the ClientHello of TLS 1.3. */
	private boolean earlyKeyPair;

	/** Makes the handshake of an engine that speaks TLS 1.2 alone. */
	/* package */ ClientHandshake12(HandshakeParts parts, ClientHelloWriter helloWriter, KeySchedule12 schedule) {
		super(parts, helloWriter, schedule.memory());
		this.schedule = schedule;
		this.format = new RecordFormat12(schedule.memory(), KeySchedule12.recordMemory());
		this.keys = parts.config.preSharedKeys;
		this.certificate = Certificate12Reader.of(this.authentication, this.cursor, false);
		this.serverKeyExchange = new ServerKeyExchangeReader(this.cursor, this);
		this.certificateRequest = new CertificateRequest12Reader(this.cursor, this.own == null ? null : parts.identityMatch(this.own));
		this.resumption = parts.config.psk == null ? null : parts.config.psk.resumption(parts, this.cursor, this);
	}

	/** Makes the handshake that goes on if a server does not choose TLS 1.3. */
	/* package */ ClientHandshake12(HandshakeParts parts, ClientHandshake13 first, KeySchedule12 schedule) {
		super(first);
		first.other(this);
		this.schedule = schedule;
		this.format = new RecordFormat12(schedule.memory(), KeySchedule12.recordMemory());
		this.keys = parts.config.preSharedKeys;
		this.certificate = Certificate12Reader.of(this.authentication, this.cursor, false);
		this.serverKeyExchange = new ServerKeyExchangeReader(this.cursor, this);
		this.certificateRequest = new CertificateRequest12Reader(this.cursor, this.own == null ? null : parts.identityMatch(this.own));
		this.resumption = parts.config.psk == null ? null : parts.config.psk.resumption(parts, this.cursor, this);
	}

	/** Without TLS 1.3 there is nothing to prepare. */
	@Override
	protected void begin() {
		this.hello.group(0);
		this.hello.sessionIdLength(0);
		prepareSession();
		helloReady();
	}

	/** Decides whether a session is offered. */
	/* package */ void prepareSession() {
		if (this.resumption != null) {
			this.resumption.begin(this.hello, this.offer);
		}
	}

	@Override
	/* package */ byte[] memory() {
		return this.schedule.memory();
	}

	@Override
	/* package */ int version() {
		return VERSION_12;
	}

	@Override
	/* package */ boolean resumed() {
		return this.resumed || this.key != null;
	}

	@Override
	/* package */ String cipherSuiteName() {
		return CipherSuite12.name(cipherSuite());
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
	/* package */ boolean ignoresWarnings() {
		return true;
	}

	@Override
	/* package */ ServerHello12 rules12() {
		return this.rules;
	}

	/** Tells whether a session can be kept, so that session_ticket was sent. */
	/* package */ boolean keepsSession() {
		return this.resumption != null;
	}

	/* package */ KeySchedule12 schedule() {
		return this.schedule;
	}

	/** RFC 7627 §5.1, RFC 5746 §3.4, RFC 8422 §5.1.2. */
	@Override
	protected void extensions(ClientHelloWriter writer) {
		writer.extension(ExtensionType.EXTENDED_MASTER_SECRET, 0);
		writer.extension(ExtensionType.RENEGOTIATION_INFO, 1);
		writer.u8(0);
		writer.extension(ExtensionType.EC_POINT_FORMATS, 2);
		writer.u8(1);
		writer.u8(0);
		if (this.resumption != null) {
			this.resumption.extension(writer);
		}
	}

	@Override
	protected int helloEnd(boolean recordEnds) {
		if (CipherSuite.version(cipherSuite()) != VERSION_12) {
			return TlsError.CIPHER_SUITE;
		}
		if (this.writing.active()) {
			// RFC 8446 §D.3: early data has been sent, which TLS 1.2 does not know.
			return TlsError.PROTOCOL_VERSION;
		}
		this.changeCipherSpecSent = false;
		this.resumed = this.rules.resumed();
		this.key = null;
		this.schedule.select(CipherSuite.hash(cipherSuite()));
		this.format.select(CipherSuite12.aead(cipherSuite()));
		select(this.reading);
		select(this.writing);
		if (this.resumed) {
			return resume();
		}
		int keyExchange = CipherSuite12.keyExchange(cipherSuite());
		this.serverKeyExchange.expect(keyExchange);
		this.state = keyExchange == CipherSuite12.PSK ? EXPECT_KEY_EXCHANGE_OR_DONE
				: keyExchange == CipherSuite12.ECDHE_PSK ? EXPECT_KEY_EXCHANGE : EXPECT_CERTIFICATE;
		this.work = NO_WORK;
		this.earlyKeyPair = this.hello.shareLength() > 0;
		return TlsError.NONE;
	}

	private int resume() {
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

	private void select(RecordProtection protection) {
		protection.select(this.aeads[this.suiteIndex]);
		protection.format(this.format);
	}

	// Working.

	@Override
	/* package */ int work() {
		switch (this.work) {
		case CERTIFICATE:
		case CHAIN:
			return stepChain();
		case SIGNATURE:
			return this.authentication.stepVerify() ? signatureVerified() : TlsError.NONE;
		case OWN_KEY_PAIR:
		case AGREEMENT:
			return this.agreement.step() ? agreed() : TlsError.NONE;
		case CLIENT_SIGNATURE:
			return sign();
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
		int error = this.authentication.chainError();
		if (error == TlsError.NONE && this.work == CHAIN && !fitsSuite(this.authentication.path().keyAlgorithm())) {
			error = TlsError.CERTIFICATE_TYPE;
		}
		this.work = NO_WORK;
		return error;
	}

	/** RFC 8422 §2, §5.3: an Edwards key goes with the suites that are named after ECDSA. */
	private boolean fitsSuite(int keyAlgorithm) {
		boolean rsa = keyAlgorithm == PublicKey.RSA || keyAlgorithm == PublicKey.RSA_PSS;
		return rsa == (CipherSuite12.keyExchange(cipherSuite()) == CipherSuite12.ECDHE_RSA);
	}

	private int signatureVerified() {
		this.work = NO_WORK;
		this.state = EXPECT_REQUEST_OR_DONE;
		return this.authentication.verified() ? TlsError.NONE : TlsError.SIGNATURE_INVALID;
	}

	private int agreed() {
		if (this.work == OWN_KEY_PAIR) {
			int n = this.agreement.result(this.hello.share(), 0);
			if (n < 0) {
				return TlsError.NO_ENTROPY;
			}
			this.hello.shareLength(n);
			startAgreement();
			return TlsError.NONE;
		}
		int n = this.agreement.result(this.schedule.memory(), this.schedule.sharedSecret(this.key != null));
		if (n >= 0) {
			return startFlight(n);
		}
		if (!this.earlyKeyPair) {
			return TlsError.KEY_SHARE;
		}
		// An Ed25519 signature that was verified meanwhile has taken the private key's place; the server's key is judged by a new one.
		startOwnKeyPair();
		return TlsError.NONE;
	}

	private void startOwnKeyPair() {
		this.earlyKeyPair = false;
		this.agreement = this.agreements[this.offer.groupIndex(group())];
		this.agreement.startKeyPair(this.random);
		this.work = OWN_KEY_PAIR;
	}

	private void startAgreement() {
		this.agreement.startAgreement(this.schedule.memory(), this.schedule.peerShare(), this.peerShareLength);
		this.work = AGREEMENT;
	}

	private int sign() {
		int error = this.own.step(this.transcript);
		this.work = this.own.signs() ? (byte) CLIENT_SIGNATURE : (byte) NO_WORK;
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
			return serverHelloDone();
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

	/**
	 * Takes the server's key share: curve and point stand in the field array, from index 0. What the server signs is put together (RFC 8422 §5.4).
	 *
	 * @param point
	 *            where the point begins.
	 * @param end
	 *            where it ends.
	 * @return an error of {@link TlsError}.
	 */
	/* package */ int serverShare(byte[] field, int point, int end) {
		int chosen = (field[1] & 0xff) << 8 | field[2] & 0xff;
		if (this.offer.groupIndex(chosen) < 0) {
			return TlsError.GROUP;
		}
		// A share that was made for another group is of no use.
		this.earlyKeyPair &= chosen == group();
		this.hello.group(chosen);
		this.peerShareLength = (byte) (end - point);
		System.arraycopy(field, point, this.schedule.memory(), this.schedule.peerShare(), end - point);
		if (this.key == null && !CipherSuite12.preShared(cipherSuite())) {
			byte[] spare = this.authentication.path().spare();
			int at = this.authentication.path().spareOffset();
			System.arraycopy(this.hello.random(), 0, spare, at, ClientHello.RANDOM_LENGTH);
			at += ClientHello.RANDOM_LENGTH;
			System.arraycopy(this.schedule.memory(), this.schedule.serverRandom(), spare, at, ClientHello.RANDOM_LENGTH);
			System.arraycopy(field, 0, spare, at + ClientHello.RANDOM_LENGTH, end);
			this.signedLength = (short) (2 * ClientHello.RANDOM_LENGTH + end);
		}
		return TlsError.NONE;
	}

	private int serverKeyExchangeEnd() {
		if (CipherSuite12.preShared(cipherSuite())) {
			this.state = EXPECT_REQUEST_OR_DONE;
			return TlsError.NONE;
		}
		int scheme = this.serverKeyExchange.scheme();
		if (!this.offer.offersScheme(scheme)) {
			return TlsError.SIGNATURE_SCHEME;
		}
		this.signatureScheme = (char) scheme;
		this.work = SIGNATURE;
		return this.authentication.startVerify12(scheme, this.signedLength, this.cursor.field, this.serverKeyExchange.signatureLength());
	}

	private int serverHelloDone() {
		this.state = this.certificateRequested ? SEND_CERTIFICATE : SEND_KEY_EXCHANGE;
		if (CipherSuite12.preShared(cipherSuite())) {
			this.key = preSharedKey();
			if (this.key == null) {
				// It was wiped since the ClientHello.
				return TlsError.CIPHER_SUITE;
			}
		}
		if (!CipherSuite12.ephemeral(cipherSuite())) {
			this.hello.group(0);
			return startFlight(0);
		}
		if (this.earlyKeyPair) {
			startAgreement();
		} else {
			startOwnKeyPair();
		}
		return TlsError.NONE;
	}

	/** Gets the first key that goes with the suite. */
	private PreSharedKey preSharedKey() {
		for (int i = 0; i < this.keys.length; i++) {
			PreSharedKey candidate = this.keys[i];
			if (!candidate.imported() && candidate.identity().length > 0 && candidate.hash() == CipherSuite.hash(cipherSuite())) {
				return candidate;
			}
		}
		return null;
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

	private int startFlight(int sharedLength) {
		this.work = NO_WORK;
		this.schedule.premaster(sharedLength, this.key);
		this.clientKeyExchange.start(this.key, sharedLength > 0 ? this.hello.shareLength() : 0);
		return TlsError.NONE;
	}

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

	/** There is no KeyUpdate. */
	@Override
	/* package */ boolean updatesKeys() {
		return false;
	}

	@Override
	/* package */ void updateWriteKeys() {
		// Not called.
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
