/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/** A session of TLS 1.2 that can be resumed, by its id or by a ticket (RFC 5077). */
public final class Session12 {

	public byte[] id = new byte[0];
	/** The ticket, or null. */
	public byte[] ticket;
	/** ticket_lifetime_hint in seconds. */
	public long lifetime;
	public byte[] master;
	public Suite12 suite;
	public boolean extendedMasterSecret;

	public Session12(byte[] id, Suite12 suite, byte[] master, boolean extendedMasterSecret) {
		this.id = id;
		this.suite = suite;
		this.master = master;
		this.extendedMasterSecret = extendedMasterSecret;
	}
}
