/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Receives secrets for a protocol analyser (the NSS key log format). For desktops only. */
public interface KeyLog {

	/**
	 * Receives one secret.
	 *
	 * @param label
	 *            the label of the NSS key log format, for example {@code CLIENT_TRAFFIC_SECRET_0}.
	 * @param clientRandom
	 *            32 bytes from index 0; the engine's array, not to be kept or changed.
	 * @param secret
	 *            the engine's array, not to be kept or changed.
	 * @param secretLength
	 *            the number of bytes of the secret, from index 0.
	 */
	void secret(String label, byte[] clientRandom, byte[] secret, int secretLength);
}
