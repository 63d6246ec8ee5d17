/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.board.BoardSystem;
import dev.thimble.board.Network;

/** The board's IP stack, shared by its transports: names are looked up one at a time. */
public final class BoardNetwork {

	private final Network network;
	private final BoardSystem system;
	private NameLookup asking;

	/**
	 * Creates the stack's view.
	 *
	 * @param network
	 *            the stack.
	 * @param system
	 *            the board, to rest with.
	 */
	public BoardNetwork(Network network, BoardSystem system) {
		this.network = network;
		this.system = system;
	}

	/**
	 * Tells whether the board has an IP stack.
	 *
	 * @return true if so.
	 */
	public boolean available() {
		return this.network.available();
	}

	/* package */ Network network() {
		return this.network;
	}

	/** Lets a name be looked up, unless another one is being. */
	/* package */ boolean ask(NameLookup lookup) {
		if (this.asking == null) {
			this.asking = lookup;
		}
		return this.asking == lookup;
	}

	/** Lets the next one. */
	/* package */ void asked(NameLookup lookup) {
		if (this.asking == lookup) {
			this.asking = null;
		}
	}

	/* package */ void rest() {
		this.system.idle();
	}
}
