/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.SignatureVerifier;

/**
 * The part of a certificate that is signed, on its way to what verifies it: hashed as it passes, or kept for Ed25519.
 *
 * <p>Which hash it takes says its third field. What comes before is kept, with that field, in the room of the signature, which comes last;
 * then the field alone, for comparison with the algorithm outside.
 */
/* package */ final class SignedPart {

	/* Where the bytes go. */
	private static final int NOWHERE = 0;
	private static final int TO_PREFIX = 1;
	private static final int TO_HASH = 2;
	private static final int TO_MESSAGE = 3;

	private static final int CURRENT = CertificateRecords.CURRENT;

	private final CertificateRecords records;
	private final Hash[] hashes;
	/** Constants of {@link SignatureVerifier} there are verifiers for, as bits. */
	private final byte verifiers;
	private Hash hash;
	private byte sink;
	/** Length of the prefix, or of the algorithm identifier kept from it. */
	private short prefixLength;
	/** Where the algorithm identifier begins in the prefix. */
	private short algorithmStart;
	/** Bytes of the algorithm outside compared so far. */
	private int compared;
	/** First byte of the input that has not been handed on. */
	private int from;

	/* package */ SignedPart(CertificateRecords records, Hash[] hashes, int verifiers) {
		this.records = records;
		this.hashes = hashes;
		this.verifiers = (byte) verifiers;
	}

	/* package */ void reset() {
		this.sink = NOWHERE;
	}

	/** Begins a piece of input. */
	/* package */ void startPiece(int offset) {
		this.from = offset;
	}

	/** Begins the part, whose header has just been read. */
	/* package */ void start(DerReader der, int p) {
		this.prefixLength = (short) der.header(this.records.bytes(CURRENT), this.records.signature(CURRENT));
		this.sink = TO_PREFIX;
		this.from = p;
	}

	/** Begins the signature algorithm, whose header has just been read. */
	/* package */ void startAlgorithm(DerReader der, byte[] in, int p) {
		flush(in, p);
		this.algorithmStart = (short) (this.prefixLength - der.header(this.records.bytes(CURRENT), this.records.digest(CURRENT)));
	}

	/** Hands the bytes up to p on. */
	/* package */ void flush(byte[] in, int p) {
		int first = this.from;
		int length = p - first;
		byte[] bytes = this.records.bytes(CURRENT);
		this.from = p;
		switch (this.sink) {
		case TO_PREFIX:
			if (length > this.records.maxSignature() - this.prefixLength) {
				// only an algorithm identifier longer than any known one is so long
				this.sink = NOWHERE;
				this.records.setFault(CURRENT, PathError.SIGNATURE_UNSUPPORTED);
			} else {
				System.arraycopy(in, first, bytes, this.records.signature(CURRENT) + this.prefixLength, length);
				this.prefixLength += length;
			}
			break;
		case TO_HASH:
			this.hash.update(in, first, length);
			break;
		case TO_MESSAGE:
			message(in, first, length);
			break;
		default:
			break;
		}
	}

	/** Keeps a part of a to-be-signed part that is signed with Ed25519: its hash begins with a value that comes last (RFC 8032 §5.1.7). */
	private void message(byte[] in, int from, int length) {
		int kept = this.records.messageLength(CURRENT);
		if (length > this.records.maxMessage() - kept) {
			this.sink = NOWHERE;
			this.records.setFault(CURRENT, PathError.ED25519_TOO_LONG);
		} else if (length != 0) {
			System.arraycopy(in, from, this.records.messages(), this.records.message(CURRENT) + kept, length);
			this.records.setMessageLength(CURRENT, kept + length);
		}
	}

	/** Reads the signature algorithm, starts its hash with what was kept, and keeps the algorithm for comparison with the outer one. */
	/* package */ void endAlgorithm(byte[] in, int p) {
		flush(in, p);
		byte[] bytes = this.records.bytes(CURRENT);
		int start = this.records.signature(CURRENT);
		int end = start + this.prefixLength;
		int identifier = start + this.algorithmStart;
		int id = this.sink == TO_PREFIX ? AlgorithmIdentifier.signature(bytes, identifier, end) : AlgorithmIdentifier.UNKNOWN;
		int algorithm = id & 0xff;
		this.sink = NOWHERE;
		if (id < 0 || (this.verifiers & 1 << algorithm) == 0) {
			this.records.setFault(CURRENT, id == AlgorithmIdentifier.WEAK ? PathError.SIGNATURE_WEAK : PathError.SIGNATURE_UNSUPPORTED);
		} else if (algorithm == SignatureVerifier.ED25519) {
			this.sink = TO_MESSAGE;
			message(bytes, start, this.prefixLength);
		} else {
			this.hash = this.hashes[(id >> 8) - Hash.SHA_256];
			if (this.hash == null) {
				this.records.setFault(CURRENT, PathError.SIGNATURE_UNSUPPORTED);
			} else {
				this.sink = TO_HASH;
				this.hash.reset();
				this.hash.update(bytes, start, this.prefixLength);
			}
		}
		this.records.setSignatureAlgorithm(CURRENT, id < 0 ? 0 : algorithm);
		this.prefixLength = this.sink == NOWHERE ? 0 : (short) (end - identifier);
		System.arraycopy(bytes, identifier, bytes, start, this.prefixLength);
		this.records.reserve(this.prefixLength);
	}

	/** Ends the part: its digest goes to the record. */
	/* package */ void end(byte[] in, int p) {
		flush(in, p);
		if (this.sink == TO_HASH) {
			int field = this.records.field();
			this.hash.digest(this.records.bytes(CURRENT), field);
			this.records.setDigest(CURRENT, field, this.hash.length());
		}
		this.sink = NOWHERE;
	}

	/** Compares the header of the algorithm outside, which has just been read, with that of the one inside. */
	/* package */ void compareAlgorithm(DerReader der) {
		int field = this.records.field();
		this.compared = 0;
		compareAlgorithm(this.records.bytes(CURRENT), field, der.header(this.records.bytes(CURRENT), field));
	}

	/** Compares more of it (RFC 5280 §4.1.1.2: both are the same, byte for byte). */
	/* package */ void compareAlgorithm(byte[] in, int offset, int length) {
		if (this.prefixLength != 0) {
			int at = this.records.signature(CURRENT) + this.compared;
			if (length > this.prefixLength - this.compared || !DerView.equal(in, offset, this.records.bytes(CURRENT), at, length)) {
				this.records.setFault(CURRENT, PathError.SIGNATURE_ALGORITHM_MISMATCH);
				this.prefixLength = 0;
			}
			this.compared += length;
		}
	}
}
