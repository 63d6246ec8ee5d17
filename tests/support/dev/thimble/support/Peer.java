/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/** The other end of an engine's connection, in memory. */
public interface Peer {

	/** Takes bytes the engine has sent, and goes on with what there is to do. */
	void receive(byte[] data);

	/** Gives, once, the bytes for the engine. */
	byte[] take();

	/** Whether the engine's role is the server's. */
	boolean isClient();
}
