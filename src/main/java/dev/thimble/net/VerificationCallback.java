/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * Has the last word on a server's certificate chain. With required verification it can refuse a valid chain, but not accept another; with optional
 * verification it decides.
 */
public interface VerificationCallback {

	/**
	 * Judges the result of the verification. Called once a handshake, from the call that drives the socket, which it must not use.
	 *
	 * @param result
	 *            0 if the chain is valid; else a code of {@link dev.thimble.x509.PathError}.
	 * @param depth
	 *            the certificate the code is about, 0 for the peer's own.
	 * @return true to go on, false to end the connection.
	 */
	boolean accept(int result, int depth);
}
