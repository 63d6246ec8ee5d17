/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.BoardClock;
import dev.thimble.board.BoardSystem;
import dev.thimble.board.Slots;
import dev.thimble.board.Trng;
import dev.thimble.crypto.ConditionedEntropy;
import dev.thimble.crypto.HmacDrbg;
import dev.thimble.crypto.Sha256;

/** Signs of life of the natives. Board-support has a self-test in C that looks closer. */
final class SelfTestNatives {

	private static final int NOISE_LENGTH = 64;
	private static final int SPINS = 100000000;

	private final SelfTestReport report;
	private final BoardSystem system;
	private final BoardClock clock = new BoardClock();
	private final Trng trng = new Trng();
	private final Slots slots = new Slots();
	private final HmacDrbg random = new HmacDrbg(new Sha256(), new ConditionedEntropy(new Sha256(), this.trng));
	private final byte[] data = new byte[NOISE_LENGTH];
	private final byte[] other = new byte[NOISE_LENGTH];

	SelfTestNatives(SelfTestReport report, BoardSystem system) {
		this.report = report;
		this.system = system;
	}

	void run() {
		this.report.check("clock goes", clockGoes());
		this.report.check("noise is healthy", this.trng.read(this.data, 0, NOISE_LENGTH) && this.trng.read(this.other, 0, NOISE_LENGTH) && differ());
		this.report.check("random numbers", this.random.generate(this.data, 0, NOISE_LENGTH) && this.random.generate(this.other, 0, NOISE_LENGTH)
				&& differ());
		if (this.slots.count() > 0) {
			this.report.check("slots keep what they are given", slotsKeep());
		}
	}

	private boolean differ() {
		for (int i = 0; i < NOISE_LENGTH; i++) {
			if (this.data[i] != this.other[i]) {
				return true;
			}
		}
		return false;
	}

	private boolean clockGoes() {
		long millis = this.clock.millis();
		int ticks = this.clock.ticks();
		for (int i = 0; i < SPINS; i++) {
			if (this.clock.millis() > millis + 1 && this.clock.ticks() != ticks) {
				return true;
			}
			this.system.idle();
		}
		return false;
	}

	/** Uses the last slot, and leaves it empty. */
	private boolean slotsKeep() {
		int slot = this.slots.count() - 1;
		int length = Math.min(NOISE_LENGTH, this.slots.slotLength());
		boolean right = this.slots.write(slot, this.data, 0, length) && this.slots.read(slot, this.other, 0, length) == length;
		for (int i = 0; i < length; i++) {
			right &= this.data[i] == this.other[i];
		}
		return this.slots.write(slot, this.data, 0, 0) && this.slots.read(slot, this.other, 0, length) == 0 && right;
	}
}
