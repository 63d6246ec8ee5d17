/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import com.is2t.hil.HIL;

/** Mock of the console: standard input and output. When standard input ends, nobody is left to talk to, and so does the board. */
public final class ConsoleNatives {

	private static Inbox inbox;

	private ConsoleNatives() {
	}

	public static void write(byte[] data, int offset, int length) {
		long mark = Simulation.enter();
		HIL.getInstance().refreshContent(data, offset, length);
		System.out.write(data, offset, length);
		System.out.flush();
		Simulation.leave(mark);
	}

	public static int read(byte[] data, int offset, int length) {
		long mark = Simulation.enter();
		if (inbox == null) {
			inbox = new Inbox(System.in, "console");
		}
		int count = inbox.take(data, offset, length);
		if (count > 0) {
			HIL.getInstance().flushContent(data, offset, count);
		} else if (inbox.ended()) {
			System.exit(0);
		}
		Simulation.leave(mark);
		return count;
	}
}
