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
import java.util.Random;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.AllocationMeter;
import dev.thimble.support.Slices;

/** ECDSA verification: signatures made with chosen numbers, so that every special case of the arithmetic comes up. */
class EcdsaVerifierTest {

	/** One curve under test, and textbook signing on it. */
	private static final class Fixture {

		final EcScratch scratch;
		final EcdsaVerifier verifier;
		final X9ECParameters parameters;
		final BigInteger n;
		final int bytes;
		final Random random = new Random(11);

		Fixture(int bits) {
			this.scratch = new EcScratch(bits == 256 ? EcScratch.WORDS_P256 : EcScratch.WORDS_P384);
			this.verifier = new EcdsaVerifier(bits == 256 ? EcCurve.p256() : EcCurve.p384(), this.scratch);
			this.parameters = CustomNamedCurves.getByName("P-" + bits);
			this.n = this.parameters.getN();
			this.bytes = bits / 8;
		}

		byte[] key(BigInteger d) {
			return this.parameters.getG().multiply(d).normalize().getEncoded(false);
		}

		BigInteger scalar() {
			return new BigInteger(8 * this.bytes + 64, this.random).mod(this.n.subtract(BigInteger.ONE)).add(BigInteger.ONE);
		}

		BigInteger number(byte[] digest) {
			return new BigInteger(1, Arrays.copyOf(digest, Math.min(digest.length, this.bytes)));
		}

		BigInteger x(BigInteger k) {
			return this.parameters.getG().multiply(k).normalize().getAffineXCoord().toBigInteger().mod(this.n);
		}

		byte[] sign(BigInteger d, BigInteger k, byte[] digest) {
			BigInteger r = x(k);
			BigInteger s = number(digest).add(r.multiply(d)).multiply(k.modInverse(this.n)).mod(this.n);
			return der(r, s);
		}

		boolean verify(byte[] key, byte[] digest, byte[] signature) {
			return Slices.verify(this.verifier, key, digest, signature);
		}
	}

	private static byte[] der(BigInteger r, BigInteger s) {
		byte[] first = r.toByteArray();
		byte[] second = s.toByteArray();
		byte[] out = new byte[6 + first.length + second.length];
		out[0] = 0x30;
		out[1] = (byte) (out.length - 2);
		out[2] = 2;
		out[3] = (byte) first.length;
		System.arraycopy(first, 0, out, 4, first.length);
		out[4 + first.length] = 2;
		out[5 + first.length] = (byte) second.length;
		System.arraycopy(second, 0, out, 6 + first.length, second.length);
		return out;
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void takesGoodSignaturesWithEveryDigest(int bits) {
		Fixture f = new Fixture(bits);
		for (int i = 0; i < 150; i++) {
			byte[] digest = new byte[new int[] { 32, 48, 64 }[i % 3]];
			f.random.nextBytes(digest);
			if (i % 5 == 0) {
				Arrays.fill(digest, (byte) (i % 10 == 0 ? 0 : 0xff));
			}
			BigInteger d = i < 8 ? BigInteger.valueOf(i + 1) : i < 16 ? f.n.subtract(BigInteger.valueOf(i - 7)) : f.scalar();
			BigInteger k = i % 7 == 0 ? BigInteger.valueOf(i + 1) : f.scalar();
			byte[] key = f.key(d);
			byte[] signature = f.sign(d, k, digest);
			assertTrue(f.verify(key, digest, signature), "d = " + d + ", k = " + k);
			byte[] other = digest.clone();
			other[i % f.bytes % other.length] ^= 1 << (i & 7);
			assertFalse(f.verify(key, other, signature));
			assertFalse(f.verify(f.key(d.add(BigInteger.ONE).mod(f.n).max(BigInteger.ONE)), digest, signature));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void onlyTheLeftmostBytesOfALongDigestCount(int bits) {
		Fixture f = new Fixture(bits);
		byte[] digest = new byte[64];
		f.random.nextBytes(digest);
		BigInteger d = f.scalar();
		byte[] signature = f.sign(d, f.scalar(), digest);
		digest[f.bytes] ^= 1;
		assertTrue(f.verify(f.key(d), digest, signature));
		digest[f.bytes - 1] ^= 1;
		assertFalse(f.verify(f.key(d), digest, signature));
	}

	/** Chooses u and v: with Q = d G, the sum u G + v Q meets doublings, cancellations and small multiples on its way. */
	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void additionHandlesEveryCase(int bits) {
		Fixture f = new Fixture(bits);
		BigInteger[] small = new BigInteger[40];
		for (int i = 0; i < 20; i++) {
			small[i] = BigInteger.valueOf(i);
			small[39 - i] = f.n.subtract(BigInteger.valueOf(i + 1));
		}
		int infinities = 0;
		for (int dValue : new int[] { 1, -1, 2, -2, 3, -3, 5, 7, -15 }) {
			BigInteger d = BigInteger.valueOf(dValue).mod(f.n);
			byte[] key = f.key(d);
			for (BigInteger u : small) {
				for (int i = 1; i < small.length; i += 3) {
					BigInteger v = small[i];
					BigInteger k = u.add(v.multiply(d)).mod(f.n);
					// r and s such that e / s = u and r / s = v
					BigInteger r = k.signum() == 0 ? BigInteger.TEN : f.x(k);
					BigInteger s = r.multiply(v.modInverse(f.n)).mod(f.n);
					byte[] digest = BigIntegers.asUnsignedByteArray(f.bytes, u.multiply(s).mod(f.n));
					boolean expected = k.signum() != 0;
					infinities += expected ? 0 : 1;
					assertEquals(expected, f.verify(key, digest, der(r, s)), dValue + ": " + u + ", " + v);
				}
			}
		}
		assertTrue(infinities > 20);
	}

	/** The sum's x may lie between n and p, so that r = x - n. Such a point is found by its x; the key is then made to fit. */
	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void takesXBetweenOrderAndFieldSize(int bits) {
		Fixture f = new Fixture(bits);
		BigInteger p = f.parameters.getCurve().getField().getCharacteristic();
		BigInteger r = BigInteger.ONE;
		ECPoint sum = null;
		while (sum == null) {
			r = r.add(BigInteger.ONE);
			byte[] compressed = new byte[1 + f.bytes];
			compressed[0] = 2;
			System.arraycopy(BigIntegers.asUnsignedByteArray(f.bytes, r.add(f.n)), 0, compressed, 1, f.bytes);
			try {
				sum = f.parameters.getCurve().decodePoint(compressed);
			} catch (IllegalArgumentException e) {
				continue;
			}
		}
		assertTrue(r.add(f.n).compareTo(p) < 0);
		BigInteger s = f.scalar();
		byte[] digest = new byte[f.bytes];
		f.random.nextBytes(digest);
		BigInteger w = s.modInverse(f.n);
		BigInteger u = f.number(digest).multiply(w).mod(f.n);
		BigInteger v = r.multiply(w).mod(f.n);
		ECPoint q = sum.subtract(f.parameters.getG().multiply(u)).multiply(v.modInverse(f.n)).normalize();
		assertTrue(f.verify(q.getEncoded(false), digest, der(r, s)));
		assertFalse(f.verify(q.getEncoded(false), digest, der(r.add(BigInteger.ONE), s)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void refusesNumbersOutOfRange(int bits) {
		Fixture f = new Fixture(bits);
		byte[] digest = new byte[f.bytes];
		f.random.nextBytes(digest);
		BigInteger d = f.scalar();
		BigInteger k = f.scalar();
		byte[] key = f.key(d);
		BigInteger r = f.x(k);
		BigInteger s = f.number(digest).add(r.multiply(d)).multiply(k.modInverse(f.n)).mod(f.n);
		assertTrue(f.verify(key, digest, der(r, s)));
		assertTrue(f.verify(key, digest, der(r, f.n.subtract(s))), "the other s is valid too: nothing forbids it in TLS");
		BigInteger zero = BigInteger.ZERO;
		BigInteger[][] bad = { { zero, s }, { r, zero }, { zero, zero }, { f.n, s }, { r, f.n }, { r.add(f.n), s }, { r, s.add(f.n) },
				{ r.negate(), s }, { r, s.negate() }, { r.subtract(f.n), s }, { f.n.subtract(r), s } };
		for (BigInteger[] pair : bad) {
			assertFalse(f.verify(key, digest, der(pair[0], pair[1])));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void refusesBadKeys(int bits) {
		Fixture f = new Fixture(bits);
		byte[] digest = new byte[f.bytes];
		BigInteger d = f.scalar();
		byte[] key = f.key(d);
		byte[] signature = f.sign(d, f.scalar(), digest);
		assertTrue(f.verify(key, digest, signature));
		for (int i = 0; i < key.length; i++) {
			byte[] bad = key.clone();
			bad[i] ^= 1;
			assertFalse(f.verify(bad, digest, signature));
		}
		assertFalse(f.verify(Arrays.copyOf(key, key.length - 1), digest, signature));
		assertFalse(f.verify(Arrays.copyOf(key, key.length + 1), digest, signature));
		assertFalse(f.verify(f.parameters.getG().multiply(d).getEncoded(true), digest, signature));
		assertFalse(f.verify(new byte[1], digest, signature));
		assertFalse(f.verify(new byte[0], digest, signature));
		byte[] origin = new byte[key.length];
		origin[0] = 4;
		assertFalse(f.verify(origin, digest, signature));
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void refusesEverythingButDer(int bits) {
		Fixture f = new Fixture(bits);
		byte[] digest = new byte[f.bytes];
		BigInteger d = BigInteger.TEN;
		byte[] key = f.key(d);
		byte[] good = f.sign(d, BigInteger.valueOf(123), digest);
		assertTrue(f.verify(key, digest, good));
		for (int i = 0; i < good.length; i++) {
			for (int bit = 0; bit < 8; bit++) {
				byte[] bad = good.clone();
				bad[i] ^= 1 << bit;
				assertFalse(f.verify(key, digest, bad));
			}
			assertFalse(f.verify(key, digest, Arrays.copyOf(good, i)));
		}
		assertFalse(f.verify(key, digest, Arrays.copyOf(good, good.length + 1)), "a byte behind");
		byte[] padded = der(BigInteger.ONE, BigInteger.TEN);
		assertFalse(f.verify(key, digest, padded));
		// 30 81 len …: a long-form length where the short form does
		byte[] longForm = new byte[good.length + 1];
		longForm[0] = 0x30;
		longForm[1] = (byte) 0x81;
		System.arraycopy(good, 1, longForm, 2, good.length - 1);
		assertFalse(f.verify(key, digest, longForm));
		// 02 len+1 00 …: a superfluous zero in front of r
		byte[] zero = new byte[good.length + 1];
		zero[0] = 0x30;
		zero[1] = (byte) (good[1] + 1);
		zero[2] = 2;
		zero[3] = (byte) (good[3] + 1);
		System.arraycopy(good, 4, zero, 5, good.length - 4);
		if (zero[5] >= 0) {
			assertFalse(f.verify(key, digest, zero));
		}
	}

	@Test
	void encodingIsTheInverseOfDecoding() {
		Random random = new Random(2);
		int[] w = new int[32];
		byte[] out = new byte[120];
		for (int limbs = 8; limbs <= 12; limbs += 4) {
			for (int i = 0; i < 2000; i++) {
				BigInteger r = new BigInteger(1 + random.nextInt(32 * limbs), random).max(BigInteger.ONE);
				BigInteger s = new BigInteger(1 + random.nextInt(32 * limbs), random).max(BigInteger.ONE);
				byte[] der = der(r, s);
				assertTrue(EcdsaSignature.decode(der, 0, der.length, w, 3, limbs));
				int length = EcdsaSignature.encode(w, 3, limbs, out, 5);
				assertArrayEquals(der, Arrays.copyOfRange(out, 5, 5 + length));
			}
		}
	}

	@Test
	void nonAdjacentFormHasTheValueOfTheScalar() {
		Random random = new Random(4);
		int[] w = new int[18];
		for (int width = 2; width <= 8; width++) {
			for (int i = 0; i < 300; i++) {
				BigInteger scalar = i == 0 ? BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE) : new BigInteger(random.nextInt(257), random);
				for (int j = 0; j < 9; j++) {
					w[j] = scalar.shiftRight(32 * j).intValue();
				}
				NonAdjacentForm.mark(w, 0, 9, 8, width);
				BigInteger value = BigInteger.ZERO;
				int last = 300;
				for (int position = 256; position >= 0; position--) {
					int digit = NonAdjacentForm.digit(w, 0, 9, 8, position, width);
					value = value.shiftLeft(1).add(BigInteger.valueOf(digit));
					if (digit != 0) {
						assertEquals(1, digit & 1);
						assertTrue(Math.abs(digit) < 1 << width - 1);
						assertTrue(last - position >= width);
						last = position;
					}
				}
				assertEquals(scalar, value);
			}
		}
	}

	@Test
	void nothingIsFinishedBeforeTheEnd() {
		Fixture f = new Fixture(256);
		byte[] digest = new byte[32];
		byte[] key = f.key(BigInteger.TEN);
		byte[] signature = f.sign(BigInteger.TEN, BigInteger.TEN, digest);
		f.verifier.start(key, 0, key.length, digest, 0, 32, signature, 0, signature.length);
		assertFalse(f.verifier.step());
		assertFalse(f.verifier.result());
		assertFalse(f.verifier.result());
		assertTrue(f.verify(key, digest, signature));
		assertFalse(f.verifier.result(), "a result is given once");
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void slicesAreBounded(int bits) {
		Fixture f = new Fixture(bits);
		byte[] digest = new byte[f.bytes];
		f.random.nextBytes(digest);
		BigInteger d = f.scalar();
		byte[] key = f.key(d);
		byte[] signature = f.sign(d, f.scalar(), digest);
		f.verifier.start(key, 0, key.length, digest, 0, digest.length, signature, 0, signature.length);
		int steps = Slices.finish(f.verifier);
		assertTrue(f.verifier.result());
		// Check, inversion, tables; then 8 products a bit and the additions, in slices of at most 180 or 100 products and one bit more.
		int least = 1 + 1 + 1 + (bits == 256 ? 256 * 8 / 215 : 384 * 8 / 135);
		assertTrue(steps >= least, steps + " steps");
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void allocatesNothing(int bits) {
		Fixture f = new Fixture(bits);
		byte[] digest = new byte[f.bytes];
		byte[] key = f.key(BigInteger.TEN);
		byte[] signature = f.sign(BigInteger.TEN, f.scalar(), digest);
		Runnable operation = () -> {
			f.verifier.start(key, 0, key.length, digest, 0, digest.length, signature, 0, signature.length);
			while (!f.verifier.step()) {
				continue;
			}
			f.verifier.result();
		};
		assertEquals(0, AllocationMeter.measureSlow(5, operation));
	}
}
