/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.x509.PublicKey;

/**
 * The client's side of a TLS 1.2 handshake up to the premaster secret (RFC 5246 §7.4, RFC 8422 §2, §5): what is offered, and what the
 * server makes of it by its ServerHello, Certificate and ServerKeyExchange.
 */
/* package */ abstract class ClientNegotiation12 extends ClientHandshake {

	protected static final byte EXPECT_CERTIFICATE = 3;
	protected static final byte EXPECT_KEY_EXCHANGE = 4;
	/** With a pre-shared key alone ServerKeyExchange carries a hint only, and can be left out (RFC 4279 §2). */
	protected static final byte EXPECT_KEY_EXCHANGE_OR_DONE = 5;
	protected static final byte EXPECT_REQUEST_OR_DONE = 6;

	protected static final byte CERTIFICATE = 2;
	protected static final byte CHAIN = 3;
	private static final byte SIGNATURE = 4;
	private static final byte OWN_KEY_PAIR = 5;
	private static final byte AGREEMENT = 6;
	/** The last number of work done here. */
	protected static final byte LAST_WORK = AGREEMENT;

	protected final KeySchedule12 schedule;
	protected final RecordFormat12 format;
	protected final ServerHello12 rules = new ServerHello12(this);
	protected final Certificate12Reader certificate;
	protected final ServerKeyExchangeReader serverKeyExchange;
	protected final ClientKeyExchangeWriter clientKeyExchange = new ClientKeyExchangeWriter();
	private final PreSharedKey[] keys;
	/** Null without a session. */
	protected final Resumption12 resumption;

	/** The pre-shared key in use; null: none. */
	protected PreSharedKey key;
	private byte peerShareLength;
	/** How many bytes of the path's spare memory the server has signed. */
	private short signedLength;
	/** Whether a session is resumed. */
	protected boolean resumed;
	/** Whether the own key pair was made for the ClientHello of TLS 1.3. */
	private boolean earlyKeyPair;

	/** Makes the negotiation of an engine that speaks TLS 1.2 alone. */
	/* package */ ClientNegotiation12(HandshakeParts parts, ClientHelloWriter helloWriter, KeySchedule12 schedule) {
		super(parts, helloWriter, schedule.memory());
		this.schedule = schedule;
		this.format = new RecordFormat12(schedule.memory(), KeySchedule12.recordMemory());
		this.keys = parts.config.preSharedKeys;
		this.certificate = Certificate12Reader.of(this.authentication, this.cursor, false);
		this.serverKeyExchange = new ServerKeyExchangeReader(this.cursor, this);
		this.resumption = parts.config.psk == null ? null : parts.config.psk.resumption(parts, this.cursor, this);
	}

	/** Makes the negotiation that goes on if a server does not choose TLS 1.3. */
	/* package */ ClientNegotiation12(HandshakeParts parts, ClientHandshake13 first, KeySchedule12 schedule) {
		super(first);
		first.other(this);
		this.schedule = schedule;
		this.format = new RecordFormat12(schedule.memory(), KeySchedule12.recordMemory());
		this.keys = parts.config.preSharedKeys;
		this.certificate = Certificate12Reader.of(this.authentication, this.cursor, false);
		this.serverKeyExchange = new ServerKeyExchangeReader(this.cursor, this);
		this.resumption = parts.config.psk == null ? null : parts.config.psk.resumption(parts, this.cursor, this);
	}

	/** Without TLS 1.3 there is nothing to prepare. */
	@Override
	protected final void begin() {
		this.hello.group(0);
		this.hello.sessionIdLength(0);
		prepareSession();
		helloReady();
	}

	/** Decides whether a session is offered. */
	/* package */ final void prepareSession() {
		if (this.resumption != null) {
			this.resumption.begin(this.hello, this.offer);
		}
	}

	/** RFC 7627 §5.1, RFC 5746 §3.4, RFC 8422 §5.1.2. */
	@Override
	protected final void extensions(ClientHelloWriter writer) {
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
	protected final int helloEnd(boolean recordEnds) {
		if (CipherSuite.version(cipherSuite()) != VERSION_12) {
			return TlsError.CIPHER_SUITE;
		}
		if (this.writing.active()) {
			// RFC 8446 §D.3: early data has been sent, which TLS 1.2 does not know.
			return TlsError.PROTOCOL_VERSION;
		}
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

	/** Goes on behind a ServerHello that resumes; returns an error of {@link TlsError}. */
	protected abstract int resume();

	private void select(RecordProtection protection) {
		protection.select(this.aeads[this.suiteIndex]);
		protection.format(this.format);
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
	/* package */ final int serverShare(byte[] field, int point, int end) {
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

	/** Goes on behind ServerKeyExchange; returns an error of {@link TlsError}. */
	protected final int serverKeyExchangeEnd() {
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

	/** Starts what ends with the premaster secret; returns an error of {@link TlsError}. */
	protected final int exchangeKeys() {
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

	// Working.

	/** Does a slice of the work up to {@link #LAST_WORK}; returns an error of {@link TlsError}. */
	protected final int workNegotiation() {
		switch (this.work) {
		case CERTIFICATE:
		case CHAIN:
			return stepChain();
		case SIGNATURE:
			return this.authentication.stepVerify() ? signatureVerified() : TlsError.NONE;
		default:
			// OWN_KEY_PAIR, AGREEMENT
			return this.agreement.step() ? agreed() : TlsError.NONE;
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

	private int startFlight(int sharedLength) {
		this.work = NO_WORK;
		this.schedule.premaster(sharedLength, this.key);
		this.clientKeyExchange.start(this.key, sharedLength > 0 ? this.hello.shareLength() : 0);
		return TlsError.NONE;
	}

	// What was negotiated.

	@Override
	/* package */ final byte[] memory() {
		return this.schedule.memory();
	}

	@Override
	/* package */ final int version() {
		return VERSION_12;
	}

	@Override
	/* package */ final boolean resumed() {
		return this.resumed || this.key != null;
	}

	@Override
	/* package */ final String cipherSuiteName() {
		return CipherSuite12.name(cipherSuite());
	}

	@Override
	/* package */ final boolean ignoresWarnings() {
		return true;
	}

	@Override
	/* package */ final ServerHello12 rules12() {
		return this.rules;
	}

	/** Tells whether a session can be kept, so that session_ticket was sent. */
	/* package */ final boolean keepsSession() {
		return this.resumption != null;
	}

	/* package */ final KeySchedule12 schedule() {
		return this.schedule;
	}

	/** There is no KeyUpdate. */
	@Override
	/* package */ final boolean updatesKeys() {
		return false;
	}

	@Override
	/* package */ final void updateWriteKeys() {
		// Not called.
	}
}
