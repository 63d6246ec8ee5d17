/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

/** What Thimble is in a connection; the peer is the other. */
public enum Role {

	CLIENT("client"), SERVER("server");

	private final String name;

	Role(String name) {
		this.name = name;
	}

	@Override
	public String toString() {
		return this.name;
	}
}
