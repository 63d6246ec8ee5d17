/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import java.util.Arrays;
import java.util.function.Supplier;

import dev.thimble.cloud.ManualClock;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.Octets;
import dev.thimble.support.Peer;

/**
 * A transport whose far end is a peer in memory, and that fails as it is told. Time goes on when somebody rests, and only then; who never rests, or
 * rests without end, is found out.
 */
final class FaultyTransport implements Transport {

	/** How the far end ends. */
	enum End {
		/** It vanishes: nothing comes, what is sent is swallowed. */
		SILENCE,
		/** It vanishes, and its window is full. */
		FULL_WINDOW,
		/** It closes. */
		FIN,
		/** It breaks the connection. */
		RST
	}

	private static final int MOST_CALLS = 1_000_000;
	private static final long MOST_MILLIS = 1_000_000;

	final ManualClock clock = new ManualClock();
	/** Makes the far end of the next connection. */
	Supplier<? extends Peer> peers;
	/** What opening leads to; 0: a connection. */
	int openFailure;
	/** Whether opening never comes to an end. */
	boolean neverOpens;
	/** Most bytes a read gives or a write takes. */
	int chunk = Integer.MAX_VALUE;
	/** Most bytes taken of a connection. */
	long window = Long.MAX_VALUE;
	/** Whether nothing is taken any more once the peer has said something. */
	boolean deaf;
	/** Bytes allocated in here and beyond, which are not the socket's. */
	long foreign;

	private Peer peer;
	private boolean open;
	private int cut = Integer.MAX_VALUE;
	private boolean half;
	private End end = End.SILENCE;
	private byte[] arriving = new byte[0];
	private int read;
	/** Behind the last byte that may be read. */
	private int allowed;
	private int parsed;
	private int records;
	private long taken;
	private int calls;
	private long opened;

	/** Has connections end in a way after so many records of the peer, and perhaps half of one more. */
	FaultyTransport endAfter(int whole, boolean andHalf, End how) {
		this.cut = whole;
		this.half = andHalf;
		this.end = how;
		return this;
	}

	/** Ends the present connection in a way. */
	void endNow(End how) {
		endAfter(this.records, false, how);
	}

	/** Has the present connection take nothing more. */
	void shut() {
		this.window = this.taken;
	}

	/** Has connections work again. */
	FaultyTransport mend() {
		this.openFailure = 0;
		this.neverOpens = false;
		this.chunk = Integer.MAX_VALUE;
		this.window = Long.MAX_VALUE;
		this.deaf = false;
		return endAfter(Integer.MAX_VALUE, false, End.SILENCE);
	}

	/** Gets how many whole records of the peer have come. */
	int records() {
		return this.records;
	}

	/** Gets whether the peer has ended as it was told. */
	boolean ended() {
		return this.records >= this.cut && this.read == this.allowed;
	}

	/** Gets the far end of the connection. */
	Peer peer() {
		return this.peer;
	}

	/** Begins a connection a peer has made. */
	void attach() {
		open(null, 0, 0, 0);
	}

	@Override
	public void open(byte[] host, int offset, int length, int port) {
		long before = AllocationMeter.allocated();
		this.open = true;
		this.peer = this.peers.get();
		this.arriving = new byte[0];
		this.read = 0;
		this.allowed = 0;
		this.parsed = 0;
		this.records = 0;
		this.taken = 0;
		this.calls = 0;
		this.opened = this.clock.now;
		this.foreign += AllocationMeter.allocated() - before;
	}

	private void called() {
		if (++this.calls > MOST_CALLS) {
			throw new AssertionError("called without end, and without a rest");
		}
	}

	@Override
	public int poll() {
		called();
		if (!this.open) {
			return -NetError.NOT_CONNECTED;
		}
		if (this.openFailure != 0) {
			return -this.openFailure;
		}
		if (this.neverOpens) {
			return OPENING;
		}
		arrive();
		if (ended() && this.end == End.RST) {
			return -NetError.LINK_LOST;
		}
		return ended() && this.end == End.FIN ? ENDED : OPEN;
	}

	/** Takes what the peer has sent, and looks how much of it comes through. */
	private void arrive() {
		if (ended()) {
			return;
		}
		long before = AllocationMeter.allocated();
		byte[] more = this.peer.take();
		if (more.length > 0) {
			this.arriving = Octets.concat(Arrays.copyOfRange(this.arriving, this.read, this.arriving.length), more);
			this.allowed -= this.read;
			this.parsed -= this.read;
			this.read = 0;
		}
		while (this.records < this.cut && this.parsed < this.arriving.length) {
			this.parsed += recordLength();
			this.allowed = this.parsed;
			this.records++;
			if (this.records == this.cut && this.half && this.parsed < this.arriving.length) {
				this.allowed += recordLength() / 2;
			}
		}
		if (this.cut == 0 && this.half && this.allowed == 0 && this.arriving.length > 0) {
			this.allowed = recordLength() / 2;
		}
		this.foreign += AllocationMeter.allocated() - before;
	}

	private int recordLength() {
		return 5 + Octets.u16At(this.arriving, this.parsed + 3);
	}

	@Override
	public int write(byte[] data, int offset, int length) {
		called();
		if (ended()) {
			return this.end == End.FULL_WINDOW ? 0 : Math.min(length, this.chunk);
		}
		int count = this.deaf && this.read > 0 ? 0 : (int) Math.min(Math.min(length, this.chunk), this.window - this.taken);
		this.taken += count;
		if (count > 0) {
			long before = AllocationMeter.allocated();
			this.peer.receive(Arrays.copyOfRange(data, offset, offset + count));
			this.foreign += AllocationMeter.allocated() - before;
		}
		return count;
	}

	@Override
	public int read(byte[] data, int offset, int length) {
		called();
		arrive();
		int count = Math.min(Math.min(length, this.chunk), this.allowed - this.read);
		System.arraycopy(this.arriving, this.read, data, offset, count);
		this.read += count;
		return count;
	}

	@Override
	public void rest(int millis) {
		this.calls = 0;
		this.clock.now += millis;
		if (this.clock.now - this.opened > MOST_MILLIS) {
			throw new AssertionError("rests without end");
		}
	}

	@Override
	public void close() {
		this.open = false;
	}

	/** Gets whether there is a connection. */
	boolean isOpen() {
		return this.open;
	}
}
