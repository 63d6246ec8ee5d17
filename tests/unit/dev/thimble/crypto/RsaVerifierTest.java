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

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.thimble.support.AllocationMeter;

/** The RSA verifiers against the JDK's signatures and BigInteger's arithmetic. */
class RsaVerifierTest {

	private static final String[] HASHES = { "SHA-256", "SHA-384", "SHA-512" };
	private static final byte[] MESSAGE = { 1, 2, 3 };

	private final int[] work = new int[516];
	private final RsaPkcs1Verifier pkcs1 = new RsaPkcs1Verifier(this.work);
	private final RsaPssVerifier pss = new RsaPssVerifier(this.work, new Sha256(), new Sha512(Hash.SHA_384),
			new Sha512(Hash.SHA_512));

	private static KeyPair pair(int bits) throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(bits);
		return generator.generateKeyPair();
	}

	private static byte[] encode(KeyPair pair) {
		RSAPublicKey key = (RSAPublicKey) pair.getPublic();
		return RsaKeys.encode(key.getModulus(), key.getPublicExponent());
	}

	private static byte[] digest(String hash) throws Exception {
		return MessageDigest.getInstance(hash).digest(MESSAGE);
	}

	private static byte[] signPkcs1(KeyPair pair, String hash) throws Exception {
		Signature signature = Signature.getInstance(hash.replace("-", "") + "withRSA");
		signature.initSign(pair.getPrivate());
		signature.update(MESSAGE);
		return signature.sign();
	}

	private static byte[] signPss(KeyPair pair, String hash, int salt) throws Exception {
		Signature signature = Signature.getInstance("RSASSA-PSS");
		signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
		signature.initSign(pair.getPrivate());
		signature.update(MESSAGE);
		return signature.sign();
	}

	/** Sizes around byte and word boundaries: the encoded message of PSS is a byte shorter at 8k+1 bits. */
	@Test
	void signaturesOfTheJdkAreValidAtEverySize() throws Exception {
		for (int bits : new int[] { 2048, 2049, 2050, 2055, 2056, 2057, 2080, 3072, 4095, 4096 }) {
			KeyPair pair = pair(bits);
			byte[] key = encode(pair);
			for (String hash : HASHES) {
				byte[] digest = digest(hash);
				byte[] one = signPkcs1(pair, hash);
				byte[] two = signPss(pair, hash, digest.length);
				assertTrue(RsaKeys.verify(this.pkcs1, key, digest, one), bits + " " + hash);
				assertTrue(RsaKeys.verify(this.pss, key, digest, two), bits + " " + hash);
				assertFalse(RsaKeys.verify(this.pss, key, digest, one));
				assertFalse(RsaKeys.verify(this.pkcs1, key, digest, two));
				byte[] other = digest.clone();
				other[other.length - 1] ^= 1;
				assertFalse(RsaKeys.verify(this.pkcs1, key, other, one));
				assertFalse(RsaKeys.verify(this.pss, key, other, two));
			}
		}
	}

	@Test
	void aPssSaltOfAnotherLengthIsRefused() throws Exception {
		KeyPair pair = pair(2048);
		for (int salt : new int[] { 0, 20, 31, 33, 64 }) {
			assertFalse(RsaKeys.verify(this.pss, encode(pair), digest("SHA-256"), signPss(pair, "SHA-256", salt)), "salt " + salt);
		}
	}

	@Test
	void anyFlippedBitOfASignatureIsRefused() throws Exception {
		KeyPair pair = pair(2048);
		byte[] key = encode(pair);
		byte[] digest = digest("SHA-256");
		byte[] one = signPkcs1(pair, "SHA-256");
		byte[] two = signPss(pair, "SHA-256", 32);
		for (int bit = 0; bit < 2048; bit += 7) {
			one[bit >> 3] ^= 1 << (bit & 7);
			two[bit >> 3] ^= 1 << (bit & 7);
			assertFalse(RsaKeys.verify(this.pkcs1, key, digest, one));
			assertFalse(RsaKeys.verify(this.pss, key, digest, two));
			one[bit >> 3] ^= 1 << (bit & 7);
			two[bit >> 3] ^= 1 << (bit & 7);
		}
		assertTrue(RsaKeys.verify(this.pkcs1, key, digest, one));
		assertTrue(RsaKeys.verify(this.pss, key, digest, two));
	}

	@Test
	void malformedKeysAndSignaturesAreRefused() throws Exception {
		KeyPair pair = pair(2048);
		RSAPublicKey rsa = (RSAPublicKey) pair.getPublic();
		BigInteger n = rsa.getModulus();
		BigInteger e = rsa.getPublicExponent();
		byte[] digest = digest("SHA-256");
		byte[] good = signPkcs1(pair, "SHA-256");
		assertTrue(RsaKeys.verify(this.pkcs1, encode(pair), digest, good));
		byte[][] keys = { RsaKeys.encode(n, BigInteger.ONE), RsaKeys.encode(n, e.add(BigInteger.ONE)), RsaKeys.encode(n.add(BigInteger.ONE),
				e),
				RsaKeys.encode(n.shiftRight(1).setBit(0), e), RsaKeys.encode(n.shiftRight(8).setBit(0), e), new byte[0], new byte[5],
				new byte[6],
				java.util.Arrays.copyOf(encode(pair), 261), RsaKeys.encode(BigInteger.ONE.shiftLeft(4097).setBit(0), e) };
		for (byte[] key : keys) {
			assertFalse(RsaKeys.verify(this.pkcs1, key, digest, good));
			assertFalse(RsaKeys.verify(this.pss, key, digest, good));
		}
		byte[] key = encode(pair);
		BigInteger s = new BigInteger(1, good);
		assertFalse(RsaKeys.verify(this.pkcs1, key, digest, RsaKeys.bytes(s, 257)), "longer");
		assertFalse(RsaKeys.verify(this.pkcs1, key, digest, java.util.Arrays.copyOf(good, 255)), "shorter");
		assertFalse(RsaKeys.verify(this.pkcs1, key, digest, RsaKeys.bytes(n, 256)), "s = n");
		if (s.add(n).bitLength() <= 2048) {
			assertFalse(RsaKeys.verify(this.pkcs1, key, digest, RsaKeys.bytes(s.add(n), 256)), "s + n");
		}
		assertFalse(RsaKeys.verify(this.pkcs1, key, new byte[31], good));
		assertFalse(RsaKeys.verify(this.pss, key, new byte[20], good));
	}

	@Test
	void aSmallWorkArrayRefusesLargerKeys() throws Exception {
		KeyPair pair = pair(3072);
		RsaPkcs1Verifier small = new RsaPkcs1Verifier(new int[260]);
		assertFalse(RsaKeys.verify(small, encode(pair), digest("SHA-256"), signPkcs1(pair, "SHA-256")));
		KeyPair fits = pair(2048);
		assertTrue(RsaKeys.verify(small, encode(fits), digest("SHA-256"), signPkcs1(fits, "SHA-256")));
	}

	@Test
	void thePublicOperationAgreesWithBigIntegerForAnyExponent() {
		Random random = new Random(2);
		RsaPublicOperation operation = new RsaPublicOperation(this.work);
		for (int i = 0; i < 60; i++) {
			int bits = 2048 + random.nextInt(2049);
			BigInteger n = new BigInteger(bits, random).setBit(0).setBit(bits - 1);
			if (i % 5 == 0) {
				n = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.valueOf(2 * random.nextInt(50) + 1));
			} else if (i % 5 == 1) {
				n = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.valueOf(2 * random.nextInt(50) + 1));
			}
			BigInteger e = BigInteger.valueOf(i % 3 == 0 ? 65537 : i % 3 == 1 ? 3 : random.nextInt() & 0xffffffffL | 3);
			BigInteger s = i % 7 == 0 ? n.subtract(BigInteger.ONE) : i % 7 == 1 ? BigInteger.ZERO : new BigInteger(bits, random).mod(n);
			byte[] key = RsaKeys.encode(n, e);
			int length = (bits + 7) / 8;
			byte[] signature = RsaKeys.bytes(s, length);
			operation.start(key, 0, key.length, signature, 0, length);
			while (!operation.step()) {
				// next slice
			}
			assertTrue(operation.done());
			byte[] result = new byte[length];
			for (int j = 0; j < length; j++) {
				result[j] = (byte) operation.result(j);
			}
			assertArrayEquals(RsaKeys.bytes(s.modPow(e, n), length), result, bits + " bits, e = " + e);
		}
	}

	@Test
	void verifyingAllocatesNothing() throws Exception {
		KeyPair pair = pair(4096);
		byte[] key = encode(pair);
		byte[] digest = digest("SHA-384");
		byte[] one = signPkcs1(pair, "SHA-384");
		byte[] two = signPss(pair, "SHA-384", 48);
		long bytes = AllocationMeter.measureSlow(20, () -> {
			if (!RsaKeys.verify(this.pkcs1, key, digest, one) || !RsaKeys.verify(this.pss, key, digest, two)) {
				throw new IllegalStateException("valid signature refused");
			}
		});
		assertEquals(0, bytes);
	}

	@Test
	void aVerificationIsCutIntoSlices() throws Exception {
		KeyPair pair = pair(4096);
		byte[] key = encode(pair);
		byte[] digest = digest("SHA-256");
		byte[] signature = signPss(pair, "SHA-256", 32);
		this.pss.start(key, 0, key.length, digest, 0, 32, signature, 0, 512);
		int slices = 1;
		while (!this.pss.step()) {
			slices++;
		}
		assertTrue(this.pss.result());
		System.out.println("RSA-4096 PSS verification: " + slices + " slices");
		assertTrue(slices >= 40, slices + " slices");
	}
}
