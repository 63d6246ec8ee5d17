/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The device's time: the JVM's own, or with {@code thimble.sim.clock} (milliseconds) one that jumps ahead by so much whenever the processor is idle
 * and nobody owes the device an answer. The world outside runs in its own time, and is slow if the computer has much to do, so the clock does not jump
 * while something that was sent has not been answered (or three seconds have passed, for not everything is), nor for five milliseconds after the network
 * did anything; in the first seconds of a connection, when one question has several answers, for a quarter of a second.
 *
 * <p>How far it has jumped in all stands in the file {@code thimble.sim.clock.file}, 8 bytes, big-endian, milliseconds: for those outside who have to
 * agree, a time server for example.
 */
final class VirtualClock {

	private static final long START = System.nanoTime();
	private static final long STEP = Long.parseLong(Simulation.setting("clock", "0"));
	private static final long ANSWER_NANOS = 3_000_000_000L;
	private static final long QUIET_NANOS = 5_000_000L;
	private static final long BEGIN_NANOS = 250_000_000L;
	private static final long BEGIN_MILLIS = 3000;
	private static final int LENGTH = 8;
	private static final MappedByteBuffer FILE = file();

	private static long skipped;
	private static volatile long lastActivity = START;
	private static volatile boolean owed;
	private static long connected;

	private VirtualClock() {
	}

	private static MappedByteBuffer file() {
		String name = Simulation.setting("clock.file", "");
		if (name.isEmpty()) {
			return null;
		}
		try (FileChannel channel = FileChannel.open(Path.of(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			return channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
		} catch (IOException e) {
			throw new IllegalStateException("thimble.sim.clock.file=" + name + " cannot be written", e);
		}
	}

	/** Gets nanoseconds since the start. */
	static long nanos() {
		return System.nanoTime() - START + skipped * 1_000_000L;
	}

	static long millis() {
		return nanos() / 1_000_000L;
	}

	/** The device asks the world something. */
	static void sent() {
		if (STEP > 0) {
			owed = true;
			lastActivity = System.nanoTime();
		}
	}

	/** A connection begins. */
	static void connecting() {
		connected = millis();
		sent();
	}

	/** The world has said something. */
	static void heard() {
		if (STEP > 0) {
			owed = false;
			lastActivity = System.nanoTime();
		}
	}

	/** The processor has nothing to do. */
	static void idle() {
		long quiet = owed ? ANSWER_NANOS : millis() - connected < BEGIN_MILLIS ? BEGIN_NANOS : QUIET_NANOS;
		if (STEP == 0 || System.nanoTime() - lastActivity < quiet) {
			Simulation.waitForInterrupt();
			return;
		}
		skipped += STEP;
		if (FILE != null) {
			FILE.putLong(0, skipped);
		}
	}
}
