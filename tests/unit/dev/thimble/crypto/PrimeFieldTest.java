/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

/** The fields and the orders of P-256 and P-384 against BigInteger: every edge value with every other, and random ones. */
class PrimeFieldTest {

	private static final int RANDOM_VALUES = 60;

	private static BigInteger get(int[] w, int offset, int limbs) {
		BigInteger x = BigInteger.ZERO;
		for (int i = limbs; --i >= 0;) {
			x = x.shiftLeft(32).or(BigInteger.valueOf(w[offset + i] & 0xffffffffL));
		}
		return x;
	}

	private static void put(BigInteger x, int[] w, int offset, int limbs) {
		for (int i = 0; i < limbs; i++) {
			w[offset + i] = x.shiftRight(32 * i).intValue();
		}
	}

	private static List<BigInteger> values(BigInteger m, int limbs) {
		List<BigInteger> values = new ArrayList<>();
		BigInteger r = BigInteger.ONE.shiftLeft(32 * limbs);
		for (int i = 0; i < 3; i++) {
			values.add(BigInteger.valueOf(i));
			values.add(m.subtract(BigInteger.valueOf(1 + i)));
			values.add(r.add(BigInteger.valueOf(i - 1)).mod(m));
		}
		for (int i = 0; i < limbs; i++) {
			// All ones in the low words, in all but one word, in one word: carries that run through.
			values.add(BigInteger.ONE.shiftLeft(32 * (i + 1)).subtract(BigInteger.ONE).mod(m));
			BigInteger word = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE).shiftLeft(32 * i);
			values.add(word.mod(m));
			values.add(r.subtract(BigInteger.ONE).subtract(word).mod(m));
		}
		Random random = new Random(7);
		for (int i = 0; i < RANDOM_VALUES; i++) {
			values.add(new BigInteger(32 * limbs, random).mod(m));
		}
		return values;
	}

	private static void check(PrimeField field, BigInteger m) {
		int n = field.limbs;
		BigInteger inverseR = BigInteger.ONE.shiftLeft(32 * n).modInverse(m);
		int[] w = new int[4 * n + 2];
		int before = 0x5a5a5a5a;
		w[0] = before;
		w[3 * n + 1] = before;
		int r = 1;
		int a = r + n;
		int b = a + n;
		List<BigInteger> values = values(m, n);
		for (BigInteger x : values) {
			for (BigInteger y : values) {
				put(x, w, a, n);
				put(y, w, b, n);
				field.mul(w, r, a, b);
				assertEquals(x.multiply(y).multiply(inverseR).mod(m), get(w, r, n));
				field.add(w, r, a, b);
				assertEquals(x.add(y).mod(m), get(w, r, n));
				field.sub(w, r, a, b);
				assertEquals(x.subtract(y).mod(m), get(w, r, n));
				assertEquals(x, get(w, a, n));
				assertEquals(y, get(w, b, n));
				// Results over operands.
				field.mul(w, b, a, b);
				assertEquals(x.multiply(y).multiply(inverseR).mod(m), get(w, b, n));
				put(y, w, b, n);
				field.sub(w, b, a, b);
				assertEquals(x.subtract(y).mod(m), get(w, b, n));
				put(y, w, b, n);
				field.add(w, a, a, b);
				assertEquals(x.add(y).mod(m), get(w, a, n));
			}
			put(x, w, a, n);
			field.neg(w, r, a);
			assertEquals(x.negate().mod(m), get(w, r, n));
			field.sqr(w, a, a);
			assertEquals(x.multiply(x).multiply(inverseR).mod(m), get(w, a, n));
			// The row operand of a product may be any number below R.
			BigInteger big = BigInteger.ONE.shiftLeft(32 * n).subtract(BigInteger.ONE).subtract(x);
			put(big, w, a, n);
			put(x, w, b, n);
			field.mul(w, r, a, b);
			assertEquals(big.multiply(x).multiply(inverseR).mod(m), get(w, r, n));
		}
		assertEquals(before, w[0]);
		assertEquals(before, w[3 * n + 1]);
	}

	@Test
	void fieldOfP256ComputesAsBigInteger() {
		check(EcCurve.p256().field, CustomNamedCurves.getByName("P-256").getCurve().getField().getCharacteristic());
	}

	@Test
	void fieldOfP384ComputesAsBigInteger() {
		check(EcCurve.p384().field, CustomNamedCurves.getByName("P-384").getCurve().getField().getCharacteristic());
	}

	@Test
	void ordersComputeAsBigInteger() {
		check(EcCurve.p256().order, CustomNamedCurves.getByName("P-256").getN());
		check(EcCurve.p384().order, CustomNamedCurves.getByName("P-384").getN());
	}

	@Test
	void constantsAreThoseOfTheCurves() {
		checkConstants(EcCurve.p256(), CustomNamedCurves.getByName("P-256"));
		checkConstants(EcCurve.p384(), CustomNamedCurves.getByName("P-384"));
	}

	private static void checkConstants(EcCurve curve, X9ECParameters expected) {
		BigInteger p = expected.getCurve().getField().getCharacteristic();
		BigInteger n = expected.getN();
		int limbs = curve.field.limbs;
		BigInteger r = BigInteger.ONE.shiftLeft(32 * limbs);
		assertEquals(p, constant(curve, EcCurve.P));
		assertEquals(r.multiply(r).mod(p), constant(curve, EcCurve.RR));
		assertEquals(r.mod(p), constant(curve, EcCurve.ONE));
		assertEquals(expected.getCurve().getB().toBigInteger().multiply(r).mod(p), constant(curve, EcCurve.B));
		assertEquals(n, constant(curve, EcCurve.N));
		assertEquals(r.multiply(r).mod(n), constant(curve, EcCurve.RR_N));
		for (int i = 0; i < 8; i++) {
			ECPoint point = expected.getG().multiply(BigInteger.valueOf(2 * i + 1)).normalize();
			assertEquals(point.getAffineXCoord().toBigInteger().multiply(r).mod(p), constant(curve, EcCurve.G + 2 * i));
			assertEquals(point.getAffineYCoord().toBigInteger().multiply(r).mod(p), constant(curve, EcCurve.G + 2 * i + 1));
		}
	}

	private static BigInteger constant(EcCurve curve, int index) {
		int limbs = curve.field.limbs;
		int[] w = new int[limbs];
		curve.load(index, w, 0);
		return get(w, 0, limbs);
	}

	@Test
	void powersInvert() {
		checkInversion(EcCurve.p256(), CustomNamedCurves.getByName("P-256"));
		checkInversion(EcCurve.p384(), CustomNamedCurves.getByName("P-384"));
	}

	private static void checkInversion(EcCurve curve, X9ECParameters parameters) {
		BigInteger p = parameters.getCurve().getField().getCharacteristic();
		BigInteger n = parameters.getN();
		int limbs = curve.field.limbs;
		BigInteger r = BigInteger.ONE.shiftLeft(32 * limbs);
		int[] w = new int[12 * limbs];
		Random random = new Random(3);
		for (int i = 0; i < 20; i++) {
			BigInteger x = i < 3 ? BigInteger.valueOf(i) : new BigInteger(32 * limbs, random).mod(n);
			put(x.multiply(r).mod(p), w, 0, limbs);
			curve.startFieldInversion(w, 0);
			run(curve, w, 7 * limbs);
			assertEquals(i == 0 ? x : x.modInverse(p), get(w, 0, limbs).multiply(r.modInverse(p)).mod(p));
			put(x.multiply(r).mod(n), w, 0, limbs);
			curve.startOrderInversion(w, 0);
			run(curve, w, 12 * limbs);
			assertEquals(i == 0 ? x : x.modInverse(n), get(w, 0, limbs).multiply(r.modInverse(n)).mod(n));
		}
	}

	private static void run(EcCurve curve, int[] w, int end) {
		if (end < w.length) {
			w[end] = 0x5a5a5a5a;
		}
		int steps = 1;
		while (!curve.power.step(w)) {
			steps++;
		}
		assertTrue(steps > 1, "one slice cannot hold an inversion");
		assertTrue(end == w.length || w[end] == 0x5a5a5a5a, "an inversion stays inside its memory");
	}

	@Test
	void comparisonsSeeEveryWord() {
		int[] w = new int[16];
		assertEquals(-1, Words.isZero(w, 0, 8));
		for (int i = 0; i < 256; i++) {
			w[i >> 5] = 1 << i;
			assertEquals(0, Words.isZero(w, 0, 8));
			assertEquals(0, Words.areEqual(w, 0, 8, 8));
			assertEquals(0, Words.isLess(w, 0, 8, 8));
			assertEquals(-1, Words.isLess(w, 8, 0, 8));
			w[8 + (i >> 5)] = 1 << i;
			assertEquals(-1, Words.areEqual(w, 0, 8, 8));
			assertEquals(0, Words.isLess(w, 0, 8, 8));
			w[i >> 5] = 0;
			w[8 + (i >> 5)] = 0;
		}
	}
}
