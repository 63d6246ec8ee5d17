/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** Has the last word on a peer's certificate chain. */
public interface VerificationCallback {

	/**
	 * Judges the result of the verification. Called once a handshake, before anything is sent to the peer that it could not read anyway.
	 *
	 * @param result
	 *            0 if the chain is valid; else a code of {@link dev.thimble.x509.PathError}.
	 * @param depth
	 *            the certificate the code is about, 0 for the peer's own.
	 * @return true to go on, false to end the connection.
	 */
	boolean accept(int result, int depth);
}
