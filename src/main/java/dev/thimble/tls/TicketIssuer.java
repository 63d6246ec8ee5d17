/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Random;
import dev.thimble.x509.TimeSource;

/** Makes NewSessionTicket messages (RFC 8446 §4.6.1) whose tickets hold all there is to know: the server remembers nothing. */
/* package */ final class TicketIssuer {

	private static final int NONCE_LENGTH = 1;
	/** Where the message begins in the memory of a hello that is over: session id, key share and random are not needed any more. */
	private static final int START = ReceivedHello.SESSION_ID;
	// Offsets in the message.
	private static final int LIFETIME = START + 4;
	private static final int AGE_ADD = LIFETIME + 4;
	private static final int NONCE = AGE_ADD + 4 + 1;
	private static final int TICKET = NONCE + NONCE_LENGTH + 2;
	private static final int TEXT = TICKET + TicketKeys.HEADER;

	private final TicketKeys keys;
	private final Random random;
	private final TimeSource time;
	private final int count;
	private final int longest;
	/** The memory of the hello; its length limits a message's. */
	private final byte[] message;
	private int lifetime;
	private byte left;
	private short length;
	private short written;

	/* package */ TicketIssuer(TicketKeys keys, EngineConfig config, ReceivedHello hello) {
		this.keys = keys;
		this.random = config.random;
		this.time = config.time;
		this.count = config.ticketCount;
		this.longest = config.ticketLifetime;
		this.message = hello.memory;
	}

	/** Forgets the last connection; wanted: whether the client can use tickets; most: how many seconds they may be good at the most. */
	/* package */ void start(boolean wanted, int most) {
		this.lifetime = Math.min(this.longest, most);
		this.left = (byte) (wanted ? this.count : 0);
		this.length = 0;
	}

	/** Tells whether there is a ticket to be made. */
	/* package */ boolean wanted() {
		return this.left > 0 && this.length == 0;
	}

	/** Tells whether there is a message to be sent. */
	/* package */ boolean ready() {
		return this.length > 0;
	}

	/**
	 * Makes a ticket, or gives up without a word: the connection is as good without.
	 *
	 * @param schedule
	 *            has the resumption secret.
	 * @param verified
	 *            whether the client proved who it is by a certificate.
	 * @param protocol
	 *            the application protocol, -1 for none.
	 */
	/* package */ void make(KeySchedule schedule, int suite, boolean verified, int protocol) {
		byte[] m = this.message;
		int secretLength = schedule.hashLength();
		int sealedLength = TicketText.sealedLength(secretLength);
		int end = TICKET + sealedLength + 2;
		int n = end - START;
		// Every ticket of a connection has another nonce, so another secret.
		m[NONCE] = this.left;
		long now = this.time != null && this.time.state() == TimeSource.TRUSTED ? this.time.seconds() : TicketText.UNKNOWN_TIME;
		m[TEXT] = TicketText.VERSION;
		m[TEXT + TicketText.FLAGS] = (byte) (verified ? TicketText.CLIENT_VERIFIED : 0);
		m[TEXT + TicketText.SUITE] = (byte) (suite >> 8);
		m[TEXT + TicketText.SUITE + 1] = (byte) suite;
		m[TEXT + TicketText.PROTOCOL] = (byte) protocol;
		TicketText.put(m, TEXT + TicketText.MADE, (int) (now >> 32));
		TicketText.put(m, TEXT + TicketText.MADE + 4, (int) now);
		TicketText.put(m, TEXT + TicketText.LIFETIME, this.lifetime);
		boolean good = this.random.generate(m, AGE_ADD, 4);
		System.arraycopy(m, AGE_ADD, m, TEXT + TicketText.AGE_ADD, 4);
		schedule.ticketSecret(m, NONCE, NONCE_LENGTH, m, TEXT + TicketText.SECRET);
		if (!good || !this.keys.seal(TicketKeys.TLS13_TICKET, m, TICKET, TicketText.SECRET + secretLength)) {
			wipe();
			return;
		}
		m[START] = HandshakeType.NEW_SESSION_TICKET;
		m[START + 1] = 0;
		m[START + 2] = (byte) (n - 4 >> 8);
		m[START + 3] = (byte) (n - 4);
		TicketText.put(m, LIFETIME, this.lifetime);
		m[NONCE - 1] = NONCE_LENGTH;
		m[TICKET - 2] = (byte) (sealedLength >> 8);
		m[TICKET - 1] = (byte) sealedLength;
		// no extensions: early data is not accepted
		m[end - 2] = 0;
		m[end - 1] = 0;
		this.length = (short) n;
		this.written = 0;
	}

	/** Writes the next piece of the message, of at most room bytes; returns its length. */
	/* package */ int write(byte[] out, int offset, int room) {
		int n = this.length - this.written < room ? this.length - this.written : room;
		System.arraycopy(this.message, START + this.written, out, offset, n);
		this.written += n;
		return n;
	}

	/** Goes on after a piece has become a record. */
	/* package */ void sent() {
		if (this.written == this.length) {
			this.left--;
			this.length = 0;
		}
	}

	/* package */ void wipe() {
		this.left = 0;
		this.length = 0;
		for (int i = START; i < ReceivedHello.SERVER_NAME; i++) {
			this.message[i] = 0;
		}
	}
}
