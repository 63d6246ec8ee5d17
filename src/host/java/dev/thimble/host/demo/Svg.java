/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.util.Locale;

/** Writes a picture for a page: elements of SVG whose colours are the page's classes. */
final class Svg {

	private final StringBuilder out = new StringBuilder();
	private final int width;
	private final int height;

	/** Begins a picture of a size; its title is for who cannot see it. */
	Svg(int width, int height, String title) {
		this.width = width;
		this.height = height;
		this.out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(width).append(' ').append(height).append("\" width=\"").append(width)
				.append("\" role=\"img\">\n<title>").append(escape(title)).append("</title>\n");
	}

	static String escape(String text) {
		StringBuilder out = new StringBuilder();
		text.codePoints().forEach(c -> {
			if (c == '<' || c == '>' || c == '&' || c == '"' || c > 126 || c < ' ' && c != '\n') {
				out.append("&#").append(c).append(';');
			} else {
				out.appendCodePoint(c);
			}
		});
		return out.toString();
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.1f", value);
	}

	Svg line(String style, double x1, double y1, double x2, double y2) {
		this.out.append("<line class=\"").append(style).append("\" x1=\"").append(number(x1)).append("\" y1=\"").append(number(y1)).append("\" x2=\"")
				.append(number(x2)).append("\" y2=\"").append(number(y2)).append("\"/>\n");
		return this;
	}

	/** Draws a line with a head at its end. */
	Svg arrow(String style, double x1, double x2, double y) {
		double back = x2 > x1 ? -7 : 7;
		line(style, x1, y, x2 + back / 2, y);
		this.out.append("<path class=\"").append(style).append(" head\" d=\"M").append(number(x2)).append(' ').append(number(y)).append('l')
				.append(number(back)).append(" -4v8z\"/>\n");
		return this;
	}

	Svg rectangle(String style, double x, double y, double w, double h) {
		this.out.append("<rect class=\"").append(style).append("\" x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" width=\"")
				.append(number(w)).append("\" height=\"").append(number(h)).append("\" rx=\"4\"/>\n");
		return this;
	}

	Svg dot(String style, double x, double y, double r, String tip) {
		this.out.append("<circle class=\"").append(style).append("\" cx=\"").append(number(x)).append("\" cy=\"").append(number(y)).append("\" r=\"")
				.append(number(r)).append("\">");
		this.out.append(tip.isEmpty() ? "" : "<title>" + escape(tip) + "</title>").append("</circle>\n");
		return this;
	}

	/** Draws a line through points: x and y by turns. */
	Svg path(String style, StringBuilder points) {
		this.out.append("<path class=\"").append(style).append("\" d=\"").append(points).append("\"/>\n");
		return this;
	}

	/** Writes; anchor: start, middle or end. */
	Svg text(String style, double x, double y, String anchor, String text) {
		this.out.append("<text class=\"").append(style).append("\" x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" text-anchor=\"")
				.append(anchor).append("\">").append(escape(text)).append("</text>\n");
		return this;
	}

	int width() {
		return this.width;
	}

	int height() {
		return this.height;
	}

	/** Ends it. */
	String end() {
		return this.out + "</svg>\n";
	}
}
