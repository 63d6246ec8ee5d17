/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import dev.thimble.support.Slices;
import dev.thimble.support.Wycheproof;

/** ECDSA verification against Wycheproof. */
class EcdsaConformanceTest {

	@Test
	void verifiesP256AsWycheproof() throws Exception {
		check(new EcdsaVerifier(EcCurve.p256(), new EcScratch(EcScratch.WORDS_P256, 0)), "SHA-256", "ecdsa_secp256r1_sha256_test.json");
	}

	@Test
	void verifiesP384AsWycheproof() throws Exception {
		check(new EcdsaVerifier(EcCurve.p384(), new EcScratch(EcScratch.WORDS_P384, 0)), "SHA-384", "ecdsa_secp384r1_sha384_test.json");
	}

	private static void check(SignatureVerifier verifier, String hash, String file) throws Exception {
		int valid = 0;
		for (Wycheproof.Case c : Wycheproof.cases(file)) {
			byte[] key = HexFormat.of().parseHex(c.group.getAsJsonObject("publicKey").get("uncompressed").getAsString());
			byte[] digest = MessageDigest.getInstance(hash).digest(c.bytes("msg"));
			assertEquals(c.isValid(), Slices.verify(verifier, key, digest, c.bytes("sig")), c.toString());
			valid += c.isValid() ? 1 : 0;
		}
		assertTrue(valid > 150);
	}
}
