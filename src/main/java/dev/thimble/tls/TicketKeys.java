/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.Random;
import dev.thimble.x509.TimeSource;

/**
 * The keys a server seals its tickets under (RFC 5077 §4, RFC 8446 §4.6.1), and the cookies of a HelloRetryRequest that it does not want to
 * remember (§4.2.2). With them it keeps nothing for a client that is gone.
 *
 * <p>There are two keys: the one that seals, and the one before, which still opens. Who gets hold of them can read what was sealed, so the
 * secrets of sessions: {@link #rotate} now and then, or have it done by {@link #rotateEvery}, and what is older than two rotations is lost to
 * everybody. The first use makes the first key.
 *
 * <p>Several engines can share an object, also those of several threads. Nothing allocates after construction.
 *
 * <p>Keys are in an array of the caller's, if they are to outlive a reset; who can read it can read the tickets. The image, numbers big-endian:
 * <pre>
 *   0   2  'T' 'K'
 *   2   1  version: 1
 *   3   1  AEAD, by its constant in {@link Aead} as the constructor was told it
 *   4   1  number of keys: 1 or 2
 *   5   3  zeros
 *   8   8  when the key was made, seconds since 1970-01-01T00:00:00Z; -1 if that was not known
 *  16   8  name of the key
 *  24  32  key
 *  56   8  name of the key before, or zeros
 *  64  32  the key before, or zeros
 *  96   4  CRC-32 of everything before: it tells damage and is no authentication
 * </pre>
 * An image that is damaged, or of another version or AEAD, is ignored.
 *
 * <p>What is sealed: the name of the key (8 bytes), a nonce (12), the text, a tag (16).
 */
public final class TicketKeys {

	/** Version of the image. */
	public static final int VERSION = 1;
	/** Length of the image in bytes. */
	public static final int LENGTH = 100;

	/** What is sealed: a ticket of TLS 1.3. A thing that was sealed as one opens as no other. */
	/* package */ static final int TLS13_TICKET = 1;
	/** What is sealed: a ticket of TLS 1.2. */
	/* package */ static final int TLS12_TICKET = 2;
	/** What is sealed: a cookie. */
	/* package */ static final int COOKIE = 3;

	/** Bytes before the text. */
	/* package */ static final int HEADER = 20;
	/** Bytes behind the text. */
	/* package */ static final int TAG_LENGTH = 16;
	/** Bytes that sealing adds. */
	/* package */ static final int OVERHEAD = HEADER + TAG_LENGTH;

	private static final int MAGIC = 'T' << 8 | 'K';
	private static final int ALGORITHM = 3;
	private static final int COUNT = 4;
	private static final int MADE = 8;
	private static final int CURRENT = 16;
	private static final int PREVIOUS = 56;
	private static final int CHECK = 96;

	private static final int NAME_LENGTH = 8;
	private static final int KEY_LENGTH = 32;
	private static final int ENTRY_LENGTH = NAME_LENGTH + KEY_LENGTH;
	private static final long UNKNOWN_TIME = -1;

	private final Aead aead;
	private final Random random;
	private final byte[] image;
	private final int base;
	/** The nonce, then the additional data: what is sealed. While a key is made, name and key. */
	private final byte[] work = new byte[ENTRY_LENGTH];
	private final byte algorithm;
	private TimeSource time;
	private int period;
	private boolean changed;

	/**
	 * Creates keys that are lost with the memory they are in.
	 *
	 * @param aead
	 *            what seals, with a tag of 16 bytes. Not of a provider that an engine has: it would displace the engine's keys. For example
	 *            {@code new ChaCha20Poly1305(new AeadOperation())}.
	 * @param algorithm
	 *            its constant in {@link Aead}.
	 * @param random
	 *            where keys and nonces come from.
	 */
	public TicketKeys(Aead aead, int algorithm, Random random) {
		this(aead, algorithm, random, new byte[LENGTH], 0);
	}

	/**
	 * Creates keys in an array of the caller's, or goes on with those that are there.
	 *
	 * @param aead
	 *            as above.
	 * @param algorithm
	 *            as above.
	 * @param random
	 *            as above.
	 * @param slot
	 *            the array; kept by reference.
	 * @param offset
	 *            the first of {@value #LENGTH} bytes.
	 * @throws IllegalArgumentException
	 *             if the AEAD's tag has another length, or the slot lies outside its array.
	 */
	public TicketKeys(Aead aead, int algorithm, Random random, byte[] slot, int offset) {
		if (aead.tagLength() != TAG_LENGTH) {
			throw new IllegalArgumentException("Tickets need an AEAD with a tag of 16 bytes");
		}
		if (offset < 0 || LENGTH > slot.length - offset) {
			throw new IllegalArgumentException("The keys of tickets take 100 bytes");
		}
		this.aead = aead;
		this.algorithm = (byte) algorithm;
		this.random = random;
		this.image = slot;
		this.base = offset;
		if (two(0) != MAGIC || slot[offset + 2] != VERSION || slot[offset + ALGORITHM] != algorithm || count() < 1 || count() > 2
				|| word(CHECK) != Crc32.of(slot, offset, CHECK)) {
			clear(0, LENGTH);
		}
	}

	/**
	 * Has a new key made whenever the one in use is of some age. An age is only known with a clock that is trusted.
	 *
	 * @param clock
	 *            the clock; null: none (the default), then {@link #rotate} is the caller's business.
	 * @param seconds
	 *            the age, at least 1. A ticket is good for as long as that, and at most twice as long.
	 * @return this.
	 */
	public synchronized TicketKeys rotateEvery(TimeSource clock, int seconds) {
		if (seconds < 1) {
			throw new IllegalArgumentException("Keys of tickets live for a second or more");
		}
		this.time = clock;
		this.period = seconds;
		return this;
	}

	/**
	 * Makes a new key. The one in use still opens, the one before it is gone.
	 *
	 * @return false if there is no entropy; then nothing changes.
	 */
	public synchronized boolean rotate() {
		byte[] w = this.work;
		boolean healthy = this.random.generate(w, 0, ENTRY_LENGTH);
		if (healthy) {
			int at = this.base;
			boolean first = count() == 0;
			System.arraycopy(this.image, at + CURRENT, this.image, at + PREVIOUS, ENTRY_LENGTH);
			System.arraycopy(w, 0, this.image, at + CURRENT, ENTRY_LENGTH);
			putTwo(0, MAGIC);
			this.image[at + 2] = VERSION;
			this.image[at + ALGORITHM] = this.algorithm;
			this.image[at + COUNT] = (byte) (first ? 1 : 2);
			setMade(trusted() ? this.time.seconds() : UNKNOWN_TIME);
		}
		for (int i = 0; i < ENTRY_LENGTH; i++) {
			w[i] = 0;
		}
		return healthy;
	}

	/**
	 * Tells whether keys were made or wiped since this was called last or the object was made.
	 *
	 * @return true if what is saved elsewhere of the array is out of date.
	 */
	public synchronized boolean takeChanged() {
		boolean result = this.changed;
		this.changed = false;
		return result;
	}

	/** Overwrites the keys: no ticket is good any more. */
	public synchronized void wipe() {
		this.changed |= count() != 0;
		clear(0, LENGTH);
		this.aead.wipe();
	}

	/** Makes what selects a client's pre-shared key, tickets among them; here, so that an image without tickets has nothing of them. */
	/* package */ PskSelector selector(HandshakeParts parts, Offer offer, ReceivedHello hello) {
		return new PskSelector(parts, offer, hello, new TicketOpener(this, parts));
	}

	/** Makes what makes tickets. */
	/* package */ TicketIssuer issuer(EngineConfig config, ReceivedHello hello) {
		return new TicketIssuer(this, config, hello);
	}

	/** Makes what opens and makes tickets of TLS 1.2. */
	/* package */ Tickets12 tickets12(EngineConfig config) {
		return new Tickets12(this, config);
	}

	/** Makes what makes cookies. */
	/* package */ HelloCookie cookies() {
		return new HelloCookie(this);
	}

	/**
	 * Seals in place, at once: engines share the keys, and between two steps of this one another could seal or open something.
	 *
	 * @return false if it cannot, see {@link #startSeal}.
	 */
	/* package */ synchronized boolean seal(int what, byte[] data, int offset, int length) {
		return startSeal(what, data, offset, length) && complete();
	}

	/**
	 * Opens in place, at once.
	 *
	 * @return false if no key here has sealed it, or it is not genuine, see {@link #startOpen}.
	 */
	/* package */ synchronized boolean open(int what, byte[] data, int offset, int length) {
		return startOpen(what, data, offset, length) && complete();
	}

	/** Does all that is left of sealing or opening; as {@link #result}. */
	/* package */ synchronized boolean complete() {
		while (!step()) {
			continue;
		}
		return result();
	}

	/**
	 * Starts to seal in place.
	 *
	 * @param what
	 *            a constant of this class.
	 * @param data
	 *            holds the text {@value #HEADER} bytes behind the offset and receives what is sealed at the offset.
	 * @param offset
	 *            the first byte.
	 * @param length
	 *            the length of the text; what is sealed is {@value #OVERHEAD} bytes longer.
	 * @return false if there is no entropy for a nonce or a key: then there is nothing to step.
	 */
	/* package */ boolean startSeal(int what, byte[] data, int offset, int length) {
		if (!refresh() || count() == 0 && !rotate()) {
			return false;
		}
		// 96 random bits repeat with probability 2^-33 in 2^32 tickets (SP 800-38D §8.2.2, §8.3), and need no count that outlives a reset
		byte[] w = this.work;
		if (!this.random.generate(w, 0, Aead.NONCE_LENGTH)) {
			return false;
		}
		w[Aead.NONCE_LENGTH] = (byte) what;
		System.arraycopy(this.image, this.base + CURRENT, data, offset, NAME_LENGTH);
		System.arraycopy(w, 0, data, offset + NAME_LENGTH, Aead.NONCE_LENGTH);
		this.aead.init(this.image, this.base + CURRENT + NAME_LENGTH);
		this.aead.startSeal(w, w, Aead.NONCE_LENGTH, 1, data, offset + HEADER, length);
		return true;
	}

	/**
	 * Starts to open in place.
	 *
	 * @param what
	 *            a constant of this class.
	 * @param data
	 *            holds what was sealed; receives the text {@value #HEADER} bytes behind the offset, or zeros if it cannot be opened.
	 * @param offset
	 *            the first byte.
	 * @param length
	 *            its length; the text is {@value #OVERHEAD} bytes shorter.
	 * @return false if no key here has sealed it: then there is nothing to step. The name of a key is public, so this may be seen to be quick.
	 */
	/* package */ boolean startOpen(int what, byte[] data, int offset, int length) {
		if (length < OVERHEAD || count() == 0 || !refresh()) {
			return false;
		}
		int key = named(data, offset, CURRENT) ? CURRENT : count() == 2 && named(data, offset, PREVIOUS) ? PREVIOUS : 0;
		if (key == 0) {
			return false;
		}
		byte[] w = this.work;
		System.arraycopy(data, offset + NAME_LENGTH, w, 0, Aead.NONCE_LENGTH);
		w[Aead.NONCE_LENGTH] = (byte) what;
		this.aead.init(this.image, this.base + key + NAME_LENGTH);
		this.aead.startOpen(w, w, Aead.NONCE_LENGTH, 1, data, offset + HEADER, length - OVERHEAD);
		return true;
	}

	/** Works for a slice; true once it is done. */
	/* package */ boolean step() {
		return this.aead.step();
	}

	/** Tells whether it is sealed, or was opened and is genuine. Tags are compared in constant time. */
	/* package */ boolean result() {
		boolean result = this.aead.result();
		this.aead.wipe();
		return result;
	}

	/**
	 * Makes a new key if the one in use is too old; false if it cannot. One of unknown age begins to age when the clock is trusted; one from the
	 * future is not believed; one that was too old long ago does not even open.
	 */
	private boolean refresh() {
		if (count() == 0 || !trusted()) {
			return true;
		}
		long now = this.time.seconds();
		long made = (long) word(MADE) << 32 | word(MADE + 4) & 0xffffffffL;
		if (made == UNKNOWN_TIME) {
			setMade(now);
			return true;
		}
		if (now - made >= 2L * this.period) {
			wipe();
		}
		return now >= made && now - made < this.period || rotate();
	}

	private boolean trusted() {
		return this.time != null && this.time.state() == TimeSource.TRUSTED;
	}

	private boolean named(byte[] data, int offset, int key) {
		int difference = 0;
		for (int i = 0; i < NAME_LENGTH; i++) {
			difference |= data[offset + i] ^ this.image[this.base + key + i];
		}
		return difference == 0;
	}

	private void setMade(long seconds) {
		putWord(MADE, (int) (seconds >> 32));
		putWord(MADE + 4, (int) seconds);
		putWord(CHECK, Crc32.of(this.image, this.base, CHECK));
		this.changed = true;
	}

	private int count() {
		return this.image[this.base + COUNT];
	}

	private void clear(int from, int length) {
		for (int i = from; i < from + length; i++) {
			this.image[this.base + i] = 0;
		}
	}

	private int two(int at) {
		return (this.image[this.base + at] & 0xff) << 8 | this.image[this.base + at + 1] & 0xff;
	}

	private int word(int at) {
		return two(at) << 16 | two(at + 2);
	}

	private void putTwo(int at, int value) {
		this.image[this.base + at] = (byte) (value >> 8);
		this.image[this.base + at + 1] = (byte) value;
	}

	private void putWord(int at, int value) {
		putTwo(at, value >> 16);
		putTwo(at + 2, value);
	}
}
