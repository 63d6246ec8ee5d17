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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

import dev.thimble.support.AllocationMeter;
import dev.thimble.support.Slices;

/** Ed25519 verification: strictness, slices, memory. */
class Ed25519VerifierTest {

	private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
	private static final BigInteger L = BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

	private final EcScratch scratch = new EcScratch(EcScratch.WORDS_ED25519);
	private final Ed25519Verifier verifier = new Ed25519Verifier(new Edwards25519(),
			new Sha512(Hash.SHA_512), this.scratch);

	private static byte[] littleEndian(BigInteger x) {
		byte[] out = new byte[32];
		for (int i = 0; i < 32; i++) {
			out[i] = x.shiftRight(8 * i).byteValue();
		}
		return out;
	}

	private static byte[] join(byte[] first, byte[] second) {
		byte[] out = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, out, first.length, second.length);
		return out;
	}

	@Test
	void takesGoodSignaturesOfMessagesOfAnyLength() {
		Random random = new Random(1);
		for (int i = 0; i < 200; i++) {
			byte[] seed = new byte[32];
			byte[] key = new byte[32];
			byte[] message = new byte[i < 100 ? i : random.nextInt(5000)];
			byte[] signature = new byte[64];
			random.nextBytes(seed);
			random.nextBytes(message);
			Ed25519.generatePublicKey(seed, 0, key, 0);
			Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
			assertTrue(Slices.verify(this.verifier, key, message, signature));
			byte[] bad = signature.clone();
			bad[random.nextInt(64)] ^= 1 << random.nextInt(8);
			assertFalse(Slices.verify(this.verifier, key, message, bad));
			byte[] other = key.clone();
			other[random.nextInt(32)] ^= 1 << random.nextInt(8);
			assertFalse(Slices.verify(this.verifier, other, message, signature));
			if (message.length > 0) {
				message[random.nextInt(message.length)] ^= 1 << random.nextInt(8);
				assertFalse(Slices.verify(this.verifier, key, message, signature));
			}
		}
	}

	@Test
	void refusesSOutOfRange() {
		byte[] seed = new byte[32];
		byte[] key = new byte[32];
		byte[] signature = new byte[64];
		byte[] message = new byte[3];
		Ed25519.generatePublicKey(seed, 0, key, 0);
		Ed25519.sign(seed, 0, message, 0, 3, signature, 0);
		BigInteger s = BigInteger.ZERO;
		for (int i = 63; i >= 32; i--) {
			s = s.shiftLeft(8).or(BigInteger.valueOf(signature[i] & 0xff));
		}
		byte[] r = Arrays.copyOf(signature, 32);
		assertTrue(Slices.verify(this.verifier, key, message, join(r, littleEndian(s))));
		for (int i = 1; s.add(L.multiply(BigInteger.valueOf(i))).bitLength() <= 256; i++) {
			assertFalse(Slices.verify(this.verifier, key, message, join(r, littleEndian(s.add(L.multiply(BigInteger.valueOf(i)))))));
		}
		assertFalse(Slices.verify(this.verifier, key, message, join(r, littleEndian(L))));
	}

	/** With A and R the neutral element, S = 0 fits every message: accepted only in the canonical encoding. */
	@Test
	void refusesEncodingsThatAreNotCanonical() {
		byte[] neutral = littleEndian(BigInteger.ONE);
		byte[] zero = new byte[32];
		byte[] message = { 1, 2, 3 };
		assertTrue(Slices.verify(this.verifier, neutral, message, join(neutral, zero)));
		byte[] signed = neutral.clone();
		signed[31] |= (byte) 0x80; // x = 0 with a sign
		assertFalse(Slices.verify(this.verifier, signed, message, join(neutral, zero)));
		assertFalse(Slices.verify(this.verifier, neutral, message, join(signed, zero)));
		byte[] large = littleEndian(P.add(BigInteger.ONE)); // y = p + 1
		assertFalse(Slices.verify(this.verifier, large, message, join(neutral, zero)));
		assertFalse(Slices.verify(this.verifier, neutral, message, join(large, zero)));
	}

	@Test
	void refusesKeysThatAreNoPoints() {
		int refused = 0;
		byte[] signature = new byte[64];
		for (int y = 0; y < 200; y++) {
			byte[] key = littleEndian(BigInteger.valueOf(y));
			this.verifier.start(key, 0, 32, key, 0, 0, signature, 0, 64);
			boolean point = Slices.finish(this.verifier) > 3; // one slice hashes, two compute the root
			assertEquals(Ed25519.validatePublicKeyPartial(key, 0) || y <= 1, point, "y = " + y);
			refused += point ? 0 : 1;
		}
		assertTrue(refused > 50);
	}

	@Test
	void refusesWrongLengths() {
		byte[] key = new byte[33];
		byte[] signature = new byte[65];
		for (int[] lengths : new int[][] { { 31, 64 }, { 33, 64 }, { 32, 63 }, { 32, 65 }, { 0, 64 }, { 32, 0 } }) {
			this.verifier.start(key, 0, lengths[0], key, 0, 0, signature, 0, lengths[1]);
			assertTrue(this.verifier.step());
			assertFalse(this.verifier.result());
		}
	}

	@Test
	void reducesDigestsModuloL() {
		Random random = new Random(8);
		Edwards25519 curve = new Edwards25519();
		int[] w = new int[8 + Edwards25519.TEMPORARY];
		byte[] digest = new byte[64];
		for (int i = 0; i < 500; i++) {
			random.nextBytes(digest);
			if (i < 64) {
				Arrays.fill(digest, i, 64, (byte) 0);
			} else if (i < 128) {
				Arrays.fill(digest, i - 64, 64, (byte) 0xff);
			}
			curve.reduce(digest, w, 0, 8);
			byte[] reversed = new byte[64];
			for (int j = 0; j < 64; j++) {
				reversed[j] = digest[63 - j];
			}
			byte[] reduced = new byte[32];
			Words.toLittleEndian(w, 0, 8, reduced, 0);
			assertArrayEquals(littleEndian(new BigInteger(1, reversed).mod(L)), reduced);
		}
	}

	@Test
	void constantsAreThoseOfTheCurve() {
		BigInteger d = BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
		BigInteger r = BigInteger.ONE.shiftLeft(256);
		assertEquals(d, constant(Edwards25519.D));
		assertEquals(d.shiftLeft(1).mod(P), constant(Edwards25519.D2));
		assertEquals(P.subtract(BigInteger.ONE), constant(Edwards25519.ROOT).pow(2).mod(P));
		assertEquals(L, constant(Edwards25519.L));
		assertEquals(r.mod(L), constant(Edwards25519.R));
		assertEquals(r.multiply(r).mod(L), constant(Edwards25519.RR));
		BigInteger[] base = { new BigInteger("216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a", 16),
				new BigInteger("6666666666666666666666666666666666666666666666666666666666666658", 16) };
		BigInteger[] twice = add(d, base, base);
		BigInteger[] odd = base;
		for (int i = 0; i < 8; i++) {
			checkPoint(d, odd, Edwards25519.ODD + 3 * i);
			odd = add(d, odd, twice);
		}
		BigInteger[][] teeth = new BigInteger[4][];
		teeth[0] = base;
		for (int i = 1; i < 4; i++) {
			teeth[i] = teeth[i - 1];
			for (int j = 0; j < 64; j++) {
				teeth[i] = add(d, teeth[i], teeth[i]);
			}
		}
		for (int i = 0; i < 8; i++) {
			BigInteger[] sum = teeth[3];
			for (int j = 0; j < 3; j++) {
				sum = add(d, sum, (i >> j & 1) != 0 ? teeth[j] : new BigInteger[] { P.subtract(teeth[j][0]), teeth[j][1] });
			}
			checkPoint(d, sum, Edwards25519.COMB + 3 * i);
		}
	}

	private static void checkPoint(BigInteger d, BigInteger[] point, int constant) {
		BigInteger half = BigInteger.TWO.modInverse(P);
		assertEquals(point[1].subtract(point[0]).multiply(half).mod(P), constant(constant));
		assertEquals(point[1].add(point[0]).multiply(half).mod(P), constant(constant + 1));
		assertEquals(d.multiply(point[0]).multiply(point[1]).mod(P), constant(constant + 2));
	}

	/** The affine addition of RFC 8032 §5.1.4's curve equation. */
	private static BigInteger[] add(BigInteger d, BigInteger[] a, BigInteger[] b) {
		BigInteger k = d.multiply(a[0]).multiply(b[0]).multiply(a[1]).multiply(b[1]).mod(P);
		BigInteger x = a[0].multiply(b[1]).add(a[1].multiply(b[0])).multiply(BigInteger.ONE.add(k).modInverse(P)).mod(P);
		BigInteger y = a[1].multiply(b[1]).add(a[0].multiply(b[0])).multiply(BigInteger.ONE.subtract(k).modInverse(P)).mod(P);
		return new BigInteger[] { x, y };
	}

	private static BigInteger constant(int index) {
		int[] w = new int[8];
		Edwards25519.loadWords(index, w, 0);
		byte[] bytes = new byte[32];
		Words.toBytes(w, 0, 8, bytes, 0);
		return new BigInteger(1, bytes);
	}

	@Test
	void slicesAreBounded() {
		byte[] key = HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
		byte[] signature = new byte[64];
		byte[] message = new byte[3000];
		this.verifier.start(key, 0, 32, message, 0, 3000, signature, 0, 64);
		// Three for the message, two for the root, the tables, two for the encoding; 257 doublings of 8 products, 200 to 225 a slice.
		assertTrue(Slices.finish(this.verifier) >= 3 + 2 + 1 + 2 + 257 * 8 / 225);
	}

	@Test
	void allocatesNothing() {
		byte[] seed = new byte[32];
		byte[] key = new byte[32];
		byte[] signature = new byte[64];
		byte[] message = new byte[1500];
		Ed25519.generatePublicKey(seed, 0, key, 0);
		Ed25519.sign(seed, 0, message, 0, 1500, signature, 0);
		Runnable operation = () -> {
			this.verifier.start(key, 0, 32, message, 0, 1500, signature, 0, 64);
			while (!this.verifier.step()) {
				continue;
			}
			this.verifier.result();
		};
		assertEquals(0, AllocationMeter.measure(5, operation));
		assertTrue(Slices.verify(this.verifier, key, message, signature));
	}
}
