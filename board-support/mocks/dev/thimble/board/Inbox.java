/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that arrive on a line: a thread reads the stream, the board's native takes what is there. A full inbox holds the sender back. */
final class Inbox {

	private final byte[] ring = new byte[4096];
	private final InputStream in;
	private int first;
	private int count;
	private boolean ended;

	Inbox(InputStream in, String name) {
		this.in = in;
		Thread reader = new Thread(this::receive, name);
		reader.setDaemon(true);
		reader.start();
	}

	private void receive() {
		byte[] chunk = new byte[512];
		try {
			for (int n = this.in.read(chunk); n >= 0; n = this.in.read(chunk)) {
				put(chunk, n);
			}
		} catch (IOException e) {
			// the line is gone, and that is how it looks
		}
		synchronized (this) {
			this.ended = true;
		}
		Simulation.interrupt();
	}

	private void put(byte[] chunk, int length) {
		int done = 0;
		while (done < length) {
			synchronized (this) {
				while (this.count == this.ring.length) {
					try {
						wait();
					} catch (InterruptedException e) {
						return;
					}
				}
				while (done < length && this.count < this.ring.length) {
					this.ring[(this.first + this.count++) % this.ring.length] = chunk[done++];
				}
			}
			Simulation.interrupt();
		}
	}

	/** Takes at most so many bytes; tells how many, 0 if there are none now. */
	synchronized int take(byte[] data, int offset, int length) {
		int n = Math.min(length, this.count);
		for (int i = 0; i < n; i++) {
			data[offset + i] = this.ring[this.first];
			this.first = (this.first + 1) % this.ring.length;
		}
		this.count -= n;
		if (n > 0) {
			notifyAll();
		}
		return n;
	}

	/** Tells whether the line has ended and all has been taken. */
	synchronized boolean ended() {
		return this.ended && this.count == 0;
	}
}
