/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A peer as server: it serves one connection after another until it is closed. */
public interface PeerServer extends Closeable {

	/** Gets where it listens. */
	InetSocketAddress address();

	/**
	 * Waits until the peer has received a line, and has it answer.
	 *
	 * @param line
	 *            ends with a line feed, the only one.
	 * @return the answer, of the same length.
	 */
	byte[] answer(byte[] line) throws IOException;

	/** Gets what the peer said of its connection since the last call, or since its start; waits until it has said all of it. */
	Report report() throws IOException;

	@Override
	void close();
}
