/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import dev.thimble.host.device.FaultyProxy;

/**
 * What passes between the device and the broker, seen from outside: the flights of each handshake, that is what goes in one direction until the other
 * one answers, and how many bytes there were.
 */
final class Wiretap implements FaultyProxy.Tap {

	/** Flights of a connection that are kept: ClientHello, the server's, the client's with CONNECT, the broker's answer. */
	private static final int KEPT = 4;
	private static final int HEADER = 5;
	private static final int HANDSHAKE = 22;
	private static final int CLIENT_HELLO = 1;

	/** A flight. */
	static final class Flight {
		final int connection;
		final boolean toServer;
		final long host;
		private int bytes;
		private final ByteArrayOutputStream content = new ByteArrayOutputStream();

		Flight(int connection, boolean toServer, long host) {
			this.connection = connection;
			this.toServer = toServer;
			this.host = host;
		}

		int bytes() {
			return this.bytes;
		}

		/** Tells whether the ClientHello in it offers a session or a key: its last extension is pre_shared_key (RFC 8446 §4.2.11). */
		boolean offersKey() {
			byte[] data = this.content.toByteArray();
			int at = HEADER + 4 + 2 + 32;
			if (data.length <= at || data[0] != HANDSHAKE || data[HEADER] != CLIENT_HELLO) {
				return false;
			}
			at += 1 + (data[at] & 0xff);
			at += 2 + ((data[at] & 0xff) << 8 | data[at + 1] & 0xff);
			at += 1 + (data[at] & 0xff);
			at += 2;
			while (at + 4 <= data.length) {
				if ((data[at] << 8 | data[at + 1]) == 41) {
					return true;
				}
				at += 4 + ((data[at + 2] & 0xff) << 8 | data[at + 3] & 0xff);
			}
			return false;
		}
	}

	private final Timeline timeline;
	private final List<Flight> flights = new ArrayList<>();
	private int current;
	private int kept;

	Wiretap(Timeline timeline) {
		this.timeline = timeline;
	}

	@Override
	public synchronized void passed(int connection, boolean toServer, byte[] data, int length) {
		if (connection != this.current) {
			this.current = connection;
			this.kept = 0;
		}
		Flight last = this.kept == 0 ? null : this.flights.get(this.flights.size() - 1);
		if (last == null || last.toServer != toServer) {
			if (this.kept == KEPT) {
				return;
			}
			this.kept++;
			last = new Flight(connection, toServer, this.timeline.now());
			this.flights.add(last);
		}
		last.bytes += length;
		last.content.write(data, 0, length);
	}

	/** Gets all flights so far. */
	synchronized List<Flight> flights() {
		return List.copyOf(this.flights);
	}
}
