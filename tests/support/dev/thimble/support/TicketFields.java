/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/** A NewSessionTicket to be changed by a test before it is encoded (RFC 8446 §4.6.1). */
public final class TicketFields {

	/** In seconds. */
	public long lifetime = 7200;
	public long ageAdd = 0x01020304;
	public byte[] nonce = Octets.of(0);
	public byte[] ticket = ScriptedPeer.bytes(1, 48);
	public final ExtensionList extensions = new ExtensionList();
	/** Appended behind the extensions, inside the message. */
	public byte[] trailing = new byte[0];

	/** Allows early data. */
	public TicketFields maxEarlyData(long size) {
		this.extensions.set(TlsNumbers.EARLY_DATA, new Octets().u32(size).toBytes());
		return this;
	}

	public byte[] toMessage() {
		return Octets.message(TlsNumbers.NEW_SESSION_TICKET, new Octets().u32(this.lifetime).u32(this.ageAdd).vector8(this.nonce)
				.vector16(this.ticket).vector16(this.extensions.toBytes()).add(this.trailing).toBytes());
	}

	/** The key that comes with the ticket. */
	public Psk psk(ReferenceSchedule schedule, int suite) {
		Psk psk = Psk.ticket(this.ticket, this.nonce, schedule, suite);
		psk.ageAdd = this.ageAdd;
		psk.lifetime = this.lifetime;
		byte[] early = this.extensions.get(TlsNumbers.EARLY_DATA);
		if (early != null && early.length == 4) {
			psk.maxEarlyData = Octets.u32At(early, 0);
		}
		return psk;
	}
}
