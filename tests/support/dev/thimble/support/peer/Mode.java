/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

/** What is tried in a cell of the matrix. */
public enum Mode {

	/** The server proves itself with a chain of two certificates. */
	CERTIFICATE("certificate"),
	/** So does the client. */
	MUTUAL("mutual"),
	/** A key both knew before, with (EC)DHE, and no certificate. */
	PSK("PSK"),
	/** The server proves itself with a raw public key (RFC 7250). */
	RAW_KEY("raw key"),
	/** The second connection resumes the first. */
	RESUMED("resumed"),
	/** As before, but Thimble has restarted between the two: only what it stores outlives that. */
	RESTARTED("restarted"),
	/** One protocol of two is agreed (RFC 7301). */
	ALPN("ALPN"),
	/** The client has room for 512 bytes a record and receives more (RFC 8449, RFC 6066 §4). */
	RECORD_SIZE("record size");

	private final String name;

	Mode(String name) {
		this.name = name;
	}

	/** Tells whether the second connection resumes the first. */
	public boolean resumes() {
		return this == RESUMED || this == RESTARTED;
	}

	@Override
	public String toString() {
		return this.name;
	}
}
