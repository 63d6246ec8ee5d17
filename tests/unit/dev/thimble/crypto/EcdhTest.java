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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.AllocationMeter;
import dev.thimble.support.FixedRandom;
import dev.thimble.support.Slices;

/** ECDH on P-256 and P-384: scalars at every edge, bad keys, order of calls, slices, memory. */
class EcdhTest {

	/** One curve under test. */
	private static final class Fixture {

		final EcScratch scratch;
		final Ecdh ecdh;
		final X9ECParameters parameters;
		final int bytes;

		Fixture(int bits) {
			this.scratch = new EcScratch(bits == 256 ? EcScratch.WORDS_P256 : EcScratch.WORDS_P384);
			this.ecdh = new Ecdh(bits == 256 ? EcCurve.p256() : EcCurve.p384(), this.scratch);
			this.parameters = CustomNamedCurves.getByName("P-" + bits);
			this.bytes = bits / 8;
		}

		byte[] scalar(BigInteger k) {
			return BigIntegers.asUnsignedByteArray(this.bytes, k);
		}

		List<BigInteger> scalars() {
			BigInteger n = this.parameters.getN();
			List<BigInteger> scalars = new ArrayList<>();
			for (int i = 1; i <= 40; i++) {
				scalars.add(BigInteger.valueOf(i));
				scalars.add(n.subtract(BigInteger.valueOf(i)));
				scalars.add(n.shiftRight(1).add(BigInteger.valueOf(i - 20)));
			}
			for (int i = 0; i < 16; i++) { // one nibble repeated: every digit, with and without carries
				scalars.add(new BigInteger(Integer.toHexString(i).repeat(2 * this.bytes - 1), 16).max(BigInteger.ONE));
			}
			Random random = new Random(5);
			for (int i = 0; i < 40; i++) {
				scalars.add(new BigInteger(8 * this.bytes, random).mod(n).max(BigInteger.ONE));
				scalars.add(new BigInteger(1 + random.nextInt(8 * this.bytes), random).mod(n).max(BigInteger.ONE));
			}
			return scalars;
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void publicKeysAreThoseOfBouncyCastle(int bits) {
		Fixture f = new Fixture(bits);
		for (BigInteger k : f.scalars()) {
			assertArrayEquals(f.parameters.getG().multiply(k).normalize().getEncoded(false), Slices.publicKey(f.ecdh, f.scalar(k)), k.toString(16));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void secretsAreThoseOfBouncyCastle(int bits) {
		Fixture f = new Fixture(bits);
		ECPoint peer = f.parameters.getG();
		for (BigInteger k : f.scalars()) {
			peer = peer.multiply(BigInteger.valueOf(k.bitLength() + 3)).normalize();
			byte[] expected = BigIntegers.asUnsignedByteArray(f.bytes, peer.multiply(k).normalize().getAffineXCoord().toBigInteger());
			assertArrayEquals(expected, Slices.agree(f.ecdh, f.scalar(k), peer.getEncoded(false)), k.toString(16));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void refusesScalarsOutOfRange(int bits) {
		Fixture f = new Fixture(bits);
		BigInteger n = f.parameters.getN();
		assertNull(Slices.publicKey(f.ecdh, f.scalar(BigInteger.ZERO)));
		assertNull(Slices.publicKey(f.ecdh, f.scalar(n)));
		assertNull(Slices.publicKey(f.ecdh, f.scalar(n.add(BigInteger.ONE))));
		assertNull(Slices.publicKey(f.ecdh, f.scalar(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE))));
		assertNull(Slices.publicKey(f.ecdh, null), "no entropy");
		assertNotNull(Slices.publicKey(f.ecdh, f.scalar(n.subtract(BigInteger.ONE))));
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void triesAgainAfterACandidateOutOfRange(int bits) {
		Fixture f = new Fixture(bits);
		byte[][] candidates = { f.scalar(BigInteger.ZERO), f.scalar(f.parameters.getN()), f.scalar(BigInteger.TEN) };
		int[] requests = { 0 };
		f.ecdh.startKeyPair((output, offset, length) -> {
			System.arraycopy(candidates[requests[0]++], 0, output, offset, length);
			return true;
		});
		Slices.finish(f.ecdh);
		byte[] key = new byte[1 + 2 * f.bytes];
		assertEquals(key.length, f.ecdh.result(key, 0));
		assertEquals(3, requests[0]);
		assertArrayEquals(f.parameters.getG().multiply(BigInteger.TEN).normalize().getEncoded(false), key);
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void refusesBadPeerKeys(int bits) {
		Fixture f = new Fixture(bits);
		byte[] k = f.scalar(BigInteger.TEN);
		byte[] good = f.parameters.getG().getEncoded(false);
		assertNotNull(Slices.agree(f.ecdh, k, good));
		for (int form : new int[] { 0, 2, 3, 5, 6, 7, 0xff }) {
			byte[] bad = good.clone();
			bad[0] = (byte) form;
			assertNull(Slices.agree(f.ecdh, k, bad));
		}
		assertNull(Slices.agree(f.ecdh, k, Arrays.copyOf(good, good.length - 1)));
		assertNull(Slices.agree(f.ecdh, k, Arrays.copyOf(good, good.length + 1)));
		assertNull(Slices.agree(f.ecdh, k, f.parameters.getG().getEncoded(true)));
		assertNull(Slices.agree(f.ecdh, k, new byte[0]));
		byte[] origin = new byte[good.length];
		origin[0] = 4;
		assertNull(Slices.agree(f.ecdh, k, origin), "(0, 0) is not on the curve");
		for (int i = 1; i < good.length; i++) {
			byte[] bad = good.clone();
			bad[i] ^= 1;
			assertNull(Slices.agree(f.ecdh, k, bad));
		}
		// x = 0 is on both curves; x = p is the same point, badly encoded.
		BigInteger p = f.parameters.getCurve().getField().getCharacteristic();
		BigInteger y = f.parameters.getCurve().getB().sqrt().toBigInteger();
		byte[] zero = encode(f, BigInteger.ZERO, y);
		assertNotNull(Slices.agree(f.ecdh, k, zero));
		assertNull(Slices.agree(f.ecdh, k, encode(f, p, y)));
		BigInteger smallX = BigInteger.ONE;
		while (f.parameters.getCurve().fromBigInteger(rhs(f, smallX)).sqrt() == null) {
			smallX = smallX.add(BigInteger.ONE);
		}
		y = f.parameters.getCurve().fromBigInteger(rhs(f, smallX)).sqrt().toBigInteger();
		assertNotNull(Slices.agree(f.ecdh, k, encode(f, smallX, y)));
		assertNull(Slices.agree(f.ecdh, k, encode(f, smallX.add(p), y)));
	}

	private static BigInteger rhs(Fixture f, BigInteger x) {
		BigInteger p = f.parameters.getCurve().getField().getCharacteristic();
		return x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(f.parameters.getCurve().getB().toBigInteger()).mod(p);
	}

	private static byte[] encode(Fixture f, BigInteger x, BigInteger y) {
		byte[] key = new byte[1 + 2 * f.bytes];
		key[0] = 4;
		System.arraycopy(BigIntegers.asUnsignedByteArray(f.bytes, x), 0, key, 1, f.bytes);
		System.arraycopy(BigIntegers.asUnsignedByteArray(f.bytes, y), 0, key, 1 + f.bytes, f.bytes);
		return key;
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void oneAgreementAKeyPairAndNothingLeft(int bits) {
		Fixture f = new Fixture(bits);
		byte[] peer = f.parameters.getG().getEncoded(false);
		byte[] out = new byte[peer.length];
		f.ecdh.startAgreement(peer, 0, peer.length);
		assertTrue(f.ecdh.step());
		assertEquals(-1, f.ecdh.result(out, 0), "no key pair");
		f.ecdh.startKeyPair(new FixedRandom(f.scalar(BigInteger.TEN)));
		assertEquals(-1, f.ecdh.result(out, 0), "not finished");
		assertNotNull(Slices.agree(f.ecdh, f.scalar(BigInteger.TEN), peer));
		f.ecdh.startAgreement(peer, 0, peer.length);
		assertTrue(f.ecdh.step());
		assertEquals(-1, f.ecdh.result(out, 0), "key pair used up");
		assertArrayEquals(new int[f.scratch.words.length], f.scratch.words);
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void slicesAreBounded(int bits) {
		Fixture f = new Fixture(bits);
		byte[] key = new byte[1 + 2 * f.bytes];
		f.ecdh.startKeyPair(new FixedRandom(f.scalar(BigInteger.TEN)));
		// One for the table; the columns after the first, six or three a slice; 268 or 397 products of the inversion, 180 or 100 a slice.
		assertEquals(bits == 256 ? 1 + 11 + 2 : 1 + 43 + 4, Slices.finish(f.ecdh));
		assertEquals(key.length, f.ecdh.result(key, 0));
		f.ecdh.startAgreement(key, 0, key.length);
		// One for the check, one for the table; 64 windows two a slice, or 128 one a slice; the inversion.
		assertEquals(bits == 256 ? 1 + 1 + 32 + 2 : 1 + 1 + 128 + 4, Slices.finish(f.ecdh));
	}

	@ParameterizedTest
	@ValueSource(ints = { 256, 384 })
	void allocatesNothing(int bits) {
		Fixture f = new Fixture(bits);
		byte[] key = new byte[1 + 2 * f.bytes];
		dev.thimble.crypto.Random random = new FixedRandom(f.scalar(f.parameters.getN().subtract(BigInteger.TEN)));
		Runnable operation = () -> {
			f.ecdh.startKeyPair(random);
			while (!f.ecdh.step()) {
				continue;
			}
			f.ecdh.result(key, 0);
			f.ecdh.startAgreement(key, 0, key.length);
			while (!f.ecdh.step()) {
				continue;
			}
			f.ecdh.result(key, 0);
		};
		assertEquals(0, AllocationMeter.measureSlow(5, operation));
	}
}
