/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What it comes to: each thing that had to happen, and whether it did. */
final class Verdict {

	/** A line of the table. */
	record Line(String what, boolean good, String figure) {
	}

	private final List<Line> table = new ArrayList<>();
	private final String failure;

	/**
	 * Judges.
	 *
	 * @param report
	 *            null: the board was never switched on.
	 * @param received
	 *            how often each value came to the subscriber.
	 * @param failure
	 *            why the story ended early; null: it did not.
	 */
	Verdict(DemoPlan plan, DeviceReport report, Map<Long, Integer> received, boolean acknowledged, String failure) {
		this.failure = failure;
		if (report == null) {
			return;
		}
		List<DeviceReport.Handshake> handshakes = report.handshakes();
		DeviceReport.Handshake first = handshakes.isEmpty() ? null : handshakes.get(0);
		DeviceReport.Handshake second = handshakes.size() < 2 ? null : handshakes.get(handshakes.size() - 1);
		boolean psk = plan.proof() == Proof.PSK;
		add("entropy healthy", report.healthy(), "");
		add("time trusted", report.timeTrusted(), "");
		add(psk ? "proved by the shared key" : "broker verified", first != null && (psk ? first.resumed() : first.verified() && !first.resumed()),
				first == null ? "no handshake" : figures(first));
		add("values settled, none lost", !received.isEmpty() && received.keySet().containsAll(report.settled()) && report.allSettled(),
				report.settled().size() + " settled, " + received.size() + " received");
		add("none double", doubles(report, received) == 0, doubles(report, received) + " double");
		add("configuration acknowledged", acknowledged, "");
		add(psk ? "back after the cut" : "resumed after the cut", second != null && second.resumed() && report.timesOffline() > 0,
				second == null ? "no second handshake" : figures(second));
		add("allocated since start", report.allocated() == 0, report.allocated() < 0 ? "not known" : report.allocated() + " bytes");
	}

	private static long doubles(DeviceReport report, Map<Long, Integer> received) {
		return received.entrySet().stream().filter(value -> value.getValue() > 1 && !report.mayComeTwice(value.getKey())).count();
	}

	private static String figures(DeviceReport.Handshake handshake) {
		return String.format(Locale.ROOT, "%,d bytes, %s instructions", handshake.bytesIn() + handshake.bytesOut(),
				DeviceReport.millions(handshake.instructions()));
	}

	private void add(String what, boolean good, String figure) {
		this.table.add(new Line(what, good, figure));
	}

	boolean passed() {
		return this.failure == null && !this.table.isEmpty() && this.table.stream().allMatch(Line::good);
	}

	List<Line> table() {
		return this.table;
	}

	String failure() {
		return this.failure;
	}

	/** Gets the table as text. */
	List<String> lines() {
		List<String> lines = new ArrayList<>();
		lines.add("");
		for (Line line : this.table) {
			lines.add(String.format("  %-27s %-4s %s", line.what(), line.good() ? "yes" : "NO", line.figure()).stripTrailing());
		}
		if (this.failure != null) {
			lines.add("");
			lines.add(this.failure);
		}
		lines.add("");
		lines.add(passed() ? "The demo passed." : "The demo FAILED.");
		return lines;
	}

	/** Gets it as names and values by turns. */
	Object[] figures() {
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("passed", passed());
		for (Line line : this.table) {
			figures.put(line.what().replaceAll("[^a-z]+", "_"), line.good());
		}
		if (this.failure != null) {
			figures.put("failure", this.failure);
		}
		List<Object> flat = new ArrayList<>();
		figures.forEach((name, value) -> {
			flat.add(name);
			flat.add(value);
		});
		return flat.toArray();
	}
}
