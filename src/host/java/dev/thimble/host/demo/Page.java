/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The story as a page that needs nothing but itself: pictures, figures, and every line of it. It is XML as well. */
final class Page {

	private static final String STYLE = """
			:root { color-scheme: light dark; --paper: #fcfcfa; --ink: #1c1b19; --muted: #6a6862; --rule: #dedcd4; --panel: #f2f1ec;
			  --blue: #2463a8; --orange: #b4560f; --green: #257a3e; --red: #b3261e; --violet: #6b4fb3; }
			@media (prefers-color-scheme: dark) { :root { --paper: #191917; --ink: #ebe9e2; --muted: #a09d94; --rule: #3a3934; --panel: #242320;
			  --blue: #78aef0; --orange: #f0a05a; --green: #72c78b; --red: #f2867e; --violet: #b8a2f2; } }
			body { margin: 0 auto; padding: 24px 20px 60px; max-width: 980px; background: var(--paper); color: var(--ink);
			  font: 15px/1.5 system-ui, sans-serif; }
			h1 { font-size: 26px; margin: 0 0 2px; } h2 { font-size: 18px; margin: 34px 0 4px; } p { margin: 4px 0 10px; color: var(--muted); max-width: 76ch; }
			.verdict { display: inline-block; padding: 2px 10px; border-radius: 12px; font-weight: 600; border: 1.5px solid; }
			.passed { color: var(--green); } .failed { color: var(--red); }
			.tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 18px 0 6px; padding: 0; }
			.tile { background: var(--panel); border-radius: 8px; padding: 10px 14px; min-width: 130px; flex: 1; }
			.tile b { display: block; font-size: 22px; font-variant-numeric: tabular-nums; } .tile span { color: var(--muted); font-size: 13px; }
			.scroll { overflow-x: auto; } svg { max-width: 100%; height: auto; min-width: 720px; font: 13px system-ui, sans-serif; }
			table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
			th, td { text-align: left; padding: 4px 10px 4px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
			th { white-space: nowrap; color: var(--muted); font-weight: 500; font-size: 13px; } td.n, th.n { text-align: right; }
			pre { background: var(--panel); padding: 12px; border-radius: 8px; overflow-x: auto; white-space: pre-wrap; }
			svg text { fill: var(--ink); } svg .small { fill: var(--muted); font-size: 12px; } svg .label { font-weight: 600; }
			svg .bad { fill: var(--red); font-weight: 600; } svg .heaptext { fill: var(--blue); font-weight: 600; }
			svg .stacktext { fill: var(--orange); font-weight: 600; }
			svg line, svg path { fill: none; stroke: var(--ink); stroke-width: 1.5; }
			svg .lane, svg .grid { stroke: var(--rule); stroke-width: 1; } svg .mark { stroke: var(--muted); stroke-width: 1; stroke-dasharray: 2 3; }
			svg .box { fill: var(--panel); stroke: var(--rule); } svg .note { fill: var(--panel); stroke: var(--rule); } svg .paper { fill: var(--paper); }
			svg .tls { stroke: var(--blue); } svg .tls.head { fill: var(--blue); } svg .time { stroke: var(--violet); } svg .time.head { fill: var(--violet); }
			svg .data { stroke: var(--green); } svg .data.head { fill: var(--green); }
			svg .quiet { stroke: var(--muted); stroke-dasharray: 4 3; } svg .quiet.head { fill: var(--muted); stroke-dasharray: none; }
			svg .cut { stroke: var(--red); stroke-dasharray: 7 4; } svg .limit { stroke: var(--muted); stroke-dasharray: 6 4; }
			svg .heap { stroke: var(--blue); stroke-width: 2; } svg .heap.head { fill: var(--blue); } svg .area { fill: var(--blue); stroke: none; opacity: 0.12; }
			svg .stack { stroke: var(--orange); stroke-width: 2; } svg .stack.head { fill: var(--orange); }
			""";

	private final StringBuilder out = new StringBuilder();
	private final DemoPlan plan;
	private final List<Event> events;
	private final DeviceReport report;
	private final Wiretap wiretap;
	private final Verdict verdict;

	/** Gathers what there is; report and wiretap may be null. */
	Page(DemoPlan plan, List<Event> events, DeviceReport report, Wiretap wiretap, Verdict verdict) {
		this.plan = plan;
		this.events = events;
		this.report = report;
		this.wiretap = wiretap;
		this.verdict = verdict;
	}

	/** Writes it into a file. */
	void write(Path file, boolean modem) throws IOException {
		this.out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width\"/>\n")
				.append("<title>Thimble demo: ").append(Svg.escape(this.plan.board())).append("</title>\n<style>\n")
				.append(STYLE).append("</style>\n</head>\n<body>\n");
		head();
		if (this.report != null) {
			tiles();
			section("Who said what to whom", "Seen from outside the board: what its " + (this.modem(modem)) + " carried, with sizes on the wire. What is inside TLS"
					+ " is named from what the board and the subscriber told.",
					new SequenceDiagram(this.events, this.wiretap, this.plan.proof(), modem).draw());
			section("Memory of the board over time", "The heap is taken at start and then never again: the line is flat through two handshakes and every message.",
					new MemoryChart(this.report.memory(), this.report.heapSize(), this.events).draw());
			handshakes();
		}
		table();
		timeline();
		this.out.append("</body>\n</html>\n");
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.writeString(file, this.out, StandardCharsets.US_ASCII);
	}

	private String modem(boolean modem) {
		return modem ? "modem" : "network";
	}

	private void head() {
		this.out.append("<h1>A device in the cloud</h1>\n<p>Thimble on ").append(Svg.escape(this.plan.board())).append(" in QEMU, authentication by ")
				.append(this.plan.proof().word()).append(", broker ").append(this.plan.mosquitto() ? "Mosquitto" : "Moquette").append("; ")
				.append(ZonedDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT))).append("</p>\n<span class=\"verdict ")
				.append(this.verdict.passed() ? "passed\">&#10003; everything happened" : "failed\">&#10007; not everything happened").append("</span>\n");
		if (this.verdict.failure() != null) {
			this.out.append("<pre>").append(Svg.escape(this.verdict.failure())).append("</pre>\n");
		}
	}

	private void tile(String figure, String what) {
		this.out.append("<div class=\"tile\"><b>").append(Svg.escape(figure)).append("</b><span>").append(Svg.escape(what)).append("</span></div>\n");
	}

	private void tiles() {
		this.out.append("<div class=\"tiles\">\n");
		List<DeviceReport.Handshake> handshakes = this.report.handshakes();
		if (this.report.allocated() >= 0) {
			tile(this.report.allocated() + " bytes", "allocated since start");
		}
		for (DeviceReport.Handshake handshake : handshakes.subList(0, Math.min(1, handshakes.size()))) {
			tile(String.format(Locale.ROOT, "%.1f M", handshake.instructions() / 1e6), "instructions: first handshake");
		}
		if (handshakes.size() > 1) {
			DeviceReport.Handshake last = handshakes.get(handshakes.size() - 1);
			tile(String.format(Locale.ROOT, "%.1f M", last.instructions() / 1e6), "instructions: after the cut" + (last.resumed() ? ", resumed" : ""));
		}
		for (Event event : this.events) {
			if (event.kind().equals("boot")) {
				tile(String.format(Locale.ROOT, "%.0f KB", event.number("flash") / 1024.0), "of " + event.number("flash_size") / 1024 + " KB flash");
				tile(String.format(Locale.ROOT, "%.0f KB", event.number("ram") / 1024.0), "of " + event.number("ram_size") / 1024 + " KB RAM laid out");
			}
		}
		this.out.append("</div>\n");
	}

	private void section(String title, String words, String picture) {
		if (!picture.isEmpty()) {
			this.out.append("<h2>").append(title).append("</h2>\n<p>").append(Svg.escape(words)).append("</p>\n<div class=\"scroll\">").append(picture)
					.append("</div>\n");
		}
	}

	private void handshakes() {
		List<DeviceReport.Handshake> handshakes = this.report.handshakes();
		if (handshakes.isEmpty()) {
			return;
		}
		this.out.append("<h2>Handshakes</h2>\n<p>As the board measured them. An instruction takes a nanosecond of its time, so the figures do not depend on this "
				+ "computer; the milliseconds include waiting for the network.</p>\n<div class=\"scroll\"><table>\n<tr><th>at</th><th>what</th><th>suite</th>"
				+ "<th>key agreement</th><th class=\"n\">bytes in</th><th class=\"n\">bytes out</th><th class=\"n\">ms</th><th class=\"n\">instructions</th></tr>\n");
		for (DeviceReport.Handshake handshake : handshakes) {
			this.out.append(String.format(Locale.ROOT,
					"<tr><td>%.3f s</td><td>%s</td><td>%s</td><td>%s</td><td class=\"n\">%,d</td><td class=\"n\">%,d</td><td class=\"n\">%,d</td>"
							+ "<td class=\"n\">%,d</td></tr>%n",
					handshake.at() / 1000.0, this.plan.proof() == Proof.PSK ? "shared key" : handshake.resumed() ? "resumed" : "full", handshake.suite(),
					handshake.group(), handshake.bytesIn(), handshake.bytesOut(), handshake.millis(), handshake.instructions()));
		}
		this.out.append("</table></div>\n");
	}

	private void table() {
		if (this.verdict.table().isEmpty()) {
			return;
		}
		this.out.append("<h2>What had to happen</h2>\n<table>\n");
		for (Verdict.Line line : this.verdict.table()) {
			this.out.append("<tr><td>").append(line.good() ? "<span class=\"passed\">&#10003;</span> " : "<span class=\"failed\">&#10007;</span> ")
					.append(Svg.escape(line.what())).append("</td><td>").append(Svg.escape(line.figure())).append("</td></tr>\n");
		}
		this.out.append("</table>\n");
	}

	private void timeline() {
		this.out.append("<h2>Timeline</h2>\n<div class=\"scroll\"><table>\n")
				.append("<tr><th class=\"n\">host, s</th><th class=\"n\">board, s</th><th>event</th><th></th></tr>\n");
		for (Event event : this.events) {
			if (!event.told()) {
				continue;
			}
			this.out.append(String.format(Locale.ROOT, "<tr><td class=\"n\">%.3f</td><td class=\"n\">%s</td><td>%s</td><td>%s</td></tr>%n", event.host() / 1000.0,
					event.board() < 0 ? "" : String.format(Locale.ROOT, "%.3f", event.board() / 1000.0), Svg.escape(event.kind()), Svg.escape(event.sentence())));
		}
		this.out.append("</table></div>\n");
	}
}
