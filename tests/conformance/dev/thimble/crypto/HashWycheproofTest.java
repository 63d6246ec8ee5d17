/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import dev.thimble.support.Wycheproof;

/** Wycheproof's vectors for HMAC and HKDF. */
class HashWycheproofTest {

	private static void hmac(String file, Hash hash) {
		Hmac hmac = new Hmac(hash);
		byte[] mac = new byte[hmac.length()];
		int run = 0;
		for (Wycheproof.Case vector : Wycheproof.cases(file)) {
			byte[] key = vector.bytes("key");
			byte[] message = vector.bytes("msg");
			hmac.init(key, 0, key.length);
			hmac.update(message, 0, message.length);
			hmac.mac(mac, 0);
			byte[] tag = Arrays.copyOf(mac, vector.groupInteger("tagSize") / 8);
			assertEquals(vector.isValid(), Arrays.equals(tag, vector.bytes("tag")), vector.toString());
			run++;
		}
		System.out.println("Wycheproof " + file + ": " + run + " cases run");
		assertTrue(run > 100);
	}

	private static void hkdf(String file, Hash hash) {
		Hkdf hkdf = new Hkdf(new Hmac(hash));
		byte[] prk = new byte[hkdf.length()];
		int run = 0;
		int tooLong = 0;
		for (Wycheproof.Case vector : Wycheproof.cases(file)) {
			int size = vector.integer("size");
			if (size > 255 * hkdf.length()) {
				assertEquals("invalid", vector.result());
				tooLong++;
				continue;
			}
			byte[] ikm = vector.bytes("ikm");
			byte[] salt = vector.bytes("salt");
			byte[] info = vector.bytes("info");
			byte[] okm = new byte[size];
			hkdf.extract(salt, 0, salt.length, ikm, 0, ikm.length, prk, 0);
			hkdf.expand(prk, 0, prk.length, info, 0, info.length, okm, 0, size);
			assertArrayEquals(vector.bytes("okm"), okm, vector.toString());
			run++;
		}
		System.out.println("Wycheproof " + file + ": " + run + " cases run, " + tooLong + " asking for more than HKDF gives left out");
		assertTrue(run > 50);
	}

	@Test
	void hmacSha256() {
		hmac("hmac_sha256_test.json", new Sha256());
	}

	@Test
	void hmacSha384() {
		hmac("hmac_sha384_test.json", new Sha512(Hash.SHA_384));
	}

	@Test
	void hkdfSha256() {
		hkdf("hkdf_sha256_test.json", new Sha256());
	}

	@Test
	void hkdfSha384() {
		hkdf("hkdf_sha384_test.json", new Sha512(Hash.SHA_384));
	}
}
