/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.util.List;
import java.util.Locale;

/** The board's memory over its time: the heap's line is flat, and that is the point. */
final class MemoryChart {

	private static final int WIDTH = 960;
	private static final int HEIGHT = 320;
	private static final int LEFT = 70;
	private static final int RIGHT = 170;
	private static final int TOP = 44;
	private static final int BOTTOM = 50;
	private static final int KB = 1024;

	private final List<DeviceReport.Memory> samples;
	private final long heapSize;
	private final List<Event> events;
	private final double seconds;
	private final double top;

	MemoryChart(List<DeviceReport.Memory> samples, long heapSize, List<Event> events) {
		this.samples = samples;
		this.heapSize = heapSize;
		this.events = events;
		this.seconds = samples.isEmpty() ? 1 : Math.max(1, samples.get(samples.size() - 1).at() / 1000.0);
		this.top = heapSize * 1.08;
	}

	private double x(double second) {
		return LEFT + (WIDTH - LEFT - RIGHT) * second / this.seconds;
	}

	private double y(double bytes) {
		return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * bytes / this.top;
	}

	/** A step that gives five lines or so: 1, 2 or 5 times a power of ten; of bytes, powers of two. */
	private static double step(double range, boolean binary) {
		double step = binary ? KB : 0.1;
		for (int i = 0; range / step > 6; i++) {
			step *= binary ? 2 : i % 3 == 1 ? 2.5 : 2;
		}
		return step;
	}

	/** Draws it; "" if nothing was measured. */
	String draw() {
		if (this.samples.isEmpty()) {
			return "";
		}
		Svg svg = new Svg(WIDTH, HEIGHT, "Heap and stack of the board over its time");
		axes(svg);
		marks(svg);
		DeviceReport.Memory last = this.samples.get(this.samples.size() - 1);
		svg.line("limit", x(0), y(this.heapSize), x(this.seconds), y(this.heapSize));
		label(svg, "small", this.heapSize, "heap there is", this.heapSize, 0);
		StringBuilder heap = new StringBuilder();
		StringBuilder stack = new StringBuilder();
		for (DeviceReport.Memory sample : this.samples) {
			point(heap, sample.at(), sample.heap());
			point(stack, sample.at(), sample.stack());
		}
		svg.path("area", new StringBuilder(heap).append(String.format(Locale.ROOT, "L%.1f %.1fL%.1f %.1fZ", x(this.seconds), y(0),
				x(this.samples.get(0).at() / 1000.0), y(0))));
		svg.path("heap", heap).path("stack", stack);
		for (DeviceReport.Memory sample : this.samples) {
			svg.dot("heap head", x(sample.at() / 1000.0), y(sample.heap()), 2, tip("heap", sample.at(), sample.heap()));
			svg.dot("stack head", x(sample.at() / 1000.0), y(sample.stack()), 2, tip("stack", sample.at(), sample.stack()));
		}
		double gap = Math.abs(y(last.heap()) - y(this.heapSize)) < 30 ? 30 - Math.abs(y(last.heap()) - y(this.heapSize)) : 0;
		label(svg, "heaptext", last.heap(), "heap in use", last.heap(), gap);
		label(svg, "stacktext", last.stack(), "stack, at most", last.stack(), -8);
		return svg.end();
	}

	private static String tip(String what, long at, long bytes) {
		return String.format(Locale.ROOT, "%s at %.1f s: %,d bytes", what, at / 1000.0, bytes);
	}

	private void point(StringBuilder path, long at, long bytes) {
		path.append(path.length() == 0 ? 'M' : 'L').append(String.format(Locale.ROOT, "%.1f %.1f", x(at / 1000.0), y(bytes)));
	}

	private void label(Svg svg, String style, double at, String name, long bytes, double down) {
		double x = x(this.seconds) + 10;
		svg.text(style, x, y(at) + 1 + down, "start", name).text("small", x, y(at) + 15 + down, "start", String.format(Locale.ROOT, "%,d bytes", bytes));
	}

	private void axes(Svg svg) {
		double step = step(this.top, true);
		for (double value = 0; value <= this.top; value += step) {
			svg.line("grid", LEFT, y(value), x(this.seconds), y(value))
					.text("small", LEFT - 8, y(value) + 4, "end", String.format(Locale.ROOT, "%.0f", value / KB));
		}
		svg.text("small", LEFT - 8, TOP - 14, "end", "KB");
		double tick = step(this.seconds, false);
		for (double second = 0; second <= this.seconds + 1e-9; second += tick) {
			svg.line("grid", x(second), y(0), x(second), y(0) + 5).text("small", x(second), y(0) + 20, "middle",
					String.format(Locale.ROOT, tick < 1 ? "%.1f" : "%.0f", second));
		}
		svg.text("small", (x(0) + x(this.seconds)) / 2, HEIGHT - 10, "middle", "seconds since the board's reset");
	}

	private void marks(Svg svg) {
		for (Event event : this.events) {
			String name = switch (event.kind()) {
			case "online" -> event.text("session").equals("kept") ? "back online" : "online";
			case "offline" -> "cut";
			default -> "";
			};
			if (!name.isEmpty() && event.board() >= 0) {
				double x = x(event.board() / 1000.0);
				svg.line("mark", x, TOP - 6, x, y(0)).text("small", name.equals("cut") ? x - 4 : x + 4, TOP - 10, name.equals("cut") ? "end" : "start", name);
			}
		}
	}
}
