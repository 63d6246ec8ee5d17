/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import dev.thimble.crypto.SignatureVerifier;

/** Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) into the current record, in the encoding of {@link SignatureVerifier}'s constants. */
/* package */ final class PublicKeyReader {

	/** What the methods give while the structure goes on; otherwise {@link #FINISHED} or a code of {@link PathError}. */
	/* package */ static final int GOES_ON = 0;
	/* package */ static final int FINISHED = -1;

	private static final int SEQUENCE = 0x30;
	private static final int BIT_STRING = 0x03;
	private static final int INTEGER = 0x02;

	private static final int ALGORITHM = 0;
	private static final int BITS = 1;
	private static final int RSA_KEY = 2;
	private static final int MODULUS = 3;
	private static final int EXPONENT = 4;
	private static final int RSA_END = 5;
	private static final int BITS_END = 6;
	private static final int KEY_END = 7;

	private static final int MIN_MODULUS = 256;
	/** Length field before the modulus. */
	private static final int MODULUS_OFFSET = 2;
	private static final int EXPONENT_LENGTH = 4;
	private static final int UNCOMPRESSED = 4;

	private final CertificateRecords records;
	/** Constants of {@link PublicKey} there are verifiers for, as bits. */
	private final int supported;
	private byte state;
	private byte algorithm;
	private byte hash;
	/** Whether the key is skipped because it cannot be used. */
	private boolean skipped;
	/** Bytes of the value read so far. */
	private int position;
	/** First byte of the value. */
	private int first;
	private int exponent;
	private int modulusLength;

	/* package */ PublicKeyReader(CertificateRecords records, int supported) {
		this.records = records;
		this.supported = supported;
	}

	/** Begins after the header of the SubjectPublicKeyInfo, which was entered. */
	/* package */ void start() {
		this.state = ALGORITHM;
		this.skipped = false;
	}

	/* package */ int header(DerReader der) {
		int tag = der.tag();
		this.position = 0;
		switch (this.state) {
		case ALGORITHM:
			this.records.startField(der);
			der.take();
			return tag == SEQUENCE ? GOES_ON : PathError.MALFORMED;
		case BITS:
			if (tag != BIT_STRING || der.length() < 1) {
				return PathError.MALFORMED;
			}
			if (this.algorithm == PublicKey.RSA || this.algorithm == PublicKey.RSA_PSS) {
				der.enterBits();
				this.state = RSA_KEY;
			} else {
				der.take();
			}
			return GOES_ON;
		case RSA_KEY:
			der.enter();
			this.state = MODULUS;
			return tag == SEQUENCE ? GOES_ON : PathError.MALFORMED;
		case MODULUS:
			if (der.length() > this.records.maxKey() - MODULUS_OFFSET - EXPONENT_LENGTH + 1) {
				fault(PathError.KEY_TOO_LARGE);
			}
			der.take();
			return tag == INTEGER && der.length() > 0 ? GOES_ON : PathError.MALFORMED;
		case EXPONENT:
			if (der.length() > EXPONENT_LENGTH + 1) {
				fault(PathError.KEY_UNSUPPORTED);
			}
			this.exponent = 0;
			der.take();
			return tag == INTEGER && der.length() > 0 ? GOES_ON : PathError.MALFORMED;
		default:
			return PathError.MALFORMED;
		}
	}

	/* package */ int value(byte[] in, int offset, int length) {
		int p = offset;
		int end = offset + length;
		switch (this.state) {
		case ALGORITHM:
			this.records.gather(in, offset, length);
			return GOES_ON;
		case BITS:
			if (this.position == 0) {
				// whole bytes in every key here
				if (in[p++] != 0) {
					return PathError.MALFORMED;
				}
				this.position = 1;
			}
			store(in, p, end - p, 1);
			return GOES_ON;
		case MODULUS:
			return modulus(in, p, end);
		default:
			while (p < end) {
				int b = in[p++] & 0xff;
				if (!isInteger(b)) {
					return PathError.MALFORMED;
				}
				this.exponent = this.exponent << 8 | b;
				this.position++;
			}
			return GOES_ON;
		}
	}

	private int modulus(byte[] in, int offset, int end) {
		int p = offset;
		while (p < end && this.position < 2) {
			int b = in[p] & 0xff;
			if (!isInteger(b)) {
				return PathError.MALFORMED;
			}
			if (this.position == 0 && b == 0) {
				this.position = 1;
				p++;
			} else {
				store(in, p, 1, modulusStart() - MODULUS_OFFSET);
				p++;
			}
		}
		store(in, p, end - p, modulusStart() - MODULUS_OFFSET);
		return GOES_ON;
	}

	/** Bytes of the value before the modulus proper: the zero octet of a positive INTEGER whose top bit is set. */
	private int modulusStart() {
		return this.position > 0 && this.first == 0 ? 1 : 0;
	}

	/** Checks the first two octets of a positive INTEGER in DER (X.690 §8.3.2). */
	private boolean isInteger(int b) {
		if (this.position == 0) {
			this.first = b;
			return b < 0x80;
		}
		return this.position != 1 || this.first != 0 || b >= 0x80;
	}

	/** Copies bytes of the value to the key, from the value's byte skip on. */
	private void store(byte[] in, int offset, int length, int skip) {
		int to = this.position - skip;
		if (!this.skipped && length > this.records.maxKey() - to) {
			fault(PathError.KEY_TOO_LARGE);
		}
		if (!this.skipped) {
			System.arraycopy(in, offset, this.records.bytes(CertificateRecords.CURRENT), this.records.key(CertificateRecords.CURRENT) + to, length);
		}
		this.position += length;
	}

	private void fault(int error) {
		this.records.setFault(CertificateRecords.CURRENT, error);
		this.skipped = true;
	}

	/* package */ int valueEnd() {
		switch (this.state) {
		case ALGORITHM:
			int id = this.records.fieldLength() < 0 ? AlgorithmIdentifier.UNKNOWN : parseAlgorithm();
			if (id < 0 || (this.supported & 1 << (id & 0xff)) == 0) {
				fault(PathError.KEY_UNSUPPORTED);
				id = 0;
			}
			this.algorithm = (byte) id;
			this.hash = (byte) (id >> 8);
			this.state = BITS;
			return GOES_ON;
		case BITS:
			endPoint();
			this.state = KEY_END;
			return GOES_ON;
		case MODULUS:
			endModulus();
			this.state = EXPONENT;
			return GOES_ON;
		default:
			endExponent();
			this.state = RSA_END;
			return GOES_ON;
		}
	}

	private int parseAlgorithm() {
		int start = this.records.field();
		return AlgorithmIdentifier.key(this.records.bytes(CertificateRecords.CURRENT), start, start + this.records.fieldLength());
	}

	private void endPoint() {
		int length = this.position - 1;
		boolean edwards = this.algorithm == PublicKey.ED25519;
		int expected = edwards ? 32 : this.algorithm == PublicKey.EC_P256 ? 65 : 97;
		if (!this.skipped) {
			int key = this.records.key(CertificateRecords.CURRENT);
			if (length != expected || !edwards && this.records.bytes(CertificateRecords.CURRENT)[key] != UNCOMPRESSED) {
				fault(PathError.KEY_UNSUPPORTED);
			} else {
				this.records.setKey(CertificateRecords.CURRENT, this.algorithm, this.hash, length);
			}
		}
	}

	private void endModulus() {
		int length = this.position - modulusStart();
		this.modulusLength = length;
		if (this.skipped) {
			return;
		}
		byte[] bytes = this.records.bytes(CertificateRecords.CURRENT);
		int key = this.records.key(CertificateRecords.CURRENT);
		int last = key + MODULUS_OFFSET + length - 1;
		if (length < MIN_MODULUS || length == MIN_MODULUS && bytes[key + MODULUS_OFFSET] >= 0 || (bytes[last] & 1) == 0) {
			fault(PathError.KEY_WEAK);
		} else if (length > this.records.maxKey() - MODULUS_OFFSET - EXPONENT_LENGTH) {
			fault(PathError.KEY_TOO_LARGE);
		}
	}

	private void endExponent() {
		if (this.skipped) {
			return;
		}
		if (this.position == EXPONENT_LENGTH + 1 && this.first != 0) {
			fault(PathError.KEY_UNSUPPORTED);
			return;
		}
		if ((this.exponent & 1) == 0 || this.exponent == 1) {
			fault(PathError.KEY_WEAK);
			return;
		}
		byte[] bytes = this.records.bytes(CertificateRecords.CURRENT);
		int length = this.modulusLength;
		int key = this.records.key(CertificateRecords.CURRENT);
		bytes[key] = (byte) (length >> 8);
		bytes[key + 1] = (byte) length;
		int p = key + MODULUS_OFFSET + length;
		for (int i = 0; i < EXPONENT_LENGTH; i++) {
			bytes[p + i] = (byte) (this.exponent >> 24 - 8 * i);
		}
		this.records.setKey(CertificateRecords.CURRENT, this.algorithm, this.hash, MODULUS_OFFSET + length + EXPONENT_LENGTH);
	}

	/* package */ int end() {
		switch (this.state) {
		case RSA_END:
			this.state = BITS_END;
			return GOES_ON;
		case BITS_END:
			this.state = KEY_END;
			return GOES_ON;
		case KEY_END:
			return FINISHED;
		default:
			return PathError.MALFORMED;
		}
	}
}
