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

import java.util.Arrays;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.prng.EntropySource;
import org.bouncycastle.crypto.prng.drbg.HMacSP800DRBG;
import org.junit.jupiter.api.Test;

import dev.thimble.support.AllocationMeter;

/** The generator against Bouncy Castle's, and what it does when entropy fails. */
class HmacDrbgTest {

	/** Entropy from a formula; can be switched off. */
	private static final class Source implements dev.thimble.board.EntropySource {

		private final java.util.Random random = new java.util.Random(7);
		private boolean healthy = true;
		private int reads;

		@Override
		public boolean read(byte[] seed, int offset, int length) {
			this.reads++;
			for (int i = 0; i < length; i++) {
				seed[offset + i] = (byte) this.random.nextInt();
			}
			return this.healthy;
		}
	}

	/** The same entropy for Bouncy Castle: what {@link HmacDrbg} takes at once is asked for in two parts there. */
	private static final class ReferenceSource implements EntropySource {

		private final java.util.Random random = new java.util.Random(7);

		byte[] take(int length) {
			byte[] bytes = new byte[length];
			for (int i = 0; i < length; i++) {
				bytes[i] = (byte) this.random.nextInt();
			}
			return bytes;
		}

		@Override
		public boolean isPredictionResistant() {
			return false;
		}

		@Override
		public byte[] getEntropy() {
			return take(32);
		}

		@Override
		public int entropySize() {
			return 256;
		}
	}

	@Test
	void agreesWithBouncyCastle() {
		byte[] personalization = { 't', 'h', 'i', 'm', 'b', 'l', 'e' };
		HmacDrbg drbg = new HmacDrbg(new Sha256(), new Source(), personalization);
		ReferenceSource source = new ReferenceSource();
		// Bouncy Castle takes the nonce first, as an argument; so its entropy is the source's first 32 bytes only if drawn before
		byte[] entropy = source.take(32);
		byte[] nonce = source.take(16);
		EntropySource first = new EntropySource() {

			private boolean used;

			@Override
			public boolean isPredictionResistant() {
				return false;
			}

			@Override
			public byte[] getEntropy() {
				if (!this.used) {
					this.used = true;
					return entropy;
				}
				return source.getEntropy();
			}

			@Override
			public int entropySize() {
				return 256;
			}
		};
		HMacSP800DRBG reference = new HMacSP800DRBG(new HMac(new SHA256Digest()), 256, first, personalization, nonce);
		java.util.Random lengths = new java.util.Random(3);
		for (int i = 0; i < 300; i++) {
			if (i % 50 == 49) {
				assertTrue(drbg.reseed());
				reference.reseed(null);
			}
			byte[] actual = new byte[lengths.nextInt(200)];
			byte[] expected = new byte[actual.length];
			assertTrue(drbg.generate(actual, 0, actual.length));
			reference.generate(expected, null, false);
			assertArrayEquals(expected, actual, "request " + i);
		}
	}

	@Test
	void takesNoEntropyBeforeItsFirstUse() {
		Source source = new Source();
		new HmacDrbg(new Sha256(), source);
		assertEquals(0, source.reads);
	}

	@Test
	void reseedsAfterItsInterval() {
		Source source = new Source();
		HmacDrbg drbg = new HmacDrbg(new Sha256(), source);
		byte[] output = new byte[1];
		for (int i = 0; i < HmacDrbg.RESEED_INTERVAL; i++) {
			drbg.generate(output, 0, 1);
		}
		assertEquals(1, source.reads);
		drbg.generate(output, 0, 1);
		assertEquals(2, source.reads);
	}

	@Test
	void failsWhileTheSourceFailsAndRecovers() {
		Source source = new Source();
		HmacDrbg drbg = new HmacDrbg(new Sha256(), source);
		byte[] output = new byte[40];
		source.healthy = false;
		for (int i = 0; i < 3; i++) {
			Arrays.fill(output, (byte) 1);
			assertFalse(drbg.generate(output, 4, 32), "not instantiated");
			assertArrayEquals(new byte[32], Arrays.copyOfRange(output, 4, 36), "no usable output");
		}
		source.healthy = true;
		assertTrue(drbg.generate(output, 0, 40));
		source.healthy = false;
		assertTrue(drbg.generate(output, 0, 40), "still seeded");
		assertFalse(drbg.reseed());
		assertFalse(drbg.generate(output, 0, 40), "a failed reseeding stops it");
		assertArrayEquals(new byte[40], output);
		source.healthy = true;
		assertTrue(drbg.generate(output, 0, 40));
	}

	@Test
	void aWipedGeneratorInstantiatesAnew() {
		Source source = new Source();
		HmacDrbg drbg = new HmacDrbg(new Sha256(), source);
		byte[] output = new byte[8];
		drbg.generate(output, 0, 8);
		drbg.wipe();
		source.healthy = false;
		assertFalse(drbg.generate(output, 0, 8));
	}

	@Test
	void allocatesNothing() {
		HmacDrbg drbg = new HmacDrbg(new Sha256(), new Source());
		byte[] output = new byte[100];
		assertEquals(0, AllocationMeter.measure(100, () -> {
			drbg.generate(output, 0, 100);
			drbg.reseed();
		}));
	}
}
