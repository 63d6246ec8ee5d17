/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;

/**
 * Selects one of the pre-shared keys a client offers (RFC 8446 §4.2.11): the first that is an external one of ours or a good ticket, and whose hash
 * goes with a suite the client offers. Identities stream by; none is kept but a ticket's.
 */
/* package */ final class PskSelector {

	private final PreSharedKey[] keys;
	/** Null without tickets. */
	private final TicketOpener tickets;
	private final Offer offer;
	private final ReceivedHello hello;
	private final boolean pskOnly;
	/** Keys whose identity can still be the one that streams by, as bits. */
	private int matching;
	private int position;
	private boolean ticket;
	private boolean opening;
	private int candidate;
	private int selected;
	/** The external key selected, null for a ticket. */
	private PreSharedKey key;
	private int hash;
	private boolean clientVerified;
	private int lifetime;

	/**
	 * Creates a selector.
	 *
	 * @param tickets
	 *            null without tickets.
	 */
	/* package */ PskSelector(HandshakeParts parts, Offer offer, ReceivedHello hello, TicketOpener tickets) {
		this.keys = parts.config.preSharedKeys;
		this.pskOnly = parts.config.pskOnly;
		this.tickets = tickets;
		this.offer = offer;
		this.hello = hello;
		this.selected = -1;
	}

	/** Begins a hello. */
	/* package */ void start() {
		wipe();
		this.lifetime = Integer.MAX_VALUE;
		if (this.tickets != null) {
			this.tickets.reset();
		}
	}

	/** Gets the index of the identity selected, -1 for none. */
	/* package */ int selected() {
		return this.selected;
	}

	/** Tells whether the handshake goes without key agreement: both sides must want that. */
	/* package */ boolean withoutAgreement() {
		return this.pskOnly && (this.hello.pskModes & ReceivedHello.PSK_KE) != 0;
	}

	/* package */ void startIdentity(int length) {
		this.matching = 0;
		this.position = 0;
		this.ticket = false;
		if (this.selected >= 0 || !possible()) {
			return;
		}
		for (int i = 0; i < this.keys.length; i++) {
			if (this.keys[i].identity().length == length && hasSuite(this.keys[i].hash())) {
				this.matching |= 1 << i;
			}
		}
		this.ticket = this.tickets != null && this.tickets.start(length);
	}

	/** Only TLS 1.3 has these keys, and one of the modes must suit both. */
	private boolean possible() {
		return (this.hello.versions & ReceivedHello.OFFERS_13) != 0
				&& (withoutAgreement() || (this.hello.pskModes & ReceivedHello.PSK_DHE_KE) != 0 && this.hello.groups != 0);
	}

	private boolean hasSuite(int ofHash) {
		return this.hello.suite13(this.offer, ofHash) >= 0;
	}

	/* package */ void identity(byte[] in, int offset, int count) {
		for (int i = 0; i < this.keys.length; i++) {
			if ((this.matching & 1 << i) != 0 && !this.keys[i].continues(this.position, in, offset, count)) {
				this.matching &= ~(1 << i);
			}
		}
		this.position += count;
		if (this.ticket) {
			this.tickets.update(in, offset, count);
		}
	}

	/* package */ void endIdentity(int index, int obfuscatedAge) {
		for (int i = 0; i < this.keys.length; i++) {
			if ((this.matching & 1 << i) != 0 && this.selected < 0) {
				this.selected = index;
				this.key = this.keys[i];
				this.hash = this.key.hash();
				this.ticket = false;
			}
		}
		if (this.ticket) {
			this.candidate = index;
			this.tickets.end(obfuscatedAge);
			this.opening = true;
		}
	}

	/** Tells whether a ticket is to be opened before the next identity is read. */
	/* package */ boolean working() {
		return this.opening;
	}

	/** Opens a ticket, or refuses it. */
	/* package */ void open() {
		this.tickets.open();
		this.opening = false;
		if (this.tickets.good()) {
			this.hash = CipherSuite.hash(this.tickets.suite());
			if (hasSuite(this.hash)) {
				this.selected = this.candidate;
			} else {
				this.tickets.wipe();
			}
		}
	}

	/* package */ int hash() {
		return this.hash;
	}

	/* package */ int hashLength() {
		return this.hash == Hash.SHA_384 ? 48 : 32;
	}

	/** Tells whether the key selected is of a ticket whose client proved who it is by a certificate. */
	/* package */ boolean clientVerified() {
		return this.clientVerified;
	}

	/**
	 * Gets for how many seconds what the client has proved is good: without a ticket {@link Integer#MAX_VALUE}, else what is left of the ticket's own,
	 * so that nobody lives on tickets for ever (RFC 8446 §4.6.1).
	 */
	/* package */ int lifetime() {
		return this.lifetime;
	}

	/** Derives the early secret of the key selected, and wipes a ticket's. */
	/* package */ void derive(KeySchedule schedule) {
		if (this.key != null) {
			schedule.start(this.hash, this.key.key(), 0, this.key.key().length);
		} else {
			this.clientVerified = this.tickets.clientVerified();
			this.lifetime = this.tickets.left();
			this.tickets.derive(schedule, this.hash, hashLength());
			this.tickets.wipe();
		}
	}

	/* package */ String binderLabel() {
		return this.key == null ? "res binder" : this.key.imported() ? "imp binder" : "ext binder";
	}

	/** Forgets what was selected. */
	/* package */ void wipe() {
		this.selected = -1;
		this.key = null;
		this.clientVerified = false;
		this.opening = false;
		if (this.tickets != null) {
			this.tickets.wipe();
		}
	}
}
