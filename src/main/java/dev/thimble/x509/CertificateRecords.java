/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import dev.thimble.crypto.Hash;

/**
 * What is kept of certificates: a few slots of fixed size, in memory that is lent as far as that reaches.
 *
 * <p>A slot has two parts: the public key, and the claim (who issued the certificate, and what it takes to check that). Slot {@link #PATH}
 * holds the key of the leaf, which TLS needs after the validation, and the claim of the path's last certificate, which is all that the next
 * step needs; slot {@link #CURRENT} the certificate being read; the others certificates that wait for theirs to come.
 */
/* package */ final class CertificateRecords {

	/* package */ static final int PATH = 0;
	/* package */ static final int CURRENT = 1;
	/* package */ static final int FIRST_PENDING = 2;

	/** basicConstraints says cA. */
	/* package */ static final int CA = 1;
	/** keyUsage absent or with keyCertSign. */
	/* package */ static final int CERTIFICATE_SIGN = 2;
	/** keyUsage absent or with digitalSignature. */
	/* package */ static final int DIGITAL_SIGNATURE = 4;
	/** extendedKeyUsage absent or with the purpose asked for. */
	/* package */ static final int PURPOSE = 8;
	/** The SubjectPublicKeyInfo is pinned. */
	/* package */ static final int PINNED = 16;
	/** Subject and issuer are the same name. */
	/* package */ static final int SELF_ISSUED = 32;
	/** There is a subjectAltName. */
	/* package */ static final int ALTERNATIVE_NAME = 64;
	/** A subjectAltName is the peer's name. */
	/* package */ static final int SERVER_NAME = 128;
	/** There are name constraints. */
	/* package */ static final int CONSTRAINTS = 256;
	/** The slot is in use. */
	/* package */ static final int OCCUPIED = 512;

	/**
	 * Length of a name's digest. It only has to keep names apart for an honest CA: a name that collides gains nothing, since the issuer's
	 * signature must verify as well. So half a SHA-256 is plenty.
	 */
	/* package */ static final int NAME_DIGEST = 16;
	/** No pathLenConstraint. */
	/* package */ static final int NO_PATH_LENGTH = 255;

	/** Smallest room for a signature: the reader puts an algorithm identifier and small fields there before the signature comes. */
	private static final int MIN_SIGNATURE = 104;

	private static final int KEY_ALGORITHM = 0;
	private static final int KEY_HASH = 1;
	private static final int KEY_LENGTH = 2;
	private static final int KEY = 4;

	/* Offsets in the claim. */
	private static final int SIGNATURE_ALGORITHM = 0;
	private static final int DIGEST_LENGTH = 1;
	private static final int SIGNATURE_LENGTH = 2;
	private static final int MESSAGE_LENGTH = 4;
	private static final int FLAGS = 6;
	private static final int FAULT = 8;
	private static final int PATH_LENGTH = 9;
	private static final int INDEX = 10;
	private static final int CONSTRAINTS_FAULT = 11;
	private static final int CONSTRAINED = 12;
	private static final int ISSUER = 13;
	private static final int SUBJECT = ISSUER + NAME_DIGEST;
	private static final int DIGEST = SUBJECT + NAME_DIGEST;

	/** Memory of the owner's, in which the first slots lie. */
	private final byte[] lent;
	private final int lentOffset;
	private final byte lentSlots;
	/** The other slots; null if there are none. */
	private final byte[] own;
	/** To-be-signed parts signed with Ed25519, one area a slot; null if there is no room for any. */
	private final byte[] messages;
	private final byte slots;
	private final short stride;
	private final short claim;
	private final short maxKey;
	private final short maxSignature;
	private final short maxDigest;
	private final int maxMessage;
	/** Where small fields of the certificate being read are gathered: in the room of its signature, which comes last. */
	private int field;
	/** Length of the field so far; -1: it does not fit. */
	private int fieldLength;

	/** Lays the slots out, as many as fit in lent memory. */
	/* package */ CertificateRecords(int pending, int maxKeyLength, int maxSignatureLength, int maxMessageLength, byte[] lent, int lentOffset,
			int lentLength) {
		this.slots = (byte) (FIRST_PENDING + pending);
		this.maxKey = (short) maxKeyLength;
		this.maxSignature = (short) (maxSignatureLength < MIN_SIGNATURE ? MIN_SIGNATURE : maxSignatureLength);
		// ECDSA uses as many leading bits of the digest as the order has (FIPS 186-5 §6.4.1); RSA uses all
		this.maxDigest = (short) (this.maxSignature == MIN_SIGNATURE ? 48 : 64);
		this.maxMessage = maxMessageLength;
		this.claim = (short) (KEY + maxKeyLength);
		int length = this.claim + DIGEST + this.maxDigest + this.maxSignature;
		this.stride = (short) (length < ServerName.MAX_LENGTH ? ServerName.MAX_LENGTH : length);
		int fit = lentLength / this.stride;
		this.lentSlots = (byte) (fit < this.slots ? fit : this.slots);
		this.lent = lent;
		this.lentOffset = lentOffset;
		this.own = this.lentSlots == this.slots ? null : new byte[(this.slots - this.lentSlots) * this.stride];
		this.messages = maxMessageLength == 0 ? null : new byte[this.slots * maxMessageLength];
	}

	/** Where a slot begins. The path's is not in use until the leaf has been read; it has room for a {@link ServerName}. */
	/* package */ int start(int slot) {
		return slot < this.lentSlots ? this.lentOffset + slot * this.stride : (slot - this.lentSlots) * this.stride;
	}

	/** Gets how many bytes of the lent memory the slots take. */
	/* package */ int lentLength() {
		return this.lentSlots * this.stride;
	}

	/* package */ int slots() {
		return this.slots;
	}

	/** The array a slot's offsets lie in. */
	/* package */ byte[] bytes(int slot) {
		return slot < this.lentSlots ? this.lent : this.own;
	}

	/** Forgets a certificate. */
	/* package */ void clear(int slot) {
		byte[] b = bytes(slot);
		int start = start(slot);
		for (int i = start + this.stride; --i >= start;) {
			b[i] = 0;
		}
		bytes(slot)[claim(slot) + PATH_LENGTH] = (byte) NO_PATH_LENGTH;
		setFlags(slot, CERTIFICATE_SIGN | DIGITAL_SIGNATURE | PURPOSE);
	}

	/** Forgets everything. */
	/* package */ void wipe() {
		for (int i = 0; i < this.slots; i++) {
			clear(i);
		}
		if (this.messages != null) {
			for (int i = this.messages.length; --i >= 0;) {
				this.messages[i] = 0;
			}
		}
	}

	/** Reserves the first bytes of the current signature's room; fields are gathered behind them. */
	/* package */ void reserve(int length) {
		this.field = signature(CURRENT) + length;
		this.fieldLength = 0;
	}

	/** Begins a small field. */
	/* package */ void startField() {
		this.fieldLength = 0;
	}

	/** Begins a small field with the header of the element whose content follows. */
	/* package */ void startField(DerReader der) {
		this.fieldLength = der.header(bytes(CURRENT), this.field);
	}

	/* package */ void gather(byte[] in, int offset, int length) {
		if (this.fieldLength >= 0) {
			int start = this.field + this.fieldLength;
			if (length > signature(CURRENT) + this.maxSignature - start) {
				this.fieldLength = -1;
			} else {
				System.arraycopy(in, offset, bytes(CURRENT), start, length);
				this.fieldLength += length;
			}
		}
	}

	/* package */ int field() {
		return this.field;
	}

	/** Length of the field that was gathered; -1 if it did not fit. */
	/* package */ int fieldLength() {
		return this.fieldLength;
	}

	/** Copies a certificate's claim to another slot. */
	/* package */ void copyClaim(int from, int to) {
		System.arraycopy(bytes(from), claim(from), bytes(to), claim(to), this.stride - this.claim);
		if (this.messages != null) {
			System.arraycopy(this.messages, from * this.maxMessage, this.messages, to * this.maxMessage, messageLength(from));
		}
	}

	/** Copies a certificate's key to another slot. */
	/* package */ void copyKey(int from, int to) {
		System.arraycopy(bytes(from), start(from), bytes(to), start(to), this.claim);
	}

	private int claim(int slot) {
		return start(slot) + this.claim;
	}

	private int two(int slot, int offset) {
		byte[] b = bytes(slot);
		return (b[offset] & 0xff) << 8 | b[offset + 1] & 0xff;
	}

	private void putTwo(int slot, int offset, int value) {
		byte[] b = bytes(slot);
		b[offset] = (byte) (value >> 8);
		b[offset + 1] = (byte) value;
	}

	/** A constant of {@link PublicKey}, 0 for a key that cannot be used. */
	/* package */ int keyAlgorithm(int slot) {
		return bytes(slot)[start(slot) + KEY_ALGORITHM];
	}

	/** The constant of {@link Hash} a PSS key is restricted to, or 0. */
	/* package */ int keyHash(int slot) {
		return bytes(slot)[start(slot) + KEY_HASH];
	}

	/* package */ int key(int slot) {
		return start(slot) + KEY;
	}

	/* package */ int keyLength(int slot) {
		return two(slot, start(slot) + KEY_LENGTH);
	}

	/* package */ int maxKey() {
		return this.maxKey;
	}

	/* package */ void setKey(int slot, int algorithm, int hash, int length) {
		int start = start(slot);
		bytes(slot)[start + KEY_ALGORITHM] = (byte) algorithm;
		bytes(slot)[start + KEY_HASH] = (byte) hash;
		putTwo(slot, start + KEY_LENGTH, length);
	}

	/** The constant of SignatureVerifier for the certificate's signature, {@link AlgorithmIdentifier#ECDSA} for any curve. */
	/* package */ int signatureAlgorithm(int slot) {
		return bytes(slot)[claim(slot) + SIGNATURE_ALGORITHM];
	}

	/* package */ void setSignatureAlgorithm(int slot, int algorithm) {
		bytes(slot)[claim(slot) + SIGNATURE_ALGORITHM] = (byte) algorithm;
	}

	/* package */ int digest(int slot) {
		return claim(slot) + DIGEST;
	}

	/* package */ int digestLength(int slot) {
		return bytes(slot)[claim(slot) + DIGEST_LENGTH];
	}

	/** Keeps a digest that lies in the slot, or as much of it as a verifier of this provider uses. */
	/* package */ void setDigest(int slot, int from, int length) {
		int kept = length < this.maxDigest ? length : this.maxDigest;
		System.arraycopy(bytes(slot), from, bytes(slot), digest(slot), kept);
		bytes(slot)[claim(slot) + DIGEST_LENGTH] = (byte) kept;
	}

	/** Room at {@link #digest} before there is a digest. */
	/* package */ int maxDigest() {
		return this.maxDigest;
	}

	/* package */ int signature(int slot) {
		return claim(slot) + DIGEST + this.maxDigest;
	}

	/* package */ int signatureLength(int slot) {
		return two(slot, claim(slot) + SIGNATURE_LENGTH);
	}

	/* package */ void setSignatureLength(int slot, int length) {
		putTwo(slot, claim(slot) + SIGNATURE_LENGTH, length);
	}

	/* package */ int maxSignature() {
		return this.maxSignature;
	}

	/** The array of {@link #message}; null if there is none. */
	/* package */ byte[] messages() {
		return this.messages;
	}

	/* package */ int message(int slot) {
		return slot * this.maxMessage;
	}

	/* package */ int messageLength(int slot) {
		return two(slot, claim(slot) + MESSAGE_LENGTH);
	}

	/* package */ void setMessageLength(int slot, int length) {
		putTwo(slot, claim(slot) + MESSAGE_LENGTH, length);
	}

	/* package */ int maxMessage() {
		return this.maxMessage;
	}

	/* package */ boolean is(int slot, int flag) {
		return (two(slot, claim(slot) + FLAGS) & flag) != 0;
	}

	/* package */ void set(int slot, int flag) {
		setFlags(slot, two(slot, claim(slot) + FLAGS) | flag);
	}

	/* package */ void unset(int slot, int flag) {
		setFlags(slot, two(slot, claim(slot) + FLAGS) & ~flag);
	}

	private void setFlags(int slot, int flags) {
		putTwo(slot, claim(slot) + FLAGS, flags);
	}

	/** What makes the certificate unusable in a path, a code of {@link PathError}. */
	/* package */ int fault(int slot) {
		return bytes(slot)[claim(slot) + FAULT] & 0xff;
	}

	/** Notes a fault, unless there is one already. */
	/* package */ void setFault(int slot, int error) {
		if (fault(slot) == PathError.NONE) {
			bytes(slot)[claim(slot) + FAULT] = (byte) error;
		}
	}

	/** pathLenConstraint, at most 254, or {@link #NO_PATH_LENGTH}. */
	/* package */ int pathLength(int slot) {
		return bytes(slot)[claim(slot) + PATH_LENGTH] & 0xff;
	}

	/* package */ void setPathLength(int slot, int length) {
		bytes(slot)[claim(slot) + PATH_LENGTH] = (byte) length;
	}

	/** The certificate's place in the chain as sent. */
	/* package */ int index(int slot) {
		return bytes(slot)[claim(slot) + INDEX];
	}

	/* package */ void setIndex(int slot, int index) {
		bytes(slot)[claim(slot) + INDEX] = (byte) index;
	}

	/** How the certificate's name constraints judge the path below it, a code of {@link PathError}. */
	/* package */ int constraintsFault(int slot) {
		return bytes(slot)[claim(slot) + CONSTRAINTS_FAULT] & 0xff;
	}

	/** Length of the path that {@link #constraintsFault} judges. */
	/* package */ int constrained(int slot) {
		return bytes(slot)[claim(slot) + CONSTRAINED];
	}

	/* package */ void setConstraints(int slot, int fault, int path) {
		byte[] b = bytes(slot);
		int claim = claim(slot);
		if (b[claim + CONSTRAINTS_FAULT] == 0) {
			b[claim + CONSTRAINTS_FAULT] = (byte) fault;
		}
		b[claim + CONSTRAINED] = (byte) path;
	}

	/* package */ int issuer(int slot) {
		return claim(slot) + ISSUER;
	}

	/* package */ int subject(int slot) {
		return claim(slot) + SUBJECT;
	}

	/** Tells whether a certificate's subject is another's issuer. */
	/* package */ boolean isIssuer(int slot, int ofSlot) {
		return DerView.equal(bytes(slot), subject(slot), bytes(ofSlot), issuer(ofSlot), NAME_DIGEST);
	}
}
