/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.identity.Identity;

/**
 * The server's side of a TLS 1.2 handshake behind the choice of the version (RFC 5246 §7.3, RFC 8422 §2), alone or as the successor of
 * {@link ServerHandshake13}.
 */
/* package */ final class ServerHandshake12 extends ServerHandshake {

	// States from here to SEND_DONE: our first flight is being made or sent.
	private static final byte SEND_SERVER_HELLO = 2;
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

	private static final byte TICKET = 1;
	private static final byte KEY_PAIR = 2;
	private static final byte OWN_SIGNATURE = 3;
	private static final byte CERTIFICATE = 4;
	private static final byte CHAIN = 5;
	private static final byte AGREEMENT = 6;
	private static final byte SIGNATURE = 7;
	private static final byte NEW_TICKET = 8;
	// What the pseudorandom function is asked for.
	private static final byte MASTER_SECRET = 9;
	private static final byte KEYS = 10;
	private static final byte CLIENT_FINISHED = 11;
	private static final byte OWN_FINISHED = 12;

	/** RFC 8446 §4.1.3: the end of our random tells a client that offered TLS 1.3 that we have it too. */
	private static final String DOWNGRADE = "DOWNGRD\1";
	private static final int DOWNGRADE_AT = ReceivedHello.RANDOM_LENGTH - 8;
	/** Most bytes of a message of ours in a record: a piece is copied and hashed in one step. */
	private static final int PIECE = 1024;

	private final KeySchedule12 schedule;
	private final RecordFormat12 format;
	private final ServerFlight12Writer flight = new ServerFlight12Writer();
	private final ClientKeyExchangeReader clientKeyExchange;
	private final PassingReader passing;
	/** Null if clients are not asked for certificates. */
	private final Certificate12Reader certificate;
	private final CertificateVerifyReader certificateVerify;
	/** Null without keys for tickets. */
	private final Tickets12 tickets;
	private final boolean clientRequired;
	/** Whether TLS 1.3 is spoken as well. */
	private final boolean behind13;

	/** The pre-shared key in use; null: none. */
	private PreSharedKey key;
	private int messageLength;
	private int messageSent;
	private short signatureLength;
	/** Whether an identity is selected for suites with RSA. */
	private boolean rsa;
	private boolean resumed;
	private boolean clientVerified;
	private boolean certificateReceived;
	private boolean changeCipherSpecSent;

	/** Makes the handshake of an engine that speaks TLS 1.2 alone. */
	/* package */ ServerHandshake12(HandshakeParts parts, KeySchedule12 schedule) {
		super(parts);
		EngineConfig config = parts.config;
		this.schedule = schedule;
		this.format = new RecordFormat12(schedule.memory(), KeySchedule12.recordMemory());
		this.behind13 = false;
		this.clientKeyExchange = new ClientKeyExchangeReader(this.cursor, config.preSharedKeys);
		this.passing = new PassingReader(this.cursor);
		this.certificate = this.authentication == null ? null : new Certificate12Reader(this.cursor, this.authentication.path(), true);
		this.certificateVerify = this.authentication == null ? null : this.authentication.verifyReader(this.cursor);
		this.tickets = config.ticketKeys == null ? null : config.ticketKeys.tickets12(config);
		this.clientRequired = config.clientAuthentication == EngineConfig.REQUIRED;
		if (this.own == null && config.preSharedKeys.length == 0) {
			throw new IllegalArgumentException("A server needs an identity or pre-shared keys");
		}
	}

	/** Makes the handshake that goes on if a client does not offer TLS 1.3. */
	/* package */ ServerHandshake12(HandshakeParts parts, ServerHandshake first, KeySchedule12 schedule) {
		super(first);
		EngineConfig config = parts.config;
		this.schedule = schedule;
		this.format = new RecordFormat12(schedule.memory(), KeySchedule12.recordMemory());
		this.behind13 = true;
		this.clientKeyExchange = new ClientKeyExchangeReader(this.cursor, config.preSharedKeys);
		this.passing = new PassingReader(this.cursor);
		this.certificate = this.authentication == null ? null : new Certificate12Reader(this.cursor, this.authentication.path(), true);
		this.certificateVerify = this.authentication == null ? null : this.authentication.verifyReader(this.cursor);
		this.tickets = config.ticketKeys == null ? null : config.ticketKeys.tickets12(config);
		this.clientRequired = config.clientAuthentication == EngineConfig.REQUIRED;
	}

	@Override
	/* package */ int version() {
		return VERSION_12;
	}

	@Override
	/* package */ String cipherSuiteName() {
		return CipherSuite12.name(cipherSuite());
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

	@Override
	/* package */ boolean ignoresWarnings() {
		return true;
	}

	@Override
	/* package */ Tickets12 tickets12() {
		return this.tickets;
	}

	// The ClientHello.

	@Override
	protected int helloRead(boolean recordEnds) {
		ReceivedHello offered = this.hello;
		if (this.behind13 && offered.fallback) {
			// RFC 7507 §3
			return TlsError.INAPPROPRIATE_FALLBACK;
		}
		if (!offered.nullCompression) {
			return TlsError.HELLO_COMPRESSION;
		}
		if (!offered.has(ExtensionType.EXTENDED_MASTER_SECRET)) {
			// RFC 7627 §5.2, §5.3
			return TlsError.CLIENT_MASTER_SECRET;
		}
		this.key = null;
		this.resumed = false;
		this.clientVerified = false;
		this.certificateReceived = false;
		this.changeCipherSpecSent = false;
		this.groupIndex = -1;
		this.state = SEND_SERVER_HELLO;
		if (this.tickets != null && this.tickets.received()) {
			this.work = TICKET;
			return TlsError.NONE;
		}
		return negotiate();
	}

	private int openTicket() {
		this.work = NO_WORK;
		if (!this.tickets.open() || !this.tickets.good(this.hello)) {
			return negotiate();
		}
		int index = this.offer.suiteIndex(this.tickets.suite());
		if (index < 0 || (this.hello.suites & 1 << index) == 0) {
			return negotiate();
		}
		this.resumed = true;
		this.clientVerified = this.tickets.clientVerified();
		int error = choose(index);
		if (error == TlsError.NONE) {
			this.tickets.resume(this.schedule);
			startMessage(SEND_SERVER_HELLO);
		}
		return error;
	}

	/** Chooses suite, group and certificate, and begins to answer; returns an error of {@link TlsError}. */
	private int negotiate() {
		boolean ecdsa = selectIdentity(false);
		boolean withRsa = selectIdentity(true);
		int best = -1;
		for (int i = 0; i < this.offer.cipherSuites.length && best < 0; i++) {
			best = goes(i, ecdsa, withRsa) ? i : -1;
		}
		// A client that prefers ChaCha20-Poly1305 is a device without an AES unit, to which it makes more difference than to us.
		int first = this.hello.firstSuite12;
		if (best >= 0 && first >= 0 && CipherSuite12.aead(this.offer.cipherSuites[first]) == Aead.CHACHA20_POLY1305 && goes(first, ecdsa, withRsa)) {
			best = first;
		}
		if (best < 0) {
			return ecdsa || withRsa || this.own == null ? TlsError.NO_COMMON_SUITE : TlsError.NO_SUITABLE_CERTIFICATE;
		}
		int error = choose(best);
		if (error != TlsError.NONE) {
			return error;
		}
		if (this.own != null) {
			this.own.select(-1);
			if (!preShared()) {
				selectIdentity(CipherSuite12.keyExchange(cipherSuite()) == CipherSuite12.ECDHE_RSA);
			}
		}
		this.certificateRequested = this.authentication != null && !preShared();
		this.clientKeyExchange.expect(CipherSuite12.keyExchange(cipherSuite()), CipherSuite.hash(cipherSuite()));
		if (!CipherSuite12.ephemeral(cipherSuite())) {
			startMessage(SEND_SERVER_HELLO);
			return TlsError.NONE;
		}
		this.groupIndex = 0;
		while ((groups() & 1 << this.groupIndex) == 0) {
			this.groupIndex++;
		}
		this.agreement = this.agreements[this.groupIndex];
		this.agreement.startKeyPair(this.random);
		this.work = KEY_PAIR;
		return TlsError.NONE;
	}

	/** RFC 8422 §4: a client that names no groups takes all. */
	private int groups() {
		return this.hello.has(ExtensionType.SUPPORTED_GROUPS) ? this.hello.groups : (1 << this.offer.groups.length) - 1;
	}

	/** Tells whether a suite of ours is offered and can be had. */
	private boolean goes(int index, boolean ecdsa, boolean withRsa) {
		int candidate = this.offer.cipherSuites[index];
		if ((this.hello.suites & 1 << index) == 0 || CipherSuite.version(candidate) != VERSION_12
				|| CipherSuite12.ephemeral(candidate) && groups() == 0) {
			return false;
		}
		switch (CipherSuite12.keyExchange(candidate)) {
		case CipherSuite12.ECDHE_ECDSA:
			return ecdsa;
		case CipherSuite12.ECDHE_RSA:
			return withRsa;
		default:
			return true;
		}
	}

	/** Selects the certificate that is sent with suites of one kind; tells whether there is one. */
	private boolean selectIdentity(boolean withRsa) {
		this.rsa = withRsa;
		return selectIdentity();
	}

	/* package */ static boolean isRsa(Identity identity) {
		return identity.signer().algorithm() >= SignatureVerifier.RSA_PKCS1;
	}

	/**
	 * Ed25519 is left to TLS 1.3: it signs when the private key of the agreement is there already, and the two share memory. A curve must be among the
	 * client's groups, since those are what it verifies on as well (RFC 8422 §5.1.1).
	 */
	@Override
	protected boolean usable(Identity identity) {
		if (identity.isRawKey() || isRsa(identity) != this.rsa || !super.usable(identity)) {
			return false;
		}
		if (this.rsa) {
			return true;
		}
		int algorithm = identity.signer().algorithm();
		int curve = this.offer.groupIndex(algorithm == SignatureVerifier.ECDSA_P384 ? KeyAgreement.SECP384R1 : KeyAgreement.SECP256R1);
		return algorithm != SignatureVerifier.ED25519 && (curve < 0 || (groups() & 1 << curve) != 0);
	}

	/** Takes a suite, and what any handshake agrees on; returns an error of {@link TlsError}. */
	private int choose(int index) {
		this.suite = (short) this.offer.cipherSuites[index];
		this.suiteIndex = (byte) index;
		int hash = CipherSuite.hash(cipherSuite());
		this.transcript.select(hash, this.authentication != null);
		this.schedule.select(hash);
		this.format.select(CipherSuite12.aead(cipherSuite()));
		select(this.reading);
		select(this.writing);
		byte[] memory = this.schedule.memory();
		int at = this.schedule.serverRandom();
		if (!this.random.generate(memory, at, ReceivedHello.RANDOM_LENGTH)) {
			return TlsError.NO_ENTROPY;
		}
		for (int i = 0; this.behind13 && i < DOWNGRADE.length(); i++) {
			memory[at + DOWNGRADE_AT + i] = (byte) DOWNGRADE.charAt(i);
		}
		int error = takeProtocol();
		return error != TlsError.NONE ? error : takeLimits();
	}

	private void select(RecordProtection protection) {
		protection.select(this.aeads[this.suiteIndex]);
		protection.format(this.format);
	}

	// Working.

	@Override
	/* package */ int work() {
		switch (this.work) {
		case TICKET:
			return openTicket();
		case KEY_PAIR:
			return this.agreement.step() ? keyPairMade() : TlsError.NONE;
		case OWN_SIGNATURE:
			return sign();
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

	private int keyPairMade() {
		this.work = NO_WORK;
		byte[] memory = this.hello.memory;
		int n = this.agreement.result(memory, ReceivedHello.SHARE);
		if (n < 0) {
			return TlsError.NO_ENTROPY;
		}
		this.hello.shareLength = (byte) n;
		if (preShared()) {
			startMessage(SEND_SERVER_HELLO);
			return TlsError.NONE;
		}
		// RFC 8422 §5.4: what is signed are both randoms, and curve and point as they are sent.
		byte[] signed = this.schedule.memory();
		int start = this.schedule.scratch();
		int at = start;
		System.arraycopy(this.hello.random, 0, signed, at, ReceivedHello.RANDOM_LENGTH);
		at += ReceivedHello.RANDOM_LENGTH;
		System.arraycopy(signed, this.schedule.serverRandom(), signed, at, ReceivedHello.RANDOM_LENGTH);
		at += ReceivedHello.RANDOM_LENGTH;
		signed[at++] = 3;
		signed[at++] = (byte) (group() >> 8);
		signed[at++] = (byte) group();
		signed[at++] = (byte) n;
		System.arraycopy(memory, ReceivedHello.SHARE, signed, at, n);
		this.own.startParameters(signed, start, at + n - start);
		this.work = OWN_SIGNATURE;
		return TlsError.NONE;
	}

	private int sign() {
		int n = this.own.stepParameters();
		if (n < 0) {
			return TlsError.SIGNING_FAILED;
		}
		if (n > 0) {
			this.signatureLength = (short) n;
			startMessage(SEND_SERVER_HELLO);
		}
		return TlsError.NONE;
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

	/**
	 * Tells whether a client may sign with a scheme: the transcript runs no SHA-512, SHA-384 only where one has use for it, and keeps no messages for
	 * Ed25519. What is in the place of a hash that did not run must never be verified: it is zeros, about which anybody can sign for an ECDSA key.
	 */
	/* package */ boolean verifies(int scheme) {
		int hash = SignatureScheme.hash(scheme);
		return this.offer.offersScheme(scheme) && (hash == Hash.SHA_256 || hash == Hash.SHA_384 && this.transcript.has384());
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

	private void startMessage(byte next) {
		this.state = next;
		this.work = NO_WORK;
		this.messageLength = 0;
		this.messageSent = 0;
	}

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
		case SEND_DONE:
			out[offset] = HandshakeType.SERVER_HELLO_DONE;
			out[offset + 1] = 0;
			out[offset + 2] = 0;
			out[offset + 3] = 0;
			n = 4;
			break;
		case SEND_TICKET:
			n = this.tickets.write(out, offset, most);
			break;
		case SEND_FINISHED:
			n = this.schedule.writeFinished(out, offset);
			break;
		default:
			n = writePiece(out, offset, most);
			break;
		}
		this.transcript.update(out, offset, n);
		this.bytesOut += n;
		return n;
	}

	private int writePiece(byte[] out, int offset, int room) {
		if (this.messageLength == 0) {
			this.messageLength = writeMessage(null, 0, 0, 0);
		}
		int from = this.messageSent;
		int end = this.messageLength - from < room ? this.messageLength : from + room;
		writeMessage(out, offset, from, end);
		this.messageSent = end;
		return end - from;
	}

	private int writeMessage(byte[] out, int offset, int from, int end) {
		switch (this.state) {
		case SEND_SERVER_HELLO:
			return this.flight.hello(this, this.messageLength, out, offset, from, end);
		case SEND_KEY_EXCHANGE:
			return this.flight.keyExchange(this, this.messageLength, out, offset, from, end);
		default:
			return this.flight.request(this, this.messageLength, out, offset, from, end);
		}
	}

	@Override
	/* package */ void sent() {
		switch (this.state) {
		case SEND_CERTIFICATE:
			if (!this.own.sent() && this.own.signs()) {
				this.own.endCertificate();
				startMessage(SEND_KEY_EXCHANGE);
			}
			break;
		case SEND_DONE:
			this.state = this.certificateRequested ? EXPECT_CERTIFICATE : EXPECT_KEY_EXCHANGE;
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
			if (this.messageSent == this.messageLength) {
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
				startMessage(SEND_CERTIFICATE);
			} else {
				startMessage(CipherSuite12.ephemeral(cipherSuite()) ? SEND_KEY_EXCHANGE : SEND_DONE);
			}
			break;
		case SEND_KEY_EXCHANGE:
			startMessage(this.certificateRequested ? SEND_REQUEST : SEND_DONE);
			break;
		default:
			startMessage(SEND_DONE);
			break;
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
		this.schedule.export(label, context, this.hello.random, out, offset, length);
	}

	// What was negotiated, and what the writer of the flight asks for.

	/* package */ KeySchedule12 schedule() {
		return this.schedule;
	}

	/** Tells whether the suite stands on a pre-shared key. */
	/* package */ boolean preShared() {
		return CipherSuite12.preShared(cipherSuite());
	}

	/** Tells whether a session is resumed. */
	/* package */ boolean resumes() {
		return this.resumed;
	}

	/** Tells whether a ticket will come: for a client that asks for one. */
	/* package */ boolean promisesTicket() {
		return this.tickets != null && this.hello.has(ExtensionType.SESSION_TICKET);
	}

	/* package */ int ownScheme() {
		return this.own.selectedScheme();
	}

	/* package */ int signatureLength() {
		return this.signatureLength;
	}

	/* package */ byte[] signature() {
		return this.own.parametersSignature();
	}

	@Override
	/* package */ boolean retried() {
		return false;
	}

	@Override
	/* package */ boolean resumed() {
		return this.resumed || this.key != null;
	}

	@Override
	/* package */ boolean clientVerified() {
		return this.clientVerified && this.state == CONNECTED;
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
