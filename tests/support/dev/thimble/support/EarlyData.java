/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/** What a server does with early data (RFC 8446 §4.2.10). */
public enum EarlyData {

	/** As if there was no such thing: a client that sends some fails. */
	IGNORE,
	/** Reads it. */
	ACCEPT,
	/** Passes over what it cannot open. */
	REJECT
}
