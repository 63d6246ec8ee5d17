/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

/** Reads a certificate's extensions (RFC 5280 §4.2) into the current record. */
/* package */ final class ExtensionReader {

	/* package */ static final int GOES_ON = PublicKeyReader.GOES_ON;
	/* package */ static final int FINISHED = PublicKeyReader.FINISHED;

	/** id-ce, 2.5.29, as the two bytes before its last arc. */
	private static final int ID_CE = 0x551d;
	private static final int KEY_USAGE = 15;
	private static final int SUBJECT_ALT_NAME = 17;
	private static final int BASIC_CONSTRAINTS = 19;
	private static final int NAME_CONSTRAINTS = 30;
	/** Known so that it may be critical: with any policy acceptable and none demanded it decides nothing (§6.1.1). */
	private static final int CERTIFICATE_POLICIES = 32;
	private static final int EXTENDED_KEY_USAGE = 37;

	/** id-kp (1.3.6.1.5.5.7.3) */
	private static final String ID_KP = "\u002b\u0006\u0001\u0005\u0005\u0007\u0003";
	/** anyExtendedKeyUsage (2.5.29.37.0) */
	private static final String ANY_PURPOSE = "\u0055\u001d\u0025\u0000";

	private static final int BOOLEAN = 0x01;
	private static final int INTEGER = 0x02;
	private static final int BIT_STRING = 0x03;
	private static final int OCTET_STRING = 0x04;
	private static final int OBJECT_IDENTIFIER = 0x06;
	private static final int SEQUENCE = 0x30;
	private static final int PERMITTED = 0xa0;
	private static final int EXCLUDED = 0xa1;
	private static final int MINIMUM = 0x80;
	private static final int MAXIMUM = 0x81;

	private static final int DIGITAL_SIGNATURE = 0x80;
	private static final int KEY_CERT_SIGN = 0x04;

	private static final int EXTENSIONS = 0;
	private static final int EXTENSION = 1;
	private static final int EXTENSIONS_END = 2;
	private static final int EXTENSION_ID = 3;
	private static final int CRITICAL = 4;
	private static final int EXTENSION_VALUE = 5;
	private static final int OTHER_VALUE = 6;
	private static final int VALUE_END = 7;
	private static final int EXTENSION_END = 8;
	private static final int BASIC = 9;
	private static final int BASIC_CA = 10;
	private static final int BASIC_PATH = 11;
	private static final int BASIC_END = 12;
	private static final int USAGE = 13;
	private static final int PURPOSES = 14;
	private static final int PURPOSE = 15;
	private static final int ALTERNATIVE_NAMES = 16;
	private static final int ALTERNATIVE_NAME = 17;
	private static final int SUBTREES = 18;
	private static final int SUBTREE_KIND = 19;
	private static final int SUBTREE = 20;
	private static final int BASE = 21;
	private static final int DISTANCE = 22;

	private final CertificateRecords records;
	private final ServerName serverName;
	private final NameConstraints names;
	private byte state;
	/** Last arc of the extension's identifier below id-ce; 0: another identifier. */
	private byte id;
	private boolean critical;
	/** Extensions seen, as hashes of their identifiers at the current record's digest, which is not there yet. */
	private byte seen;
	/** Extensions seen that are understood, as bits: by chance their last arcs differ in the low five bits. */
	private int understood;
	/** Elements of the SEQUENCE OF being read. */
	private boolean any;
	private byte purpose;
	private byte kind;
	private boolean permitted;
	/** Tag of the last subtree list. */
	private int list;
	private int pathLength;

	/* package */ ExtensionReader(CertificateRecords records, ServerName serverName, NameConstraints names) {
		this.records = records;
		this.serverName = serverName;
		this.names = names;
	}

	/** Sets the last arc of the purpose below id-kp: 1 or 2 (§4.2.1.12). */
	/* package */ void setPurpose(int arc) {
		this.purpose = (byte) arc;
	}

	/** Begins after the header of [3], which was entered. */
	/* package */ void start() {
		this.state = EXTENSIONS;
		this.seen = 0;
		this.understood = 0;
	}

	/* package */ int header(DerReader der, int pathLengthSoFar) {
		int tag = der.tag();
		int expected = SEQUENCE;
		switch (this.state) {
		case EXTENSIONS:
			return enter(der, tag, EXTENSION);
		case EXTENSION:
			this.critical = false;
			return enter(der, tag, EXTENSION_ID);
		case EXTENSION_ID:
			expected = OBJECT_IDENTIFIER;
			break;
		case CRITICAL:
			if (tag != BOOLEAN) {
				return startValue(der, tag);
			}
			expected = der.length() == 1 ? BOOLEAN : -1;
			break;
		case EXTENSION_VALUE:
			return startValue(der, tag);
		case BASIC:
			return enter(der, tag, BASIC_CA);
		case BASIC_CA:
			if (tag == INTEGER) {
				this.state = BASIC_PATH;
			}
			expected = tag == INTEGER || tag == BOOLEAN && der.length() == 1 ? tag : -1;
			break;
		case BASIC_PATH:
			expected = INTEGER;
			break;
		case USAGE:
			expected = BIT_STRING;
			break;
		case PURPOSES:
			return enter(der, tag, PURPOSE);
		case PURPOSE:
			expected = OBJECT_IDENTIFIER;
			this.any = true;
			break;
		case ALTERNATIVE_NAMES:
			return enter(der, tag, ALTERNATIVE_NAME);
		case ALTERNATIVE_NAME:
			expected = startName(der, tag);
			break;
		case SUBTREES:
			return enter(der, tag, SUBTREE_KIND);
		case SUBTREE_KIND:
			if (tag <= this.list || tag != PERMITTED && tag != EXCLUDED) {
				return PathError.MALFORMED;
			}
			this.list = tag;
			this.permitted = tag == PERMITTED;
			return enter(der, SEQUENCE, SUBTREE);
		case SUBTREE:
			return enter(der, tag, BASE);
		case BASE:
			expected = startName(der, tag);
			this.records.setConstraints(CertificateRecords.CURRENT, PathError.NONE, pathLengthSoFar);
			break;
		case DISTANCE:
			this.names.distance();
			expected = tag == MINIMUM || tag == MAXIMUM ? tag : -1;
			break;
		default:
			return PathError.MALFORMED;
		}
		this.records.startField();
		der.take();
		return tag == expected ? GOES_ON : PathError.MALFORMED;
	}

	private int enter(DerReader der, int tag, int next) {
		der.enter();
		this.state = (byte) next;
		this.any = false;
		return tag == SEQUENCE ? GOES_ON : PathError.MALFORMED;
	}

	/** Begins a GeneralName: the context tags 0 to 8 (§4.2.1.6). */
	private int startName(DerReader der, int tag) {
		this.kind = (byte) (tag & 0x1f);
		this.any = true;
		this.names.start();
		if (this.state == ALTERNATIVE_NAME) {
			this.serverName.start(this.kind, der.length());
		}
		return (tag & 0xc0) == 0x80 && this.kind <= NameConstraints.LAST_KIND ? tag : -1;
	}

	/** Begins an extnValue: as elements if the extension is one that is understood, else as bytes. */
	private int startValue(DerReader der, int tag) {
		if (tag != OCTET_STRING) {
			return PathError.MALFORMED;
		}
		der.enter();
		switch (this.id) {
		case BASIC_CONSTRAINTS:
			this.state = BASIC;
			break;
		case KEY_USAGE:
			this.state = USAGE;
			break;
		case EXTENDED_KEY_USAGE:
			this.records.unset(CertificateRecords.CURRENT, CertificateRecords.PURPOSE);
			this.state = PURPOSES;
			break;
		case SUBJECT_ALT_NAME:
			this.records.set(CertificateRecords.CURRENT, CertificateRecords.ALTERNATIVE_NAME);
			this.state = ALTERNATIVE_NAMES;
			break;
		case NAME_CONSTRAINTS:
			this.records.set(CertificateRecords.CURRENT, CertificateRecords.CONSTRAINTS);
			this.list = 0;
			this.state = SUBTREES;
			break;
		default:
			der.take();
			this.state = OTHER_VALUE;
			if (this.critical && this.id != CERTIFICATE_POLICIES) {
				fault(PathError.UNKNOWN_CRITICAL_EXTENSION);
			}
			break;
		}
		return GOES_ON;
	}

	private void fault(int error) {
		this.records.setFault(CertificateRecords.CURRENT, error);
	}

	/* package */ void value(byte[] in, int offset, int length) {
		switch (this.state) {
		case OTHER_VALUE:
		case DISTANCE:
			break;
		case ALTERNATIVE_NAME:
			this.serverName.update(in, offset, length);
			this.names.update(in, offset, length);
			break;
		case BASE:
			this.names.update(in, offset, length);
			break;
		default:
			this.records.gather(in, offset, length);
			break;
		}
	}

	/* package */ int valueEnd() {
		byte[] bytes = this.records.bytes(CertificateRecords.CURRENT);
		int field = this.records.field();
		int length = this.records.fieldLength();
		switch (this.state) {
		case EXTENSION_ID:
			identify(bytes, field, length);
			this.state = CRITICAL;
			return GOES_ON;
		case CRITICAL:
			this.critical = bytes[field] != 0;
			this.state = EXTENSION_VALUE;
			return isBoolean(bytes[field]);
		case OTHER_VALUE:
			this.state = EXTENSION_END;
			return GOES_ON;
		case BASIC_CA:
			if (bytes[field] != 0) {
				this.records.set(CertificateRecords.CURRENT, CertificateRecords.CA);
			}
			this.state = BASIC_PATH;
			return isBoolean(bytes[field]);
		case BASIC_PATH:
			this.state = BASIC_END;
			return endPathLength(bytes, field, length);
		case USAGE:
			this.state = VALUE_END;
			return endUsage(bytes, field, length);
		case PURPOSE:
			endPurpose(bytes, field, length);
			return GOES_ON;
		case ALTERNATIVE_NAME:
			this.names.endName(this.kind);
			if (this.serverName.matches()) {
				this.records.set(CertificateRecords.CURRENT, CertificateRecords.SERVER_NAME);
			}
			return GOES_ON;
		case BASE:
			this.state = DISTANCE;
			return this.names.endBase(this.kind, this.permitted) ? GOES_ON : PathError.MALFORMED;
		default:
			return GOES_ON;
		}
	}

	/** DER knows two booleans (X.690 §11.1). */
	private static int isBoolean(byte b) {
		return b == 0 || b == -1 ? GOES_ON : PathError.MALFORMED;
	}

	/** Finds out which extension it is, and whether it was there before (§4.2: at most one of each). */
	private void identify(byte[] bytes, int field, int length) {
		this.id = 0;
		if (length == 3 && ((bytes[field] & 0xff) << 8 | bytes[field + 1] & 0xff) == ID_CE) {
			this.id = bytes[field + 2];
		}
		// FNV-1a; two different identifiers of one certificate with one hash are not to be expected
		int hash = 0x811c9dc5;
		for (int i = 0; i < length; i++) {
			hash = (hash ^ bytes[field + i] & 0xff) * 0x01000193;
		}
		int start = this.records.digest(CertificateRecords.CURRENT);
		int p = start;
		for (int i = 0; i < this.seen; i++) {
			int other = (bytes[p] & 0xff) << 24 | (bytes[p + 1] & 0xff) << 16 | (bytes[p + 2] & 0xff) << 8 | bytes[p + 3] & 0xff;
			if (other == hash) {
				fault(PathError.DUPLICATE_EXTENSION);
			}
			p += 4;
		}
		if (p + 4 <= start + this.records.maxDigest()) {
			for (int i = 0; i < 4; i++) {
				bytes[p + i] = (byte) (hash >> 24 - 8 * i);
			}
			this.seen++;
		}
		if (isUnderstood(this.id)) {
			// even if there was no room for the hash
			if ((this.understood & 1 << this.id) != 0) {
				fault(PathError.DUPLICATE_EXTENSION);
			}
			this.understood |= 1 << this.id;
		}
	}

	private static boolean isUnderstood(int id) {
		return id == KEY_USAGE || id == SUBJECT_ALT_NAME || id == BASIC_CONSTRAINTS || id == NAME_CONSTRAINTS || id == EXTENDED_KEY_USAGE;
	}

	private int endPathLength(byte[] bytes, int field, int length) {
		if (length < 1 || bytes[field] < 0) {
			return PathError.MALFORMED;
		}
		int value = length > 1 ? CertificateRecords.NO_PATH_LENGTH - 1 : bytes[field];
		if (this.records.is(CertificateRecords.CURRENT, CertificateRecords.CA)) {
			this.records.setPathLength(CertificateRecords.CURRENT, value);
		}
		return GOES_ON;
	}

	private int endUsage(byte[] bytes, int field, int length) {
		if (length < 1 || bytes[field] < 0 || bytes[field] > 7 || length == 1 && bytes[field] != 0) {
			return PathError.MALFORMED;
		}
		int usage = length > 1 ? bytes[field + 1] : 0;
		if ((usage & DIGITAL_SIGNATURE) == 0) {
			this.records.unset(CertificateRecords.CURRENT, CertificateRecords.DIGITAL_SIGNATURE);
		}
		if ((usage & KEY_CERT_SIGN) == 0) {
			this.records.unset(CertificateRecords.CURRENT, CertificateRecords.CERTIFICATE_SIGN);
		}
		return GOES_ON;
	}

	private void endPurpose(byte[] bytes, int field, int length) {
		boolean ours = length == ID_KP.length() + 1 && bytes[field + length - 1] == this.purpose
				&& DerView.equal(bytes, field, length - 1, ID_KP);
		if (ours || DerView.equal(bytes, field, length, ANY_PURPOSE)) {
			this.records.set(CertificateRecords.CURRENT, CertificateRecords.PURPOSE);
		}
	}

	/* package */ int end() {
		switch (this.state) {
		case EXTENSION:
			this.state = EXTENSIONS_END;
			return GOES_ON;
		case EXTENSIONS_END:
			return FINISHED;
		case EXTENSION_END:
			this.state = EXTENSION;
			return GOES_ON;
		case VALUE_END:
			this.state = EXTENSION_END;
			return GOES_ON;
		case BASIC_CA:
		case BASIC_PATH:
		case BASIC_END:
			this.state = VALUE_END;
			return GOES_ON;
		case PURPOSE:
		case ALTERNATIVE_NAME:
			// SEQUENCE SIZE (1..MAX) OF
			this.state = VALUE_END;
			return this.any ? GOES_ON : PathError.MALFORMED;
		case SUBTREE_KIND:
			this.records.setConstraints(CertificateRecords.CURRENT, this.names.endConstraints(),
					this.records.constrained(CertificateRecords.CURRENT));
			this.state = VALUE_END;
			return this.list == 0 ? PathError.MALFORMED : GOES_ON;
		case SUBTREE:
			this.state = SUBTREE_KIND;
			return this.any ? GOES_ON : PathError.MALFORMED;
		case DISTANCE:
			this.state = SUBTREE;
			this.any = true;
			return GOES_ON;
		default:
			return PathError.MALFORMED;
		}
	}
}
