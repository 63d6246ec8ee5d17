/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.x509.TimeSource;

/**
 * Opens and makes a server's tickets of TLS 1.2 (RFC 5077), which hold all there is to know: the server remembers nothing. The text is that of
 * {@link TicketText} with a master secret, and where that has ticket_age_add the CRC-32 of the name the client asked for (RFC 6066 §3: a session is
 * not resumed under another).
 */
/* package */ final class Tickets12 {

	private static final int TEXT_LENGTH = TicketText.SECRET + Prf12.MASTER_LENGTH;
	private static final int SEALED_LENGTH = TEXT_LENGTH + TicketKeys.OVERHEAD;
	/** The message's header, ticket_lifetime_hint, and the ticket's length. */
	private static final int TICKET = 4 + 4 + 2;
	private static final int TEXT = TICKET + TicketKeys.HEADER;
	private static final int LENGTH = TICKET + SEALED_LENGTH;

	private final TicketKeys keys;
	private final TimeSource time;
	private final int longest;
	private final boolean verifiedOnly;
	/** NewSessionTicket; what a client offers is put where the ticket stands in it. */
	private final byte[] message = new byte[LENGTH];
	private int lifetime;
	private short fill;
	private boolean fits;
	private short written;

	/* package */ Tickets12(TicketKeys keys, EngineConfig config) {
		this.keys = keys;
		this.time = config.time;
		this.longest = config.ticketLifetime;
		this.verifiedOnly = config.clientAuthentication == EngineConfig.REQUIRED;
	}

	// Opening.

	/** Starts to receive a ticket; 0: there is none. */
	/* package */ void start(int length) {
		this.lifetime = this.longest;
		this.fill = 0;
		this.fits = length == SEALED_LENGTH;
	}

	/** Takes a piece. */
	/* package */ void update(byte[] in, int offset, int count) {
		if (this.fits) {
			System.arraycopy(in, offset, this.message, TICKET + this.fill, count);
			this.fill += count;
		}
	}

	/** Tells whether something was received that could be a ticket of ours. */
	/* package */ boolean received() {
		return this.fits && this.fill == SEALED_LENGTH;
	}

	/** Opens it; false if it is none. */
	/* package */ boolean open() {
		return this.keys.open(TicketKeys.TLS12_TICKET, this.message, TICKET, SEALED_LENGTH);
	}

	/** Tells whether what was opened is a ticket that is still good, of a client that asks for the same name. */
	/* package */ boolean good(ReceivedHello hello) {
		byte[] m = this.message;
		if (m[TEXT] != TicketText.VERSION || this.verifiedOnly && !clientVerified()
				|| TicketText.get(m, TEXT + TicketText.AGE_ADD) != name(hello)) {
			return false;
		}
		long made = made();
		if (made == TicketText.UNKNOWN_TIME || now() == TicketText.UNKNOWN_TIME) {
			// Without a clock the rotation of the keys limits a ticket's life.
			return true;
		}
		return now() >= made && now() - made < TicketText.get(m, TEXT + TicketText.LIFETIME);
	}

	private long made() {
		byte[] m = this.message;
		return (long) TicketText.get(m, TEXT + TicketText.MADE) << 32 | TicketText.get(m, TEXT + TicketText.MADE + 4) & 0xffffffffL;
	}

	/* package */ int suite() {
		return (this.message[TEXT + TicketText.SUITE] & 0xff) << 8 | this.message[TEXT + TicketText.SUITE + 1] & 0xff;
	}

	/** Tells whether the client proved who it is by a certificate when it got the ticket. */
	/* package */ boolean clientVerified() {
		return (this.message[TEXT + TicketText.FLAGS] & TicketText.CLIENT_VERIFIED) != 0;
	}

	/** Takes over the master secret, and what is left of the ticket's life for the one that follows it: nobody is to live on tickets for ever. */
	/* package */ void resume(KeySchedule12 schedule) {
		long made = made();
		int left = TicketText.get(this.message, TEXT + TicketText.LIFETIME);
		if (made != TicketText.UNKNOWN_TIME && now() != TicketText.UNKNOWN_TIME) {
			left -= (int) (now() - made);
		}
		this.lifetime = Math.min(this.longest, left);
		schedule.resume(this.message, TEXT + TicketText.SECRET);
	}

	// Making.

	/** Makes a NewSessionTicket; false if it cannot. */
	/* package */ boolean make(KeySchedule12 schedule, ReceivedHello hello, int suite, boolean verified) {
		byte[] m = this.message;
		long now = now();
		m[TEXT] = TicketText.VERSION;
		m[TEXT + TicketText.FLAGS] = (byte) (verified ? TicketText.CLIENT_VERIFIED : 0);
		m[TEXT + TicketText.SUITE] = (byte) (suite >> 8);
		m[TEXT + TicketText.SUITE + 1] = (byte) suite;
		m[TEXT + TicketText.PROTOCOL] = 0;
		TicketText.put(m, TEXT + TicketText.MADE, (int) (now >> 32));
		TicketText.put(m, TEXT + TicketText.MADE + 4, (int) now);
		TicketText.put(m, TEXT + TicketText.LIFETIME, this.lifetime);
		TicketText.put(m, TEXT + TicketText.AGE_ADD, name(hello));
		System.arraycopy(schedule.memory(), schedule.master(), m, TEXT + TicketText.SECRET, Prf12.MASTER_LENGTH);
		if (!this.keys.seal(TicketKeys.TLS12_TICKET, m, TICKET, TEXT_LENGTH)) {
			wipe();
			return false;
		}
		m[0] = HandshakeType.NEW_SESSION_TICKET;
		m[1] = 0;
		m[2] = 0;
		m[3] = (byte) (LENGTH - 4);
		TicketText.put(m, 4, this.lifetime);
		m[TICKET - 2] = 0;
		m[TICKET - 1] = (byte) SEALED_LENGTH;
		this.written = 0;
		return true;
	}

	/** Writes the next piece of the message, of at most room bytes; returns its length. */
	/* package */ int write(byte[] out, int offset, int room) {
		int n = LENGTH - this.written < room ? LENGTH - this.written : room;
		System.arraycopy(this.message, this.written, out, offset, n);
		this.written += n;
		return n;
	}

	/** Tells whether all of the message was written. */
	/* package */ boolean complete() {
		return this.written == LENGTH;
	}

	private long now() {
		return this.time != null && this.time.state() == TimeSource.TRUSTED ? this.time.seconds() : TicketText.UNKNOWN_TIME;
	}

	private static int name(ReceivedHello hello) {
		return Crc32.of(hello.memory, ReceivedHello.SERVER_NAME, hello.serverNameLength);
	}

	/* package */ void wipe() {
		this.fits = false;
		for (int i = 0; i < LENGTH; i++) {
			this.message[i] = 0;
		}
	}
}
