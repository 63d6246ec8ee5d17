/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** How a socket treats a peer that cannot prove who it is. */
public final class PeerVerification {

	/** The peer is not asked to prove anything: whoever is on the way can read and change everything. For tests only. */
	public static final int NONE = 0;
	/** The peer is verified and the result noted, see {@link SecureSocket#verifyResult()}; the connection goes on whatever it is. */
	public static final int OPTIONAL = 1;
	/** A peer that is not verified is not connected to. The default. */
	public static final int REQUIRED = 2;

	/** What has to be said to {@link SecureSocket#verifyPeer(int, String)} to go without verification. */
	public static final String UNDERSTOOD = "I understand that nobody knows who the peer is";

	/** Result: nothing was verified yet. */
	public static final int NOT_VERIFIED = -1;

	private PeerVerification() {
	}
}
