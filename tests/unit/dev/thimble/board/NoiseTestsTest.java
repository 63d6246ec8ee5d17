/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

class NoiseTestsTest {

	private final NoiseTests tests = new NoiseTests();

	/** Feeds bytes until one is refused; gives how many were taken and what the last has shown. */
	private int[] feed(int most, java.util.function.IntUnaryOperator source) {
		int result = Trng.HEALTHY;
		int taken = 0;
		while (taken < most && result == Trng.HEALTHY) {
			result = this.tests.test((byte) source.applyAsInt(taken));
			taken++;
		}
		return new int[] { taken, result };
	}

	@Test
	void passesGoodNoise() {
		Random random = new Random(1);
		assertEquals(Trng.HEALTHY, feed(2_000_000, i -> random.nextInt())[1]);
	}

	@Test
	void passesNoiseOfTheEntropyItIsMadeFor() {
		// 4 bits a byte: one of 16 values.
		Random random = new Random(2);
		assertEquals(Trng.HEALTHY, feed(1_000_000, i -> random.nextInt(16) * 17)[1]);
	}

	@Test
	void findsAStuckByteAtTheCutoff() {
		int[] end = feed(1000, i -> 0);
		assertEquals(Trng.STUCK, end[1]);
		assertEquals(NoiseTests.REPETITION_CUTOFF, end[0]);
	}

	@Test
	void takesOneByteLessThanTheCutoff() {
		int[] end = feed(10_000, i -> i % NoiseTests.REPETITION_CUTOFF == NoiseTests.REPETITION_CUTOFF - 1 ? 45 : 44);
		assertTrue(end[1] != Trng.STUCK, "eight in a row are chance");
	}

	@Test
	void findsAByteThatComesTooOften() {
		// Every second byte is the same, the others are noise.
		Random random = new Random(3);
		int[] end = feed(2 * NoiseTests.WINDOW, i -> i % 2 == 0 ? 77 : random.nextInt());
		assertEquals(Trng.BIASED, end[1]);
		assertTrue(end[0] <= 2 * NoiseTests.PROPORTION_CUTOFF, "as soon as the cutoff is reached: " + end[0]);
	}

	@Test
	void findsRepeatedSequencesOfAnyLengthBelowAWindow() {
		for (int period = 2; period <= NoiseTests.WINDOW - NoiseTests.SEQUENCE; period++) {
			byte[] sequence = new byte[period];
			new Random(period).nextBytes(sequence);
			this.tests.reset();
			int[] end = feed(2 * NoiseTests.WINDOW, i -> sequence[i % sequence.length]);
			assertTrue(end[1] == Trng.REPEATING || end[1] == Trng.BIASED || end[1] == Trng.STUCK, "period " + period);
			assertTrue(end[0] <= NoiseTests.WINDOW, "within a window, period " + period);
		}
	}

	@Test
	void findsARepetitionThatBeginsInTheMiddleOfAWindow() {
		Random random = new Random(5);
		byte[] sequence = new byte[64];
		random.nextBytes(sequence);
		int[] end = feed(3 * NoiseTests.WINDOW, i -> i < 700 ? random.nextInt() : sequence[i % sequence.length]);
		assertEquals(Trng.REPEATING, end[1]);
		assertTrue(end[0] <= 2 * NoiseTests.WINDOW + 64 + NoiseTests.SEQUENCE, "in the next window: " + end[0]);
	}
}
