/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;
import dev.thimble.x509.TimeSource;

/** Opens the tickets clients offer, and judges whether they are still good (RFC 8446 §4.2.11, §4.6.1). */
/* package */ final class TicketOpener {

	/** Most tickets of a hello that are opened. */
	private static final int MOST = 4;

	private final TicketKeys keys;
	private final TimeSource time;
	private final boolean verifiedOnly;
	/** Holds a ticket, then its text: the outbound record buffer, of which nothing is sent before the hello is answered. */
	private final byte[] buffer;
	private int length;
	private int fill;
	private int obfuscatedAge;
	/** Seconds the ticket is still good for. */
	private int left;
	private boolean genuine;
	private byte tried;

	/* package */ TicketOpener(TicketKeys keys, HandshakeParts parts) {
		this.keys = keys;
		this.time = parts.config.time;
		this.verifiedOnly = parts.config.clientAuthentication == EngineConfig.REQUIRED;
		this.buffer = parts.outBuffer;
	}

	/** Begins a hello. */
	/* package */ void reset() {
		this.tried = 0;
	}

	/** Begins an identity; false if it can be no ticket of ours. */
	/* package */ boolean start(int identityLength) {
		boolean fits = this.tried < MOST && (identityLength == TicketText.sealedLength(32) || identityLength == TicketText.sealedLength(48));
		// What is no ticket of ours is not kept, and can be longer than the buffer.
		this.length = fits ? identityLength : 0;
		this.fill = 0;
		return fits;
	}

	/* package */ void update(byte[] in, int offset, int count) {
		System.arraycopy(in, offset, this.buffer, this.fill, count);
		this.fill += count;
	}

	/** Ends the identity. */
	/* package */ void end(int age) {
		this.obfuscatedAge = age;
	}

	/** Opens the ticket, at once: engines share the keys, and between two steps of this one another could open or seal something. */
	/* package */ void open() {
		synchronized (this.keys) {
			this.genuine = this.keys.startOpen(TicketKeys.TLS13_TICKET, this.buffer, 0, this.length);
			if (this.genuine) {
				// One under a key that nobody knows costs nothing, and is not counted.
				this.tried++;
				this.genuine = this.keys.complete();
			}
		}
	}

	/** Tells whether what was opened is a ticket of ours that is still good; if not, nothing is left of it. */
	/* package */ boolean good() {
		boolean good = this.genuine && current();
		if (!good) {
			wipe();
		}
		return good;
	}

	private boolean current() {
		byte[] b = this.buffer;
		int at = TicketKeys.HEADER;
		if (b[at] != TicketText.VERSION || this.length != TicketText.sealedLength(CipherSuite.hash(suite()) == Hash.SHA_384 ? 48 : 32)
				|| this.verifiedOnly && !clientVerified()) {
			return false;
		}
		long lifetime = TicketText.get(b, at + TicketText.LIFETIME);
		// What the client says, in milliseconds; it cannot make a ticket younger, since its clock and ours are compared below.
		long age = this.obfuscatedAge - TicketText.get(b, at + TicketText.AGE_ADD) & 0xffffffffL;
		if (age >= lifetime * 1000) {
			return false;
		}
		this.left = (int) (lifetime - age / 1000);
		long made = (long) TicketText.get(b, at + TicketText.MADE) << 32 | TicketText.get(b, at + TicketText.MADE + 4) & 0xffffffffL;
		if (made == TicketText.UNKNOWN_TIME || this.time == null || this.time.state() != TimeSource.TRUSTED) {
			// Without a clock the client's word and the rotation of the keys limit a ticket's life.
			return true;
		}
		long now = this.time.seconds();
		this.left = (int) Math.min(this.left, lifetime - (now - made));
		return now >= made && now - made < lifetime;
	}

	/** Gets for how many seconds a good ticket is still good. */
	/* package */ int left() {
		return this.left;
	}

	/* package */ int suite() {
		int at = TicketKeys.HEADER + TicketText.SUITE;
		return (this.buffer[at] & 0xff) << 8 | this.buffer[at + 1] & 0xff;
	}

	/** Tells whether the client proved who it is by a certificate when it got the ticket. */
	/* package */ boolean clientVerified() {
		return (this.buffer[TicketKeys.HEADER + TicketText.FLAGS] & TicketText.CLIENT_VERIFIED) != 0;
	}

	/** Derives the early secret of the ticket's PSK. */
	/* package */ void derive(KeySchedule schedule, int hash, int hashLength) {
		schedule.start(hash, this.buffer, TicketKeys.HEADER + TicketText.SECRET, hashLength);
	}

	/** Wipes what was opened. */
	/* package */ void wipe() {
		for (int i = 0; i < this.length; i++) {
			this.buffer[i] = 0;
		}
		this.length = 0;
	}
}
