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

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Random;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.AllocationMeter;

/** Hashes, HMAC and HKDF against Bouncy Castle on random inputs, and the rules of {@link Hash}. */
class HashTest {

	private static Hash hash(int algorithm) {
		return new PortableEcCrypto().newHash(algorithm);
	}

	private static Digest reference(int algorithm) {
		return algorithm == Hash.SHA_256 ? new SHA256Digest() : algorithm == Hash.SHA_384 ? new SHA384Digest() : new SHA512Digest();
	}

	private static byte[] bytes(Random random, int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	@ParameterizedTest
	@ValueSource(ints = { Hash.SHA_256, Hash.SHA_384, Hash.SHA_512 })
	void agreesWithBouncyCastleHoweverTheInputIsCut(int algorithm) {
		Random random = new Random(algorithm);
		Hash hash = hash(algorithm);
		Digest reference = reference(algorithm);
		assertEquals(reference.getDigestSize(), hash.length());
		byte[] expected = new byte[hash.length()];
		byte[] actual = new byte[hash.length() + 4];
		for (int length = 0; length < 600; length++) {
			byte[] input = bytes(random, length + 3);
			reference.update(input, 3, length);
			reference.doFinal(expected, 0);
			int at = 3;
			while (at < input.length) {
				int take = Math.min(input.length - at, random.nextInt(1 + random.nextInt(300)));
				hash.update(input, at, take);
				at += take;
			}
			hash.digest(actual, 2);
			assertArrayEquals(expected, Arrays.copyOfRange(actual, 2, actual.length - 2), "length " + length);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { Hash.SHA_256, Hash.SHA_384, Hash.SHA_512 })
	void aForkGoesOnByItself(int algorithm) {
		CryptoProvider crypto = new PortableEcCrypto();
		Hash trunk = crypto.newHash(algorithm);
		Hash fork = crypto.newHash(algorithm);
		byte[] input = bytes(new Random(1), 1000);
		byte[] expected = new byte[trunk.length()];
		byte[] actual = new byte[trunk.length()];
		Digest reference = reference(algorithm);
		for (int cut = 0; cut < 1000; cut += 7) {
			trunk.update(input, 0, cut);
			fork.update(input, 5, 20);
			fork.copyFrom(trunk);
			reference.update(input, 0, cut);
			reference.doFinal(expected, 0);
			fork.digest(actual, 0);
			assertArrayEquals(expected, actual, "fork at " + cut);
			trunk.update(input, cut, 1000 - cut);
			reference.update(input, 0, 1000);
			reference.doFinal(expected, 0);
			trunk.digest(actual, 0);
			assertArrayEquals(expected, actual, "trunk cut at " + cut);
		}
	}

	private static void assertZeros(Object array) {
		for (int i = java.lang.reflect.Array.getLength(array); --i >= 0;) {
			assertEquals(0, java.lang.reflect.Array.getLong(array, i));
		}
	}

	/** Nothing of the input may be left in a hash that was used for HMAC. */
	@ParameterizedTest
	@ValueSource(ints = { Hash.SHA_256, Hash.SHA_384, Hash.SHA_512 })
	void digestAndResetLeaveNothingBehind(int algorithm) throws ReflectiveOperationException {
		Hash hash = hash(algorithm);
		Field block = hash.getClass().getDeclaredField("block");
		block.setAccessible(true);
		byte[] input = bytes(new Random(2), 500);
		hash.update(input, 0, 500);
		hash.digest(new byte[64], 0);
		assertZeros(block.get(hash));
		hash.update(input, 0, 499);
		hash.reset();
		assertZeros(block.get(hash));
	}

	@Test
	void unknownAlgorithmsAreNull() {
		assertNull(hash(2));
	}

	@ParameterizedTest
	@ValueSource(ints = { Hash.SHA_256, Hash.SHA_384, Hash.SHA_512 })
	void hmacAgreesWithBouncyCastle(int algorithm) {
		Random random = new Random(algorithm);
		Hmac hmac = new Hmac(hash(algorithm));
		HMac reference = new HMac(reference(algorithm));
		byte[] expected = new byte[hmac.length()];
		byte[] actual = new byte[hmac.length()];
		for (int keyLength = 0; keyLength < 300; keyLength++) {
			byte[] key = bytes(random, keyLength + 1);
			hmac.init(key, 1, keyLength);
			reference.init(new KeyParameter(key, 1, keyLength));
			for (int i = 0; i < 3; i++) {
				byte[] message = bytes(random, random.nextInt(400));
				hmac.update(message, 0, message.length / 2);
				hmac.update(message, message.length / 2, message.length - message.length / 2);
				hmac.mac(actual, 0);
				reference.update(message, 0, message.length);
				reference.doFinal(expected, 0);
				assertArrayEquals(expected, actual, "key of " + keyLength);
			}
		}
	}

	@Test
	void hmacLeavesItsHashToOthersBetweenMessages() {
		Hash hash = new Sha256();
		Hmac hmac = new Hmac(hash);
		byte[] key = { 1, 2, 3 };
		byte[] expected = new byte[32];
		byte[] actual = new byte[32];
		hmac.init(key, 0, 3);
		hmac.mac(expected, 0);
		hash.update(key, 0, 3);
		hmac.mac(actual, 0);
		assertArrayEquals(expected, actual);
	}

	@Test
	void initForgetsAnUnfinishedMessageAndWipeTheKey() {
		Hmac hmac = new Hmac(new Sha256());
		byte[] key = { 1, 2, 3 };
		byte[] empty = new byte[32];
		byte[] expected = new byte[32];
		byte[] actual = new byte[32];
		hmac.mac(empty, 0);
		hmac.init(key, 0, 3);
		hmac.mac(expected, 0);
		hmac.update(key, 0, 3);
		hmac.init(key, 0, 3);
		hmac.mac(actual, 0);
		assertArrayEquals(expected, actual);
		hmac.wipe();
		hmac.mac(actual, 0);
		assertArrayEquals(empty, actual);
	}

	@ParameterizedTest
	@ValueSource(ints = { Hash.SHA_256, Hash.SHA_384 })
	void hkdfAgreesWithBouncyCastle(int algorithm) {
		Random random = new Random(algorithm);
		Hkdf hkdf = new Hkdf(new Hmac(hash(algorithm)));
		byte[] prk = new byte[hkdf.length()];
		for (int i = 0; i < 500; i++) {
			byte[] ikm = bytes(random, random.nextInt(100));
			byte[] salt = bytes(random, random.nextInt(150));
			byte[] info = bytes(random, random.nextInt(100));
			byte[] expected = new byte[random.nextInt(400)];
			byte[] actual = new byte[expected.length];
			HKDFBytesGenerator reference = new HKDFBytesGenerator(reference(algorithm));
			reference.init(new HKDFParameters(ikm, salt, info));
			reference.generateBytes(expected, 0, expected.length);
			hkdf.extract(salt, 0, salt.length, ikm, 0, ikm.length, prk, 0);
			hkdf.expand(prk, 0, prk.length, info, 0, info.length, actual, 0, actual.length);
			assertArrayEquals(expected, actual);
		}
	}

	@Test
	void hkdfOutputsMayOverlapInputs() {
		Hkdf hkdf = new Hkdf(new Hmac(new Sha256()));
		byte[] input = bytes(new Random(4), 96);
		byte[] expected = new byte[32];
		byte[] expanded = new byte[80];
		hkdf.extract(input, 0, 32, input, 32, 48, expected, 0);
		hkdf.expand(expected, 0, 32, input, 10, 20, expanded, 0, 80);
		for (int offset = 0; offset <= 64; offset++) {
			byte[] shared = input.clone();
			hkdf.extract(shared, 0, 32, shared, 32, 48, shared, offset);
			assertArrayEquals(expected, Arrays.copyOfRange(shared, offset, offset + 32), "extract at " + offset);
		}
		byte[] shared = new byte[112];
		System.arraycopy(expected, 0, shared, 0, 32);
		hkdf.expand(shared, 0, 32, input, 10, 20, shared, 8, 80);
		assertArrayEquals(expanded, Arrays.copyOfRange(shared, 8, 88), "expand over its key");
		System.arraycopy(input, 10, shared, 0, 20);
		hkdf.expand(expected, 0, 32, shared, 0, 20, shared, 5, 32);
		assertArrayEquals(Arrays.copyOf(expanded, 32), Arrays.copyOfRange(shared, 5, 37), "expand one block over its info");
	}

	@ParameterizedTest
	@ValueSource(ints = { Hash.SHA_256, Hash.SHA_384, Hash.SHA_512 })
	void allocatesNothing(int algorithm) {
		Hash hash = hash(algorithm);
		Hash fork = hash(algorithm);
		Hmac hmac = new Hmac(hash(algorithm));
		Hkdf hkdf = new Hkdf(hmac);
		byte[] data = new byte[1000];
		long allocated = AllocationMeter.measure(100, () -> {
			hash.update(data, 0, 777);
			fork.copyFrom(hash);
			fork.digest(data, 0);
			hash.reset();
			hmac.init(data, 0, 200);
			hmac.update(data, 0, 100);
			hmac.mac(data, 3);
			hmac.wipe();
			hkdf.extract(null, 0, 0, data, 0, 32, data, 100);
			hkdf.expand(data, 100, 32, data, 500, 70, data, 200, 130);
		});
		assertEquals(0, allocated);
	}
}
