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

	private static void check(OrderField field, BigInteger m) {
		int n = field.limbs;
		BigInteger inverseR = BigInteger.ONE.shiftLeft(32 * n).modInverse(m);
		int[] w = new int[6 * n + 3];
		field.load(w, 4 * n + 2);
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

	/** Values a number in signed digits may have: far out of the range from 0 to p, with every digit at either end of its range. */
	private static List<BigInteger> wideValues(BigInteger p, int limbs) {
		List<BigInteger> values = new ArrayList<>();
		BigInteger low = BigInteger.ZERO;
		BigInteger high = BigInteger.ZERO;
		for (int i = 0; i < limbs - 1; i++) {
			low = low.subtract(BigInteger.ONE.shiftLeft(30 * i + 29));
			high = high.add(BigInteger.ONE.shiftLeft(30 * i + 29).subtract(BigInteger.ONE.shiftLeft(30 * i)));
		}
		for (int top : new int[] { 0, 1, -1, 0x7fff, -0x8000, 1 << 26, -(1 << 26) }) {
			BigInteger high30 = BigInteger.valueOf(top).shiftLeft(30 * (limbs - 1));
			values.add(high30.add(low));
			values.add(high30.add(high));
			values.add(high30);
		}
		for (int i = -5; i <= 5; i++) {
			for (int j = -1; j <= 1; j++) {
				values.add(p.multiply(BigInteger.valueOf(i)).add(BigInteger.valueOf(j)));
			}
		}
		values.add(p.multiply(BigInteger.valueOf(31)));
		values.add(p.multiply(BigInteger.valueOf(-31)));
		for (BigInteger x : values(p, limbs - 1)) {
			values.add(x);
		}
		values.removeIf(x -> x.abs().compareTo(p.shiftLeft(5)) > 0);
		return values;
	}

	/** Writes signed digits of 30 bits. */
	private static void putDigits(BigInteger x, int[] w, int offset, int limbs) {
		for (int i = 0; i < limbs - 1; i++) {
			int digit = x.intValue() << 2 >> 2;
			w[offset + i] = digit;
			x = x.subtract(BigInteger.valueOf(digit)).shiftRight(30);
		}
		w[offset + limbs - 1] = x.intValueExact();
	}

	private static BigInteger getDigits(int[] w, int offset, int limbs) {
		BigInteger x = BigInteger.ZERO;
		for (int i = limbs; --i >= 0;) {
			int digit = w[offset + i];
			assertTrue(i == limbs - 1 || digit >= -(1 << 29) && digit < 1 << 29, "digit out of range");
			x = x.shiftLeft(30).add(BigInteger.valueOf(digit));
		}
		return x;
	}

	private static void assertProduct(BigInteger x, BigInteger y, BigInteger p, int limbs, BigInteger product) {
		BigInteger r = BigInteger.ONE.shiftLeft(30 * limbs);
		assertEquals(x.multiply(y).mod(p), product.multiply(r).mod(p));
		// Between x y / R and x y / R + p.
		BigInteger scaled = product.multiply(r).subtract(x.multiply(y));
		assertTrue(scaled.signum() >= 0 && scaled.compareTo(p.multiply(r)) <= 0, "product out of range");
	}

	private static void checkField(CurveField field, BigInteger p) {
		int n = field.limbs;
		int[] w = new int[4 * n + 2];
		int before = 0x5a5a5a5a;
		w[0] = before;
		w[3 * n + 1] = before;
		int r = 1;
		int a = r + n;
		int b = a + n;
		List<BigInteger> values = wideValues(p, n);
		BigInteger limit = p.shiftLeft(5);
		BigInteger inverseR = BigInteger.ONE.shiftLeft(30 * n).modInverse(p);
		for (BigInteger x : values) {
			for (BigInteger y : values) {
				putDigits(x, w, a, n);
				putDigits(y, w, b, n);
				field.mul(w, r, a, b);
				assertProduct(x, y, p, n, getDigits(w, r, n));
				if (x.add(y).abs().compareTo(limit) < 0) {
					field.add(w, r, a, b);
					assertEquals(x.add(y), getDigits(w, r, n));
				}
				if (x.subtract(y).abs().compareTo(limit) < 0) {
					field.sub(w, r, a, b);
					assertEquals(x.subtract(y), getDigits(w, r, n));
					field.sub(w, b, a, b);
					assertEquals(x.subtract(y), getDigits(w, b, n));
					putDigits(y, w, b, n);
				}
				assertEquals(x, getDigits(w, a, n));
				assertEquals(y, getDigits(w, b, n));
				field.mul(w, b, a, b);
				assertProduct(x, y, p, n, getDigits(w, b, n));
			}
			putDigits(x, w, a, n);
			field.neg(w, r, a);
			assertEquals(x.negate(), getDigits(w, r, n));
			field.neg(w, a, a);
			assertEquals(x.negate(), getDigits(w, a, n));
			field.sqr(w, r, a);
			assertProduct(x, x, p, n, getDigits(w, r, n));
			assertEquals(x.mod(p).signum() == 0, field.isZero(w, a, r, b));
			assertEquals(x.negate(), getDigits(w, a, n));
			field.leave(w, r, a);
			assertEquals(x.negate().multiply(inverseR).mod(p), get(w, r, field.words));
			field.spread(w, r);
			assertEquals(x.negate().multiply(inverseR).mod(p), getDigits(w, r, n));
			putDigits(x, w, a, n);
			field.sqr(w, a, a);
			assertProduct(x, x, p, n, getDigits(w, a, n));
		}
		assertEquals(before, w[0]);
		assertEquals(before, w[3 * n + 1]);
	}

	@Test
	void fieldOfP256ComputesAsBigInteger() {
		checkField(EcCurve.p256().field, CustomNamedCurves.getByName("P-256").getCurve().getField().getCharacteristic());
	}

	@Test
	void fieldOfP384ComputesAsBigInteger() {
		checkField(EcCurve.p384().field, CustomNamedCurves.getByName("P-384").getCurve().getField().getCharacteristic());
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
		BigInteger r = BigInteger.ONE.shiftLeft(30 * curve.field.limbs);
		BigInteger rn = BigInteger.ONE.shiftLeft(32 * curve.field.words);
		assertEquals(p, words(curve, EcCurve.P));
		assertEquals(n, words(curve, EcCurve.N));
		assertEquals(rn.multiply(rn).mod(n), words(curve, EcCurve.RR_N));
		assertEquals(r.multiply(r).mod(p), digits(curve, EcCurve.RR));
		assertEquals(r.mod(p), digits(curve, EcCurve.ONE));
		assertEquals(expected.getCurve().getB().toBigInteger().multiply(r).mod(p), digits(curve, EcCurve.B));
		for (int i = 0; i < 8; i++) {
			ECPoint point = expected.getG().multiply(BigInteger.valueOf(2 * i + 1)).normalize();
			assertEquals(point.getAffineXCoord().toBigInteger().multiply(r).mod(p), digits(curve, EcCurve.G + 2 * i));
			assertEquals(point.getAffineYCoord().toBigInteger().multiply(r).mod(p), digits(curve, EcCurve.G + 2 * i + 1));
		}
		int teeth = curve.group == KeyAgreement.SECP256R1 ? 4 : 3;
		int spacing = 32 * curve.field.words / teeth;
		for (int i = 0; i < 1 << teeth - 1; i++) {
			BigInteger multiple = BigInteger.ONE.shiftLeft((teeth - 1) * spacing);
			for (int j = 0; j < teeth - 1; j++) {
				BigInteger tooth = BigInteger.ONE.shiftLeft(j * spacing);
				multiple = multiple.add((i >> j & 1) != 0 ? tooth : tooth.negate());
			}
			ECPoint point = expected.getG().multiply(multiple).normalize();
			assertEquals(point.getAffineXCoord().toBigInteger().multiply(r).mod(p), digits(curve, EcCurve.COMB + 2 * i));
			assertEquals(point.getAffineYCoord().toBigInteger().multiply(r).mod(p), digits(curve, EcCurve.COMB + 2 * i + 1));
		}
	}

	private static BigInteger words(EcCurve curve, int index) {
		int[] w = new int[curve.field.words];
		curve.field.loadWords(index, w, 0);
		return get(w, 0, w.length);
	}

	private static BigInteger digits(EcCurve curve, int index) {
		int[] w = new int[curve.field.limbs];
		curve.field.load(index, w, 0);
		return getDigits(w, 0, w.length);
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
		int words = curve.field.words;
		BigInteger r = BigInteger.ONE.shiftLeft(30 * limbs);
		BigInteger rn = BigInteger.ONE.shiftLeft(32 * words);
		PowerChain power = new PowerChain();
		int[] w = new int[12 * limbs + 2 * words + 1];
		curve.order.load(w, 12 * limbs);
		Random random = new Random(3);
		for (int i = 0; i < 20; i++) {
			BigInteger x = i < 3 ? BigInteger.valueOf(i) : new BigInteger(32 * words, random).mod(n);
			putDigits(x.multiply(r).mod(p), w, 0, limbs);
			curve.startFieldInversion(power, w, 0);
			run(power, w, 7 * limbs);
			assertEquals(i == 0 ? x : x.modInverse(p), getDigits(w, 0, limbs).multiply(r.modInverse(p)).mod(p));
			put(x.multiply(rn).mod(n), w, 0, words);
			curve.startOrderInversion(power, w, 0);
			run(power, w, 12 * words);
			assertEquals(i == 0 ? x : x.modInverse(n), get(w, 0, words).multiply(rn.modInverse(n)).mod(n));
		}
	}

	private static void run(PowerChain power, int[] w, int end) {
		int behind = w[end];
		int steps = 1;
		while (!power.step(w)) {
			steps++;
		}
		assertTrue(steps > 1, "one slice cannot hold an inversion");
		assertEquals(behind, w[end], "an inversion stays inside its memory");
	}

	@Test
	void publicInversionInverts() {
		checkPublicInversion(EcCurve.p256(), CustomNamedCurves.getByName("P-256").getN());
		checkPublicInversion(EcCurve.p384(), CustomNamedCurves.getByName("P-384").getN());
	}

	private static void checkPublicInversion(EcCurve curve, BigInteger n) {
		int words = curve.field.words;
		BigInteger r = BigInteger.ONE.shiftLeft(32 * words);
		PublicInversion inversion = new PublicInversion();
		int[] w = new int[7 * words + 5];
		curve.order.load(w, 5 * words + 4);
		int x = 4 * words + 4;
		List<BigInteger> values = values(n, words);
		for (int i = 0; i < 32 * words; i++) {
			values.add(BigInteger.ONE.shiftLeft(i));
			values.add(n.subtract(BigInteger.ONE.shiftLeft(i)).mod(n));
		}
		Random random = new Random(9);
		for (int i = 0; i < 2000; i++) {
			values.add(new BigInteger(1 + random.nextInt(32 * words), random).mod(n));
		}
		for (BigInteger value : values) {
			if (value.signum() != 0) {
				put(value, w, x, words);
				inversion.start(curve, w, 0, x);
				while (!inversion.step(w)) {
					continue;
				}
				assertEquals(value.modInverse(n).multiply(r).mod(n), get(w, 0, words));
			}
		}
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
