/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

import dev.thimble.host.Endpoint;

/** A running board: its console, by lines, and its wire. */
public interface Board extends Closeable {

	/** Gets the board's properties. */
	BoardProperties properties();

	/**
	 * Reads the next line of the console.
	 *
	 * @return the line without its end; null if none came in time, or if the board has ended (see {@link #ended}).
	 */
	String readLine(Duration limit) throws IOException;

	/** Tells whether the board has ended and every line of it was read. */
	boolean ended();

	/**
	 * Reads lines until one matches.
	 *
	 * @param pattern
	 *            a regular expression for the beginning of the line.
	 * @return the line.
	 * @throws BoardException
	 *             if none came in time or the board ended: with what the console said.
	 */
	String awaitLine(String pattern, Duration limit) throws IOException;

	/** Sends a line to the console. */
	void send(String line) throws IOException;

	/** Gets all the console has said since the start. */
	String transcript();

	/**
	 * Connects the wire to a TCP server; ends the connection the wire had before.
	 *
	 * @throws IOException
	 *             if the board has no wire or nobody answers.
	 */
	void bridge(Endpoint server) throws IOException;

	/** Ends the connection of the wire, if there is one; it comes back with {@link #bridge}. */
	void unplugWire();

	/** Pulls the wire or the network cable: what is sent goes nowhere, nothing arrives. */
	void unplug() throws IOException;

	/** Plugs the network cable in again; a wire comes back with {@link #bridge}. */
	void plug() throws IOException;

	/** Gets the host by which the board's own IP stack reaches this machine's loopback address. */
	String hostAddress();

	/** Ends the board, if it runs. */
	@Override
	void close();
}
