/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.SignatureVerifier;

/**
 * Validates a certification path (RFC 5280 §6) while its certificates stream by, leaf first (RFC 8446 §4.4.2).
 *
 * <p>Order of use: {@link #start}, {@link #setServerName}, {@link #setPins}; for each certificate {@link #startCertificate},
 * {@link #update} with pieces of any size, {@link #endCertificate}, {@link #step} until true; at the end {@link #endChain}, then
 * {@link #isValid} and {@link #error}. Once there is an error, further input is ignored. Nothing allocates after construction and nothing a
 * peer sends makes a method throw.
 *
 * <p>The path grows from the leaf. When an anchor's subject is the issuer of the path's last certificate and its key verifies that
 * certificate, the path is complete, and what follows is skipped unread. Otherwise the next certificate has to be the issuer; one that is
 * not waits until it is, if there is room. So the names compared are those of RFC 5280 §7.1 in their usual, binary form: an issuer is
 * written byte for byte like the subject it refers to.
 *
 * <p>A self-signed certificate that is a trust anchor is accepted as leaf. An anchor is a name and a key: its own validity and extensions
 * are for whoever trusted it to judge.
 */
public final class PathValidator {

	/** The peer is a server: its certificate has to be good for id-kp-serverAuth. */
	public static final int SERVER_AUTH = 1;
	/** The peer is a client: its certificate has to be good for id-kp-clientAuth. */
	public static final int CLIENT_AUTH = 2;
	/** Most certificates in a path, the leaf included and the anchor not. */
	public static final int MAX_PATH = 10;

	/** Bytes of {@link #spare}. */
	public static final int SPARE = ServerName.MAX_LENGTH;

	private static final int MAX_PENDING = 16;
	private static final int MAX_MESSAGE = 0xffff;

	private static final int PATH = CertificateRecords.PATH;
	private static final int CURRENT = CertificateRecords.CURRENT;

	/* What step() does next. */
	private static final int IDLE = 0;
	private static final int JOIN = 1;
	private static final int SEEK_ANCHOR = 2;
	private static final int SEEK_PENDING = 3;
	private static final int VERIFY = 4;

	/* Whose key is being tried on the path's last certificate. */
	private static final int ANCHOR = 0;
	private static final int NEXT = 1;
	private static final int WAITING = 2;
	private static final int ITSELF = 3;

	/** By the constants of {@link SignatureVerifier}. */
	private final SignatureVerifier[] verifiers;
	private final CertificateRecords records;
	private final ServerName serverName;
	private final NameConstraints names;
	private final CertificateReader reader;
	private TrustAnchors anchors;
	private byte[] pins;
	private SignatureVerifier verifier;
	private byte work;
	private byte candidate;
	private byte timeState;
	private byte error;
	private byte errorDepth;
	/** Certificates read. */
	private byte count;
	/** Certificates in the path. */
	private byte pathLength;
	/** CA certificates in the path that are not self-issued: what pathLenConstraint counts. */
	private byte intermediates;
	/** Slot the path's last certificate came from: its key is still there until the next is read. */
	private byte lastSlot;
	private byte pendingSlot;
	private boolean reading;
	private boolean complete;
	private boolean ended;
	private boolean pinned;
	/** A key with the right name did not verify the path's last certificate. */
	private boolean refused;
	private int anchor;

	/**
	 * Creates a validator with hashes of its own.
	 *
	 * @param crypto
	 *            the primitives.
	 * @param pendingCertificates
	 *            how many certificates that arrive before their subject's are remembered: 0 to 16.
	 * @param nameStoreLength
	 *            bytes for names that a CA's name constraints may be about.
	 * @param ed25519CertificateLength
	 *            longest to-be-signed part of a certificate signed with Ed25519; 0: none is accepted. It is reserved 2 +
	 *            pendingCertificates times.
	 */
	public PathValidator(CryptoProvider crypto, int pendingCertificates, int nameStoreLength, int ed25519CertificateLength) {
		this(crypto, crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384), crypto.newHash(Hash.SHA_512), crypto.newHash(Hash.SHA_256),
				pendingCertificates, nameStoreLength, ed25519CertificateLength, null, 0, 0);
	}

	/**
	 * Creates a validator that shares hashes with its owner. It uses them from {@link #startCertificate} to {@link #endCertificate} only,
	 * and finds nothing in them but what it put there.
	 *
	 * @param crypto
	 *            the primitives.
	 * @param sha256
	 *            a hash for to-be-signed parts; null: certificates signed with it are refused.
	 * @param sha384
	 *            likewise.
	 * @param sha512
	 *            likewise.
	 * @param nameHash
	 *            another SHA-256, for names and keys; it runs at the same time as one of the others.
	 * @param pendingCertificates
	 *            as above.
	 * @param nameStoreLength
	 *            as above.
	 * @param ed25519CertificateLength
	 *            as above.
	 * @param lent
	 *            memory of the owner's for records and names, which would be allocated otherwise; may be null if the length is 0. It is the
	 *            validator's from {@link #start} on; the owner gets it back when the leaf's key is not needed any more, and
	 *            {@link #wipe} overwrites what was used of it.
	 * @param lentOffset
	 *            its first byte.
	 * @param lentLength
	 *            its length; as much as fits goes there.
	 */
	public PathValidator(CryptoProvider crypto, Hash sha256, Hash sha384, Hash sha512, Hash nameHash, int pendingCertificates,
			int nameStoreLength, int ed25519CertificateLength, byte[] lent, int lentOffset, int lentLength) {
		if (pendingCertificates < 0 || pendingCertificates > MAX_PENDING || nameStoreLength < 0 || nameStoreLength > MAX_MESSAGE
				|| ed25519CertificateLength < 0 || ed25519CertificateLength > MAX_MESSAGE) {
			throw new IllegalArgumentException("0 to 16 pending certificates, at most 65535 bytes each of names and Ed25519 certificates");
		}
		if (nameHash == null || nameHash == sha256) {
			throw new IllegalArgumentException("A second SHA-256 is needed: it runs at the same time as the first");
		}
		this.verifiers = new SignatureVerifier[SignatureVerifier.RSA_PSS + 1];
		int available = 0;
		for (int i = SignatureVerifier.ECDSA_P256; i <= SignatureVerifier.RSA_PSS; i++) {
			this.verifiers[i] = crypto.newVerifier(i);
			available |= this.verifiers[i] == null ? 0 : 1 << i;
		}
		// a key of any kind is good for one of the signature algorithms with the same number, but PSS with a plain RSA key as well
		int keys = available | (available >> 1 & 1 << PublicKey.RSA);
		int signatures = available | (available >> 1 & 1 << AlgorithmIdentifier.ECDSA);
		this.records = new CertificateRecords(pendingCertificates, crypto.maxKeyLength(), crypto.maxSignatureLength(),
				ed25519CertificateLength, lent, lentOffset, lentLength);
		this.serverName = new ServerName(this.records.bytes(PATH), this.records.start(PATH));
		this.names = new NameConstraints(nameStoreLength, lent, lentOffset + this.records.lentLength(), lentLength - this.records.lentLength());
		Hash[] hashes = { sha256, sha384, sha512 };
		this.reader = new CertificateReader(this.records, this.serverName, this.names, hashes, nameHash, signatures, keys);
		this.ended = true;
	}

	/**
	 * Begins a new path and forgets everything about the last one, server name and pins included.
	 *
	 * @param trusted
	 *            the roots; kept by reference.
	 * @param time
	 *            the clock; read once, now.
	 * @param purpose
	 *            {@link #SERVER_AUTH} or {@link #CLIENT_AUTH}: what the peer is.
	 */
	public void start(TrustAnchors trusted, TimeSource time, int purpose) {
		this.anchors = trusted;
		this.timeState = (byte) time.state();
		this.reader.configure(purpose, this.timeState, time.seconds());
		this.pins = null;
		this.names.clear();
		this.serverName.set(null, 0, 0);
		for (int i = this.records.slots(); --i >= 0;) {
			this.records.clear(i);
		}
		this.work = IDLE;
		this.error = PathError.NONE;
		this.errorDepth = 0;
		this.count = 0;
		this.pathLength = 0;
		this.intermediates = 0;
		this.reading = false;
		this.complete = false;
		this.ended = false;
		this.pinned = false;
		this.refused = false;
	}

	/**
	 * Sets the name the leaf must be for. It is copied. Call it after {@link #start} and before the first certificate (later calls do
	 * nothing).
	 *
	 * @param name
	 *            ASCII: a DNS name (case does not count, nor does a trailing dot), an IPv4 address in dotted decimal or an IPv6 address.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            at most 255; 0: the leaf may be for any name.
	 * @throws IllegalArgumentException
	 *             if the name is longer.
	 */
	public void setServerName(byte[] name, int offset, int length) {
		if (length > ServerName.MAX_LENGTH) {
			throw new IllegalArgumentException("A server name has at most 255 characters");
		}
		if (this.count == 0) {
			this.serverName.set(name, offset, length);
		}
	}

	/**
	 * Sets the name the leaf must be for, as above, with the name as text.
	 *
	 * @param name
	 *            at most 255 characters of ASCII.
	 * @throws IllegalArgumentException
	 *             if the name is longer.
	 */
	public void setServerName(CharSequence name) {
		if (name.length() > ServerName.MAX_LENGTH) {
			throw new IllegalArgumentException("A server name has at most 255 characters");
		}
		if (this.count == 0) {
			this.serverName.set(name);
		}
	}

	/**
	 * Demands that one key of the path, the anchor's included, is pinned. Call it after {@link #start} and before the first certificate.
	 *
	 * @param digests
	 *            SHA-256 digests of SubjectPublicKeyInfo structures, 32 bytes each, kept by reference; null: no pins.
	 * @throws IllegalArgumentException
	 *             if the length is not a multiple of 32.
	 */
	public void setPins(byte[] digests) {
		if (digests != null && digests.length % 32 != 0) {
			throw new IllegalArgumentException("Pins are 32 bytes each");
		}
		this.pins = digests;
		this.reader.setPins(digests);
	}

	/**
	 * Begins the next certificate.
	 *
	 * @param length
	 *            the length of its DER encoding in bytes.
	 */
	public void startCertificate(int length) {
		if (!this.complete && !isOver()) {
			if (this.pathLength == MAX_PATH) {
				fail(PathError.CHAIN_TOO_LONG, this.count);
			} else {
				this.reader.start(length, this.count, this.pathLength);
				this.count++;
				this.reading = true;
			}
		}
	}

	/**
	 * Reads a piece of the certificate. Must not be called while {@link #step} has work. A byte costs up to about 450 instructions on a
	 * Cortex-M4 (two hashes): pieces of 512 bytes keep to the bound of a slice.
	 *
	 * @param in
	 *            the caller's array.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length: any, 0 included.
	 */
	public void update(byte[] in, int offset, int length) {
		if (this.reading) {
			int result = this.reader.read(in, offset, length);
			if (result != PathError.NONE) {
				fail(result, this.count - 1);
			}
		}
	}

	/** Ends the certificate. Then {@link #step} has work. */
	public void endCertificate() {
		if (this.reading) {
			this.reading = false;
			if (this.reader.isComplete()) {
				this.work = JOIN;
			} else {
				fail(PathError.MALFORMED, this.count - 1);
			}
		}
	}

	/** Ends the chain: after this {@link #error} says whether the path is valid. */
	public void endChain() {
		if (!isOver()) {
			this.ended = true;
			if (this.reading) {
				fail(PathError.MALFORMED, this.count - 1);
			} else if (this.count == 0) {
				fail(PathError.EMPTY_CHAIN, 0);
			} else if (!this.complete) {
				int last = this.records.index(PATH);
				fail(this.refused ? PathError.SIGNATURE_INVALID : hasPending() ? PathError.PATH_INCOMPLETE : PathError.UNKNOWN_CA, last);
			}
		}
	}

	/**
	 * Works for one slice of at most about 250,000 instructions on a Cortex-M4.
	 *
	 * @return true when there is nothing left to do.
	 */
	public boolean step() {
		switch (this.work) {
		case JOIN:
			join();
			break;
		case SEEK_ANCHOR:
			seekAnchor();
			break;
		case SEEK_PENDING:
			seekPending();
			break;
		case VERIFY:
			if (this.verifier.step()) {
				verified(this.verifier.result());
			}
			break;
		default:
			break;
		}
		return this.work == IDLE;
	}

	private boolean isOver() {
		return this.ended || this.error != PathError.NONE;
	}

	private void fail(int code, int depth) {
		this.error = (byte) code;
		this.errorDepth = (byte) depth;
		this.work = IDLE;
		this.reading = false;
		this.complete = false;
	}

	/** A certificate has been read: the leaf begins the path; another goes on with it, or waits. */
	private void join() {
		if (this.count == 1) {
			linkLeaf();
		} else if (this.records.isIssuer(CURRENT, PATH)) {
			this.candidate = NEXT;
			verify(CURRENT);
		} else {
			keepPending();
		}
	}

	private void linkLeaf() {
		CertificateRecords r = this.records;
		int fault = r.fault(CURRENT);
		if (fault == PathError.NONE) {
			// TLS 1.3 only signs with the leaf's key (RFC 8446 §4.4.2.2)
			if (!r.is(CURRENT, CertificateRecords.DIGITAL_SIGNATURE)) {
				fault = PathError.KEY_USAGE;
			} else if (!r.is(CURRENT, CertificateRecords.PURPOSE)) {
				fault = PathError.EXTENDED_KEY_USAGE;
			} else if (!this.serverName.isEmpty() && !r.is(CURRENT, CertificateRecords.SERVER_NAME)) {
				// no fall-back to a common name (RFC 6125 §6.4.4, RFC 9525 §2)
				fault = r.is(CURRENT, CertificateRecords.ALTERNATIVE_NAME) ? PathError.HOST_NAME_MISMATCH : PathError.NO_SUBJECT_ALT_NAME;
			}
		}
		if (fault != PathError.NONE) {
			fail(fault, 0);
		} else {
			// its memory is the path's from here on
			this.serverName.set(null, 0, 0);
			r.copyKey(CURRENT, PATH);
			extendPath(CURRENT);
		}
	}

	/** The path's last certificate is verified with this one's key: it goes on with the path if it is a CA's (§6.1.4). */
	private void linkIssuer(int slot) {
		CertificateRecords r = this.records;
		int fault = r.fault(slot);
		if (fault == PathError.NONE) {
			if (!r.is(slot, CertificateRecords.CA)) {
				fault = PathError.NOT_A_CA;
			} else if (!r.is(slot, CertificateRecords.CERTIFICATE_SIGN)) {
				fault = PathError.KEY_USAGE;
			} else if (!r.is(slot, CertificateRecords.PURPOSE)) {
				fault = PathError.EXTENDED_KEY_USAGE;
			} else if (r.pathLength(slot) != CertificateRecords.NO_PATH_LENGTH && this.intermediates > r.pathLength(slot)) {
				fault = PathError.PATH_LENGTH;
			} else if (this.pathLength == MAX_PATH) {
				fault = PathError.CHAIN_TOO_LONG;
			} else if (r.is(slot, CertificateRecords.CONSTRAINTS)) {
				fault = r.constrained(slot) == this.pathLength ? r.constraintsFault(slot) : PathError.NAME_CONSTRAINTS_ORDER;
			}
		}
		if (fault != PathError.NONE) {
			fail(fault, r.index(slot));
			return;
		}
		if (!r.is(slot, CertificateRecords.SELF_ISSUED)) {
			this.intermediates++;
		}
		r.unset(slot, CertificateRecords.OCCUPIED);
		extendPath(slot);
	}

	private void extendPath(int slot) {
		CertificateRecords r = this.records;
		r.copyClaim(slot, PATH);
		this.lastSlot = (byte) slot;
		this.pathLength++;
		this.names.join(r.index(slot));
		this.pinned |= r.is(slot, CertificateRecords.PINNED);
		this.refused = false;
		this.anchor = this.anchors.find(r.bytes(PATH), r.issuer(PATH));
		this.work = SEEK_ANCHOR;
	}

	private void keepPending() {
		CertificateRecords r = this.records;
		for (int i = CertificateRecords.FIRST_PENDING; i < r.slots(); i++) {
			if (!r.is(i, CertificateRecords.OCCUPIED)) {
				r.copyKey(CURRENT, i);
				r.copyClaim(CURRENT, i);
				r.set(i, CertificateRecords.OCCUPIED);
				this.work = IDLE;
				return;
			}
		}
		fail(this.refused ? PathError.SIGNATURE_INVALID : PathError.TOO_MANY_PENDING, this.refused ? r.index(PATH) : this.count - 1);
	}

	private boolean hasPending() {
		for (int i = CertificateRecords.FIRST_PENDING; i < this.records.slots(); i++) {
			if (this.records.is(i, CertificateRecords.OCCUPIED)) {
				return true;
			}
		}
		return false;
	}

	/** Tries the next anchor whose subject issued the path's last certificate; then whether that is self-signed; then who waits. */
	private void seekAnchor() {
		CertificateRecords r = this.records;
		if (this.anchor >= 0) {
			TrustAnchors a = this.anchors;
			int index = this.anchor;
			this.candidate = ANCHOR;
			verify(a.keyAlgorithm(index), a.keyHash(index), a.bytes(), a.key(index), a.keyLength(index));
		} else if (r.is(PATH, CertificateRecords.SELF_ISSUED)) {
			this.candidate = ITSELF;
			verify(this.lastSlot);
		} else {
			this.pendingSlot = CertificateRecords.FIRST_PENDING;
			this.work = SEEK_PENDING;
		}
	}

	private void seekPending() {
		CertificateRecords r = this.records;
		this.work = IDLE;
		for (int i = this.pendingSlot; i < r.slots(); i++) {
			if (r.is(i, CertificateRecords.OCCUPIED) && r.isIssuer(i, PATH)) {
				this.pendingSlot = (byte) i;
				this.candidate = WAITING;
				verify(i);
				return;
			}
		}
	}

	/** Starts to verify the path's last certificate with the key of a record. */
	private void verify(int slot) {
		CertificateRecords r = this.records;
		verify(r.keyAlgorithm(slot), r.keyHash(slot), r.bytes(slot), r.key(slot), r.keyLength(slot));
	}

	private void verify(int keyAlgorithm, int keyHash, byte[] key, int keyOffset, int keyLength) {
		CertificateRecords r = this.records;
		int algorithm = r.signatureAlgorithm(PATH);
		boolean fits = algorithm == keyAlgorithm;
		if (algorithm == AlgorithmIdentifier.ECDSA && keyAlgorithm == PublicKey.EC_P384) {
			algorithm = SignatureVerifier.ECDSA_P384;
			fits = true;
		} else if (algorithm == SignatureVerifier.RSA_PSS) {
			// a key restricted to a hash function signs with no other (RFC 4055 §3.3)
			fits = keyAlgorithm == PublicKey.RSA || keyAlgorithm == PublicKey.RSA_PSS
					&& (keyHash == 0 || r.digestLength(PATH) == (keyHash - Hash.SHA_256 + 2) * 16);
		}
		this.verifier = this.verifiers[algorithm];
		if (!fits || this.verifier == null) {
			verified(false);
			return;
		}
		if (algorithm == SignatureVerifier.ED25519) {
			this.verifier.start(key, keyOffset, keyLength, r.messages(), r.message(PATH), r.messageLength(PATH), r.bytes(PATH),
					r.signature(PATH), r.signatureLength(PATH));
		} else {
			this.verifier.start(key, keyOffset, keyLength, r.bytes(PATH), r.digest(PATH), r.digestLength(PATH), r.bytes(PATH), r.signature(PATH),
					r.signatureLength(PATH));
		}
		this.work = VERIFY;
	}

	private void verified(boolean valid) {
		switch (this.candidate) {
		case ANCHOR:
			if (valid) {
				reachAnchor();
			} else {
				this.refused = true;
				this.anchor = this.anchors.next(this.anchor);
				this.work = SEEK_ANCHOR;
			}
			break;
		case NEXT:
			if (valid) {
				linkIssuer(CURRENT);
			} else {
				// another CA with the same name, perhaps
				this.refused = true;
				keepPending();
			}
			break;
		case WAITING:
			if (valid) {
				linkIssuer(this.pendingSlot);
			} else {
				this.refused = true;
				this.pendingSlot++;
				this.work = SEEK_PENDING;
			}
			break;
		default:
			if (valid) {
				fail(this.pathLength == 1 ? PathError.SELF_SIGNED : PathError.SELF_SIGNED_IN_CHAIN, this.records.index(PATH));
			} else {
				this.pendingSlot = CertificateRecords.FIRST_PENDING;
				this.work = SEEK_PENDING;
			}
			break;
		}
	}

	private void reachAnchor() {
		if (this.pins != null && !this.pinned && !this.anchors.isPinned(this.anchor, this.pins)) {
			fail(PathError.PIN_MISMATCH, 0);
		} else {
			this.complete = true;
			this.work = IDLE;
		}
	}

	/**
	 * Tells whether the chain has ended and its path is valid.
	 *
	 * @return true only after {@link #endChain} with no error.
	 */
	public boolean isValid() {
		return this.ended && this.complete;
	}

	/**
	 * Gets the first error.
	 *
	 * @return a code of {@link PathError}; {@link PathError#NONE} means a valid path only after {@link #endChain}.
	 */
	public int error() {
		return this.error & 0xff;
	}

	/**
	 * Gets the certificate the error is about.
	 *
	 * @return its place in the chain as sent, 0 for the leaf.
	 */
	public int errorDepth() {
		return this.errorDepth;
	}

	/**
	 * Gets the kind of the leaf's key.
	 *
	 * @return a constant of {@link PublicKey}; 0 before the {@link #step} after the leaf's {@link #endCertificate} has returned true.
	 */
	public int keyAlgorithm() {
		return this.records.keyAlgorithm(PATH);
	}

	/**
	 * Gets the hash function an id-RSASSA-PSS key of the leaf is restricted to (RFC 4055 §3.3).
	 *
	 * @return a constant of {@link Hash}, 0: any.
	 */
	public int keyHash() {
		return this.records.keyHash(PATH);
	}

	/**
	 * Gets the array the leaf's key lies in.
	 *
	 * @return the validator's own array: not to be changed.
	 */
	public byte[] key() {
		return this.records.bytes(PATH);
	}

	/**
	 * Gets where the leaf's key begins, in the encoding of {@link SignatureVerifier}'s constants.
	 *
	 * @return an index of {@link #key}.
	 */
	public int keyOffset() {
		return this.records.key(PATH);
	}

	/**
	 * Gets the length of the leaf's key.
	 *
	 * @return a number of bytes.
	 */
	public int keyLength() {
		return this.records.keyLength(PATH);
	}

	/**
	 * Gets an array of the validator's with memory that is free between {@link #endChain} and {@link #wipe}, while the leaf's key is still
	 * needed.
	 *
	 * @return {@value #SPARE} bytes of it from {@link #spareOffset} on are free.
	 */
	public byte[] spare() {
		return this.records.bytes(CURRENT);
	}

	/**
	 * Gets where that memory begins.
	 *
	 * @return an index of {@link #spare}.
	 */
	public int spareOffset() {
		return this.records.start(CURRENT);
	}

	/**
	 * Gets a verifier the validation uses, to share it while {@link #step} has no work.
	 *
	 * @param algorithm
	 *            a constant of {@link SignatureVerifier}.
	 * @return null if the provider has none.
	 */
	public SignatureVerifier verifier(int algorithm) {
		return this.verifiers[algorithm];
	}

	/**
	 * Gets how far the clock was trusted that the path was checked against.
	 *
	 * @return a constant of {@link TimeSource}.
	 */
	public int verifiedTimeState() {
		return this.timeState;
	}

	/** Forgets everything. Nothing here is secret, but whom a device talks to need not stay in memory. */
	public void wipe() {
		this.records.wipe();
		this.names.clear();
		this.serverName.set(null, 0, 0);
		this.reader.setPins(null);
		this.pins = null;
		this.work = IDLE;
		this.reading = false;
		this.complete = false;
		this.ended = true;
	}
}
