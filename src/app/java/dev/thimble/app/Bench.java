/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

/**
 * The firmware behind {@code ./thimble bench}: counts the instructions of each primitive and of a client's handshake, on an emulator whose
 * clock is its instruction counter. Its randomness is fixed: an image of it must not talk to anyone.
 */
public final class Bench {

	private Bench() {
	}

	/**
	 * Runs all and ends the emulator.
	 *
	 * @param args
	 *            not looked at.
	 */
	public static void main(String[] args) {
		BenchReport report = new BenchReport();
		report.say("bench begins");
		boolean ok = new BenchPrimitives(report).run();
		report.say(ok ? "bench ends" : "bench failed");
		dev.thimble.board.Meter.exit(ok ? 0 : 1);
	}
}
