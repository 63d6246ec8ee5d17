/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.BoardClock;
import dev.thimble.net.BoardNetwork;
import dev.thimble.net.NetError;
import dev.thimble.net.NetworkTransport;
import dev.thimble.net.Poller;
import dev.thimble.net.SecureContext;
import dev.thimble.net.SecureSocket;

/** Several secure sockets in one loop over the board's network: each sends letters and takes them back; the loop's longest turn is measured. */
final class SocketLoop {

	private static final int CHUNK = 200;
	private static final int PATIENCE = 120000;

	private final Poller poller;
	private final SecureSocket[] sockets;
	private final BoardClock clock;
	private final byte[] letters = new byte[CHUNK];
	private final byte[] back = new byte[CHUNK];
	private final int[] sent;
	private final int[] received;
	private int longest;
	private int longestTurn;
	private int turns;

	SocketLoop(SecureContext context, BoardNetwork network, int count, int tag, BoardClock clock) {
		this.poller = new Poller(count);
		this.sockets = new SecureSocket[count];
		this.sent = new int[count];
		this.received = new int[count];
		this.clock = clock;
		for (int i = 0; i < count; i++) {
			this.sockets[i] = new SecureSocket(context, new NetworkTransport(network)).securityTags(tag);
		}
		for (int i = 0; i < CHUNK; i++) {
			this.letters[i] = (byte) ('a' + i % 26);
		}
	}

	SecureSocket socket(int index) {
		return this.sockets[index];
	}

	/** Gets the longest turn of the last run, in ticks of the board's clock. */
	int longestTicks() {
		return this.longest;
	}

	/** Gets which turn that was. */
	int longestTurn() {
		return this.longestTurn;
	}

	int turns() {
		return this.turns;
	}

	/** Runs until every socket has got back what it sent; gives the first error. */
	int run(byte[] host, int hostLength, int port, int bytes) {
		this.longest = 0;
		this.turns = 0;
		for (int i = 0; i < this.sockets.length; i++) {
			this.sent[i] = 0;
			this.received[i] = 0;
			this.poller.add(this.sockets[i].secure(true));
		}
		int result = NetError.NONE;
		int done = 0;
		int opened = 0;
		long end = this.clock.millis() + PATIENCE;
		while (done < this.sockets.length && result == NetError.NONE) {
			int before = this.clock.ticks();
			if (opened < this.sockets.length) {
				this.sockets[opened++].connect(host, 0, hostLength, port);
			} else {
				int at = this.poller.poll();
				result = serve(at, this.poller.events(at), bytes);
				done += this.received[at] >= bytes && close(at) ? 1 : 0;
			}
			int ticks = this.clock.ticks() - before;
			if (ticks > this.longest) {
				this.longest = ticks;
				this.longestTurn = this.turns;
			}
			this.turns++;
			if (result == NetError.NONE && this.clock.millis() > end) {
				result = NetError.RECEIVE_TIMEOUT;
			}
		}
		for (int i = 0; i < this.sockets.length; i++) {
			this.sockets[i].close();
			this.poller.remove(this.sockets[i]);
		}
		return result;
	}

	private int serve(int at, int events, int bytes) {
		SecureSocket socket = this.sockets[at];
		if (this.received[at] >= bytes) {
			return NetError.NONE;
		}
		if ((events & SecureSocket.GONE) != 0) {
			return socket.error();
		}
		if ((events & SecureSocket.READABLE) != 0) {
			int count = socket.receive(this.back, 0, CHUNK);
			this.received[at] += Math.max(0, count);
			return count == SecureSocket.FAILED ? socket.error() : NetError.NONE;
		}
		if ((events & SecureSocket.WRITABLE) != 0 && this.sent[at] < bytes) {
			int count = socket.send(this.letters, 0, Math.min(CHUNK, bytes - this.sent[at]));
			this.sent[at] += Math.max(0, count);
			return count == SecureSocket.FAILED ? socket.error() : NetError.NONE;
		}
		return NetError.NONE;
	}

	/** True once, when a socket is done. */
	private boolean close(int at) {
		if (!this.sockets[at].connected()) {
			return false;
		}
		this.sockets[at].close();
		return true;
	}
}
