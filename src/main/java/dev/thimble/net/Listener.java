/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** Where clients connect to a server. */
public interface Listener {

	/**
	 * Gives the next client that waits to a transport.
	 *
	 * @param transport
	 *            a transport of the listener's kind that is not open; it is afterwards.
	 * @return 1; 0 if nobody waits; negative: minus a code of {@link NetError}.
	 */
	int accept(Transport transport);

	/** Stops listening. Connections go on. */
	void close();
}
