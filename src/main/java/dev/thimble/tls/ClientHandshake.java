/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.Random;

/**
 * The client's side of a TLS 1.3 handshake (RFC 8446 §2, §4, §A.1).
 *
 * <p>States are named after what is expected next. Slow operations are <em>work</em>: {@link #working()} tells that there is some, and
 * {@link #work()} does a slice of it; no message is read meanwhile.
 */
/* package */ final class ClientHandshake {

	/* package */ static final int IDLE = 0;
	/** The key pair is being made, or the ClientHello being sent. */
	/* package */ static final int SEND_CLIENT_HELLO = 1;
	/* package */ static final int EXPECT_SERVER_HELLO = 2;
	/* package */ static final int EXPECT_ENCRYPTED_EXTENSIONS = 3;
	/* package */ static final int EXPECT_CERTIFICATE_OR_REQUEST = 4;
	/* package */ static final int EXPECT_CERTIFICATE = 5;
	/* package */ static final int EXPECT_CERTIFICATE_VERIFY = 6;
	/* package */ static final int EXPECT_FINISHED = 7;
	/** The client's last flight is being sent. */
	/* package */ static final int SEND_FINISHED = 8;
	/* package */ static final int CONNECTED = 9;

	private static final int NO_WORK = 0;
	private static final int KEY_PAIR = 1;
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

	/** Longest handshake message but Certificate: a ticket of 2^16-1 bytes with its nonce, extensions and lengths fits. */
	private static final int MAX_MESSAGE = 4 + 4 + 1 + 255 + 2 + 65535 + 2 + 65535;
	private static final int MAX_SHARE = 97;

	private final Offer offer;
	private final KeyAgreement[] agreements;
	private final Aead[] aeads;
	private final Random random;
	private final KeyLog keyLog;
	private final int maxChainLength;

	private final ServerAuthentication authentication;
	/** Null without an identity. */
	private final ClientAuthentication client;
	private final Transcript transcript;
	private final KeySchedule schedule;
	private final RecordProtection reading;
	private final RecordProtection writing;
	private final ClientHello hello;
	private final ClientHelloWriter helloWriter;
	private final ServerHelloReader serverHello;
	private final EncryptedExtensionsReader encryptedExtensions;
	private final CertificateRequestReader certificateRequest;
	private final CertificateReader certificate;
	private final CertificateVerifyReader certificateVerify;
	private final NewSessionTicketReader newSessionTicket;
	private final FixedReader fixed;

	private final byte[] field;
	private final byte[] digest = new byte[48];

	private KeyAgreement agreement;
	private byte state;
	private byte work;
	private byte sharedLength;
	private int helloLength;
	private int helloSent;
	private boolean retried;
	private short suite;
	private byte suiteIndex;
	private char signatureScheme;
	private short protocol;
	private short peerLimit;
	private boolean certificateRequested;
	private boolean certificateSent;
	private boolean changeCipherSpecSent;
	private boolean keyUpdateRequested;
	private int bytesOut;

	/* package */ ClientHandshake(EngineConfig config, ServerAuthentication authentication, ClientHelloWriter helloWriter, RecordProtection reading,
			RecordProtection writing, byte[] outBuffer) {
		CryptoProvider crypto = config.crypto;
		this.random = config.random;
		this.keyLog = config.keyLog;
		this.maxChainLength = config.maxChainLength;
		this.authentication = authentication;
		this.helloWriter = helloWriter;
		this.reading = reading;
		this.writing = writing;
		this.transcript = new Transcript(crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384), authentication.sha256(),
				authentication.sha384());
		this.schedule = new KeySchedule(authentication.sha256(), authentication.sha384());
		int[] suites = available(config.cipherSuites == null ? CipherSuite.defaults() : config.cipherSuites, crypto, true);
		int[] groups = available(config.groups == null ? defaultGroups() : config.groups, crypto, false);
		if (suites.length == 0 || groups.length == 0) {
			throw new IllegalArgumentException("No cipher suite or no group is both wanted and provided");
		}
		this.offer = new Offer(config, suites, groups, authentication.path());
		this.hello = new ClientHello(this.offer, outBuffer, this.schedule.memory(), MAX_SHARE);
		this.aeads = new Aead[suites.length];
		for (int i = 0; i < suites.length; i++) {
			this.aeads[i] = crypto.newAead(CipherSuite.aead(suites[i]));
		}
		this.agreements = new KeyAgreement[groups.length];
		for (int i = 0; i < groups.length; i++) {
			this.agreements[i] = crypto.newKeyAgreement(groups[i]);
		}
		MessageCursor cursor = new MessageCursor(fieldLength(crypto));
		this.field = cursor.field;
		this.serverHello = new ServerHelloReader(cursor, this);
		this.encryptedExtensions = new EncryptedExtensionsReader(cursor, this);
		this.client = config.identities.length == 0 ? null : new ClientAuthentication(config.identities, authentication, cursor);
		this.certificateRequest = this.client == null ? new CertificateRequestReader(cursor) : this.client.selector();
		this.certificate = new CertificateReader(cursor, authentication.path());
		this.certificateVerify = new CertificateVerifyReader(cursor);
		this.newSessionTicket = new NewSessionTicketReader(cursor);
		this.fixed = new FixedReader(cursor);
	}

	private int fieldLength(CryptoProvider crypto) {
		int n = ServerHelloReader.FIELD_LENGTH;
		n = crypto.maxSignatureLength() > n ? crypto.maxSignatureLength() : n;
		n = this.offer.longestProtocol > n ? this.offer.longestProtocol : n;
		return MAX_SHARE > n ? MAX_SHARE : n;
	}

	private static int[] defaultGroups() {
		return new int[] { KeyAgreement.X25519, KeyAgreement.SECP256R1, KeyAgreement.SECP384R1 };
	}

	/** Picks what the provider has of the suites or groups wanted. */
	private static int[] available(int[] wanted, CryptoProvider crypto, boolean suites) {
		int count = 0;
		boolean[] has = new boolean[wanted.length];
		for (int i = 0; i < wanted.length; i++) {
			if (suites) {
				has[i] = CipherSuite.aead(wanted[i]) >= 0 && crypto.newAead(CipherSuite.aead(wanted[i])) != null;
			} else {
				has[i] = crypto.newKeyAgreement(wanted[i]) != null;
			}
			count += has[i] ? 1 : 0;
		}
		int[] result = new int[count];
		int at = 0;
		for (int i = 0; i < wanted.length; i++) {
			if (has[i]) {
				result[at++] = wanted[i];
			}
		}
		return result;
	}

	/**
	 * Starts a handshake.
	 *
	 * @return an error of {@link TlsError}.
	 */
	/* package */ int start(CharSequence name) {
		wipe();
		this.transcript.reset();
		this.retried = false;
		this.suite = 0;
		this.suiteIndex = -1;
		this.signatureScheme = 0;
		this.protocol = -1;
		this.peerLimit = EngineConfig.MAX_RECORD_LIMIT;
		this.certificateRequested = false;
		if (this.client != null) {
			this.client.selector().reset();
		}
		this.certificateSent = false;
		this.changeCipherSpecSent = false;
		this.keyUpdateRequested = false;
		this.bytesOut = 0;
		if (!this.hello.start(name, this.random)) {
			return TlsError.NO_ENTROPY;
		}
		startKeyPair(0);
		return TlsError.NONE;
	}

	private void startKeyPair(int index) {
		this.hello.group(this.offer.groups[index]);
		this.agreement = this.agreements[index];
		this.agreement.startKeyPair(this.random);
		this.state = SEND_CLIENT_HELLO;
		this.work = KEY_PAIR;
	}

	/* package */ int state() {
		return this.state;
	}

	/** Tells whether messages still belong to the transcript. */
	/* package */ boolean inHandshake() {
		return this.state < SEND_FINISHED;
	}

	/* package */ boolean connected() {
		return this.state == CONNECTED;
	}

	/* package */ boolean working() {
		return this.work != NO_WORK;
	}

	/**
	 * Does a slice of work.
	 *
	 * @return an error of {@link TlsError}.
	 */
	/* package */ int work() {
		switch (this.work) {
		case KEY_PAIR:
			return this.agreement.step() ? keyPairMade() : TlsError.NONE;
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

	private int keyPairMade() {
		this.work = NO_WORK;
		int n = this.agreement.result(this.hello.share(), 0);
		if (n < 0) {
			return TlsError.NO_ENTROPY;
		}
		this.hello.shareLength(n);
		this.helloSent = 0;
		this.helloLength = this.helloWriter.length(this.hello);
		return TlsError.NONE;
	}

	private int agreed() {
		this.work = NO_WORK;
		this.sharedLength = (byte) this.agreement.result(this.field, 0);
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
			this.schedule.handshake(this.field, this.sharedLength);
			for (int i = 0; i < this.sharedLength; i++) {
				this.field[i] = 0;
			}
			this.work = HANDSHAKE_TRAFFIC;
			break;
		case HANDSHAKE_TRAFFIC:
			this.schedule.handshakeTraffic(this.digest);
			if (this.keyLog != null) {
				this.schedule.log(this.keyLog, "CLIENT_HANDSHAKE_TRAFFIC_SECRET", this.hello.random(), true);
				this.schedule.log(this.keyLog, "SERVER_HANDSHAKE_TRAFFIC_SECRET", this.hello.random(), false);
			}
			this.work = HANDSHAKE_READ_KEYS;
			break;
		case HANDSHAKE_READ_KEYS:
			this.reading.select(this.aeads[this.suiteIndex]);
			this.schedule.install(false, this.reading);
			this.work = HANDSHAKE_WRITE_KEYS;
			break;
		case HANDSHAKE_WRITE_KEYS:
			this.writing.select(this.aeads[this.suiteIndex]);
			this.schedule.install(true, this.writing);
			this.state = EXPECT_ENCRYPTED_EXTENSIONS;
			this.work = NO_WORK;
			break;
		case MASTER_SECRET:
			this.transcript.hash(this.digest, 0);
			this.schedule.master();
			this.work = APPLICATION_TRAFFIC;
			break;
		case APPLICATION_TRAFFIC:
			this.schedule.application(this.digest);
			if (this.keyLog != null) {
				this.schedule.log(this.keyLog, "SERVER_TRAFFIC_SECRET_0", this.hello.random(), false);
				this.schedule.logExporter(this.keyLog, "EXPORTER_SECRET", this.hello.random());
			}
			this.work = APPLICATION_READ_KEYS;
			break;
		case APPLICATION_READ_KEYS:
			this.schedule.install(false, this.reading);
			this.state = SEND_FINISHED;
			this.work = NO_WORK;
			break;
		default:
			this.schedule.applicationClient(this.digest);
			this.schedule.install(true, this.writing);
			if (this.keyLog != null) {
				this.schedule.log(this.keyLog, "CLIENT_TRAFFIC_SECRET_0", this.hello.random(), true);
			}
			this.state = CONNECTED;
			this.work = NO_WORK;
			break;
		}
	}

	private int sign() {
		int error = this.client.step(this.transcript);
		this.work = this.client.signs() ? (byte) CLIENT_SIGNATURE : (byte) NO_WORK;
		return error;
	}

	private int signatureVerified() {
		this.work = NO_WORK;
		this.state = EXPECT_FINISHED;
		return this.authentication.verified() ? TlsError.NONE : TlsError.SIGNATURE_INVALID;
	}

	/**
	 * Decides whether a message may come now, and prepares for it.
	 *
	 * @return an error of {@link TlsError}.
	 */
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

	/** Called when a reader paused: behind each certificate there can be work. */
	/* package */ void messagePaused(int type) {
		if (type == HandshakeType.CERTIFICATE) {
			this.work = CERTIFICATE;
		}
	}

	/**
	 * Acts on a message that was read to its end.
	 *
	 * @param recordEnds
	 *            whether nothing stands behind it in its record.
	 * @return an error of {@link TlsError}.
	 */
	/* package */ int messageEnd(int type, boolean recordEnds) {
		switch (type) {
		case HandshakeType.SERVER_HELLO:
			return recordEnds ? serverHelloEnd() : TlsError.MESSAGE_SPANS_KEY_CHANGE;
		case HandshakeType.ENCRYPTED_EXTENSIONS:
			this.state = EXPECT_CERTIFICATE_OR_REQUEST;
			return TlsError.NONE;
		case HandshakeType.CERTIFICATE_REQUEST:
			this.certificateRequested = true;
			if (identity() >= 0) {
				this.client.start(identity());
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

	private int serverHelloEnd() {
		ServerHelloReader message = this.serverHello;
		if (message.retry()) {
			return helloRetry(message.group());
		}
		if (message.group() == 0) {
			return TlsError.MISSING_EXTENSION;
		}
		if (message.group() != this.hello.group()) {
			return TlsError.GROUP;
		}
		this.agreement.startAgreement(this.hello.share(), 0, this.hello.shareLength());
		this.work = AGREEMENT;
		return TlsError.NONE;
	}

	/** §4.1.4 */
	private int helloRetry(int wantedGroup) {
		if (this.retried) {
			return TlsError.UNEXPECTED_MESSAGE;
		}
		this.retried = true;
		if (wantedGroup == 0) {
			if (this.hello.cookieLength() == 0) {
				return TlsError.HELLO_RETRY_POINTLESS;
			}
			// The key share was not overwritten: a HelloRetryRequest carries none.
			this.state = SEND_CLIENT_HELLO;
			this.helloSent = 0;
			this.helloLength = this.helloWriter.length(this.hello);
			return TlsError.NONE;
		}
		int index = this.offer.groupIndex(wantedGroup);
		if (index < 0) {
			return TlsError.GROUP;
		}
		if (wantedGroup == this.hello.group()) {
			return TlsError.HELLO_RETRY_POINTLESS;
		}
		this.agreement.wipe();
		startKeyPair(index);
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
		return this.authentication.startVerify(scheme, this.digest, this.transcript.length(), this.field, message.signatureLength());
	}

	private int finishedEnd() {
		int n = this.transcript.length();
		this.schedule.finished(false, this.digest, 0, this.digest, 0);
		int difference = 0;
		for (int i = 0; i < n; i++) {
			difference |= this.digest[i] ^ this.field[i];
		}
		if (difference != 0) {
			return TlsError.FINISHED_INVALID;
		}
		this.work = MASTER_SECRET;
		return TlsError.NONE;
	}

	private int keyUpdateEnd() {
		if (this.field[0] != 0 && this.field[0] != 1) {
			return TlsError.KEY_UPDATE_VALUE;
		}
		this.schedule.update(false);
		this.schedule.install(false, this.reading);
		this.keyUpdateRequested |= this.field[0] == 1;
		return TlsError.NONE;
	}

	/** Tells whether the peer asked for an update of our keys, and forgets it. */
	/* package */ boolean takeKeyUpdateRequest() {
		boolean requested = this.keyUpdateRequested;
		this.keyUpdateRequested = false;
		return requested;
	}

	/** Tells whether a message of the handshake, or change_cipher_spec, is to be sent. */
	/* package */ boolean wantsToSend() {
		return this.work == NO_WORK && (this.state == SEND_CLIENT_HELLO || this.state == SEND_FINISHED);
	}

	/** §D.4: once, before the second ClientHello or else before the client's last flight. */
	/* package */ boolean takeChangeCipherSpec() {
		boolean due = this.offer.middleboxCompatibility && !this.changeCipherSpecSent && (this.retried || this.state == SEND_FINISHED);
		this.changeCipherSpecSent |= due;
		return due;
	}

	/**
	 * Writes the next piece of what is to be sent: part of a ClientHello, or a whole message.
	 *
	 * @param out
	 *            receives it.
	 * @param offset
	 *            where its first byte goes.
	 * @param room
	 *            how many bytes may be written: at least 64.
	 * @return its length; {@link #sent()} is to be called once it is a record.
	 */
	/* package */ int write(byte[] out, int offset, int room) {
		int n;
		if (this.state == SEND_CLIENT_HELLO) {
			int free = room;
			// Not over the cookie at the array's end.
			if (offset + free > this.hello.cookieOffset()) {
				free = this.hello.cookieOffset() - offset;
			}
			n = this.helloLength - this.helloSent < free ? this.helloLength - this.helloSent : free;
			this.helloWriter.write(this.hello, this.helloLength, out, offset, this.helloSent, this.helloSent + n);
			this.helloSent += n;
		} else if (this.certificateRequested && !this.certificateSent && identity() >= 0) {
			n = this.client.write(out, offset, room);
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
			n = 4 + this.schedule.hashLength();
			out[offset] = HandshakeType.FINISHED;
			out[offset + 1] = 0;
			out[offset + 2] = 0;
			out[offset + 3] = (byte) (n - 4);
			this.transcript.hash(out, offset + 4);
			this.schedule.finished(true, out, offset + 4, out, offset + 4);
		}
		this.transcript.update(out, offset, n);
		this.bytesOut += n;
		return n;
	}

	/** Goes on after what {@link #write} gave was made a record. */
	/* package */ void sent() {
		if (this.state == SEND_CLIENT_HELLO) {
			if (this.helloSent == this.helloLength) {
				this.hello.dropCookie();
				this.state = EXPECT_SERVER_HELLO;
			}
		} else if (this.certificateRequested && !this.certificateSent) {
			this.certificateSent = identity() < 0 || this.client.sent();
			this.work = identity() >= 0 && this.client.signs() ? (byte) CLIENT_SIGNATURE : (byte) NO_WORK;
		} else {
			this.work = APPLICATION_WRITE_KEYS;
		}
	}

	/** Replaces our sending keys after a KeyUpdate was sent. */
	/* package */ void updateWriteKeys() {
		this.schedule.update(true);
		this.schedule.install(true, this.writing);
	}

	/* package */ void export(byte[] label, byte[] context, byte[] out, int offset, int length) {
		this.schedule.export(label, context, out, offset, length);
	}

	// What the readers report.

	/** Takes the server's suite; false if it was not offered, or is not the one of the HelloRetryRequest (§4.1.4). */
	/* package */ boolean selectSuite(int chosen) {
		int index = this.offer.suiteIndex(chosen);
		if (index < 0 || this.retried && chosen != this.suite) {
			return false;
		}
		this.suite = (short) chosen;
		this.suiteIndex = (byte) index;
		return true;
	}

	/* package */ void startServerHelloTranscript(int chosen, boolean retry) {
		// A suite that was not offered is refused at the end of the message; until then any hash will do.
		this.transcript.select(this.offer.suiteIndex(chosen) < 0 ? Hash.SHA_256 : CipherSuite.hash(chosen));
		if (retry && !this.retried) {
			this.transcript.helloRetry(this.schedule.memory(), KeySchedule.INFO);
		}
	}

	/** RFC 6066 §4: the answer must be what was asked for; it binds both directions. */
	/* package */ boolean maxFragmentLength(int code) {
		if (code == 0 || code != this.offer.maxFragmentLengthCode()) {
			return false;
		}
		int bytes = 256 << code;
		this.peerLimit = (short) (bytes < this.peerLimit ? bytes : this.peerLimit);
		return true;
	}

	/** RFC 8449 §4: at least 64; counts the content type. */
	/* package */ boolean peerRecordSizeLimit(int bytes) {
		if (bytes < 64) {
			return false;
		}
		this.peerLimit = (short) (bytes - 1 < this.peerLimit ? bytes - 1 : this.peerLimit);
		return true;
	}

	/* package */ boolean selectProtocol(byte[] name, int length) {
		this.protocol = (short) this.offer.protocolIndex(name, length);
		return this.protocol >= 0;
	}

	// What was negotiated.

	/* package */ Offer offer() {
		return this.offer;
	}

	/* package */ ClientHello hello() {
		return this.hello;
	}

	/* package */ Transcript transcript() {
		return this.transcript;
	}

	/** Gets the array in which the readers collect fields of messages. */
	/* package */ byte[] field() {
		return this.field;
	}

	/* package */ int cipherSuite() {
		return this.suite;
	}

	/* package */ int signatureScheme() {
		return this.signatureScheme;
	}

	/** Gets the index of the identity that is sent, -1 for none. */
	/* package */ int identity() {
		return this.client == null ? -1 : this.client.selector().selected();
	}

	/* package */ boolean certificateRequested() {
		return this.certificateRequested;
	}

	/* package */ int protocol() {
		return this.protocol;
	}

	/** Gets the largest plaintext the peer accepts in a record. */
	/* package */ int peerLimit() {
		return this.peerLimit;
	}

	/* package */ boolean retried() {
		return this.retried;
	}

	/* package */ int bytesOut() {
		return this.bytesOut;
	}

	/** Wipes all secrets. */
	/* package */ void wipe() {
		this.state = IDLE;
		this.work = NO_WORK;
		this.hello.forget();
		this.schedule.wipe();
		this.authentication.wipe();
		if (this.client != null) {
			this.client.wipe();
		}
		for (int i = 0; i < this.agreements.length; i++) {
			this.agreements[i].wipe();
		}
		this.reading.wipe();
		this.writing.wipe();
		for (int i = 0; i < this.field.length; i++) {
			this.field[i] = 0;
		}
	}
}
