/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.board.BoardClock;

/** The board's time since reset. */
public final class BoardTimer implements Clock {

	private final BoardClock clock = new BoardClock();

	/** Creates the timer. */
	public BoardTimer() {
		// see the field
	}

	@Override
	public long millis() {
		return this.clock.millis();
	}
}
