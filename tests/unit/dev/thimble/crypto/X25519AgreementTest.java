/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;

import dev.thimble.support.AllocationMeter;
import dev.thimble.support.FixedRandom;
import dev.thimble.support.Slices;

/** X25519: order of calls, edge inputs, slices, memory. */
class X25519AgreementTest {

	private final EcScratch scratch = new EcScratch(EcScratch.WORDS_X25519);
	private final KeyAgreement x25519 = new X25519Agreement(this.scratch);

	@Test
	void agreesWithBouncyCastleOnRandomInputs() {
		Random random = new Random(1);
		for (int i = 0; i < 500; i++) {
			byte[] k = new byte[32];
			byte[] u = new byte[32];
			random.nextBytes(k);
			random.nextBytes(u);
			byte[] expected = new byte[32];
			X25519.scalarMult(k, 0, u, 0, expected, 0);
			assertArrayEquals(expected, Slices.agree(this.x25519, k, u));
		}
	}

	@Test
	void combMakesTheSamePublicKeysAsTheLadder() {
		EcScratch large = new EcScratch(EcScratch.WORDS_ED25519);
		KeyAgreement comb = new X25519Agreement(large, new Edwards25519());
		Random random = new Random(2);
		for (int i = 0; i < 300; i++) {
			byte[] k = new byte[32];
			if (i < 256) {
				k[i >> 3] = (byte) (1 << (i & 7));
			} else {
				random.nextBytes(k);
			}
			if (i == 299) {
				java.util.Arrays.fill(k, (byte) 0xff);
			}
			byte[] expected = new byte[32];
			X25519.scalarMultBase(k, 0, expected, 0);
			assertArrayEquals(expected, Slices.publicKey(comb, k));
			assertArrayEquals(expected, Slices.publicKey(this.x25519, k));
			byte[] secret = new byte[32];
			X25519.scalarMult(k, 0, expected, 0, secret, 0);
			assertArrayEquals(secret, Slices.agree(comb, k, expected));
		}
		assertArrayEquals(new int[large.words.length], large.words);
		assertArrayEquals(new byte[64], large.key);
		comb.startKeyPair(new FixedRandom(new byte[32]));
		assertEquals(6 + 2, Slices.finish(comb));
	}

	@Test
	void takesNonCanonicalCoordinatesModuloP() {
		byte[] k = new byte[32];
		for (int i = 2; i < 19; i++) { // 2^255 - 19 + i
			byte[] u = new byte[32];
			java.util.Arrays.fill(u, (byte) 0xff);
			u[0] = (byte) (0xed + i);
			u[31] = 0x7f;
			byte[] reduced = new byte[32];
			reduced[0] = (byte) i;
			k[5] = (byte) i;
			byte[] secret = Slices.agree(this.x25519, k, reduced);
			assertNotNull(secret);
			assertArrayEquals(secret, Slices.agree(this.x25519, k, u));
			u[31] = (byte) 0xff; // the top bit does not count
			assertArrayEquals(secret, Slices.agree(this.x25519, k, u));
		}
	}

	@Test
	void refusesWhatItCannotDo() {
		byte[] out = new byte[32];
		this.x25519.startKeyPair(new FixedRandom(null));
		assertTrue(this.x25519.step());
		assertEquals(-1, this.x25519.result(out, 0));

		this.x25519.startAgreement(new byte[32], 0, 32); // no key pair
		assertTrue(this.x25519.step());
		assertEquals(-1, this.x25519.result(out, 0));

		this.x25519.startKeyPair(new FixedRandom(new byte[32]));
		this.x25519.startAgreement(new byte[33], 0, 33);
		assertTrue(this.x25519.step());
		assertEquals(-1, this.x25519.result(out, 0));

		this.x25519.startKeyPair(new FixedRandom(new byte[32]));
		assertEquals(-1, this.x25519.result(out, 0), "not finished");
	}

	@Test
	void keyServesOneAgreement() {
		byte[] peer = new byte[32];
		peer[0] = 9;
		assertNotNull(Slices.agree(this.x25519, new byte[32], peer));
		this.x25519.startAgreement(peer, 0, 32);
		assertTrue(this.x25519.step());
		assertEquals(-1, this.x25519.result(new byte[32], 0));
	}

	/** One private key at a time stands in the shared memory. */
	@Test
	void nextKeyPairTakesThePlaceOfTheLast() {
		KeyAgreement other = new X25519Agreement(this.scratch);
		byte[] peer = new byte[32];
		peer[0] = 9;
		byte[] own = new byte[32];
		own[3] = 1;
		this.x25519.startKeyPair(new FixedRandom(new byte[32]));
		Slices.finish(this.x25519);
		assertEquals(32, this.x25519.result(new byte[32], 0));
		byte[] secret = Slices.agree(other, own, peer);
		this.x25519.startAgreement(peer, 0, 32);
		assertTrue(this.x25519.step());
		assertEquals(-1, this.x25519.result(new byte[32], 0));
		assertArrayEquals(Slices.agree(this.x25519, own, peer), secret);
		other.startKeyPair(new FixedRandom(own));
		this.x25519.wipe();
		assertEquals(own[3], this.scratch.key[3], "another's key stays");
	}

	@Test
	void workIsCutIntoThirteenSlices() {
		this.x25519.startKeyPair(new FixedRandom(new byte[32]));
		assertEquals(13, Slices.finish(this.x25519));
	}

	@Test
	void leavesNothingBehind() {
		byte[] peer = new byte[32];
		peer[0] = 9;
		assertNotNull(Slices.agree(this.x25519, new byte[32], peer));
		assertArrayEquals(new int[this.scratch.words.length], this.scratch.words);
		assertArrayEquals(new byte[64], this.scratch.key);
	}

	@Test
	void allocatesNothing() {
		byte[] key = new byte[32];
		byte[] secret = new byte[32];
		dev.thimble.crypto.Random random = new FixedRandom(new byte[32]);
		Runnable operation = () -> {
			this.x25519.startKeyPair(random);
			while (!this.x25519.step()) {
				continue;
			}
			this.x25519.result(key, 0);
			this.x25519.startAgreement(key, 0, 32);
			while (!this.x25519.step()) {
				continue;
			}
			this.x25519.result(secret, 0);
		};
		assertEquals(0, AllocationMeter.measure(20, operation));
	}
}
