/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.board.Network;

/** Turns a host's name into an address on the board's IP stack: once the board has an address itself, and one lookup at a time. */
/* package */ final class NameLookup {

	private static final int MAX_NAME = 255;

	private final BoardNetwork board;
	private final byte[] name = new byte[MAX_NAME];
	private int nameLength;
	private boolean asked;

	/* package */ NameLookup(BoardNetwork board) {
		this.board = board;
	}

	/** Begins with a name, which is copied. */
	/* package */ void start(byte[] host, int offset, int length) {
		stop();
		this.nameLength = Math.min(length, MAX_NAME);
		System.arraycopy(host, offset, this.name, 0, this.nameLength);
	}

	/**
	 * Goes on.
	 *
	 * @return an IPv4 address; 0: later; {@link Network#NO_ADDRESS} or {@link Network#NO_ANSWER}. But for "later" the next lookup may begin.
	 */
	/* package */ int poll(boolean up) {
		Network network = this.board.network();
		int address = 0;
		if (this.asked) {
			address = network.resolved();
		} else if (up && this.board.ask(this)) {
			this.asked = network.resolve(this.name, this.nameLength);
			address = this.asked ? 0 : Network.NO_ADDRESS;
		}
		if (address != 0) {
			stop();
		}
		return address;
	}

	/** Gets the error that is meant by what is no address; {@link NetError#NONE} of an address. */
	/* package */ static int error(int address) {
		return address == Network.NO_ADDRESS ? NetError.NAME_UNKNOWN : address == Network.NO_ANSWER ? NetError.NAME_SERVER_SILENT : NetError.NONE;
	}

	/* package */ void stop() {
		this.board.asked(this);
		this.asked = false;
	}
}
