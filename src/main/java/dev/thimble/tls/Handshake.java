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
 * A handshake as the engine drives it: one role in one version, see {@link Protocol}.
 *
 * <p>A subclass's states are named after what is expected next. Slow operations are <em>work</em>: {@link #working()} tells that there is some, and
 * {@link #work()} does a slice of it; no message is read meanwhile.
 *
 * <p>Several handshakes of one engine share its equipment (primitives, transcript, readers, record protection): the first makes it, the others take
 * it over. What was negotiated goes from one to the other when the version is known ({@link #takeOver}).
 */
/* package */ abstract class Handshake {

	/** The state before a connection and after it, in every subclass. */
	protected static final byte IDLE = 0;
	/** The value of {@link #work} when there is none, in every subclass. */
	protected static final byte NO_WORK = 0;

	protected static final int VERSION_12 = 0x0303;
	protected static final int VERSION_13 = 0x0304;

	/** Longest handshake message but Certificate: a ticket of 2^16-1 bytes with its nonce, extensions and lengths fits. */
	protected static final int MAX_MESSAGE = 4 + 4 + 1 + 255 + 2 + 65535 + 2 + 65535;
	/** The longest key share: an uncompressed point of P-384. */
	protected static final int MAX_SHARE = 97;

	// Equipment.

	protected final Offer offer;
	protected final KeyAgreement[] agreements;
	protected final Aead[] aeads;
	protected final Random random;
	protected final KeyLog keyLog;
	/** Null if the peer is not asked for a certificate. */
	protected final PeerAuthentication authentication;
	/** Null without an identity. */
	protected final OwnAuthentication own;
	protected final Transcript transcript;
	protected final RecordProtection reading;
	protected final RecordProtection writing;
	protected final MessageCursor cursor;
	protected final FixedReader fixed;
	protected final byte[] digest;
	protected final int maxChainLength;

	// The connection.

	protected KeyAgreement agreement;
	protected byte state;
	protected byte work;
	protected byte suiteIndex;
	protected boolean keyUpdateRequested;
	protected boolean certificateRequested;
	protected short suite;
	protected char signatureScheme;
	protected short protocol;
	protected short peerLimit;
	protected int bytesOut;

	/** Makes the equipment. */
	/* package */ Handshake(HandshakeParts parts) {
		EngineConfig config = parts.config;
		CryptoProvider crypto = config.crypto;
		this.random = config.random;
		this.keyLog = config.keyLog;
		this.maxChainLength = config.maxChainLength;
		this.authentication = parts.authentication;
		this.reading = parts.reading;
		this.writing = parts.writing;
		this.digest = new byte[48];
		this.offer = new Offer(config, parts.authentication == null ? null : parts.authentication.path());
		this.transcript = new Transcript(crypto.newHash(Hash.SHA_256), needsSha384(config) ? crypto.newHash(Hash.SHA_384) : null,
				parts.hashes.sha256(), parts.hashes.sha384());
		this.aeads = new Aead[this.offer.cipherSuites.length];
		for (int i = 0; i < this.aeads.length; i++) {
			this.aeads[i] = aead(config, i);
		}
		this.agreements = new KeyAgreement[this.offer.groups.length];
		for (int i = 0; i < this.agreements.length; i++) {
			this.agreements[i] = crypto.newKeyAgreement(this.offer.groups[i]);
		}
		this.cursor = new MessageCursor(fieldLength(crypto));
		this.own = config.identities.length == 0 ? null
				: new OwnAuthentication(config.identities, parts.hashes, config.protocols[0].client());
		this.fixed = new FixedReader(this.cursor);
	}

	/** Takes over the equipment of another handshake of the same engine. */
	/* package */ Handshake(Handshake first) {
		this.random = first.random;
		this.keyLog = first.keyLog;
		this.maxChainLength = first.maxChainLength;
		this.authentication = first.authentication;
		this.reading = first.reading;
		this.writing = first.writing;
		this.digest = first.digest;
		this.transcript = first.transcript;
		this.offer = first.offer;
		this.aeads = first.aeads;
		this.agreements = first.agreements;
		this.cursor = first.cursor;
		this.own = first.own;
		this.fixed = first.fixed;
	}

	private boolean needsSha384(EngineConfig config) {
		boolean needed = this.offer.offersHash(Hash.SHA_384);
		for (int i = 0; i < config.protocols.length; i++) {
			needed |= config.protocols[i].signsWithSha384(config);
		}
		return needed;
	}

	/** Suites with the same AEAD share an object: one has a key at a time, and only one suite is in use. */
	private Aead aead(EngineConfig config, int index) {
		int algorithm = Offer.aead(config, this.offer.cipherSuites[index]);
		for (int i = 0; i < index; i++) {
			if (Offer.aead(config, this.offer.cipherSuites[i]) == algorithm) {
				return this.aeads[i];
			}
		}
		return config.crypto.newAead(algorithm);
	}

	private int fieldLength(CryptoProvider crypto) {
		int n = ServerHelloReader.FIELD_LENGTH;
		n = crypto.maxSignatureLength() > n ? crypto.maxSignatureLength() : n;
		n = this.offer.longestProtocol > n ? this.offer.longestProtocol : n;
		return MAX_SHARE > n ? MAX_SHARE : n;
	}

	/** Forgets the last connection. */
	protected final void reset() {
		this.suite = 0;
		this.suiteIndex = -1;
		this.signatureScheme = 0;
		this.protocol = -1;
		this.peerLimit = EngineConfig.MAX_RECORD_LIMIT;
		this.certificateRequested = false;
		if (this.own != null) {
			this.own.select(-1);
		}
		this.keyUpdateRequested = false;
		this.bytesOut = 0;
	}

	/** Takes over what was negotiated until the version was known. */
	protected final void takeOver(Handshake from) {
		this.agreement = from.agreement;
		this.suite = from.suite;
		this.suiteIndex = from.suiteIndex;
		this.signatureScheme = from.signatureScheme;
		this.protocol = from.protocol;
		this.peerLimit = from.peerLimit;
		this.certificateRequested = from.certificateRequested;
		this.keyUpdateRequested = false;
		this.bytesOut = from.bytesOut;
	}

	/** Gets the handshake that goes on: another one once that was chosen by version, else this. */
	/* package */ Handshake successor() {
		return this;
	}

	// The engine's questions.

	/** Tells whether messages still belong to the transcript, and application data may not come yet. */
	/* package */ abstract boolean inHandshake();

	/** Tells whether a flight is being made or sent in the handshake's middle: nothing is read before it is out. */
	/* package */ abstract boolean sending();

	/** Tells whether the peer is verified and application data can go both ways. */
	/* package */ abstract boolean connected();

	/** Tells whether a message of the handshake, or change_cipher_spec, is to be sent. */
	/* package */ abstract boolean wantsToSend();

	/* package */ final boolean working() {
		return this.work != NO_WORK;
	}

	/**
	 * Does a slice of work.
	 *
	 * @return an error of {@link TlsError}.
	 */
	/* package */ abstract int work();

	/** Tells whether a warning of the peer, other than close_notify, is let pass (RFC 5246 §7.2.2); TLS 1.3 has none. */
	/* package */ boolean ignoresWarnings() {
		return false;
	}

	// Receiving.

	/**
	 * Decides whether a message may come now, and prepares for it.
	 *
	 * @return an error of {@link TlsError}.
	 */
	/* package */ abstract int messageStart(int type, int length);

	/** Gets the reader of a message that may come. */
	/* package */ abstract MessageReader reader(int type);

	/** Called when a reader paused: behind each certificate there can be work. */
	/* package */ abstract void messagePaused(int type);

	/**
	 * Acts on a message that was read to its end.
	 *
	 * @param recordEnds
	 *            whether nothing stands behind it in its record.
	 * @return an error of {@link TlsError}.
	 */
	/* package */ abstract int messageEnd(int type, boolean recordEnds);

	/**
	 * Acts on a well-formed change_cipher_spec.
	 *
	 * @return an error of {@link TlsError}.
	 */
	/* package */ abstract int changeCipherSpec();

	/** Tells whether the peer asked for an update of our keys, and forgets it. */
	/* package */ final boolean takeKeyUpdateRequest() {
		boolean requested = this.keyUpdateRequested;
		this.keyUpdateRequested = false;
		return requested;
	}

	// Sending.

	/** Gets the version a record of the current flight says it has (RFC 8446 §5.1). */
	/* package */ int recordVersion() {
		return VERSION_12;
	}

	/** Tells whether a change_cipher_spec is to be sent now, once. */
	/* package */ abstract boolean takeChangeCipherSpec();

	/** Goes on after change_cipher_spec was made a record. */
	/* package */ void changeCipherSpecSent() {
		// It means something in TLS 1.2 only.
	}

	/**
	 * Writes the next piece of what is to be sent: part of a long message, or a whole one.
	 *
	 * @param out
	 *            receives it.
	 * @param offset
	 *            where its first byte goes.
	 * @param room
	 *            how many bytes may be written: at least 64.
	 * @return its length; {@link #sent()} is to be called once it is a record.
	 */
	/* package */ abstract int write(byte[] out, int offset, int room);

	/** Goes on after what {@link #write} gave was made a record. */
	/* package */ abstract void sent();

	/** Tells whether sending keys can be replaced by a KeyUpdate. */
	/* package */ abstract boolean updatesKeys();

	/** Replaces our sending keys after a KeyUpdate was sent. */
	/* package */ abstract void updateWriteKeys();

	/** Exports keying material, see {@link TlsEngine#export}. */
	/* package */ abstract void export(byte[] label, byte[] context, byte[] out, int offset, int length);

	// What the readers report.

	/** RFC 8449 §4: at least 64; in TLS 1.3 it counts the content type. */
	/* package */ final boolean peerRecordSizeLimit(int bytes, boolean typeCounts) {
		if (bytes < 64) {
			return false;
		}
		int most = typeCounts ? bytes - 1 : bytes;
		this.peerLimit = (short) (most < this.peerLimit ? most : this.peerLimit);
		return true;
	}

	/* package */ final boolean selectProtocol(byte[] name, int length) {
		this.protocol = (short) this.offer.protocolIndex(name, length);
		return this.protocol >= 0;
	}

	// What was negotiated.

	/** Tells whether this is the client's role. */
	/* package */ abstract boolean client();

	/**
	 * Copies the name the client asked for, if there is room for all of it.
	 *
	 * @return its length in bytes; 0 if there is none.
	 */
	/* package */ int serverName(byte[] out, int offset, int room) {
		return 0;
	}

	/** Tells whether the client proved who it is by a certificate. */
	/* package */ boolean clientVerified() {
		return false;
	}

	/** Gets the version of this handshake, as on the wire. */
	/* package */ abstract int version();

	/** Tells whether the connection resumed a session or stands on a pre-shared key. */
	/* package */ boolean resumed() {
		return false;
	}

	// Early data: a client's application data before the handshake is complete.

	/** Tells whether early data is offered and the peer has not answered. */
	/* package */ boolean earlyDataOpen() {
		return false;
	}

	/** Gets how much application data may be sent now although the handshake is not complete. */
	/* package */ int earlyDataRoom() {
		return 0;
	}

	/** Takes note that some was sent. */
	/* package */ void earlyDataSent(int bytes) {
		// Not called where there is no room.
	}

	/** Tells whether the peer accepted early data. */
	/* package */ boolean earlyDataAccepted() {
		return false;
	}

	/* package */ abstract int group();

	/** Gets IANA's name of the suite. */
	/* package */ String cipherSuiteName() {
		return CipherSuite.name13(this.suite & 0xffff);
	}

	/* package */ abstract boolean retried();

	/* package */ final Offer offer() {
		return this.offer;
	}

	/* package */ final Transcript transcript() {
		return this.transcript;
	}

	/** Gets the array in which the readers collect fields of messages. */
	/* package */ final byte[] field() {
		return this.cursor.field;
	}

	/* package */ final int cipherSuite() {
		return this.suite & 0xffff;
	}

	/* package */ final int signatureScheme() {
		return this.signatureScheme;
	}

	/** Gets the index of the identity that is sent, -1 for none. */
	/* package */ final int identity() {
		return this.own == null ? -1 : this.own.selected();
	}

	/* package */ final boolean certificateRequested() {
		return this.certificateRequested;
	}

	/* package */ final int protocol() {
		return this.protocol;
	}

	/** Gets the largest plaintext the peer accepts in a record. */
	/* package */ final int peerLimit() {
		return this.peerLimit;
	}

	/* package */ final int bytesOut() {
		return this.bytesOut;
	}

	/** Wipes all secrets. */
	/* package */ void wipe() {
		this.state = IDLE;
		this.work = NO_WORK;
		if (this.authentication != null) {
			this.authentication.wipe();
		}
		if (this.own != null) {
			this.own.wipe();
		}
		for (int i = 0; i < this.agreements.length; i++) {
			this.agreements[i].wipe();
		}
		this.reading.wipe();
		this.writing.wipe();
		byte[] field = this.cursor.field;
		for (int i = 0; i < field.length; i++) {
			field[i] = 0;
		}
		// Beside hashes it has held a server's shared secret, and the verify_data that is expected.
		for (int i = 0; i < this.digest.length; i++) {
			this.digest[i] = 0;
		}
	}
}
