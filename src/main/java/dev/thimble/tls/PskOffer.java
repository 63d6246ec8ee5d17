/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;
import dev.thimble.x509.TimeSource;

/**
 * The pre-shared keys a client offers (RFC 8446 §4.2.11), and what came of the offer: first the session's, if there is one that can be resumed,
 * then external ones. An engine without either has no such object.
 *
 * <p>A key is known by its number: 0 is the session's, i + 1 that of the external key i.
 */
/* package */ final class PskOffer {

	private static final int SESSION = 0;
	private static final int MAX_HASH = 48;
	/** Most bytes of the ClientHello hashed in a step. */
	private static final int SLICE = 512;

	// How far the work before the ClientHello is.
	private static final byte CHECK_SESSION = 0;
	private static final byte TAG_SESSION = 1;
	private static final byte HASH_HELLO = 2;
	private static final byte SECRET = 3;
	private static final byte BINDER = 4;

	/** Null: no resumption. */
	private final Session session;
	private final PreSharedKey[] keys;
	/** Null: no early data. */
	private final EarlyData early;
	private final boolean only;
	private final TimeSource time;
	private final SessionTag tag;
	private final String[] protocols;
	/** The binders, {@value #MAX_HASH} bytes each, by the keys' numbers: as many as fit in the key schedule's memory. */
	private final byte[] binders;
	private final byte bindersAt;

	private byte phase;
	private boolean sessionGood;
	/** Whether the clock was trusted when the connection began, so that the server's certificate, if it shows one, is checked against it. */
	private boolean timeTrusted;
	/** A bit for the number of each key that is offered. */
	private short offered;
	/** The key whose binder is being made. */
	private byte key;
	/** The hash of the ClientHello that is known. */
	private byte hashed;
	private int position;
	private int age;
	/** What the server selected: its place in the offer, and the key's number; -1: none. */
	private int answer = -1;
	private byte selected = -1;

	/* package */ PskOffer(HandshakeParts parts, KeySchedule schedule) {
		EngineConfig config = parts.config;
		this.session = config.session;
		this.keys = config.preSharedKeys;
		this.early = config.earlyData == null || config.session == null ? null : config.earlyData.fresh();
		this.only = config.pskOnly;
		this.time = config.time;
		this.protocols = config.alpn;
		this.tag = config.session == null ? null : parts.sessionTag();
		int length = (this.keys.length + 1) * MAX_HASH;
		boolean fits = length <= KeySchedule.SPARE_LENGTH;
		this.binders = fits ? schedule.memory() : new byte[length];
		this.bindersAt = (byte) (fits ? KeySchedule.SPARE : 0);
	}

	// What is offered.

	/** Starts a connection. */
	/* package */ void begin() {
		this.phase = CHECK_SESSION;
		this.offered = 0;
		this.answer = -1;
		this.selected = -1;
		if (this.early != null) {
			this.early.reset();
		}
	}

	/** Works for a slice on the choice of the keys that are offered; true once it is done. */
	/* package */ boolean choose(ClientHello hello, Offer offer) {
		if (this.session != null && this.phase == CHECK_SESSION) {
			this.timeTrusted = this.time.state() == TimeSource.TRUSTED;
			this.sessionGood = this.session.valid() && this.session.kind() == Session.TLS13_TICKET
					&& this.session.usable(this.time.seconds(), this.timeTrusted)
					&& offer.suiteIndex(this.session.suite()) >= 0 && this.session.secretLength() == length(hash(SESSION));
			this.phase = TAG_SESSION;
			return false;
		}
		if (this.session != null) {
			if (!this.sessionGood) {
				this.tag.compute(hello, this.time.seconds());
			} else if (this.tag.matches(hello, this.session, this.time.seconds())) {
				offerSession();
			}
		}
		for (int i = 0; i < this.keys.length; i++) {
			if (this.keys[i].identity().length > 0 && offer.offersHash(this.keys[i].hash())) {
				this.offered |= 1 << i + 1;
			}
		}
		return true;
	}

	/** §C.4: a ticket is used once, so that nobody sees two connections belong together. */
	private void offerSession() {
		this.offered = 1 << SESSION;
		this.age = this.session.obfuscatedAge(this.time.seconds());
		this.session.take();
		if (this.early != null) {
			this.early.offer(this.session.maxEarlyData());
		}
	}

	/** Gets the number of keys offered. */
	/* package */ int count() {
		int count = 0;
		for (int bits = this.offered; bits != 0; bits &= bits - 1) {
			count++;
		}
		return count;
	}

	/** Tells whether the keys are offered without key agreement. */
	/* package */ boolean only() {
		return this.only;
	}

	/** Tells whether an extension is in the offer. */
	/* package */ boolean offers(int type) {
		switch (type) {
		case ExtensionType.PRE_SHARED_KEY:
			return this.offered != 0;
		case ExtensionType.EARLY_DATA:
			return this.early != null && this.early.pending();
		default:
			return type == ExtensionType.PSK_KEY_EXCHANGE_MODES;
		}
	}

	/** §4.1.4: behind a HelloRetryRequest only keys of its suite's hash are offered, and no early data. */
	/* package */ void retry(int suiteHash) {
		for (int k = 0; k <= this.keys.length; k++) {
			if (isOffered(k) && hash(k) != suiteHash) {
				this.offered &= ~(1 << k);
			}
		}
		if (this.early != null) {
			this.early.reject();
		}
	}

	// Binders.

	/** Starts to make the binders of a ClientHello whose length is known. */
	/* package */ void startBinders() {
		this.hashed = 0;
		this.key = -1;
		nextBinder();
	}

	private boolean nextBinder() {
		do {
			this.key++;
		} while (this.key <= this.keys.length && !isOffered(this.key));
		if (this.key > this.keys.length) {
			return true;
		}
		this.phase = this.hashed == hash(this.key) ? SECRET : HASH_HELLO;
		this.position = 0;
		return false;
	}

	/** Works for a slice on the binders (§4.2.11.2); true once they are there. */
	/* package */ boolean stepBinders(ClientHandshake13 handshake, KeySchedule schedule, byte[] digest) {
		switch (this.phase) {
		case HASH_HELLO:
			// Nobody else hashes until it is done.
			Hash hash = this.position == 0 ? handshake.transcript().fork(hash(this.key)) : handshake.transcript().work(hash(this.key));
			int left = handshake.helloLength() - bindersLength() - this.position;
			int n = handshake.previewHello(this.position, left < SLICE ? left : SLICE);
			hash.update(handshake.hello().cookieArray(), 0, n);
			this.position += n;
			if (n == left) {
				hash.digest(digest, 0);
				this.hashed = (byte) hash(this.key);
				this.phase = SECRET;
			}
			return false;
		case SECRET:
			startSchedule(schedule, this.key);
			this.phase = BINDER;
			return false;
		default:
			schedule.binder(label(this.key), digest, 0, this.binders, this.bindersAt + this.key * MAX_HASH);
			return nextBinder();
		}
	}

	/** Gets the length of the list of binders with its own length. */
	private int bindersLength() {
		int n = 2;
		for (int k = 0; k <= this.keys.length; k++) {
			n += isOffered(k) ? 1 + length(hash(k)) : 0;
		}
		return n;
	}

	// Extensions.

	/** Writes psk_key_exchange_modes, without which a server sends no ticket either (§4.2.9), and early_data. */
	/* package */ void extensions(ClientHelloWriter writer) {
		writer.extension(ExtensionType.PSK_KEY_EXCHANGE_MODES, 2);
		writer.u8(1);
		writer.u8(this.only ? 0 : 1);
		if (offers(ExtensionType.EARLY_DATA)) {
			writer.extension(ExtensionType.EARLY_DATA, 0);
		}
	}

	/** Writes pre_shared_key (§4.2.11). */
	/* package */ void preSharedKey(ClientHelloWriter writer) {
		if (this.offered == 0) {
			return;
		}
		int identities = 0;
		for (int k = 0; k <= this.keys.length; k++) {
			identities += isOffered(k) ? 2 + identityLength(k) + 4 : 0;
		}
		writer.extension(ExtensionType.PRE_SHARED_KEY, 2 + identities + bindersLength());
		writer.u16(identities);
		for (int k = 0; k <= this.keys.length; k++) {
			if (isOffered(k)) {
				writeIdentity(writer, k);
			}
		}
		writer.u16(bindersLength() - 2);
		for (int k = 0; k <= this.keys.length; k++) {
			if (isOffered(k)) {
				writer.u8(length(hash(k)));
				writer.bytes(this.binders, this.bindersAt + k * MAX_HASH, length(hash(k)));
			}
		}
	}

	private void writeIdentity(ClientHelloWriter writer, int k) {
		int n = identityLength(k);
		writer.u16(n);
		if (k == SESSION) {
			writer.bytes(this.session.bytes(), this.session.ticket(), n);
		} else {
			writer.bytes(this.keys[k - 1].identity(), 0, n);
		}
		// The age of an external key is 0.
		int shown = k == SESSION ? this.age : 0;
		writer.u16(shown >>> 16);
		writer.u16(shown);
	}

	// The answer.

	/** Takes the place in the offer of the key the server selected. */
	/* package */ void answer(int place) {
		this.answer = place;
	}

	/**
	 * Checks the answer at the end of ServerHello (§4.2.11).
	 *
	 * @param share
	 *            whether the server sent a key share.
	 * @param suite
	 *            the suite it chose.
	 * @return an error of {@link TlsError}.
	 */
	/* package */ int check(boolean share, int suite) {
		int place = this.answer;
		if (place < 0) {
			return TlsError.NONE;
		}
		int chosen = 0;
		while (chosen <= this.keys.length && (!isOffered(chosen) || --place >= 0)) {
			chosen++;
		}
		if (chosen > this.keys.length) {
			return TlsError.PSK_IDENTITY;
		}
		if (hash(chosen) != CipherSuite.hash(suite)) {
			return TlsError.PSK_HASH;
		}
		if (share == this.only) {
			return TlsError.PSK_KEY_EXCHANGE;
		}
		this.selected = (byte) chosen;
		return TlsError.NONE;
	}

	/** Tells whether the connection stands on one of the keys. */
	/* package */ boolean selected() {
		return this.selected >= 0;
	}

	/** Starts the key schedule with the key selected. */
	/* package */ void startSchedule(KeySchedule schedule) {
		startSchedule(schedule, this.selected);
	}

	private void startSchedule(KeySchedule schedule, int k) {
		if (k == SESSION) {
			schedule.start(hash(k), this.session.bytes(), this.session.secret(), this.session.secretLength());
		} else {
			byte[] secret = this.keys[k - 1].key();
			schedule.start(hash(k), secret, 0, secret.length);
		}
	}

	// Early data.

	/** Gets the early data's state; null if there never is any. */
	/* package */ EarlyData early() {
		return this.early;
	}

	/** Gets the suite early data is sent with. */
	/* package */ int earlySuite() {
		return this.session.suite();
	}

	/** Starts the key schedule for early data. */
	/* package */ void startEarlySchedule(KeySchedule schedule) {
		startSchedule(schedule, SESSION);
	}

	/** Checks what the server has to hold to if it accepts early data (§4.2.10); protocol: the index of the one chosen, -1 for none. */
	/* package */ int checkEarly(int suite, int protocol) {
		boolean same = this.selected == SESSION && this.session.suite() == suite
				&& this.session.agreedOn(protocol < 0 ? null : this.protocols[protocol]);
		return same ? TlsError.NONE : TlsError.EARLY_DATA;
	}

	// Tickets.

	/** Makes the reader of NewSessionTicket. */
	/* package */ NewSessionTicketReader ticketReader(MessageCursor cursor, ClientHandshake13 handshake) {
		return this.session == null ? new NewSessionTicketReader(cursor)
				: new TicketReader(cursor, handshake, this.session, this);
	}

	/**
	 * Begins to receive a session; its secret, and the ticket itself, follow.
	 *
	 * @return false if it cannot be kept: it does not fit, or nobody knows the time, or did when the server was verified.
	 */
	/* package */ boolean beginTicket(int suite, int protocol, int secretLength, int ticketLength, int lifetime, int ageAdd) {
		if (!this.timeTrusted || this.time.state() != TimeSource.TRUSTED
				|| !this.session.begin(Session.TLS13_TICKET, suite, secretLength, protocol < 0 ? null : this.protocols[protocol], ticketLength)) {
			return false;
		}
		this.session.setTimes(this.time.seconds(), lifetime, ageAdd);
		this.tag.set(this.session, this.selected == SESSION);
		return true;
	}

	/** Tells whether tickets are kept. */
	/* package */ boolean keepsTickets() {
		return this.session != null;
	}

	/** Wipes the session that was offered: nobody needs it from the server's answer on. */
	/* package */ void release() {
		if (this.session != null) {
			this.session.release();
		}
	}

	private boolean isOffered(int k) {
		return (this.offered & 1 << k) != 0;
	}

	private int hash(int k) {
		return k == SESSION ? CipherSuite.hash(this.session.suite()) : this.keys[k - 1].hash();
	}

	private static int length(int hash) {
		return hash == Hash.SHA_384 ? 48 : 32;
	}

	private int identityLength(int k) {
		return k == SESSION ? this.session.ticketLength() : this.keys[k - 1].identity().length;
	}

	private String label(int k) {
		if (k == SESSION) {
			return "res binder";
		}
		// RFC 9258 §5.2
		return this.keys[k - 1].imported() ? "imp binder" : "ext binder";
	}
}
