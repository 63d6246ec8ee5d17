/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** A transport whose far end can do TLS itself, a modem for instance. */
public interface OffloadTransport extends Transport {

	/**
	 * Says how the next {@link #open} is to be secured, before it.
	 *
	 * <p>What the far end cannot honour is an error here, never left out in silence.
	 *
	 * @param security
	 *            what the socket wants; null: a plain connection.
	 * @return 0 or a code of {@link NetError}.
	 */
	int secure(OffloadedSecurity security);
}
