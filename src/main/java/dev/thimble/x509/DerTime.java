/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

/** The times of a certificate's validity (RFC 5280 §4.1.2.5). */
/* package */ final class DerTime {

	/* package */ static final int UTC_TIME = 0x17;
	/* package */ static final int GENERALIZED_TIME = 0x18;
	/* package */ static final int MAX_LENGTH = 15;
	/** What {@link #seconds} gives for anything but a time. */
	/* package */ static final long INVALID = Long.MIN_VALUE;

	private static final int DAYS_TO_1970 = 719528;
	/** Days before each month of a common year, two characters each would waste flash: one character is enough. */
	private static final String DAYS_BEFORE = "\u0000\u001f\u003b\u005a\u0078\u0097\u00b5\u00d4\u00f3\u0111\u0130\u014e\u016d";

	private DerTime() {
	}

	/**
	 * Reads a time: YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ, nothing else (§4.1.2.5.1, §4.1.2.5.2).
	 *
	 * @return seconds since 1970, or {@link #INVALID}.
	 */
	/* package */ static long seconds(int tag, byte[] a, int offset, int length) {
		int p = offset;
		int year;
		if (tag == UTC_TIME && length == 13) {
			year = two(a, p);
			year += year < 50 ? 2000 : 1900;
		} else if (tag == GENERALIZED_TIME && length == 15) {
			int century = two(a, p);
			p += 2;
			year = two(a, p);
			year = century < 0 || year < 0 ? -1 : century * 100 + year;
		} else {
			return INVALID;
		}
		int month = two(a, p + 2);
		int day = two(a, p + 4);
		int hour = two(a, p + 6);
		int minute = two(a, p + 8);
		int second = two(a, p + 10);
		if (year < 0 || two(a, p) < 0 || month < 1 || month > 12 || day < 1 || a[p + 12] != 'Z') {
			return INVALID;
		}
		if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
			return INVALID;
		}
		boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
		int before = DAYS_BEFORE.charAt(month - 1);
		int last = DAYS_BEFORE.charAt(month) - before + (leap && month == 2 ? 1 : 0);
		if (day > last) {
			return INVALID;
		}
		int days = 365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400 + before + (leap && month > 2 ? 1 : 0) + day - 1;
		return (days - DAYS_TO_1970) * 86400L + hour * 3600 + minute * 60 + second;
	}

	private static int two(byte[] a, int offset) {
		int tens = a[offset] - '0';
		int ones = a[offset + 1] - '0';
		return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
	}
}
