/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.cloud.ManualClock;

/** Two transports whose far ends are each other, in memory. Who rests lets the other end's program run, and time go on. */
final class MemoryLink {

	/** The end that opens. */
	final Transport left;
	/** The end that is there already. */
	final Transport right;
	/** The time of both. */
	final ManualClock clock = new ManualClock();
	/** Most bytes that move at once. */
	int chunk = Integer.MAX_VALUE;
	/** What runs while the left end rests. */
	Runnable meanwhile = () -> {
	};

	/** What one end has written and the other has not read. */
	private static final class Wire {

		private final byte[] bytes = new byte[1 << 16];
		private int length;

		private void put(byte[] data, int offset, int count) {
			System.arraycopy(data, offset, this.bytes, this.length, count);
			this.length += count;
		}

		private void take(byte[] data, int offset, int count) {
			System.arraycopy(this.bytes, 0, data, offset, count);
			System.arraycopy(this.bytes, count, this.bytes, 0, this.length - count);
			this.length -= count;
		}
	}

	MemoryLink() {
		Wire up = new Wire();
		Wire down = new Wire();
		this.left = new End(down, up);
		this.right = new End(up, down);
	}

	private final class End implements Transport {

		private final Wire in;
		private final Wire out;

		End(Wire in, Wire out) {
			this.in = in;
			this.out = out;
		}

		@Override
		public void open(byte[] host, int offset, int length, int port) {
			this.in.length = 0;
			this.out.length = 0;
		}

		@Override
		public int poll() {
			return OPEN;
		}

		@Override
		public int write(byte[] data, int offset, int length) {
			int count = Math.min(Math.min(length, MemoryLink.this.chunk), this.out.bytes.length - this.out.length);
			this.out.put(data, offset, count);
			return count;
		}

		@Override
		public int read(byte[] data, int offset, int length) {
			int count = Math.min(Math.min(length, MemoryLink.this.chunk), this.in.length);
			this.in.take(data, offset, count);
			return count;
		}

		@Override
		public void rest(int millis) {
			MemoryLink.this.clock.now += millis;
			if (this == MemoryLink.this.left) {
				MemoryLink.this.meanwhile.run();
			}
		}

		@Override
		public void close() {
			// what is on the wire arrives
		}
	}
}
