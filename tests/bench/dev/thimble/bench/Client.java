/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.bench;

/** A TLS client without I/O, as the benchmarks drive it. One connection at a time; {@link #begin()} starts the next. */
interface Client {

	/** Largest output of one call: a record and some. */
	int BUFFER = 18 * 1024;

	/** Starts a connection. */
	void begin() throws Exception;

	/** Takes bytes from the server, all of them. */
	void input(byte[] bytes, int length) throws Exception;

	/**
	 * Gives bytes for the server.
	 *
	 * @param bytes
	 *            {@link #BUFFER} bytes or more.
	 * @return how many; 0 if there is nothing to send now.
	 */
	int output(byte[] bytes) throws Exception;

	/** Tells whether application data may flow. */
	boolean connected();

	/**
	 * Sends one record of application data; what comes of it is to be fetched with {@link #output}.
	 *
	 * @param length
	 *            at most 16,384.
	 */
	void send(byte[] data, int length) throws Exception;

	/** Gets the bytes of application data received since {@link #begin()}. */
	long received();

	/** Ends the connection without a word to the server. */
	void end() throws Exception;
}
