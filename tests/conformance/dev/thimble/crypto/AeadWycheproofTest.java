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

/** Wycheproof's vectors for the AEADs, as far as TLS has their sizes: nonces of 96 bits, tags of 128 bits (CCM also 64). */
class AeadWycheproofTest {

	/** The algorithm of a family for sizes in bits, or -1. */
	private interface Selection {

		int algorithm(int keySize, int tagSize);
	}

	private static void run(String file, int atLeast, Selection selection) {
		CryptoProvider crypto = new PortableCrypto();
		int run = 0;
		int left = 0;
		for (Wycheproof.Case vector : Wycheproof.cases(file)) {
			int algorithm = selection.algorithm(vector.groupInteger("keySize"), vector.groupInteger("tagSize"));
			byte[] aad = vector.bytes("aad");
			if (algorithm < 0 || vector.groupInteger("ivSize") != 96) {
				left++;
				continue;
			}
			byte[] nonce = vector.bytes("iv");
			byte[] plain = vector.bytes("msg");
			byte[] cipher = vector.bytes("ct");
			byte[] tag = vector.bytes("tag");
			// the interface takes 32 bytes of associated data; the longer ones pass too
			Aead aead = crypto.newAead(algorithm);
			aead.init(vector.bytes("key"), 0);
			byte[] data = Arrays.copyOf(cipher, cipher.length + tag.length);
			System.arraycopy(tag, 0, data, cipher.length, tag.length);
			aead.startOpen(nonce, aad, 0, aad.length, data, 0, cipher.length);
			while (!aead.step()) {
				continue;
			}
			boolean opened = aead.result();
			assertEquals(vector.isValid(), opened, vector.toString());
			assertArrayEquals(opened ? plain : new byte[plain.length], Arrays.copyOf(data, cipher.length), vector.toString());
			data = Arrays.copyOf(plain, plain.length + tag.length);
			aead.startSeal(nonce, aad, 0, aad.length, data, 0, plain.length);
			while (!aead.step()) {
				continue;
			}
			assertTrue(aead.result());
			boolean same = Arrays.equals(cipher, Arrays.copyOf(data, cipher.length))
					&& Arrays.equals(tag, Arrays.copyOfRange(data, cipher.length, data.length));
			assertEquals(vector.isValid(), same, vector.toString());
			run++;
		}
		System.out.println("Wycheproof " + file + ": " + run + " cases run, " + left + " of sizes TLS has not left out");
		assertTrue(run >= atLeast, run + " cases");
	}

	@Test
	void aesGcm() {
		run("aes_gcm_test.json", 100, (key, tag) -> tag != 128 ? -1 : key == 128 ? Aead.AES_128_GCM : key == 256 ? Aead.AES_256_GCM : -1);
	}

	@Test
	void aesCcm() {
		run("aes_ccm_test.json", 50, (key, tag) -> key != 128 ? -1 : tag == 128 ? Aead.AES_128_CCM : tag == 64 ? Aead.AES_128_CCM_8 : -1);
	}

	@Test
	void chaCha20Poly1305() {
		run("chacha20_poly1305_test.json", 200, (key, tag) -> key == 256 && tag == 128 ? Aead.CHACHA20_POLY1305 : -1);
	}
}
