/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

import dev.thimble.support.AllocationMeter;
import dev.thimble.support.Slices;

/** Ed25519 signing: the same signatures as Bouncy Castle's, wiping, slices, memory. */
class Ed25519SignerTest {

	private final EcScratch scratch = new EcScratch(EcScratch.WORDS_ED25519);
	private final Edwards25519 curve = new Edwards25519();
	private final Hash sha512 = new Sha512(Hash.SHA_512);

	private Ed25519Signer signer(byte[] seed) {
		return new Ed25519Signer(this.curve, seed, 0, this.sha512, this.scratch);
	}

	@Test
	void signsAsBouncyCastle() {
		Random random = new Random(6);
		Ed25519Verifier verifier = new Ed25519Verifier(this.curve, this.sha512, this.scratch);
		for (int i = 0; i < 200; i++) {
			byte[] seed = new byte[32];
			random.nextBytes(seed);
			Ed25519Signer signer = signer(seed);
			byte[] key = new byte[32];
			byte[] expectedKey = new byte[32];
			signer.publicKey(key, 0);
			Ed25519.generatePublicKey(seed, 0, expectedKey, 0);
			assertArrayEquals(expectedKey, key);
			byte[] message = new byte[i < 150 ? i : random.nextInt(6000)];
			random.nextBytes(message);
			byte[] expected = new byte[64];
			Ed25519.sign(seed, 0, message, 0, message.length, expected, 0);
			assertArrayEquals(expected, Slices.sign(signer, message));
			assertTrue(Slices.verify(verifier, key, message, expected));
		}
	}

	@Test
	void multipliesTheBasePointByEdgeScalars() {
		int[] w = this.scratch.words;
		int scalar = EdwardsBaseMultiplication.MEMORY;
		byte[] one = new byte[32];
		byte[] minusOne = new byte[32];
		byte[] zero = new byte[32];
		Words.clear(w, scalar, 8);
		multiply(scalar, zero);
		byte[] neutral = new byte[32];
		neutral[0] = 1;
		assertArrayEquals(neutral, zero);
		Words.clear(w, scalar, 8);
		w[scalar] = 1;
		multiply(scalar, one);
		Edwards25519.loadWords(Edwards25519.L, w, scalar);
		w[scalar]--;
		multiply(scalar, minusOne);
		assertEquals(0x58, one[0]);
		assertEquals(0x66, one[31]);
		minusOne[31] ^= (byte) 0x80;
		assertArrayEquals(one, minusOne);
	}

	private void multiply(int scalar, byte[] out) {
		EdwardsBaseMultiplication.start(this.curve, this.scratch, scalar);
		while (!EdwardsBaseMultiplication.step(this.scratch)) {
			continue;
		}
		EdwardsPoint.startEncoding(this.scratch.words);
		EdwardsPoint.finishEncoding(this.scratch.words, out, 0);
	}

	@Test
	void wipesScratchAfterEachSignatureAndItsKeyOnRequest() {
		Ed25519Signer signer = signer(new byte[32]);
		assertEquals(64, Slices.sign(signer, new byte[10]).length);
		assertArrayEquals(new int[this.scratch.words.length], this.scratch.words);
		assertArrayEquals(new byte[64], this.scratch.key);
		signer.wipe();
		assertNull(Slices.sign(signer, new byte[10]));
		assertEquals(SignatureVerifier.ED25519, signer.algorithm());
		assertEquals(64, signer.maxSignatureLength());
	}

	@Test
	void givesNothingBeforeTheEnd() {
		Ed25519Signer signer = signer(new byte[32]);
		signer.start(new byte[3000], 0, 3000);
		assertEquals(-1, signer.result(new byte[64], 0));
		signer.start(new byte[3000], 0, 3000);
		// Three slices a hash, 64 columns in twelves, two for encoding.
		assertEquals(3 + 6 + 2 + 3, Slices.finish(signer));
		assertEquals(64, signer.result(new byte[64], 0));
		assertEquals(-1, signer.result(new byte[64], 0));
	}

	@Test
	void allocatesNothing() {
		Ed25519Signer signer = signer(new byte[32]);
		byte[] message = new byte[1500];
		byte[] signature = new byte[64];
		Runnable operation = () -> {
			signer.start(message, 0, 1500);
			while (!signer.step()) {
				continue;
			}
			signer.result(signature, 0);
		};
		assertEquals(0, AllocationMeter.measure(10, operation));
	}
}
