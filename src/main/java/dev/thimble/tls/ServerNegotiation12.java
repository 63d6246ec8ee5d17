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
 * The server's side of a TLS 1.2 handshake from the choice of the version to all that its first flight says (RFC 5246 §7.4.1, RFC 8422 §2,
 * §5): ticket, suite, certificate, group, key pair, and the signature of the parameters.
 */
/* package */ abstract class ServerNegotiation12 extends ServerHandshake {

	protected static final byte SEND_SERVER_HELLO = 2;

	private static final byte TICKET = 1;
	private static final byte KEY_PAIR = 2;
	private static final byte OWN_SIGNATURE = 3;
	/** The last number of work done here. */
	protected static final byte LAST_WORK = OWN_SIGNATURE;

	/** RFC 8446 §4.1.3: the end of our random tells a client that offered TLS 1.3 that we have it too. */
	private static final String DOWNGRADE = "DOWNGRD\1";
	private static final int DOWNGRADE_AT = ReceivedHello.RANDOM_LENGTH - 8;

	protected final KeySchedule12 schedule;
	protected final RecordFormat12 format;
	/** Null without keys for tickets. */
	protected final Tickets12 tickets;
	protected final ServerFlight12Writer flight = new ServerFlight12Writer();
	/** Whether TLS 1.3 is spoken as well. */
	private final boolean behind13;

	/** The pre-shared key in use; null: none. */
	protected PreSharedKey key;
	private short signatureLength;
	/** Whether an identity is selected for suites with RSA. */
	private boolean rsa;
	/** Whether a session is resumed. */
	protected boolean resumed;
	protected boolean clientVerified;

	/** Makes the negotiation of an engine that speaks TLS 1.2 alone. */
	/* package */ ServerNegotiation12(HandshakeParts parts, KeySchedule12 schedule) {
		super(parts);
		EngineConfig config = parts.config;
		this.schedule = schedule;
		this.format = new RecordFormat12(schedule.memory(), KeySchedule12.recordMemory());
		this.tickets = config.ticketKeys == null ? null : config.ticketKeys.tickets12(config);
		this.behind13 = false;
		if (this.own == null && config.preSharedKeys.length == 0) {
			throw new IllegalArgumentException("A server needs an identity or pre-shared keys");
		}
	}

	/** Makes the negotiation that goes on if a client does not offer TLS 1.3. */
	/* package */ ServerNegotiation12(HandshakeParts parts, ServerHandshake first, KeySchedule12 schedule) {
		super(first);
		EngineConfig config = parts.config;
		this.schedule = schedule;
		this.format = new RecordFormat12(schedule.memory(), KeySchedule12.recordMemory());
		this.tickets = config.ticketKeys == null ? null : config.ticketKeys.tickets12(config);
		this.behind13 = true;
	}

	/** Does a slice of the work up to {@link #LAST_WORK}; returns an error of {@link TlsError}. */
	protected final int workNegotiation() {
		switch (this.work) {
		case TICKET:
			return openTicket();
		case KEY_PAIR:
			return this.agreement.step() ? keyPairMade() : TlsError.NONE;
		default:
			// OWN_SIGNATURE
			return sign();
		}
	}

	@Override
	protected final int helloRead(boolean recordEnds) {
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
			startMessage(SEND_SERVER_HELLO, HandshakeType.SERVER_HELLO);
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
		if (!CipherSuite12.ephemeral(cipherSuite())) {
			startMessage(SEND_SERVER_HELLO, HandshakeType.SERVER_HELLO);
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
	protected final boolean usable(Identity identity) {
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

	private int keyPairMade() {
		this.work = NO_WORK;
		byte[] memory = this.hello.memory;
		int n = this.agreement.result(memory, ReceivedHello.SHARE);
		if (n < 0) {
			return TlsError.NO_ENTROPY;
		}
		this.hello.shareLength = (byte) n;
		if (preShared()) {
			startMessage(SEND_SERVER_HELLO, HandshakeType.SERVER_HELLO);
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
			startMessage(SEND_SERVER_HELLO, HandshakeType.SERVER_HELLO);
		}
		return TlsError.NONE;
	}

	/** Starts to send a message of a type. */
	protected final void startMessage(byte next, int type) {
		this.state = next;
		this.work = NO_WORK;
		this.flight.startMessage(type);
	}

	// What was negotiated, and what the writer of the flight asks for.

	@Override
	/* package */ final int version() {
		return VERSION_12;
	}

	@Override
	/* package */ final String cipherSuiteName() {
		return CipherSuite12.name(cipherSuite());
	}

	@Override
	/* package */ final Tickets12 tickets12() {
		return this.tickets;
	}

	/* package */ final KeySchedule12 schedule() {
		return this.schedule;
	}

	/** Tells whether the suite stands on a pre-shared key. */
	/* package */ final boolean preShared() {
		return CipherSuite12.preShared(cipherSuite());
	}

	/** Tells whether a session is resumed. */
	/* package */ final boolean resumes() {
		return this.resumed;
	}

	/** Tells whether a ticket will come: for a client that asks for one. */
	/* package */ final boolean promisesTicket() {
		return this.tickets != null && this.hello.has(ExtensionType.SESSION_TICKET);
	}

	/**
	 * Tells whether a client may sign with a scheme: the transcript runs no SHA-512, SHA-384 only where one has use for it, and keeps no messages for
	 * Ed25519. What is in the place of a hash that did not run must never be verified: it is zeros, about which anybody can sign for an ECDSA key.
	 */
	/* package */ final boolean verifies(int scheme) {
		int hash = SignatureScheme.hash(scheme);
		return this.offer.offersScheme(scheme) && (hash == Hash.SHA_256 || hash == Hash.SHA_384 && this.transcript.has384());
	}

	/* package */ final int ownScheme() {
		return this.own.selectedScheme();
	}

	/* package */ final int signatureLength() {
		return this.signatureLength;
	}

	/* package */ final byte[] signature() {
		return this.own.parametersSignature();
	}

	@Override
	/* package */ final boolean retried() {
		return false;
	}

	@Override
	/* package */ final boolean resumed() {
		return this.resumed || this.key != null;
	}

	@Override
	/* package */ final boolean ignoresWarnings() {
		return true;
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

	@Override
	/* package */ void wipe() {
		super.wipe();
		this.schedule.wipe();
		if (this.tickets != null) {
			this.tickets.wipe();
		}
	}
}
