/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.Meter;

/** Lines of figures on the console: "bench NAME VALUE". Allocates nothing after construction. */
final class BenchReport {

	/** QEMU's -icount shift=0: an instruction takes 1 ns, a tick of the 25 MHz counter 40. */
	private static final int INSTRUCTIONS_A_TICK = 40;

	private final byte[] line = new byte[96];
	private int length;
	private int overhead;

	/** Makes a report; measures what a measurement costs. */
	BenchReport() {
		int least = Integer.MAX_VALUE;
		for (int i = 0; i < 16; i++) {
			int start = Meter.ticks();
			least = Math.min(least, Meter.ticks() - start);
		}
		this.overhead = least;
	}

	/**
	 * Gets the instructions since a reading of {@link Meter#ticks()}, to 40 more or less.
	 *
	 * @param start
	 *            the reading.
	 * @return a number of instructions.
	 */
	long since(int start) {
		int ticks = Meter.ticks() - start - this.overhead;
		return (ticks & 0xffffffffL) * INSTRUCTIONS_A_TICK;
	}

	/** Prints a figure. */
	void figure(String name, long value) {
		text("bench ");
		text(name);
		text(" ");
		number(value);
		end();
	}

	/** Prints a figure with two decimals: an amount by a number of units. */
	void ratio(String name, long amount, int units) {
		long hundredths = (amount * 100 + units / 2) / units;
		text("bench ");
		text(name);
		text(" ");
		number(hundredths / 100);
		text(".");
		int rest = (int) (hundredths % 100);
		digit(rest / 10);
		digit(rest % 10);
		end();
	}

	/** Prints a line of text. */
	void say(String text) {
		text(text);
		end();
	}

	private void text(String text) {
		for (int i = 0; i < text.length(); i++) {
			this.line[this.length++] = (byte) text.charAt(i);
		}
	}

	private void number(long value) {
		long unit = 1;
		while (value / unit >= 10) {
			unit *= 10;
		}
		for (; unit > 0; unit /= 10) {
			digit((int) (value / unit % 10));
		}
	}

	private void digit(int digit) {
		this.line[this.length++] = (byte) ('0' + digit);
	}

	private void end() {
		this.line[this.length++] = '\r';
		this.line[this.length++] = '\n';
		Meter.print(this.line, 0, this.length);
		this.length = 0;
	}
}
