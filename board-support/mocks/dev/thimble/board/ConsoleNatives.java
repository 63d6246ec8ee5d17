/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

import com.is2t.hil.HIL;

/**
 * Mock of the console: a TCP connection to {@code thimble.sim.console} ({@code host:port}), without that property standard input and output. When the
 * input ends nobody is left to talk to, and the board ends too.
 */
public final class ConsoleNatives {

	private static Inbox inbox;
	private static OutputStream out;

	private ConsoleNatives() {
	}

	public static void write(byte[] data, int offset, int length) {
		long mark = Simulation.enter();
		open();
		HIL.getInstance().refreshContent(data, offset, length);
		try {
			out.write(data, offset, length);
			out.flush();
		} catch (IOException e) {
			System.exit(0);
		}
		Simulation.leave(mark);
	}

	public static int read(byte[] data, int offset, int length) {
		long mark = Simulation.enter();
		open();
		int count = inbox.take(data, offset, length);
		if (count > 0) {
			HIL.getInstance().flushContent(data, offset, count);
		} else if (inbox.ended()) {
			System.exit(0);
		}
		Simulation.leave(mark);
		return count;
	}

	private static void open() {
		if (inbox != null) {
			return;
		}
		InputStream in = System.in;
		out = System.out;
		String place = Simulation.setting("console", "");
		if (!place.isEmpty()) {
			int colon = place.lastIndexOf(':');
			try {
				Socket socket = new Socket(place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)));
				socket.setTcpNoDelay(true);
				in = socket.getInputStream();
				out = socket.getOutputStream();
			} catch (IOException e) {
				throw new IllegalStateException("Nobody listens at thimble.sim.console=" + place, e);
			}
		}
		inbox = new Inbox(in, "console");
	}
}
