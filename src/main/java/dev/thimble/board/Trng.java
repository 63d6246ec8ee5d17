/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/**
 * The board's true random number generator: raw noise under health tests.
 *
 * <p>The first read, and the first after a failure, tests {@value #STARTUP_LENGTH} bytes that are thrown away (SP 800-90B §4.3). Every byte handed
 * out has passed the continuous tests of §4.4, made for {@value NoiseTests#MIN_ENTROPY} bits of min-entropy a byte: half of what makers of such
 * generators state. A board whose generator is worse must collect more in its native.
 */
public final class Trng implements NoiseSource {

	/** Kind: the board has none. */
	public static final int NONE = 0;
	/** Kind: hardware. */
	public static final int HARDWARE = 1;
	/** Kind: the emulator's host, never in an image for real hardware. */
	public static final int EMULATOR_HOST = 2;

	/** Health: no failure. */
	public static final int HEALTHY = 0;
	/** Health: nothing came within the native's time limit, or there is no generator. */
	public static final int SILENT = 1;
	/** Health: the generator itself reports a fault. */
	public static final int FAULTY = 2;
	/** Health: the same byte again and again. */
	public static final int STUCK = 3;
	/** Health: one byte comes too often. */
	public static final int BIASED = 4;
	/** Health: a sequence comes again. */
	public static final int REPEATING = 5;

	private static final int STARTUP_LENGTH = 1024;

	private final NoiseTests tests = new NoiseTests();
	private final byte[] startup = new byte[64];
	private final int kind;
	private boolean started;
	private int health;

	/** Looks for the generator. */
	public Trng() {
		this.kind = TrngNatives.kind();
	}

	/**
	 * Names the source.
	 *
	 * @return {@link #NONE}, {@link #HARDWARE} or {@link #EMULATOR_HOST}.
	 */
	public int kind() {
		return this.kind;
	}

	/**
	 * Tells what the last read has shown.
	 *
	 * @return {@link #HEALTHY} or the failure.
	 */
	public int health() {
		return this.health;
	}

	@Override
	public int minEntropy() {
		return NoiseTests.MIN_ENTROPY;
	}

	@Override
	public boolean read(byte[] noise, int offset, int length) {
		Range.check(noise, offset, length);
		this.health = this.started ? HEALTHY : startUp();
		if (this.health == HEALTHY) {
			this.health = collect(noise, offset, length);
		}
		this.started = this.health == HEALTHY;
		if (!this.started) {
			this.tests.wipe();
			for (int i = 0; i < length; i++) {
				noise[offset + i] = 0;
			}
		}
		return this.started;
	}

	private int startUp() {
		byte[] discarded = this.startup;
		this.tests.reset();
		int result = this.kind == NONE ? SILENT : HEALTHY;
		for (int done = 0; done < STARTUP_LENGTH && result == HEALTHY; done += discarded.length) {
			result = collect(discarded, 0, discarded.length);
		}
		for (int i = 0; i < discarded.length; i++) {
			discarded[i] = 0;
		}
		return result;
	}

	private int collect(byte[] noise, int offset, int length) {
		int count = TrngNatives.read(noise, offset, length);
		if (count < 0) {
			return FAULTY;
		}
		if (count < length) {
			return SILENT;
		}
		int result = HEALTHY;
		for (int i = 0; i < length && result == HEALTHY; i++) {
			result = this.tests.test(noise[offset + i]);
		}
		return result;
	}
}
