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

/** A certification path that grows from the leaf to an anchor (RFC 5280 §6.1), with the certificates that wait to join it. */
/* package */ abstract class CertificationPath {

	/** Most certificates in a path, the leaf included and the anchor not. */
	/* package */ static final int MOST = 10;

	/* package */ static final int PATH = CertificateRecords.PATH;
	/* package */ static final int CURRENT = CertificateRecords.CURRENT;

	/* What grow() does next. */
	/* package */ static final int IDLE = 0;
	/* package */ static final int JOIN = 1;
	private static final int SEEK_ANCHOR = 2;
	private static final int SEEK_PENDING = 3;
	private static final int VERIFY = 4;

	/* Whose key is being tried on the path's last certificate. */
	private static final int ANCHOR = 0;
	private static final int NEXT = 1;
	private static final int WAITING = 2;
	private static final int ITSELF = 3;

	private static final int MAX_PENDING = 16;
	private static final int MAX_MESSAGE = 0xffff;

	/** By the constants of {@link SignatureVerifier}. */
	/* package */ final SignatureVerifier[] verifiers;
	/* package */ final CertificateRecords records;
	/* package */ final ServerName serverName;
	/* package */ final NameConstraints names;
	/* package */ byte[] pins;
	/* package */ byte work;
	/* package */ byte timeState;
	/* package */ byte error;
	/* package */ byte errorDepth;
	/** Certificates read. */
	/* package */ byte count;
	/** Certificates in the path. */
	/* package */ byte pathLength;
	/* package */ boolean reading;
	/* package */ boolean complete;
	/* package */ boolean ended;
	/** Whether a key is expected that is trusted as it is, and no path. */
	/* package */ boolean bareKey;
	private TrustAnchors anchors;
	private SignatureVerifier verifier;
	private byte candidate;
	/** CA certificates in the path that are not self-issued: what pathLenConstraint counts. */
	private byte intermediates;
	/** Slot the path's last certificate came from: its key is still there until the next is read. */
	private byte lastSlot;
	private byte pendingSlot;
	private boolean pinned;
	/** A key with the right name did not verify the path's last certificate. */
	private boolean refused;
	private int anchor;

	/** Lays out memory; the parameters are those of {@link PathValidator}. */
	/* package */ CertificationPath(CryptoProvider crypto, int pendingCertificates, int nameStoreLength, int ed25519CertificateLength,
			byte[] lent, int lentOffset, int lentLength) {
		if (pendingCertificates < 0 || pendingCertificates > MAX_PENDING || nameStoreLength < 0 || nameStoreLength > MAX_MESSAGE
				|| ed25519CertificateLength < 0 || ed25519CertificateLength > MAX_MESSAGE) {
			throw new IllegalArgumentException("0 to 16 pending certificates, at most 65535 bytes each of names and Ed25519 certificates");
		}
		this.verifiers = new SignatureVerifier[SignatureVerifier.RSA_PSS + 1];
		for (int i = SignatureVerifier.ECDSA_P256; i <= SignatureVerifier.RSA_PSS; i++) {
			this.verifiers[i] = crypto.newVerifier(i);
		}
		this.records = new CertificateRecords(pendingCertificates, crypto.maxKeyLength(), crypto.maxSignatureLength(),
				ed25519CertificateLength, lent, lentOffset, lentLength);
		this.serverName = new ServerName(this.records.bytes(PATH), this.records.start(PATH));
		this.names = new NameConstraints(nameStoreLength, lent, lentOffset + this.records.lentLength(), lentLength - this.records.lentLength());
		this.ended = true;
	}

	/** Begins an empty path. */
	/* package */ void begin(TrustAnchors trusted) {
		this.anchors = trusted;
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
		this.bareKey = false;
		this.pinned = false;
		this.refused = false;
	}

	/** Ends the path where it is. */
	/* package */ void end() {
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

	/** Works for a slice; true when there is nothing left to do. */
	/* package */ boolean grow() {
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

	/* package */ boolean isOver() {
		return this.ended || this.error != PathError.NONE;
	}

	/* package */ void fail(int code, int depth) {
		this.error = (byte) code;
		this.errorDepth = (byte) depth;
		this.work = IDLE;
		this.reading = false;
		this.complete = false;
	}

	/** A certificate has been read: the leaf begins the path; another goes on with it, or waits. */
	private void join() {
		if (this.bareKey) {
			trustKey();
		} else if (this.count == 1) {
			linkLeaf();
		} else if (this.records.isIssuer(CURRENT, PATH)) {
			this.candidate = NEXT;
			verify(CURRENT);
		} else {
			keepPending();
		}
	}

	/** A key has been read that has no certificate: it is the peer's if it is one of those that are trusted. */
	private void trustKey() {
		int fault = this.records.fault(CURRENT);
		if (fault != PathError.NONE) {
			fail(fault, 0);
		} else if (!this.records.is(CURRENT, CertificateRecords.PINNED)) {
			fail(PathError.KEY_NOT_TRUSTED, 0);
		} else {
			this.records.copyKey(CURRENT, PATH);
			this.complete = true;
			this.work = IDLE;
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
			// What the caller may still want to know is whether the peer has the key of the certificate it showed.
			r.copyKey(CURRENT, PATH);
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
			} else if (this.pathLength == MOST) {
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
		this.anchor = this.anchors == null ? -1 : this.anchors.find(r.bytes(PATH), r.issuer(PATH));
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
}
