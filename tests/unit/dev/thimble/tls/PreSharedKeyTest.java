/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.support.Octets;

/** Pre-shared keys, and their import against the same derivation by the JDK. */
class PreSharedKeyTest {

	private static final CryptoProvider CRYPTO = new PortableEcCrypto();

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] random(int length) {
		byte[] result = new byte[length];
		new Random(length).nextBytes(result);
		return result;
	}

	private static byte[] mac(String digest, byte[] key, byte[] data) throws GeneralSecurityException {
		Mac mac = Mac.getInstance("Hmac" + digest);
		mac.init(new SecretKeySpec(key, "HMAC"));
		return mac.doFinal(data);
	}

	/** RFC 9258 §4.1, with the HKDF of RFC 5869 written out: two blocks are as many as it takes. */
	private static byte[] derive(String digest, byte[] key, byte[] identity, int length) throws GeneralSecurityException {
		String name = digest.replace("-", "");
		byte[] hash = MessageDigest.getInstance(digest).digest(identity);
		byte[] info = new Octets().u16(length).vector8(text("tls13 derived psk")).vector8(hash).toBytes();
		byte[] extracted = mac(name, new byte[hash.length], key);
		byte[] first = mac(name, extracted, Octets.concat(info, Octets.of(1)));
		byte[] second = mac(name, extracted, Octets.concat(first, info, Octets.of(2)));
		return Arrays.copyOf(Octets.concat(first, second), length);
	}

	@ParameterizedTest
	@CsvSource({ "4,SHA-256,4,1,32", "4,SHA-256,5,2,48", "5,SHA-384,4,1,32", "5,SHA-384,5,2,48", "6,SHA-512,4,1,32", "6,SHA-512,5,2,48" })
	void importsAsTheRfcSays(int hash, String digest, int targetHash, int kdf, int length) throws GeneralSecurityException {
		for (int size : new int[] { 1, 16, 32, 48, 64, 65, 128, 129, 300 }) {
			byte[] epsk = random(size);
			byte[] context = size % 2 == 0 ? text("device 7, gateway 1") : new byte[0];
			PreSharedKey key = PreSharedKey.imported(CRYPTO, text("external id"), epsk, hash, context, targetHash);
			byte[] identity = new Octets().vector16(text("external id")).vector16(context).u16(0x0304).u16(kdf).toBytes();
			assertArrayEquals(identity, key.identity());
			assertArrayEquals(derive(digest, epsk, identity, length), key.key());
			assertEquals(targetHash, key.hash());
			assertTrue(key.imported());
			assertArrayEquals(random(size), epsk, "the caller's key was changed");
		}
	}

	@Test
	void everyPartOfAnImportMakesAnotherKey() {
		byte[] epsk = random(32);
		byte[][] keys = { PreSharedKey.imported(CRYPTO, text("a"), epsk, Hash.SHA_256, text("b"), Hash.SHA_256).key(),
				PreSharedKey.imported(CRYPTO, text("ab"), epsk, Hash.SHA_256, new byte[0], Hash.SHA_256).key(),
				PreSharedKey.imported(CRYPTO, text("a"), epsk, Hash.SHA_384, text("b"), Hash.SHA_256).key(),
				PreSharedKey.imported(CRYPTO, text("a"), random(33), Hash.SHA_256, text("b"), Hash.SHA_256).key(),
				Arrays.copyOf(PreSharedKey.imported(CRYPTO, text("a"), epsk, Hash.SHA_256, text("b"), Hash.SHA_384).key(), 32) };
		for (int i = 0; i < keys.length; i++) {
			for (int j = 0; j < i; j++) {
				assertFalse(Arrays.equals(keys[i], keys[j]), i + " " + j);
			}
		}
	}

	@Test
	void copiesWhatItIsGiven() {
		byte[] identity = text("device-1");
		byte[] secret = random(32);
		PreSharedKey key = new PreSharedKey(identity, secret);
		assertNotSame(identity, key.identity());
		Arrays.fill(identity, (byte) 0);
		Arrays.fill(secret, (byte) 0);
		assertArrayEquals(text("device-1"), key.identity());
		assertArrayEquals(random(32), key.key());
		assertEquals(Hash.SHA_256, key.hash());
		assertFalse(key.imported());
		assertEquals(Hash.SHA_384, new PreSharedKey(text("x"), random(48), Hash.SHA_384).hash());
	}

	@Test
	void isFoundByItsWholeName() {
		PreSharedKey key = new PreSharedKey(text("device-1"), random(32));
		byte[] list = text("device-12device-1");
		assertTrue(key.named(list, 9, 8));
		assertTrue(key.named(list, 0, 8));
		assertFalse(key.named(list, 0, 9));
		assertFalse(key.named(list, 9, 7));
		assertFalse(key.named(list, 1, 8));
		assertFalse(key.named(list, 0, 0));
	}

	@Test
	void wipingLeavesNothingToUse() {
		PreSharedKey key = new PreSharedKey(text("device-1"), random(32));
		byte[] secret = key.key();
		key.wipe();
		assertArrayEquals(new byte[32], secret);
		assertEquals(0, key.key().length);
		assertEquals(0, key.identity().length);
		assertFalse(key.named(text("device-1"), 0, 8));
		assertFalse(key.named(text("device-1"), 0, 0));
	}

	@Test
	void tellsWhatIsWrong() {
		byte[] id = text("id");
		byte[] good = random(16);
		refused("1 to 256", () -> new PreSharedKey(new byte[0], good));
		refused("1 to 256", () -> new PreSharedKey(new byte[257], good));
		refused("1 to 64", () -> new PreSharedKey(id, new byte[0]));
		refused("1 to 64", () -> new PreSharedKey(id, new byte[65]));
		refused("SHA-256 or SHA-384", () -> new PreSharedKey(id, good, Hash.SHA_512));
		refused("SHA-256 or SHA-384", () -> PreSharedKey.imported(CRYPTO, id, good, Hash.SHA_256, id, Hash.SHA_512));
		refused("1 to 256", () -> PreSharedKey.imported(CRYPTO, new byte[200], good, Hash.SHA_256, new byte[49], Hash.SHA_256));
		refused("external identity", () -> PreSharedKey.imported(CRYPTO, new byte[0], good, Hash.SHA_256, id, Hash.SHA_256));
		refused("external identity", () -> PreSharedKey.imported(CRYPTO, new byte[65536], good, Hash.SHA_256, id, Hash.SHA_256));
		refused("external identity", () -> PreSharedKey.imported(CRYPTO, id, good, Hash.SHA_256, new byte[65536], Hash.SHA_256));
		refused("external key", () -> PreSharedKey.imported(CRYPTO, id, new byte[0], Hash.SHA_256, id, Hash.SHA_256));
		refused("provider", () -> PreSharedKey.imported(CRYPTO, id, good, 3, id, Hash.SHA_256));
		refused("provider", () -> PreSharedKey.imported(CRYPTO, id, good, 7, id, Hash.SHA_256));
		assertEquals(256, PreSharedKey.imported(CRYPTO, new byte[200], good, Hash.SHA_256, new byte[48], Hash.SHA_256).identity().length);
		assertEquals(1, new PreSharedKey(new byte[1], new byte[1]).key().length);
		assertEquals(64, new PreSharedKey(new byte[256], new byte[64]).key().length);
	}

	private static void refused(String word, Runnable creation) {
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class, creation::run);
		assertTrue(e.getMessage().contains(word), e.getMessage());
	}
}
