/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.thimble.board.NoiseSource;
import dev.thimble.support.AllocationMeter;

class ConditionedEntropyTest {

	/** Numbered noise, which may end. */
	private static final class Noise implements NoiseSource {

		private final Random random = new Random(7);
		private final int minEntropy;
		private int left = Integer.MAX_VALUE;
		private int given;

		Noise(int minEntropy) {
			this.minEntropy = minEntropy;
		}

		@Override
		public int minEntropy() {
			return this.minEntropy;
		}

		@Override
		public boolean read(byte[] noise, int offset, int length) {
			if (length > this.left) {
				return false;
			}
			for (int i = 0; i < length; i++) {
				noise[offset + i] = (byte) this.random.nextInt();
			}
			this.left -= length;
			this.given += length;
			return true;
		}
	}

	@Test
	void takesTheEntropyOfTheDigestAnd64BitsMore() {
		for (int bits = 1; bits <= 8; bits++) {
			int length = ConditionedEntropy.noiseLength(bits);
			assertTrue(length * bits >= 320 && (length - 1) * bits < 320, bits + " bits a byte");
		}
	}

	@Test
	void hashesBlocksOfNoise() throws Exception {
		Noise noise = new Noise(4);
		byte[] seed = new byte[100];
		assertTrue(new ConditionedEntropy(new Sha256(), noise).read(seed, 10, 48));
		assertEquals(160, noise.given, "two blocks of 80 bytes");
		byte[] raw = new byte[160];
		new Noise(4).read(raw, 0, 160);
		MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
		byte[] first = sha256.digest(Arrays.copyOfRange(raw, 0, 80));
		byte[] second = sha256.digest(Arrays.copyOfRange(raw, 80, 160));
		assertArrayEquals(first, Arrays.copyOfRange(seed, 10, 42));
		assertArrayEquals(Arrays.copyOf(second, 16), Arrays.copyOfRange(seed, 42, 58));
		assertEquals(0, seed[9] | seed[58], "nothing beside");
	}

	@Test
	void givesNothingOfASeedThatIsNotWhole() {
		Noise noise = new Noise(4);
		noise.left = 100;
		byte[] seed = new byte[48];
		Arrays.fill(seed, (byte) 1);
		assertFalse(new ConditionedEntropy(new Sha256(), noise).read(seed, 0, 48));
		assertArrayEquals(new byte[48], seed);
	}

	@Test
	void allocatesNothing() {
		ConditionedEntropy entropy = new ConditionedEntropy(new Sha256(), new Noise(4));
		byte[] seed = new byte[48];
		assertEquals(0, AllocationMeter.measure(100, () -> entropy.read(seed, 0, 48)));
	}
}
