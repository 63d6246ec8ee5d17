/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** A transport that keeps what it has taken until it can be sent. Closing it drops what has not left. */
public interface BufferedTransport extends Transport {

	/**
	 * Tells whether nothing is kept any more.
	 *
	 * @return true if all that was written has left, or never will.
	 */
	boolean flushed();
}
