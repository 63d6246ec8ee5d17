/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.x509.TimeSource;

/**
 * A client's session of TLS 1.2: offered by its ticket (RFC 5077) or id (RFC 5246 §7.4.1.2), and received from the server. An engine without a
 * session has no such object.
 */
/* package */ final class Resumption12 {

	private final ClientNegotiation12 handshake;
	private final Session session;
	private final TimeSource time;
	private final SessionTag tag;
	private final String[] protocols;
	private final NewSessionTicket12Reader ticketReader;
	private boolean offered;
	/** Whether the server took what was offered. */
	private boolean taken;
	private boolean timeTrusted;

	/* package */ Resumption12(HandshakeParts parts, MessageCursor cursor, ClientNegotiation12 handshake) {
		EngineConfig config = parts.config;
		this.handshake = handshake;
		this.session = config.session;
		this.time = config.time;
		this.protocols = config.alpn;
		this.tag = parts.sessionTag();
		this.ticketReader = new NewSessionTicket12Reader(cursor, this);
	}

	/* package */ NewSessionTicket12Reader ticketReader() {
		return this.ticketReader;
	}

	/** Decides whether the session is offered, and sets the session id: with a ticket a random one, whose echo tells that it was taken (RFC 5077 §3.4). */
	/* package */ void begin(ClientHello hello, Offer offer) {
		Session s = this.session;
		long now = this.time.seconds();
		this.taken = false;
		this.timeTrusted = this.time.state() == TimeSource.TRUSTED;
		this.offered = s.valid() && (s.kind() == Session.TLS12_TICKET || s.kind() == Session.TLS12_ID && s.ticketLength() <= ClientHello.SESSION_ID_LENGTH)
				&& s.secretLength() == Prf12.MASTER_LENGTH && s.usable(now, this.timeTrusted) && offer.suiteIndex(s.suite()) >= 0;
		if (this.offered) {
			this.offered = this.tag.matches(hello, s, now);
		} else {
			this.tag.compute(hello, now);
		}
		if (this.offered && s.kind() == Session.TLS12_ID) {
			System.arraycopy(s.bytes(), s.ticket(), hello.sessionId(), hello.sessionIdOffset(), s.ticketLength());
			hello.sessionIdLength(s.ticketLength());
		} else if (this.offered) {
			hello.sessionIdLength(ClientHello.SESSION_ID_LENGTH);
		}
	}

	/** Tells whether the session is offered. */
	/* package */ boolean offered() {
		return this.offered;
	}

	/** Writes session_ticket, empty if there is none to offer but one is wanted (RFC 5077 §3.2). */
	/* package */ void extension(ClientHelloWriter writer) {
		boolean ticket = this.offered && this.session.kind() == Session.TLS12_TICKET;
		int n = ticket ? this.session.ticketLength() : 0;
		writer.extension(ExtensionType.SESSION_TICKET, n);
		writer.bytes(this.session.bytes(), ticket ? this.session.ticket() : 0, n);
	}

	/** Resumes; returns an error of {@link TlsError}. */
	/* package */ int resume(KeySchedule12 schedule) {
		if (this.session.suite() != this.handshake.cipherSuite()) {
			return TlsError.RESUMED_OTHERWISE;
		}
		schedule.resume(this.session.bytes(), this.session.secret());
		this.taken = true;
		return TlsError.NONE;
	}

	/** Starts to receive a ticket; one that does not fit, or cannot be kept because nobody knows the time, is let pass. */
	/* package */ void startTicket(int lifetime, int length) {
		start(Session.TLS12_TICKET, lifetime, length);
	}

	/** Takes a piece of the ticket. */
	/* package */ void ticket(byte[] in, int offset, int count) {
		this.session.append(in, offset, count);
	}

	private void start(int kind, int lifetime, int length) {
		int chosen = this.handshake.protocol();
		if (trusted() && this.session.begin(kind, this.handshake.cipherSuite(), Prf12.MASTER_LENGTH, chosen < 0 ? null : this.protocols[chosen],
				length)) {
			KeySchedule12 schedule = this.handshake.schedule();
			this.session.setTimes(this.time.seconds(), lifetime, 0);
			this.tag.set(this.session, this.taken);
			System.arraycopy(schedule.memory(), schedule.master(), this.session.bytes(), this.session.secret(), Prf12.MASTER_LENGTH);
		}
	}

	/**
	 * Keeps the session, now that the server is verified.
	 *
	 * @param idLength
	 *            the length of the session's id, which is kept; 0: a ticket was received, or there is nothing new.
	 */
	/* package */ void commit(int idLength) {
		if (idLength > 0) {
			start(Session.TLS12_ID, 0, idLength);
			ticket(this.handshake.schedule().memory(), this.handshake.schedule().sessionId(), idLength);
		}
		this.session.commit();
	}

	/** Wipes what was received in part. */
	/* package */ void release() {
		this.session.release();
	}

	/** Throws the session away: the handshake that resumed it failed, and the next would do the same. */
	/* package */ void forget() {
		this.session.clear();
	}

	private boolean trusted() {
		return this.timeTrusted && this.time.state() == TimeSource.TRUSTED;
	}
}
