/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.nio.charset.StandardCharsets;

import com.is2t.hil.HIL;

/** Mock of the board as such. {@code thimble.sim.reset} is the reset cause (0). */
public final class SystemNatives {

	private SystemNatives() {
	}

	public static int name(byte[] out) {
		long mark = Simulation.enter();
		byte[] name = "simulator".getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(name, 0, out, 0, name.length);
		HIL.getInstance().flushContent(out, 0, name.length);
		Simulation.leave(mark);
		return name.length;
	}

	public static int resetCause() {
		long mark = Simulation.enter();
		int cause = Integer.parseInt(Simulation.setting("reset", "0"));
		Simulation.leave(mark);
		return cause;
	}

	public static long allocatedBytes() {
		return Simulation.allocated();
	}

	public static int heapSize() {
		return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory());
	}

	public static int stackHighWater() {
		return 0;
	}

	public static void idle() {
		long mark = Simulation.enter();
		VirtualClock.idle();
		Simulation.leave(mark);
	}

	public static void exit(int code) {
		System.out.flush();
		System.exit(code);
	}
}
