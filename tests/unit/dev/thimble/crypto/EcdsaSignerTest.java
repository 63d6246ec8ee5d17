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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.AllocationMeter;
import dev.thimble.support.Slices;

/** ECDSA signing: equal to Bouncy Castle's deterministic signatures, valid for our verifier, wiped, without allocation. */
class EcdsaSignerTest {

	private static Hash[] hashes() {
		return new Hash[] { new Sha256(), new Sha512(Hash.SHA_384), new Sha512(Hash.SHA_512) };
	}

	private static EcCurve curve(int bits) {
		return bits == 256 ? EcCurve.p256() : EcCurve.p384();
	}

	private static EcScratch scratch() {
		return new EcScratch(EcScratch.WORDS_P256);
	}

	private static HMacDSAKCalculator calculator(int length) {
		return new HMacDSAKCalculator(length == 32 ? new SHA256Digest() : length == 48 ? new SHA384Digest() : new SHA512Digest());
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void signsAsBouncyCastle(int bits) {
		X9ECParameters parameters = CustomNamedCurves.getByName("P-" + bits);
		ECDomainParameters domain = new ECDomainParameters(parameters);
		EcCurve curve = curve(bits);
		EcScratch scratch = scratch();
		EcdsaVerifier verifier = new EcdsaVerifier(curve, scratch);
		Random random = new Random(3);
		for (int i = 0; i < 60; i++) {
			BigInteger d = i == 0 ? BigInteger.ONE
					: i == 1 ? parameters.getN().subtract(BigInteger.ONE)
							: new BigInteger(bits, random).mod(parameters.getN()).max(BigInteger.ONE);
			byte[] digest = new byte[new int[] { 32, 48, 64 }[i % 3]];
			random.nextBytes(digest);
			if (i >= 50) {
				Arrays.fill(digest, (byte) (i % 2 - 1)); // all ones is more than n
			}
			byte[] key = BigIntegers.asUnsignedByteArray(bits / 8, d);
			EcdsaSigner signer = new EcdsaSigner(curve, key, 0, hashes(), scratch);
			byte[] signature = Slices.sign(signer, digest);
			ECDSASigner expected = new ECDSASigner(calculator(digest.length));
			expected.init(true, new ECPrivateKeyParameters(d, domain));
			BigInteger[] rs = expected.generateSignature(digest);
			int[] w = new int[24];
			put(rs[0], w, 0, bits / 32);
			put(rs[1], w, bits / 32, bits / 32);
			byte[] der = new byte[120];
			int length = EcdsaSignature.encode(w, 0, bits / 32, der, 0);
			assertArrayEquals(Arrays.copyOf(der, length), signature);
			byte[] publicKey = parameters.getG().multiply(d).normalize().getEncoded(false);
			assertTrue(Slices.verify(verifier, publicKey, digest, signature));
		}
	}

	private static void put(BigInteger x, int[] w, int offset, int words) {
		for (int i = 0; i < words; i++) {
			w[offset + i] = x.shiftRight(32 * i).intValue();
		}
	}

	/** An order just above a power of two refuses every other candidate, which those of the curves never do in a test. */
	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void refusedNoncesAreFollowedAsInRfc6979(int bits) {
		BigInteger n = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
		byte[] key = BigIntegers.asUnsignedByteArray(bits / 8, BigInteger.valueOf(12345));
		int refused = 0;
		for (int i = 0; i < 30; i++) {
			int length = new int[] { 32, 48, 64 }[i % 3];
			byte[] digest = new byte[length];
			Arrays.fill(digest, (byte) i);
			HMacDSAKCalculator expected = calculator(length);
			expected.init(n, BigInteger.valueOf(12345), digest);
			DeterministicNonce nonce = new DeterministicNonce(hashes(), bits / 8);
			int[] w = new int[bits / 32];
			put(new BigInteger(1, Arrays.copyOf(digest, Math.min(length, bits / 8))).mod(n), w, 0, bits / 32);
			assertTrue(nonce.start(w, 0, bits / 32, length));
			BigInteger k = n;
			while (k.compareTo(n) >= 0) {
				while (!nonce.step(key)) {
					continue;
				}
				k = new BigInteger(1, Arrays.copyOf(nonce.output(), bits / 8));
				nonce.startNext();
				refused++;
			}
			refused--;
			assertEquals(expected.nextK(), k);
		}
		assertTrue(refused > 5);
	}

	@Test
	void refusesKeysOutOfRange() {
		for (int bits = 256; bits <= 384; bits += 128) {
			BigInteger n = CustomNamedCurves.getByName("P-" + bits).getN();
			for (BigInteger d : new BigInteger[] { BigInteger.ZERO, n, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE) }) {
				byte[] key = BigIntegers.asUnsignedByteArray(bits / 8, d);
				EcCurve curve = curve(bits);
				assertThrows(IllegalArgumentException.class, () -> new EcdsaSigner(curve, key, 0, hashes(), scratch()));
			}
		}
	}

	@Test
	void refusesDigestsOfUnknownHashes() {
		byte[] key = new byte[32];
		key[31] = 1;
		EcdsaSigner signer = new EcdsaSigner(EcCurve.p256(), key, 0, new Hash[] { new Sha256() }, scratch());
		assertNull(Slices.sign(signer, new byte[48]));
		assertNull(Slices.sign(signer, new byte[20]));
		assertEquals(SignatureVerifier.ECDSA_P256, signer.algorithm());
		assertEquals(72, signer.maxSignatureLength());
	}

	@Test
	void wipesScratchAfterEachSignatureAndItsKeyOnRequest() {
		byte[] key = new byte[48];
		key[47] = 5;
		EcScratch scratch = scratch();
		EcdsaSigner signer = new EcdsaSigner(EcCurve.p384(), key, 0, hashes(), scratch);
		assertTrue(Slices.sign(signer, new byte[48]).length > 90);
		assertArrayEquals(new int[scratch.words.length], scratch.words);
		signer.wipe();
		assertNull(Slices.sign(signer, new byte[48]));
		assertEquals(SignatureVerifier.ECDSA_P384, signer.algorithm());
		assertEquals(104, signer.maxSignatureLength());
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void slicesAreBounded(int bits) {
		byte[] key = new byte[bits / 8];
		key[5] = 1;
		EcdsaSigner signer = new EcdsaSigner(curve(bits), key, 0, hashes(), scratch());
		signer.start(new byte[bits / 8], 0, bits / 8);
		assertFalse(signer.step());
		// Five HMACs; multiplication as in EcdhTest; 292 or 433 products modulo n, 110 or 55 a slice.
		assertTrue(Slices.finish(signer) >= 4 + (bits == 256 ? 14 + 3 : 37 + 8));
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void allocatesNothing(int bits) {
		byte[] key = new byte[bits / 8];
		key[5] = 1;
		EcdsaSigner signer = new EcdsaSigner(curve(bits), key, 0, hashes(), scratch());
		byte[] digest = new byte[48];
		byte[] signature = new byte[104];
		Runnable operation = () -> {
			signer.start(digest, 0, 48);
			while (!signer.step()) {
				continue;
			}
			assertTrue(signer.result(signature, 0) > 0);
		};
		assertEquals(0, AllocationMeter.measureSlow(5, operation));
	}
}
