/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The story as a sequence diagram: who said what to whom. */
final class SequenceDiagram {

	private static final int WIDTH = 960;
	private static final int ROW = 34;
	private static final int TOP = 64;
	private static final double BOARD = 150;
	private static final double BETWEEN = 360;
	private static final double BROKER = 620;
	private static final double TIME = 850;
	/** Values shown one by one before they are only counted. */
	private static final int SHOWN = 3;

	/**
	 * A row.
	 *
	 * @param style
	 *            a class of the page.
	 * @param from
	 *            where the arrow begins; if it ends there, this is a note.
	 */
	private record Row(long host, String style, double from, double to, String text) {
	}

	private final List<Event> events;
	private final Wiretap wiretap;
	private final Proof proof;
	private final boolean modem;
	private final List<Row> rows = new ArrayList<>();

	SequenceDiagram(List<Event> events, Wiretap wiretap, Proof proof, boolean modem) {
		this.events = events;
		this.wiretap = wiretap;
		this.proof = proof;
		this.modem = modem;
	}

	/** Draws it; "" if nothing has happened. */
	String draw() {
		collect();
		this.rows.sort((a, b) -> Long.compare(a.host(), b.host()));
		if (this.rows.isEmpty()) {
			return "";
		}
		long start = this.rows.get(0).host();
		Svg svg = new Svg(WIDTH, TOP + ROW * this.rows.size() + 16, "Sequence diagram of the demo");
		lane(svg, BOARD, "board");
		lane(svg, BETWEEN, this.modem ? "modem (emulated)" : "network (QEMU)");
		lane(svg, BROKER, "broker");
		lane(svg, TIME, "time server");
		svg.text("small", 8, 24, "start", "s since").text("small", 8, 38, "start", "power on");
		for (int i = 0; i < this.rows.size(); i++) {
			Row row = this.rows.get(i);
			double y = TOP + ROW * i + ROW / 2.0;
			svg.text("small", 8, y + 4, "start", String.format(Locale.ROOT, "%.3f", (row.host() - start) / 1000.0));
			draw(svg, row, y);
		}
		return svg.end();
	}

	private static void lane(Svg svg, double x, String name) {
		svg.rectangle("box", x - 76, 12, 152, 28).text("label", x, 31, "middle", name).line("lane", x, 40, x, svg.height() - 4);
	}

	private static void draw(Svg svg, Row row, double y) {
		if (row.style().equals("cut")) {
			svg.line("cut", BOARD - 40, y, BROKER + 40, y).rectangle("paper", BETWEEN + 20, y - 9, 196, 18)
					.text("bad", BETWEEN + 118, y + 4, "middle", row.text());
		} else if (row.from() == row.to()) {
			double width = 14 + 7.0 * row.text().length();
			svg.rectangle("note", row.from() - 30, y - 11, width, 22).text("text", row.from() - 24, y + 4, "start", row.text());
		} else {
			svg.arrow(row.style(), row.from(), row.to(), y + 7);
			if (Math.min(row.from(), row.to()) < BETWEEN && Math.max(row.from(), row.to()) > BETWEEN) {
				svg.dot(row.style() + " head", BETWEEN, y + 7, 2.5, "");
			}
			svg.text("text", BOARD + 12, y + 1, "start", row.text());
		}
	}

	private void add(long host, String style, double from, double to, String text) {
		this.rows.add(new Row(host, style, from, to, text));
	}

	private void note(Event event, String text) {
		add(event.host(), "note", BOARD, BOARD, text);
	}

	private void collect() {
		int values = 0;
		int asked = 0;
		List<Integer> connections = this.wiretap.connections();
		int online = 0;
		boolean connected = false;
		boolean resumed = false;
		List<Long> waiting = new ArrayList<>();
		for (Event event : this.events) {
			switch (event.kind()) {
			case "boot" -> note(event, "boot: firmware in flash, heap laid out once");
			case "entropy" -> note(event, Boolean.TRUE.equals(event.figures().get("healthy")) ? "entropy healthy" : "entropy FAILED");
			case "address" -> note(event, event.figures().containsKey("ip") ? "DHCP: " + event.text("ip") : "the modem answers: AT, OK");
			case "sntp" -> {
				if (asked++ < SHOWN) {
					add(event.host(), "time", BOARD, TIME, "SNTP: what time is it?");
					add(event.host() + 1, "time", TIME, BOARD, "SNTP answer");
				}
			}
			case "time" -> note(event, "time trusted");
			case "handshake" -> {
				resumed = Boolean.TRUE.equals(event.figures().get("resumed"));
				note(event, (this.proof == Proof.PSK ? "shared key proved" : resumed ? "resumed" : "broker verified") + ": "
						+ DeviceReport.millions(event.number("instructions")) + " instructions");
			}
			case "online" -> {
				// Connections that came to nothing, if there were some, are passed over.
				if (online < connections.size()) {
					flights(connections.get(online++), event, resumed && this.proof != Proof.PSK);
				}
				for (long number : waiting) {
					add(event.host(), "data", BOARD, BROKER, "value " + number + " (QoS 1)");
				}
				waiting.clear();
				connected = true;
				values = 0;
			}
			case "published" -> {
				values++;
				if (!connected && values <= SHOWN) {
					waiting.add(event.number("n"));
					note(event, "value " + event.number("n") + " waits for a connection");
				} else if (values <= SHOWN) {
					add(event.host(), "data", BOARD, BROKER, "value " + event.number("n") + " (QoS 1)");
				}
			}
			case "settled" -> {
				if (values <= SHOWN) {
					add(event.host(), "quiet", BROKER, BOARD, "value " + event.number("n") + " settled");
				} else if (values == SHOWN + 1) {
					note(event, "... and so on, value by value");
				}
			}
			case "configuration" -> {
				values = 0;
				if (event.board() < 0) {
					add(event.host(), "data", BROKER, BOARD, "configuration: a value every " + DeviceReport.seconds(event.number("interval")));
				}
			}
			case "acknowledged" -> add(event.host(), "data", BOARD, BROKER, "configuration acknowledged");
			case "cut" -> add(event.host(), "cut", BOARD, BROKER, "the network is cut");
			case "offline" -> {
				connected = false;
				note(event, "connection lost; backs off, then comes back");
			}
			default -> {
				// of no use here
			}
			}
		}
		this.rows.removeIf(row -> row.host() < powerOn());
	}

	private long powerOn() {
		return this.events.stream().filter(event -> event.kind().equals("power")).mapToLong(Event::host).findFirst().orElse(0);
	}

	/** The beginning of a connection, as far as it can be seen from outside, and named from what is known inside. */
	private void flights(int connection, Event online, boolean resumed) {
		String[] names = { resumed ? "ClientHello with a session" : this.proof == Proof.PSK ? "ClientHello with the key's name" : "ClientHello",
				resumed || this.proof == Proof.PSK ? "ServerHello ... Finished" : "ServerHello, certificate ... Finished",
				(!resumed && this.proof == Proof.CERTIFICATE ? "certificate, " : "") + "Finished; CONNECT" + (this.proof == Proof.JWT ? " with a token" : ""),
				(this.proof == Proof.PSK ? "" : "session ticket; ") + "CONNACK" };
		List<Wiretap.Flight> flights = this.wiretap.flights(connection, online.host());
		for (int i = 0; i < flights.size(); i++) {
			Wiretap.Flight flight = flights.get(i);
			String text = names[i] + String.format(Locale.ROOT, " (%,d bytes)", flight.bytes());
			add(flight.host(), "tls", flight.toServer() ? BOARD : BROKER, flight.toServer() ? BROKER : BOARD, text);
		}
	}
}
