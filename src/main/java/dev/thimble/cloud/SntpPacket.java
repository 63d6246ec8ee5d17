/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** The one packet of SNTP, question and answer (RFC 4330 §4, RFC 5905 §7.3), and what a client checks in an answer (RFC 4330 §5). */
/* package */ final class SntpPacket {

	/** Length of what is sent, and looked at: extensions and authenticators may follow. */
	/* package */ static final int LENGTH = 48;
	/** Offset of the time the client sent at, in a question. */
	/* package */ static final int TRANSMIT = 40;
	/** Length of a time: seconds and their fraction, 32 bits each. */
	/* package */ static final int TIME = 8;

	private static final int STRATUM = 1;
	private static final int ROOT_DELAY = 4;
	private static final int ROOT_DISPERSION = 8;
	private static final int REFERENCE = 12;
	private static final int ORIGIN = 24;
	private static final int RECEIVE = 32;

	private static final int VERSION_4 = 4 << 3;
	private static final int CLIENT = 3;
	private static final int SERVER = 4;
	private static final int NOT_SYNCHRONIZED = 3;
	private static final int MAX_STRATUM = 15;
	/** RFC 5905 §A.5.1.1 (MAXDISP): 16 seconds, in 16.16 fixed point. */
	private static final int MAX_DISTANCE = 16 << 16;

	private static final int DENY = 'D' << 24 | 'E' << 16 | 'N' << 8 | 'Y';
	private static final int RSTR = 'R' << 24 | 'S' << 16 | 'T' << 8 | 'R';
	private static final int RATE = 'R' << 24 | 'A' << 16 | 'T' << 8 | 'E';

	private SntpPacket() {
	}

	/**
	 * Makes a question of an array whose transmit time is random already: the time a client sends at is nobody's business, and what cannot be guessed
	 * cannot be answered by who has not read it.
	 */
	/* package */ static void question(byte[] p) {
		for (int i = 0; i < TRANSMIT; i++) {
			p[i] = 0;
		}
		p[0] = VERSION_4 | CLIENT;
	}

	/**
	 * Checks an answer.
	 *
	 * @param length
	 *            its length in bytes.
	 * @return 0 or a code of {@link CloudError}.
	 */
	/* package */ static int check(byte[] answer, int length, byte[] question) {
		int version = answer[0] >> 3 & 7;
		if (length < LENGTH || (answer[0] & 7) != SERVER || version < 3 || version > 4) {
			return CloudError.SNTP_MALFORMED;
		}
		for (int i = 0; i < TIME; i++) {
			if (answer[ORIGIN + i] != question[TRANSMIT + i]) {
				return CloudError.SNTP_ORIGIN;
			}
		}
		int stratum = answer[STRATUM] & 0xff;
		if (stratum == 0) {
			return kiss(word(answer, REFERENCE));
		}
		int delay = word(answer, ROOT_DELAY);
		int dispersion = word(answer, ROOT_DISPERSION);
		boolean known = stratum <= MAX_STRATUM && (answer[0] >> 6 & 3) != NOT_SYNCHRONIZED && delay < MAX_DISTANCE && delay >= -MAX_DISTANCE
				&& dispersion >= 0 && dispersion < MAX_DISTANCE && fixed(answer, RECEIVE) != 0 && fixed(answer, TRANSMIT) != 0;
		return known ? CloudError.NONE : CloudError.SNTP_UNSYNCHRONIZED;
	}

	/** The codes a client has to obey (RFC 5905 §7.4). */
	private static int kiss(int code) {
		return code == DENY || code == RSTR ? CloudError.SNTP_DENIED : code == RATE ? CloudError.SNTP_RATE : CloudError.SNTP_KISS;
	}

	/**
	 * Gets when the answer was sent.
	 *
	 * @param pivot
	 *            a time that is at most 68 years from it, in seconds since 1970: the packet says nothing of the era (RFC 5905 §6), of which the second
	 *            begins in 2036.
	 * @return milliseconds since 1970.
	 */
	/* package */ static long sentAt(byte[] answer, long pivot) {
		// 1900 to 1970
		int difference = word(answer, TRANSMIT) - (int) (pivot + 2208988800L);
		return (pivot + difference) * 1000 + millis(word(answer, TRANSMIT + 4));
	}

	/** Gets the milliseconds the server took to answer; negative or large if its times make no sense. */
	/* package */ static long held(byte[] answer) {
		long difference = fixed(answer, TRANSMIT) - fixed(answer, RECEIVE);
		return (difference >> 32) * 1000 + millis((int) difference);
	}

	private static int millis(int fraction) {
		return (int) ((fraction & 0xffffffffL) * 1000 >> 32);
	}

	private static long fixed(byte[] p, int at) {
		return (long) word(p, at) << 32 | word(p, at + 4) & 0xffffffffL;
	}

	private static int word(byte[] p, int at) {
		return p[at] << 24 | (p[at + 1] & 0xff) << 16 | (p[at + 2] & 0xff) << 8 | p[at + 3] & 0xff;
	}
}
