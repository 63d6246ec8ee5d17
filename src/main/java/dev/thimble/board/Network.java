/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The board's own IP stack. No method waits; {@link #poll()} is to be called often, for it drives the stack. */
public final class Network {

	/** Answer to {@link #resolved()}: there is no such name. */
	public static final int NO_ADDRESS = -1;
	/** Answer to {@link #resolved()}: no name server answers. */
	public static final int NO_ANSWER = -2;

	/** State of a connection: being opened. */
	public static final int CONNECTING = 0;
	/** Both sides can send. */
	public static final int CONNECTED = 1;
	/** The peer will send no more; what it sent can still be read. */
	public static final int PEER_CLOSED = 2;
	/** Refused, reset or timed out. */
	public static final int FAILED = -1;

	/** Creates the network. */
	public Network() {
		// nothing to do
	}

	/**
	 * Tells whether the board has an IP stack.
	 *
	 * @return true if so.
	 */
	public boolean available() {
		return NetNatives.available() != 0;
	}

	/**
	 * Starts the interface if that was not done, and drives the stack.
	 *
	 * @return 1 once there is an address, 0 before, -1 on a fault (no cable).
	 */
	public int poll() {
		return NetNatives.poll();
	}

	/**
	 * Gets the own address.
	 *
	 * @return the IPv4 address, big-endian in an int; 0 if there is none.
	 */
	public int address() {
		return NetNatives.address();
	}

	/**
	 * Gets which bits of the address are the network's.
	 *
	 * @return 255.255.255.0, for example, big-endian in an int; 0 if there is no address.
	 */
	public int subnetMask() {
		return NetNatives.subnetMask();
	}

	/**
	 * Gets the router to other networks.
	 *
	 * @return its IPv4 address; 0 if there is none.
	 */
	public int gateway() {
		return NetNatives.gateway();
	}

	/**
	 * Gets the first name server.
	 *
	 * @return its IPv4 address; 0 if there is none.
	 */
	public int nameServer() {
		return NetNatives.nameServer();
	}

	/**
	 * Starts to look a name up.
	 *
	 * @param name
	 *            ASCII, from index 0; a literal IPv4 address is answered at once.
	 * @param length
	 *            its length in bytes.
	 * @return false if it cannot be.
	 */
	public boolean resolve(byte[] name, int length) {
		Range.check(name, 0, length);
		return NetNatives.resolve(name, length) == 0;
	}

	/**
	 * Gets the answer to {@link #resolve}.
	 *
	 * @return the IPv4 address; 0 while it is not there; {@link #NO_ADDRESS}; {@link #NO_ANSWER}.
	 */
	public int resolved() {
		return NetNatives.resolved();
	}

	/**
	 * Opens a TCP connection.
	 *
	 * @param address
	 *            the IPv4 address.
	 * @param port
	 *            1 to 65,535.
	 * @return a handle from 0 up, -1 if there is no free one.
	 */
	public int connect(int address, int port) {
		return NetNatives.connect(address, port);
	}

	/**
	 * Gets the state of a connection.
	 *
	 * @param handle
	 *            from {@link #connect}.
	 * @return {@link #CONNECTING}, {@link #CONNECTED}, {@link #PEER_CLOSED} or {@link #FAILED}.
	 */
	public int state(int handle) {
		return NetNatives.state(handle);
	}

	/**
	 * Writes without waiting.
	 *
	 * @param handle
	 *            from {@link #connect}.
	 * @param data
	 *            the bytes' array.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 * @return how many were taken; -1 if the connection is gone.
	 */
	public int write(int handle, byte[] data, int offset, int length) {
		Range.check(data, offset, length);
		return NetNatives.write(handle, data, offset, length);
	}

	/**
	 * Reads what has arrived, without waiting.
	 *
	 * @param handle
	 *            from {@link #connect}.
	 * @param data
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            at most how many.
	 * @return how many were read, 0 if there are none now; -1 if the connection is gone.
	 */
	public int read(int handle, byte[] data, int offset, int length) {
		Range.check(data, offset, length);
		return NetNatives.read(handle, data, offset, length);
	}

	/**
	 * Closes a connection and frees its handle.
	 *
	 * @param handle
	 *            from {@link #connect}.
	 */
	public void close(int handle) {
		NetNatives.close(handle);
	}
}
