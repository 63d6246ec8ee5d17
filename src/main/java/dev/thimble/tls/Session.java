/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * What a client needs to resume: a flat image in a slot of the caller's, in RAM, in memory that is retained in deep sleep, or on its way to and
 * from a non-volatile slot. The caller reads and writes the slot only while no engine that has the session is between start and close.
 *
 * <p>Who can read the slot can read the secret in it, and with that the connections that are resumed without (EC)DHE; keep it where keys are
 * kept. The checksum tells damage; it is no authentication. Who can write to the slot can make a device resume with a secret of their choice, so
 * keep it where only the firmware writes.
 *
 * <p>The image, version {@value #VERSION}, numbers big-endian. It outlives the firmware that wrote it: whatever is of another version,
 * damaged, or cut off is ignored, and a full handshake follows.
 *
 * <pre>
 *   0   2  'T' 'S'; zeros once the session has been used or cleared
 *   2   1  version: 1
 *   3   1  kind: 1 TLS 1.3 ticket, 2 TLS 1.2 ticket, 3 TLS 1.2 session id
 *   4   2  cipher suite
 *   6   1  s, length of the secret: 32 or 48
 *   7   1  a, length of the ALPN name, 0 if none was agreed on
 *   8   8  when the ticket was received, seconds since 1970-01-01T00:00:00Z
 *  16   4  lifetime in seconds, as the server said
 *  20   4  ticket_age_add
 *  24   4  max_early_data_size, 0: no early data
 *  28   2  t, length of the ticket or session id, at least 1
 *  30  16  tag of the server's name and of what it was verified against
 *  46   s  secret: of TLS 1.3 the resumption PSK, of TLS 1.2 the master secret
 *  ..   a  ALPN name
 *  ..   t  ticket or session id
 *  ..   4  CRC-32 of everything before
 * </pre>
 *
 * <p>A session that is received overwrites the one in the slot from its first byte on and is valid from its last: if the connection or the power
 * fails between, there is none. One that is too long for the slot changes nothing.
 *
 * <p>A TLS 1.3 session is used once (RFC 8446 §C.4): the engine takes it from the slot when it offers it, and puts the ones there that the
 * server sends then. So {@link #takeChanged()} is to be asked not only after a handshake but before power is cut as well: otherwise a copy in
 * non-volatile memory is offered twice.
 */
public final class Session {

	/** Version of the image. */
	public static final int VERSION = 1;
	/** Bytes of an image without ALPN name and ticket, if the secret has 48 bytes. */
	public static final int MIN_LENGTH = 98;
	/** Most bytes of a slot that are used: more would take too long to check in one step. */
	public static final int MAX_LENGTH = 4096;

	/** A ticket of TLS 1.3 (RFC 8446 §4.6.1). */
	/* package */ static final int TLS13_TICKET = 1;
	/** A ticket of TLS 1.2 (RFC 5077). */
	/* package */ static final int TLS12_TICKET = 2;
	/** A session id of TLS 1.2 (RFC 5246 §7.4.1.2). */
	/* package */ static final int TLS12_ID = 3;
	/** Length of the tag. */
	/* package */ static final int TAG_LENGTH = 16;

	private static final int MAGIC = 'T' << 8 | 'S';

	private static final int KIND = 3;
	private static final int SUITE = 4;
	private static final int SECRET_LENGTH = 6;
	private static final int ALPN_LENGTH = 7;
	private static final int RECEIVED = 8;
	private static final int LIFETIME = 16;
	private static final int AGE_ADD = 20;
	private static final int MAX_EARLY_DATA = 24;
	private static final int TICKET_LENGTH = 28;
	private static final int TAG = 30;
	private static final int SECRET = TAG + TAG_LENGTH;
	private static final int CHECK_LENGTH = 4;

	private static final int MAX_SECRET = 48;
	private static final int MIN_SECRET = 32;

	/** RFC 8446 §4.6.1: seven days, whatever the server says. */
	private static final int MAX_LIFETIME = 604800;
	/** RFC 5246 §F.1.4: a day, for session ids and where a server leaves the lifetime to the client (RFC 5077 §3.3). */
	private static final int DEFAULT_LIFETIME = 86400;

	private final byte[] slot;
	private final int base;
	private final int room;
	/** Bytes of the ticket that are still to come; -1: none is being received. */
	private int missing = -1;
	private boolean changed;

	/**
	 * Creates a view of a slot. An image that is there is used if it is good.
	 *
	 * @param slot
	 *            the array; kept by reference.
	 * @param offset
	 *            the slot's first byte.
	 * @param length
	 *            its length, at least {@value #MIN_LENGTH} bytes; more than {@value #MAX_LENGTH} are not used. Tickets of most servers have 100 to
	 *            300 bytes; those of servers that put a client's certificate into them are longer than that.
	 * @throws IllegalArgumentException
	 *             if the slot is shorter or not within the array.
	 */
	public Session(byte[] slot, int offset, int length) {
		if (length < MIN_LENGTH) {
			throw new IllegalArgumentException("A session's slot has at least 98 bytes, and room for a ticket");
		}
		if (offset < 0 || length > slot.length - offset) {
			throw new IllegalArgumentException("A session's slot lies within its array");
		}
		this.slot = slot;
		this.base = offset;
		this.room = Math.min(length, MAX_LENGTH);
	}

	/**
	 * Tells whether there is a whole and undamaged image. That it is young enough and of the right server is seen when a connection starts.
	 *
	 * @return false also after a TLS 1.3 session has been offered, until another is received.
	 */
	public boolean valid() {
		int length = length();
		return length > 0 && Crc32.of(this.slot, this.base, length - CHECK_LENGTH) == word(length - CHECK_LENGTH);
	}

	/**
	 * Gets how much of the slot is to be saved.
	 *
	 * @return a number of bytes from the slot's beginning; 0 if there is no valid session, and whatever was saved before is to be erased.
	 */
	public int size() {
		return valid() ? length() : 0;
	}

	/**
	 * Tells whether the slot has changed since {@link #takeChanged} was called or this object was made: a session was received, used up or
	 * cleared.
	 *
	 * @return true if what is saved elsewhere is out of date.
	 */
	public boolean changed() {
		return this.changed;
	}

	/**
	 * Tells as {@link #changed} and begins anew.
	 *
	 * @return true if what is saved elsewhere is out of date.
	 */
	public boolean takeChanged() {
		boolean result = this.changed;
		this.changed = false;
		return result;
	}

	/** Overwrites the slot with zeros: the next connection starts with a full handshake. */
	public void clear() {
		this.changed |= two(0) == MAGIC;
		this.missing = -1;
		int end = this.base + this.room;
		for (int i = this.base; i < end; i++) {
			this.slot[i] = 0;
		}
	}

	/**
	 * Begins to receive a session. Everything else follows before {@link #commit}, in any order: the secret is written to {@link #secret()}.
	 *
	 * @param kind
	 *            a constant of this class.
	 * @param suite
	 *            the cipher suite.
	 * @param secretLength
	 *            32 or 48.
	 * @param alpn
	 *            the ALPN name that was agreed on; null: none.
	 * @param ticketLength
	 *            the length of the ticket or session id.
	 * @return false if it does not fit; then the slot stays as it is, the methods that follow do nothing, and there is no {@link #secret()} to
	 *         write to.
	 */
	/* package */ boolean begin(int kind, int suite, int secretLength, String alpn, int ticketLength) {
		int alpnLength = alpn == null ? 0 : alpn.length();
		this.missing = -1;
		if (ticketLength < 1 || SECRET + secretLength + alpnLength + ticketLength + CHECK_LENGTH > this.room) {
			return false;
		}
		clear();
		byte[] s = this.slot;
		int at = this.base;
		s[at + 2] = (byte) VERSION;
		s[at + KIND] = (byte) kind;
		putTwo(SUITE, suite);
		s[at + SECRET_LENGTH] = (byte) secretLength;
		s[at + ALPN_LENGTH] = (byte) alpnLength;
		putTwo(TICKET_LENGTH, ticketLength);
		for (int i = 0; i < alpnLength; i++) {
			s[at + SECRET + secretLength + i] = (byte) alpn.charAt(i);
		}
		this.missing = ticketLength;
		return true;
	}

	/**
	 * Sets what the session's age is judged by.
	 *
	 * @param receivedAt
	 *            now, in seconds since 1970, by a clock that is trusted: without one there is no telling when a session is over, so none is kept.
	 * @param lifetime
	 *            in seconds, as the server says, unsigned.
	 * @param ageAdd
	 *            ticket_age_add; 0 for TLS 1.2.
	 */
	/* package */ void setTimes(long receivedAt, int lifetime, int ageAdd) {
		if (this.missing >= 0) {
			putWord(RECEIVED, (int) (receivedAt >> 32));
			putWord(RECEIVED + 4, (int) receivedAt);
			putWord(LIFETIME, lifetime);
			putWord(AGE_ADD, ageAdd);
		}
	}

	/** Sets max_early_data_size (RFC 8446 §4.2.10), unsigned. */
	/* package */ void setMaxEarlyData(int bytes) {
		if (this.missing >= 0) {
			putWord(MAX_EARLY_DATA, bytes);
		}
	}

	/** Sets the tag of the server's name and trust settings, {@value #TAG_LENGTH} bytes. */
	/* package */ void setTag(byte[] tag, int offset) {
		if (this.missing >= 0) {
			System.arraycopy(tag, offset, this.slot, this.base + TAG, TAG_LENGTH);
		}
	}

	/** Takes in a piece of the ticket. */
	/* package */ void append(byte[] in, int offset, int length) {
		if (this.missing >= 0) {
			int count = Math.min(length, this.missing);
			System.arraycopy(in, offset, this.slot, ticket() + ticketLength() - this.missing, count);
			this.missing -= count;
		}
	}

	/**
	 * Declares the session complete: it is valid from here on.
	 *
	 * @return false if no session is being received or its ticket is not complete; then there is none.
	 */
	/* package */ boolean commit() {
		if (this.missing != 0) {
			release();
			return false;
		}
		this.missing = -1;
		putTwo(0, MAGIC);
		int end = length() - CHECK_LENGTH;
		putWord(end, Crc32.of(this.slot, this.base, end));
		this.changed = true;
		return true;
	}

	/** Wipes what is no session any more, because it was taken, or none yet, because it is being received; a session stays. */
	/* package */ void release() {
		if (this.missing >= 0 || two(0) != MAGIC) {
			clear();
		}
	}

	/**
	 * Takes a session out of the slot, because it is about to be offered and must not be a second time. What it consists of stays readable for the
	 * handshake that does so, until {@link #release}, {@link #clear} or {@link #begin}.
	 */
	/* package */ void take() {
		this.changed |= two(0) == MAGIC;
		putTwo(0, 0);
	}

	/**
	 * Tells whether a valid session may still be used.
	 *
	 * @param now
	 *            seconds since 1970.
	 * @param trusted
	 *            whether the clock can be trusted; if not, nothing is known of the session's age.
	 * @return false if its lifetime is over, or the clock has gone back behind the session's beginning.
	 */
	/* package */ boolean usable(long now, boolean trusted) {
		long received = received();
		return trusted && received >= 0 && now >= received && now - received < lifetime();
	}

	/** Gets obfuscated_ticket_age (RFC 8446 §4.2.11.1): the age in milliseconds, to the second, plus ticket_age_add, modulo 2^32. */
	/* package */ int obfuscatedAge(long now) {
		return (int) (now - received()) * 1000 + word(AGE_ADD);
	}

	/** Tells whether the session is with the server and under the trust settings that a tag stands for. */
	/* package */ boolean matches(byte[] tag, int offset) {
		int difference = 0;
		for (int i = 0; i < TAG_LENGTH; i++) {
			difference |= tag[offset + i] ^ this.slot[this.base + TAG + i];
		}
		return difference == 0;
	}

	/** Tells whether the session's ALPN name is this one; null: none. */
	/* package */ boolean agreedOn(String alpn) {
		int n = alpn == null ? 0 : alpn.length();
		if (n != octet(ALPN_LENGTH)) {
			return false;
		}
		int at = ticket() - n;
		for (int i = 0; i < n; i++) {
			if (this.slot[at + i] != (byte) alpn.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/* package */ int kind() {
		return octet(KIND);
	}

	/* package */ int suite() {
		return two(SUITE);
	}

	/** Gets the most early data the server takes, unsigned; 0: none. */
	/* package */ int maxEarlyData() {
		return word(MAX_EARLY_DATA);
	}

	/** Gets the array that {@link #secret()} and {@link #ticket()} are indices of. */
	/* package */ byte[] bytes() {
		return this.slot;
	}

	/* package */ int secret() {
		return this.base + SECRET;
	}

	/* package */ int secretLength() {
		return octet(SECRET_LENGTH);
	}

	/* package */ int ticket() {
		return this.base + SECRET + octet(SECRET_LENGTH) + octet(ALPN_LENGTH);
	}

	/* package */ int ticketLength() {
		return two(TICKET_LENGTH);
	}

	/** Gets the length of the image, 0 if there is none that could be one. */
	private int length() {
		int kind = kind();
		int secret = octet(SECRET_LENGTH);
		if (two(0) != MAGIC || octet(2) != VERSION || kind < TLS13_TICKET || kind > TLS12_ID || secret != MIN_SECRET && secret != MAX_SECRET
				|| ticketLength() == 0) {
			return 0;
		}
		int length = SECRET + secret + octet(ALPN_LENGTH) + ticketLength() + CHECK_LENGTH;
		return length <= this.room ? length : 0;
	}

	private long received() {
		return (long) word(RECEIVED) << 32 | word(RECEIVED + 4) & 0xffffffffL;
	}

	/** Gets the lifetime to be obeyed, in seconds. */
	private int lifetime() {
		int said = word(LIFETIME);
		if (said == 0 && kind() != TLS13_TICKET) {
			return DEFAULT_LIFETIME;
		}
		// unsigned
		return said < 0 || said > MAX_LIFETIME ? MAX_LIFETIME : said;
	}

	private int octet(int at) {
		return this.slot[this.base + at] & 0xff;
	}

	private int two(int at) {
		return octet(at) << 8 | octet(at + 1);
	}

	private int word(int at) {
		return two(at) << 16 | two(at + 2);
	}

	private void putTwo(int at, int value) {
		this.slot[this.base + at] = (byte) (value >> 8);
		this.slot[this.base + at + 1] = (byte) value;
	}

	private void putWord(int at, int value) {
		putTwo(at, value >> 16);
		putTwo(at + 2, value);
	}
}
