/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

/** A version of TLS in the matrix. */
public enum Version {

	/** RFC 5246. */
	TLS12(0x0303, "1.2"),
	/** RFC 8446. */
	TLS13(0x0304, "1.3");

	private final int number;
	private final String name;

	Version(int number, String name) {
		this.number = number;
		this.name = name;
	}

	/** Gets the number on the wire. */
	public int number() {
		return this.number;
	}

	@Override
	public String toString() {
		return this.name;
	}
}
