/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** The field of curve 25519 against BigInteger, on digits at the ends of what the formulas can make of them. */
class Field25519Test {

	private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
	/** The largest digit of an element that was carried: digit 1 may have this much more than half a digit. */
	private static final int SPARE = 1 << 15;

	private final int[] w = new int[5 * Field25519.DIGITS];

	private static BigInteger value(int[] w, int a) {
		BigInteger sum = BigInteger.ZERO;
		for (int i = Field25519.DIGITS; --i >= 0;) {
			sum = sum.shiftLeft(29).add(BigInteger.valueOf(w[a + i]));
		}
		return sum.mod(P);
	}

	/** Elements whose digits are up to times as large as those of one that was carried. */
	private static List<int[]> elements(int times) {
		int most = times * ((1 << 28) + SPARE);
		List<int[]> all = new ArrayList<>();
		Random random = new Random(7);
		for (int i = 0; i < 60; i++) {
			int[] digits = new int[Field25519.DIGITS];
			for (int j = 0; j < digits.length; j++) {
				switch (i) {
				case 0:
					digits[j] = most;
					break;
				case 1:
					digits[j] = -most;
					break;
				case 2:
					digits[j] = j % 2 == 0 ? most : -most;
					break;
				default:
					digits[j] = i < 30 ? random.nextBoolean() ? most : -most : (int) (random.nextDouble() * 2 * most - most);
					break;
				}
			}
			all.add(digits);
		}
		return all;
	}

	private void put(int[] digits, int at) {
		System.arraycopy(digits, 0, this.w, at, Field25519.DIGITS);
	}

	private void checkCarried(int at) {
		for (int i = 0; i < Field25519.DIGITS; i++) {
			int most = i == 1 ? (1 << 28) + SPARE : 1 << 28;
			assertEquals(true, Math.abs(this.w[at + i]) <= most, "digit " + i + ": " + this.w[at + i]);
		}
	}

	private void checkProducts(int timesA, int timesB) {
		int a = Field25519.DIGITS;
		int b = 2 * Field25519.DIGITS;
		for (int[] x : elements(timesA)) {
			for (int[] y : elements(timesB)) {
				put(x, a);
				put(y, b);
				BigInteger expected = value(this.w, a).multiply(value(this.w, b)).mod(P);
				Field25519.mul(this.w, 0, a, b);
				assertEquals(expected, value(this.w, 0));
				checkCarried(0);
				Field25519.mul(this.w, b, a, b);
				assertEquals(expected, value(this.w, b));
			}
		}
	}

	@Test
	void productsAreRightAtTheLargestDigits() {
		checkProducts(1, 1);
		checkProducts(4, 2);
		checkProducts(2, 4);
		checkProducts(3, 3);
	}

	@Test
	void squaresAreRightAtTheLargestDigits() {
		for (int times = 1; times <= 3; times++) {
			for (int[] x : elements(times)) {
				put(x, 0);
				BigInteger expected = value(this.w, 0).pow(2).mod(P);
				Field25519.sqr(this.w, Field25519.DIGITS, 0);
				assertEquals(expected, value(this.w, Field25519.DIGITS));
				checkCarried(Field25519.DIGITS);
				Field25519.sqr(this.w, 0, 0, 2);
				assertEquals(expected.pow(2).mod(P), value(this.w, 0));
			}
		}
	}

	@Test
	void otherFunctionsKeepTheirValues() {
		for (int[] x : elements(2)) {
			put(x, 0);
			BigInteger expected = value(this.w, 0);
			Field25519.times(this.w, 9, 0, 121666);
			assertEquals(expected.multiply(BigInteger.valueOf(121666)).mod(P), value(this.w, 9));
			checkCarried(9);
			Field25519.neg(this.w, 9, 0);
			assertEquals(expected.negate().mod(P), value(this.w, 9));
			Field25519.negateIf(this.w, 1, 9);
			assertEquals(expected, value(this.w, 9));
			Field25519.negateIf(this.w, 0, 9);
			assertEquals(expected, value(this.w, 9));
			Field25519.addSub(this.w, 9, 18, 0, 9);
			assertEquals(expected.shiftLeft(1).mod(P), value(this.w, 9));
			assertEquals(BigInteger.ZERO, value(this.w, 18));
			Field25519.swap(this.w, 1, 0, 18);
			assertEquals(BigInteger.ZERO, value(this.w, 0));
			Field25519.swap(this.w, 0, 0, 18);
			assertEquals(expected, value(this.w, 18));
		}
		for (int[] x : elements(6)) {
			put(x, 0);
			BigInteger expected = value(this.w, 0);
			Field25519.carry(this.w, 0);
			assertEquals(expected, value(this.w, 0));
		}
	}

	@Test
	void bytesGoThereAndBack() {
		List<BigInteger> values = new ArrayList<>();
		for (int i = -40; i < 40; i++) {
			values.add(P.add(BigInteger.valueOf(i)));
			values.add(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.valueOf(41 + i)));
			values.add(BigInteger.valueOf(40 + i));
		}
		for (int i = 0; i < 256; i++) {
			values.add(BigInteger.ONE.shiftLeft(i));
			values.add(BigInteger.ONE.shiftLeft(i).subtract(BigInteger.ONE));
		}
		Random random = new Random(8);
		for (int i = 0; i < 500; i++) {
			values.add(new BigInteger(256, random));
		}
		byte[] bytes = new byte[34];
		for (BigInteger value : values) {
			if (value.bitLength() > 256) {
				continue;
			}
			for (int i = 0; i < 8; i++) {
				this.w[i] = value.shiftRight(32 * i).intValue();
			}
			assertEquals(value.clearBit(255).compareTo(P) < 0, isReduced());
			Field25519.spread(this.w, 0);
			assertEquals(value.clearBit(255).mod(P), value(this.w, 0));
			checkCarried(0);
			checkNormalized(value.clearBit(255).mod(P), bytes);
		}
		for (int times = 1; times < 4; times++) {
			for (int[] x : elements(times)) {
				put(x, 0);
				checkNormalized(value(this.w, 0), bytes);
			}
		}
		// every small multiple of p, and what is next to it
		for (int i = -200; i < 200; i++) {
			for (int j = -25; j < 25; j++) {
				BigInteger value = P.multiply(BigInteger.valueOf(i)).add(BigInteger.valueOf(j));
				BigInteger rest = value;
				for (int k = 0; k < Field25519.DIGITS - 1; k++) {
					this.w[k] = rest.intValue() & (1 << 29) - 1;
					rest = rest.shiftRight(29);
				}
				this.w[Field25519.DIGITS - 1] = rest.intValue();
				checkNormalized(value.mod(P), bytes);
			}
		}
	}

	private boolean isReduced() {
		return Field25519.isReduced(this.w, 0);
	}

	private void checkNormalized(BigInteger expected, byte[] bytes) {
		Field25519.normalize(this.w, 0);
		bytes[0] = 1;
		bytes[33] = 1;
		Field25519.encode(this.w, 0, bytes, 1);
		BigInteger got = BigInteger.ZERO;
		for (int i = 32; i >= 1; i--) {
			got = got.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
		}
		assertEquals(expected, got);
		assertEquals(1, bytes[0]);
		assertEquals(1, bytes[33]);
	}
}
