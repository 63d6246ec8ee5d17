/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.BoardClock;
import dev.thimble.board.BoardSystem;
import dev.thimble.board.Console;

/** Lines of figures on the console: "bench NAME VALUE". Allocates nothing after construction. */
final class BenchReport {

	/** QEMU's -icount shift=0: an instruction takes 1 ns, a tick of the 25 MHz counter 40. */
	private static final int INSTRUCTIONS_A_TICK = 40;

	private final Console console = new Console();
	private final BoardClock clock = new BoardClock();
	private final BoardSystem system = new BoardSystem();
	private final int overhead;

	/** Makes a report; measures what a measurement costs. */
	BenchReport() {
		int least = Integer.MAX_VALUE;
		for (int i = 0; i < 16; i++) {
			int start = start();
			least = Math.min(least, start() - start);
		}
		this.overhead = least;
	}

	/** Begins a measurement. */
	int start() {
		return this.clock.ticks();
	}

	/**
	 * Gets the instructions since a measurement began, to 40 more or less.
	 *
	 * @param start
	 *            what {@link #start()} gave.
	 * @return a number of instructions.
	 */
	long since(int start) {
		int ticks = this.clock.ticks() - start - this.overhead;
		return (ticks & 0xffffffffL) * INSTRUCTIONS_A_TICK;
	}

	/** Gets the number of bytes the Java heap has handed out since reset. */
	long allocatedBytes() {
		return this.system.allocatedBytes();
	}

	/** Prints the deepest stack so far. */
	void stack() {
		figure("stack", this.system.stackHighWater());
	}

	/** Prints a figure. */
	void figure(String name, long value) {
		this.console.print("bench ").print(name).print(" ").print(value).println();
	}

	/** Prints a figure with two decimals: an amount by a number of units. */
	void ratio(String name, long amount, int units) {
		long hundredths = (amount * 100 + units / 2) / units;
		long rest = hundredths % 100;
		this.console.print("bench ").print(name).print(" ").print(hundredths / 100).print(rest < 10 ? ".0" : ".").print(rest).println();
	}

	/** Prints a line of text. */
	void say(String text) {
		this.console.println(text);
	}

	/** Ends the emulator. */
	void exit(int code) {
		this.system.exit(code);
	}
}
