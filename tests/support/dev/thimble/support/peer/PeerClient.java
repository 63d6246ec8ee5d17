/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.Closeable;
import java.io.IOException;

/** A peer as client: a connection to Thimble. */
public interface PeerClient extends Closeable {

	/** Sends a line. */
	void send(byte[] line) throws IOException;

	/** Waits until the peer has received these bytes; fails if they do not come. */
	void expect(byte[] line) throws IOException;

	/** Ends the connection in good order and tells what the peer said of it. */
	Report finish() throws IOException;

	/** Ends everything at once. */
	@Override
	void close();
}
