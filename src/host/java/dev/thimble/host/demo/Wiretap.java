/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.thimble.host.device.FaultyProxy;

/** What passes between the device and the broker, seen from outside: who sends how much, and when. */
final class Wiretap implements FaultyProxy.Tap {

	/** Pieces of a connection that are kept: its beginning. */
	private static final int KEPT = 64;

	private record Piece(int connection, boolean toServer, long host, int bytes) {
	}

	/**
	 * What goes in one direction until the other one answers.
	 *
	 * @param host
	 *            when it began, in milliseconds since the demo did.
	 * @param bytes
	 *            on the wire, record headers and tags included.
	 */
	record Flight(boolean toServer, long host, int bytes) {
	}

	private final Timeline timeline;
	private final List<Piece> pieces = new ArrayList<>();
	private final Map<Integer, Integer> kept = new HashMap<>();

	Wiretap(Timeline timeline) {
		this.timeline = timeline;
	}

	@Override
	public synchronized void passed(int connection, boolean toServer, byte[] data, int length) {
		if (this.kept.merge(connection, 1, Integer::sum) <= KEPT) {
			this.pieces.add(new Piece(connection, toServer, this.timeline.now(), length));
		}
	}

	/** Gets the numbers of connections on which both sides have said something. */
	synchronized List<Integer> connections() {
		return this.pieces.stream().filter(piece -> !piece.toServer()).map(Piece::connection).distinct().toList();
	}

	/**
	 * Gets the flights with which a connection began: the client's hello, the server's answer, then what the client and what the server has sent until it
	 * could be used.
	 *
	 * @param until
	 *            when that was.
	 */
	synchronized List<Flight> flights(int connection, long until) {
		boolean[] directions = { true, false, true, false };
		long[] begun = new long[directions.length];
		int[] bytes = new int[directions.length];
		int at = 0;
		for (Piece piece : this.pieces) {
			if (piece.connection() != connection || piece.host() > until) {
				continue;
			}
			if (at < 2 && piece.toServer() != directions[at]) {
				at++;
			}
			int flight = at < 2 ? at : piece.toServer() ? 2 : 3;
			begun[flight] = bytes[flight] == 0 ? piece.host() : begun[flight];
			bytes[flight] += piece.bytes();
		}
		List<Flight> flights = new ArrayList<>();
		for (int i = 0; i < directions.length; i++) {
			if (bytes[i] > 0) {
				flights.add(new Flight(directions[i], begun[i], bytes[i]));
			}
		}
		return flights;
	}
}
