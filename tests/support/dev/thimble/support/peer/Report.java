/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

/** What a peer says of a connection, as far as its program tells. */
public final class Report {

	/** Whether it resumed a session; null: it does not tell. */
	public Boolean resumed;
	/** The application protocol agreed, "" for none; null: it does not tell. */
	public String alpn;
	/** The common name in the certificate Thimble proved itself with, "" for none; null: it does not tell. */
	public String certificate;
	/** Whether the server proved itself with a raw public key; null: it does not tell. */
	public Boolean rawKey;
	/** The identity of the pre-shared key used; null: it does not tell. */
	public String pskIdentity;
	/** What went wrong, as the peer says; null: nothing. */
	public String error;
	/** What the program printed. */
	public String text = "";

	@Override
	public String toString() {
		return "resumed " + this.resumed + ", alpn " + this.alpn + ", certificate " + this.certificate + ", raw key " + this.rawKey + ", psk "
				+ this.pskIdentity + ", error " + this.error + (this.text.isEmpty() ? "" : "; it said:\n" + this.text);
	}
}
