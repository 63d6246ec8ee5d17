/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.security.SecureRandom;

import com.is2t.hil.HIL;

/**
 * Mock of the true random number generator, over the JDK's generator. {@code thimble.sim.trng} makes it fail: {@code none}, {@code silent},
 * {@code fault}, {@code stuck} (one byte for ever), {@code repeat} (64 bytes for ever), each also as {@code word@bytes}.
 */
public final class TrngNatives {

	private static final int PERIOD = 64;
	private static final int HARDWARE = 1;

	private static final SecureRandom NOISE = new SecureRandom();
	private static final byte[] REPEATED = new byte[PERIOD];

	private static long delivered;

	static {
		NOISE.nextBytes(REPEATED);
	}

	private TrngNatives() {
	}

	public static int kind() {
		long mark = Simulation.enter();
		int kind = "none".equals(behaviour()) ? 0 : HARDWARE;
		Simulation.leave(mark);
		return kind;
	}

	public static int read(byte[] out, int offset, int length) {
		long mark = Simulation.enter();
		int count = fill(behaviour(), out, offset, length);
		if (count > 0) {
			delivered += count;
			HIL.getInstance().flushContent(out, offset, count);
		}
		Simulation.leave(mark);
		return count;
	}

	private static String behaviour() {
		return Simulation.behaviour("trng", "good", delivered);
	}

	private static int fill(String behaviour, byte[] out, int offset, int length) {
		byte[] noise = new byte[length];
		switch (behaviour) {
		case "none":
		case "silent":
			return 0;
		case "fault":
			return -1;
		case "stuck":
			java.util.Arrays.fill(noise, (byte) 0x55);
			break;
		case "repeat":
			for (int i = 0; i < length; i++) {
				noise[i] = REPEATED[(int) ((delivered + i) % PERIOD)];
			}
			break;
		default:
			NOISE.nextBytes(noise);
			break;
		}
		System.arraycopy(noise, 0, out, offset, length);
		return length;
	}
}
