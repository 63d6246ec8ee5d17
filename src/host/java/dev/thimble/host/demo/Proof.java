/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

/** How the device proves to the broker who it is. */
public enum Proof {
	/** A certificate of its own, in the TLS handshake. */
	CERTIFICATE,
	/** A signed token, as the MQTT password. */
	JWT,
	/** A key the broker has too. */
	PSK;

	/** Gets the word of the command line. */
	public String word() {
		return name().toLowerCase(java.util.Locale.ROOT);
	}
}
