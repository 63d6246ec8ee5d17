/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import dev.thimble.crypto.Hash;

/**
 * Reads one certificate (RFC 5280 §4.1) that streams by into the current record.
 *
 * <p>What makes it unreadable is an error at once. What makes it unusable is noted as the record's fault, because a chain may hold
 * certificates that the path does not need.
 */
/* package */ final class CertificateReader {

	private static final int INTEGER = 0x02;
	private static final int BIT_STRING = 0x03;
	private static final int SEQUENCE = 0x30;
	private static final int VERSION_TAG = 0xa0;
	private static final int ISSUER_UNIQUE_ID = 0x81;
	private static final int SUBJECT_UNIQUE_ID = 0x82;
	private static final int EXTENSIONS_TAG = 0xa3;
	private static final int VERSION_3 = 2;
	/** RFC 5280 §4.1.2.2 wants 20 octets at most; some more exist. */
	private static final int MAX_SERIAL_NUMBER = 32;

	private static final int CERTIFICATE = 0;
	private static final int TO_BE_SIGNED = 1;
	private static final int VERSION = 2;
	private static final int VERSION_NUMBER = 3;
	private static final int VERSION_END = 4;
	private static final int SERIAL_NUMBER = 5;
	private static final int ALGORITHM = 6;
	private static final int ISSUER = 7;
	private static final int VALIDITY = 8;
	private static final int NOT_BEFORE = 9;
	private static final int NOT_AFTER = 10;
	private static final int VALIDITY_END = 11;
	private static final int SUBJECT = 12;
	private static final int KEY = 13;
	private static final int IN_KEY = 14;
	private static final int AFTER_KEY = 15;
	private static final int IN_EXTENSIONS = 16;
	private static final int TO_BE_SIGNED_END = 17;
	private static final int OUTER_ALGORITHM = 18;
	private static final int SIGNATURE = 19;
	private static final int CERTIFICATE_END = 20;
	private static final int BARE_KEY_END = 21;

	private static final int CURRENT = CertificateRecords.CURRENT;

	private final DerReader der;
	private final CertificateRecords records;
	private final PublicKeyReader keyReader;
	private final ExtensionReader extensions;
	private final NameConstraints names;
	private final SignedPart signedPart;
	private final Hash nameHash;
	private byte[] pins;
	private long seconds;
	private byte timeState;
	private byte state;
	private byte lastTag;
	private boolean hashesName;
	/** Whether there is a key and no certificate around it. */
	private boolean bare;
	/** Bytes of the value read so far. */
	private int position;
	/** First byte of the input that the hash of the name or key has not got. */
	private int nameFrom;
	private int pathLength;

	/* package */ CertificateReader(CertificateRecords records, ServerName serverName, NameConstraints names, Hash[] hashes, Hash nameHash,
			int verifiers, int keys) {
		this.der = new DerReader();
		this.records = records;
		this.names = names;
		this.keyReader = new PublicKeyReader(records, keys);
		this.extensions = new ExtensionReader(records, serverName, names);
		this.signedPart = new SignedPart(records, hashes, verifiers);
		this.nameHash = nameHash;
	}

	/** Sets what certificates are judged by. */
	/* package */ void configure(int purpose, int newTimeState, long newSeconds) {
		this.extensions.setPurpose(purpose);
		this.timeState = (byte) newTimeState;
		this.seconds = newSeconds;
		this.pins = null;
	}

	/* package */ void setPins(byte[] digests) {
		this.pins = digests;
	}

	/** Begins a certificate of this many bytes, the index-th sent, while the path is so long. */
	/* package */ void start(int length, int index, int newPathLength) {
		start(length, CERTIFICATE);
		this.records.setIndex(CURRENT, index);
		this.names.startCertificate(index);
		this.pathLength = newPathLength;
	}

	/** Begins a SubjectPublicKeyInfo of this many bytes without a certificate around it (RFC 7250 §3). */
	/* package */ void startKey(int length) {
		start(length, KEY);
		this.bare = true;
	}

	private void start(int length, int first) {
		this.records.clear(CURRENT);
		this.records.reserve(0);
		this.der.start(length);
		this.state = (byte) first;
		this.signedPart.reset();
		this.hashesName = false;
		this.bare = false;
	}

	/** Tells whether the certificate has been read to its last byte. */
	/* package */ boolean isComplete() {
		return this.der.isComplete();
	}

	/**
	 * Reads some bytes.
	 *
	 * @return {@link PathError#NONE} or what makes the certificate unreadable.
	 */
	/* package */ int read(byte[] in, int offset, int length) {
		DerReader reader = this.der;
		int end = offset + length;
		int p = offset;
		this.signedPart.startPiece(offset);
		this.nameFrom = offset;
		while (true) {
			p = reader.read(in, p, end);
			int error;
			switch (reader.event()) {
			case DerReader.HEADER:
				error = header(in, p);
				break;
			case DerReader.VALUE:
				error = value(in, reader.valueOffset(), reader.valueLength());
				break;
			case DerReader.VALUE_END:
				error = valueEnd(in, p);
				break;
			case DerReader.END:
				error = end(in, p);
				break;
			case DerReader.NONE:
				this.signedPart.flush(in, p);
				flushName(in, p);
				return PathError.NONE;
			default:
				error = PathError.MALFORMED;
				break;
			}
			if (error != PathError.NONE) {
				return error;
			}
		}
	}

	private void fault(int error) {
		this.records.setFault(CURRENT, error);
	}

	private int header(byte[] in, int p) {
		DerReader reader = this.der;
		int tag = reader.tag();
		int length = reader.length();
		this.position = 0;
		switch (this.state) {
		case CERTIFICATE:
			return enter(tag, TO_BE_SIGNED);
		case TO_BE_SIGNED:
			this.signedPart.start(reader, p);
			return enter(tag, VERSION);
		case VERSION:
			if (tag == VERSION_TAG) {
				reader.enter();
				this.state = VERSION_NUMBER;
				return PathError.NONE;
			}
			// version 1 by default
			fault(PathError.VERSION);
			this.state = SERIAL_NUMBER;
			return take(tag == INTEGER && length >= 1 && length <= MAX_SERIAL_NUMBER);
		case VERSION_NUMBER:
			return take(tag == INTEGER && length == 1);
		case SERIAL_NUMBER:
			return take(tag == INTEGER && length >= 1 && length <= MAX_SERIAL_NUMBER);
		case ALGORITHM:
			this.signedPart.startAlgorithm(reader, in, p);
			return take(tag == SEQUENCE);
		case ISSUER:
			startNameHash(p);
			return take(tag == SEQUENCE);
		case VALIDITY:
			return enter(tag, NOT_BEFORE);
		case NOT_BEFORE:
		case NOT_AFTER:
			this.records.startField();
			this.lastTag = (byte) tag;
			return take((tag == DerTime.UTC_TIME || tag == DerTime.GENERALIZED_TIME) && length <= DerTime.MAX_LENGTH);
		case SUBJECT:
			startNameHash(p);
			this.names.start();
			return take(tag == SEQUENCE);
		case KEY:
			startNameHash(p);
			this.keyReader.start();
			return enter(tag, IN_KEY);
		case IN_KEY:
			return this.keyReader.header(reader);
		case AFTER_KEY:
			return afterKey(tag);
		case IN_EXTENSIONS:
			return this.extensions.header(reader, this.pathLength);
		case OUTER_ALGORITHM:
			this.signedPart.compareAlgorithm(reader);
			return take(tag == SEQUENCE);
		case SIGNATURE:
			return take(tag == BIT_STRING && length >= 1);
		default:
			return PathError.MALFORMED;
		}
	}

	private int enter(int tag, int next) {
		this.der.enter();
		this.state = (byte) next;
		return tag == SEQUENCE ? PathError.NONE : PathError.MALFORMED;
	}

	private int take(boolean expected) {
		this.der.take();
		return expected ? PathError.NONE : PathError.MALFORMED;
	}

	/** Optional fields, in order: issuerUniqueID, subjectUniqueID, extensions. */
	private int afterKey(int tag) {
		int last = this.lastTag & 0xff;
		if (tag == EXTENSIONS_TAG) {
			this.extensions.start();
			this.der.enter();
			this.state = IN_EXTENSIONS;
			return PathError.NONE;
		}
		this.lastTag = (byte) tag;
		return take(tag == ISSUER_UNIQUE_ID && last < tag || tag == SUBJECT_UNIQUE_ID && last < tag);
	}

	private int value(byte[] in, int offset, int length) {
		switch (this.state) {
		case VERSION_NUMBER:
			if (in[offset] != VERSION_3) {
				fault(PathError.VERSION);
			}
			break;
		case NOT_BEFORE:
		case NOT_AFTER:
			this.records.gather(in, offset, length);
			break;
		case SUBJECT:
			this.names.update(in, offset, length);
			break;
		case IN_KEY:
			return this.keyReader.value(in, offset, length);
		case IN_EXTENSIONS:
			this.extensions.value(in, offset, length);
			break;
		case OUTER_ALGORITHM:
			this.signedPart.compareAlgorithm(in, offset, length);
			break;
		case SIGNATURE:
			return signature(in, offset, length);
		default:
			break;
		}
		return PathError.NONE;
	}

	private int valueEnd(byte[] in, int p) {
		switch (this.state) {
		case VERSION_NUMBER:
			this.state = VERSION_END;
			return PathError.NONE;
		case SERIAL_NUMBER:
			this.state = ALGORITHM;
			return PathError.NONE;
		case ALGORITHM:
			this.signedPart.endAlgorithm(in, p);
			this.state = ISSUER;
			return PathError.NONE;
		case ISSUER:
			endNameHash(in, p, this.records.issuer(CURRENT));
			this.state = VALIDITY;
			return PathError.NONE;
		case NOT_BEFORE:
			this.state = NOT_AFTER;
			return checkTime(true);
		case NOT_AFTER:
			this.state = VALIDITY_END;
			return checkTime(false);
		case SUBJECT:
			endNameHash(in, p, this.records.subject(CURRENT));
			if (this.der.length() != 0) {
				this.names.endName(NameConstraints.DIRECTORY_NAME);
			}
			this.state = KEY;
			return PathError.NONE;
		case IN_KEY:
			return this.keyReader.valueEnd();
		case IN_EXTENSIONS:
			return this.extensions.valueEnd();
		case OUTER_ALGORITHM:
			this.state = SIGNATURE;
			return PathError.NONE;
		case SIGNATURE:
			this.state = CERTIFICATE_END;
			this.records.setSignatureLength(CURRENT, this.position - 1);
			return PathError.NONE;
		default:
			// a unique identifier: nobody uses them
			return PathError.NONE;
		}
	}

	private int end(byte[] in, int p) {
		int result;
		switch (this.state) {
		case VERSION_END:
			this.state = SERIAL_NUMBER;
			return PathError.NONE;
		case VALIDITY_END:
			this.state = SUBJECT;
			return PathError.NONE;
		case IN_KEY:
			result = this.keyReader.end();
			if (result == PublicKeyReader.FINISHED) {
				endKeyHash(in, p);
				this.lastTag = 0;
				this.state = (byte) (this.bare ? BARE_KEY_END : AFTER_KEY);
				result = PathError.NONE;
			}
			return result;
		case IN_EXTENSIONS:
			result = this.extensions.end();
			if (result == ExtensionReader.FINISHED) {
				this.state = TO_BE_SIGNED_END;
				result = PathError.NONE;
			}
			return result;
		case AFTER_KEY:
		case TO_BE_SIGNED_END:
			this.signedPart.end(in, p);
			this.state = OUTER_ALGORITHM;
			return PathError.NONE;
		case CERTIFICATE_END:
			endCertificate();
			return PathError.NONE;
		case BARE_KEY_END:
			return PathError.NONE;
		default:
			return PathError.MALFORMED;
		}
	}

	private int signature(byte[] in, int offset, int length) {
		int from = offset;
		int end = offset + length;
		if (this.position == 0) {
			// whole bytes in every signature here
			if (in[from++] != 0) {
				return PathError.MALFORMED;
			}
			this.position = 1;
		}
		int kept = this.position - 1;
		this.position += end - from;
		if (this.position - 1 > this.records.maxSignature()) {
			fault(PathError.KEY_TOO_LARGE);
		} else {
			System.arraycopy(in, from, this.records.bytes(CURRENT), this.records.signature(CURRENT) + kept, end - from);
		}
		return PathError.NONE;
	}

	/** Begins to hash a Name or the SubjectPublicKeyInfo, whose header has just been read. */
	private void startNameHash(int p) {
		int room = this.records.digest(CURRENT);
		this.nameHash.reset();
		this.nameHash.update(this.records.bytes(CURRENT), room, this.der.header(this.records.bytes(CURRENT), room));
		this.hashesName = true;
		this.nameFrom = p;
	}

	private void flushName(byte[] in, int p) {
		if (this.hashesName) {
			this.nameHash.update(in, this.nameFrom, p - this.nameFrom);
			this.nameFrom = p;
		}
	}

	private void endNameHash(byte[] in, int p, int to) {
		int room = this.records.digest(CURRENT);
		flushName(in, p);
		this.hashesName = false;
		this.nameHash.digest(this.records.bytes(CURRENT), room);
		System.arraycopy(this.records.bytes(CURRENT), room, this.records.bytes(CURRENT), to, CertificateRecords.NAME_DIGEST);
	}

	private void endKeyHash(byte[] in, int p) {
		int room = this.records.digest(CURRENT);
		flushName(in, p);
		this.hashesName = false;
		this.nameHash.digest(this.records.bytes(CURRENT), room);
		byte[] digests = this.pins;
		int length = digests == null ? 0 : digests.length;
		for (int i = 0; i < length; i += 32) {
			if (DerView.equal(this.records.bytes(CURRENT), room, digests, i, 32)) {
				this.records.set(CURRENT, CertificateRecords.PINNED);
			}
		}
	}

	/** §6.1.3 (a)(2). A floor can only tell what has expired for certain; an unknown time nothing. */
	private int checkTime(boolean notBefore) {
		long time = DerTime.seconds(this.lastTag, this.records.bytes(CURRENT), this.records.field(), this.records.fieldLength());
		if (time == DerTime.INVALID) {
			return PathError.MALFORMED;
		}
		if (this.timeState != TimeSource.TRUSTED && this.timeState != TimeSource.FLOOR) {
			fault(PathError.TIME_UNKNOWN);
		} else if (notBefore) {
			if (this.timeState == TimeSource.TRUSTED && this.seconds < time) {
				fault(PathError.NOT_YET_VALID);
			}
		} else if (this.seconds > time) {
			fault(PathError.EXPIRED);
		}
		return PathError.NONE;
	}

	private void endCertificate() {
		CertificateRecords r = this.records;
		if (r.isIssuer(CURRENT, CURRENT)) {
			r.set(CURRENT, CertificateRecords.SELF_ISSUED);
			if (r.index(CURRENT) != 0) {
				this.names.dropCertificate();
			}
		}
	}
}
