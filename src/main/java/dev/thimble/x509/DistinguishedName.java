/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

/**
 * Compares distinguished names for directoryName constraints (RFC 5280 §7.1): strings of the types in use today are compared without regard
 * to ASCII case and to insignificant spaces, everything else byte by byte.
 */
/* package */ final class DistinguishedName {

	/* package */ static final int DIFFERENT = 0;
	/* package */ static final int WITHIN = 1;
	/** Not well-formed, or in character sets that cannot be compared here. */
	/* package */ static final int INCOMPARABLE = -1;

	private static final int SEQUENCE = 0x30;
	private static final int SET = 0x31;

	/** emailAddress of PKCS #9 (1.2.840.113549.1.9.1) as an encoded OBJECT IDENTIFIER. */
	private static final String EMAIL_ADDRESS = "\u0006\t\u002a\u0086\u0048\u0086\u00f7\r\u0001\t\u0001";

	private DistinguishedName() {
	}

	/**
	 * Tells whether a name lies in the subtree below another: whether its first RDNs are those of the base (§4.2.1.10).
	 *
	 * @param a
	 *            holds both: Name structures, or their contents.
	 * @return {@link #WITHIN}, {@link #DIFFERENT} or {@link #INCOMPARABLE}.
	 */
	/* package */ static int within(byte[] a, int name, int nameEnd, int base, int baseEnd) {
		int n = rdns(a, name, nameEnd);
		int b = rdns(a, base, baseEnd);
		int result = WITHIN;
		while (result == WITHIN && b != baseEnd) {
			if (n == nameEnd) {
				return DIFFERENT;
			}
			int nextName = DerView.end(a, n, nameEnd);
			int nextBase = DerView.end(a, b, baseEnd);
			if (nextName < 0 || nextBase < 0 || a[n] != SET || a[b] != SET) {
				return INCOMPARABLE;
			}
			result = sets(a, DerView.content(a, n, nameEnd), nextName, DerView.content(a, b, baseEnd), nextBase);
			n = nextName;
			b = nextBase;
		}
		return result;
	}

	/** Tells whether a name has an emailAddress attribute, which constraints on rfc822Name are about (§4.2.1.10). */
	/* package */ static boolean hasEmailAddress(byte[] a, int name, int nameEnd) {
		int length = EMAIL_ADDRESS.length();
		for (int i = name; i <= nameEnd - length; i++) {
			if (DerView.equal(a, i, length, EMAIL_ADDRESS)) {
				return true;
			}
		}
		return false;
	}

	/** Skips the header of a Name; its content begins with a SET. */
	private static int rdns(byte[] a, int name, int end) {
		return name < end && a[name] == SEQUENCE && DerView.end(a, name, end) == end ? DerView.content(a, name, end) : name;
	}

	/** Compares two RDNs: as many attributes, each in both. */
	private static int sets(byte[] a, int name, int nameEnd, int base, int baseEnd) {
		int count = count(a, name, nameEnd);
		int baseCount = count(a, base, baseEnd);
		if (count < 0 || baseCount < 0) {
			return INCOMPARABLE;
		}
		if (count != baseCount) {
			return DIFFERENT;
		}
		for (int b = base; b != baseEnd; b = DerView.end(a, b, baseEnd)) {
			int found = DIFFERENT;
			for (int n = name; n != nameEnd && found == DIFFERENT; n = DerView.end(a, n, nameEnd)) {
				found = attributes(a, n, nameEnd, b, baseEnd);
			}
			if (found != WITHIN) {
				return found;
			}
		}
		return WITHIN;
	}

	private static int count(byte[] a, int offset, int end) {
		int count = 0;
		int p = offset;
		while (p != end) {
			p = DerView.end(a, p, end);
			if (p < 0) {
				return -1;
			}
			count++;
		}
		return count;
	}

	/** Compares two AttributeTypeAndValue structures. */
	private static int attributes(byte[] a, int name, int nameLimit, int base, int baseLimit) {
		int nameEnd = DerView.end(a, name, nameLimit);
		int baseEnd = DerView.end(a, base, baseLimit);
		int n = DerView.content(a, name, nameEnd);
		int b = DerView.content(a, base, baseEnd);
		int nameValue = DerView.end(a, n, nameEnd);
		int baseValue = DerView.end(a, b, baseEnd);
		// negative if there is none
		if (DerView.end(a, nameValue, nameEnd) != nameEnd || DerView.end(a, baseValue, baseEnd) != baseEnd) {
			return INCOMPARABLE;
		}
		if (nameValue - n != baseValue - b || !DerView.equal(a, n, a, b, nameValue - n)) {
			return DIFFERENT;
		}
		if (nameEnd - nameValue == baseEnd - baseValue && DerView.equal(a, nameValue, a, baseValue, nameEnd - nameValue)) {
			return WITHIN;
		}
		boolean plain = isPlain(a[nameValue]);
		if (plain && isPlain(a[baseValue])) {
			int nameText = DerView.content(a, nameValue, nameEnd);
			int baseText = DerView.content(a, baseValue, baseEnd);
			return strings(a, nameText, nameEnd, baseText, baseEnd) ? WITHIN : DIFFERENT;
		}
		return a[nameValue] == a[baseValue] && !isWide(a[nameValue]) ? DIFFERENT : INCOMPARABLE;
	}

	/** UTF8String, NumericString, PrintableString, IA5String, VisibleString: ASCII as far as case and spaces go. */
	private static boolean isPlain(int tag) {
		return tag == 0x0c || tag == 0x12 || tag == 0x13 || tag == 0x16 || tag == 0x1a;
	}

	/** TeletexString, UniversalString, BMPString. */
	private static boolean isWide(int tag) {
		return tag == 0x14 || tag == 0x1c || tag == 0x1e;
	}

	/** Case-insensitive comparison; spaces at the ends do not count, spaces within count as one. */
	private static boolean strings(byte[] a, int one, int oneEnd, int two, int twoEnd) {
		int p = spaces(a, one, oneEnd);
		int q = spaces(a, two, twoEnd);
		while (p < oneEnd && q < twoEnd) {
			if (ServerName.lower(a[p]) != ServerName.lower(a[q])) {
				// trailing spaces against nothing were skipped below: a space is never left here before an end
				return false;
			}
			boolean space = a[p] == ' ';
			p++;
			q++;
			if (space) {
				p = spaces(a, p, oneEnd);
				q = spaces(a, q, twoEnd);
			}
			p = atEnd(a, p, oneEnd);
			q = atEnd(a, q, twoEnd);
		}
		return p == oneEnd && q == twoEnd;
	}

	private static int spaces(byte[] a, int offset, int end) {
		int p = offset;
		while (p < end && a[p] == ' ') {
			p++;
		}
		return p;
	}

	/** The end if only spaces are left, else the offset. */
	private static int atEnd(byte[] a, int offset, int end) {
		return spaces(a, offset, end) == end ? end : offset;
	}
}
