/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** Datagrams of the board's own IP stack (UDP), to and from one peer at a time. {@link Network#poll()} drives them too. */
public final class Datagrams {

	/** Creates the socket. There is one a board; whoever opens it last has it. */
	public Datagrams() {
		// nothing to do
	}

	/**
	 * Opens the socket, from a port nobody can guess.
	 *
	 * @param address
	 *            the peer's IPv4 address.
	 * @param port
	 *            its port, 1 to 65,535.
	 * @return false if that cannot be: there is no network yet.
	 */
	public boolean open(int address, int port) {
		return UdpNatives.open(address, port) == 0;
	}

	/**
	 * Sends a datagram.
	 *
	 * @param data
	 *            the bytes' array.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 * @return false if it cannot be sent now.
	 */
	public boolean send(byte[] data, int offset, int length) {
		Range.check(data, offset, length);
		return UdpNatives.send(data, offset, length) > 0;
	}

	/**
	 * Takes the next datagram of the peer.
	 *
	 * @param data
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            at most how many; the rest is lost.
	 * @return how many; 0 if there is none.
	 */
	public int receive(byte[] data, int offset, int length) {
		Range.check(data, offset, length);
		return UdpNatives.receive(data, offset, length);
	}

	/** Closes the socket. */
	public void close() {
		UdpNatives.close();
	}
}
