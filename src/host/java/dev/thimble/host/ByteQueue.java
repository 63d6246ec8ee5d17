/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

/**
 * A bounded queue of bytes between two threads, one of which owns several queues: all queues of one owner share a monitor, which is notified
 * whenever one of them changes. Allocates nothing after construction.
 */
final class ByteQueue {

	private final Object monitor;
	private final byte[] ring;
	private int head;
	private int count;
	private boolean ended;

	ByteQueue(Object monitor, int capacity) {
		this.monitor = monitor;
		this.ring = new byte[capacity];
	}

	/** Adds as many bytes as there is room for; returns how many. Bytes added after the end are dropped. */
	int offer(byte[] data, int offset, int length) {
		synchronized (this.monitor) {
			if (this.ended) {
				return length;
			}
			int added = Math.min(length, this.ring.length - this.count);
			int tail = (this.head + this.count) % this.ring.length;
			int first = Math.min(added, this.ring.length - tail);
			System.arraycopy(data, offset, this.ring, tail, first);
			System.arraycopy(data, offset + first, this.ring, 0, added - first);
			this.count += added;
			if (added != 0) {
				this.monitor.notifyAll();
			}
			return added;
		}
	}

	/** Takes what there is, 0 bytes if the queue is empty. */
	int poll(byte[] data, int offset, int length) {
		synchronized (this.monitor) {
			int taken = Math.min(length, this.count);
			int first = Math.min(taken, this.ring.length - this.head);
			System.arraycopy(this.ring, this.head, data, offset, first);
			System.arraycopy(this.ring, 0, data, offset + first, taken - first);
			this.head = (this.head + taken) % this.ring.length;
			this.count -= taken;
			if (taken != 0) {
				this.monitor.notifyAll();
			}
			return taken;
		}
	}

	/** Adds all bytes, waiting for room. */
	void put(byte[] data, int offset, int length) throws InterruptedException {
		int done = 0;
		synchronized (this.monitor) {
			while (done < length) {
				int added = offer(data, offset + done, length - done);
				done += added;
				if (added == 0) {
					this.monitor.wait();
				}
			}
		}
	}

	/** Takes at least one byte, waiting for it; -1 once the queue has ended and is empty. */
	int take(byte[] data, int offset, int length) throws InterruptedException {
		synchronized (this.monitor) {
			while (this.count == 0 && !this.ended) {
				this.monitor.wait();
			}
			return this.count == 0 ? -1 : poll(data, offset, length);
		}
	}

	/** Marks the end: nothing is added any more. */
	void end() {
		synchronized (this.monitor) {
			this.ended = true;
			this.monitor.notifyAll();
		}
	}

	/** Tells whether the end was marked and everything before it taken. */
	boolean drained() {
		synchronized (this.monitor) {
			return this.ended && this.count == 0;
		}
	}

	/** Tells whether {@link #offer} would take a byte. */
	boolean hasRoom() {
		synchronized (this.monitor) {
			return this.ended || this.count < this.ring.length;
		}
	}

	boolean isEmpty() {
		synchronized (this.monitor) {
			return this.count == 0;
		}
	}
}
