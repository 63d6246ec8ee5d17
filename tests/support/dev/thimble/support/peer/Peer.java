/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;

/** Somebody else's TLS. */
public interface Peer {

	/** Gets its name. */
	String name();

	/** Gets its version, as it tells it. */
	String release();

	/**
	 * Tells why a cell of the matrix cannot be.
	 *
	 * @param role
	 *            Thimble's role.
	 * @return the reason, or null if the cell can be.
	 */
	String cannot(Role role, Version version, Mode mode);

	/**
	 * Tells how its client resumes.
	 *
	 * @return true if {@link #connect} with a session to resume makes a connection before that one, of its own accord, since it keeps
	 *         sessions in memory only; false if it takes the session of the last connection.
	 */
	boolean reconnects();

	/** Starts a server. */
	PeerServer serve(Version version, Mode mode) throws IOException;

	/**
	 * Connects to a server of Thimble's at 127.0.0.1.
	 *
	 * @param resume
	 *            whether to resume a session, see {@link #reconnects}.
	 */
	PeerClient connect(int port, Version version, Mode mode, boolean resume) throws IOException;
}
