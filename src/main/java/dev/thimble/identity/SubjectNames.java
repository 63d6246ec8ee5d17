/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.identity;

/** Looks up DNS names in a certificate that lies in an array: its subjectAltName (RFC 5280 §4.2.1.6). */
/* package */ final class SubjectNames {

	private static final int EXTENSIONS = 0xa3;
	/** dNSName of GeneralName. */
	private static final int DNS_NAME = 0x82;
	/** The object identifier 2.5.29.17, as an element. */
	private static final String SUBJECT_ALT_NAME = "\u0006\u0003\u0055\u001d\u0011";

	private SubjectNames() {
	}

	/** Tells whether a certificate is for a name, in whatever case; an asterisk for the leftmost label counts (RFC 9525 §6.3). */
	/* package */ static boolean contain(byte[] a, int certificate, byte[] name, int offset, int length) {
		int end = DerView.end(a, certificate, a.length);
		int at = DerView.content(a, certificate, end);
		int tbsEnd = DerView.end(a, at, end);
		at = DerView.content(a, at, tbsEnd);
		while (at >= 0 && at < tbsEnd && !DerView.is(EXTENSIONS, a, at, tbsEnd)) {
			at = DerView.end(a, at, tbsEnd);
		}
		// The context tag, then the sequence of extensions.
		at = DerView.content(a, at, tbsEnd);
		at = DerView.content(a, at, tbsEnd);
		while (at >= 0 && at < tbsEnd) {
			int next = DerView.end(a, at, tbsEnd);
			int type = DerView.content(a, at, tbsEnd);
			if (next < 0) {
				return false;
			}
			if (DerView.startsWith(a, type, next, SUBJECT_ALT_NAME)) {
				int value = type + SUBJECT_ALT_NAME.length();
				// It may say that it is critical.
				value = DerView.is(DerView.OCTET_STRING, a, value, next) ? value : DerView.end(a, value, next);
				return among(a, DerView.content(a, value, next), next, name, offset, length);
			}
			at = next;
		}
		return false;
	}

	private static boolean among(byte[] a, int names, int limit, byte[] name, int offset, int length) {
		int at = DerView.content(a, names, limit);
		while (at >= 0 && at < limit) {
			int end = DerView.end(a, at, limit);
			int text = DerView.content(a, at, limit);
			if (end >= 0 && DerView.is(DNS_NAME, a, at, limit) && same(a, text, end, name, offset, length)) {
				return true;
			}
			at = end;
		}
		return false;
	}

	private static boolean same(byte[] a, int start, int end, byte[] name, int offset, int length) {
		int at = start;
		int i = offset;
		int limit = offset + length;
		if (end - start > 2 && a[start] == '*' && a[start + 1] == '.') {
			// the leftmost label, whatever it is, but not an empty one
			at++;
			while (i < limit && name[i] != '.') {
				i++;
			}
			if (i == offset) {
				return false;
			}
		}
		if (end - at != limit - i) {
			return false;
		}
		while (at < end) {
			if (lower(a[at++]) != lower(name[i++])) {
				return false;
			}
		}
		return true;
	}

	private static int lower(int b) {
		return b >= 'A' && b <= 'Z' ? b + 32 : b;
	}
}
