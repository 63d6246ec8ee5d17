/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

import com.is2t.hil.HIL;

/**
 * Mock of the wire: a TCP connection to {@code thimble.sim.wire} ({@code host:port}), made at the first call. There is no wire without that property.
 * When the other end goes away the line falls silent, as a cable that is pulled does.
 */
public final class WireNatives {

	private static Inbox inbox;
	private static OutputStream out;
	private static boolean opened;

	private WireNatives() {
	}

	public static int available() {
		long mark = Simulation.enter();
		boolean wired = !Simulation.setting("wire", "").isEmpty();
		if (wired) {
			open();
		}
		int available = wired ? 1 : 0;
		Simulation.leave(mark);
		return available;
	}

	public static int write(byte[] data, int offset, int length) {
		long mark = Simulation.enter();
		open();
		if (out != null) {
			HIL.getInstance().refreshContent(data, offset, length);
			try {
				out.write(data, offset, length);
				out.flush();
			} catch (IOException e) {
				out = null;
			}
		}
		Simulation.leave(mark);
		return length;
	}

	public static int read(byte[] data, int offset, int length) {
		long mark = Simulation.enter();
		open();
		int count = inbox == null ? 0 : inbox.take(data, offset, length);
		if (count > 0) {
			HIL.getInstance().flushContent(data, offset, count);
		}
		Simulation.leave(mark);
		return count;
	}

	private static void open() {
		if (opened) {
			return;
		}
		opened = true;
		String place = Simulation.setting("wire", "");
		int colon = place.lastIndexOf(':');
		try {
			Socket socket = new Socket(place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)));
			socket.setTcpNoDelay(true);
			out = socket.getOutputStream();
			inbox = new Inbox(socket.getInputStream(), "wire");
		} catch (IOException e) {
			// nobody at the other end: a silent line
		}
	}
}
