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
import java.security.MessageDigest;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import com.google.gson.JsonObject;

import dev.thimble.support.Wycheproof;

/** Wycheproof's vectors for RSASSA-PKCS1-v1_5 and RSASSA-PSS. */
class RsaWycheproofTest {

	private final int[] work = new int[516];

	private static byte[] key(Wycheproof.Case vector) {
		JsonObject key = vector.group.getAsJsonObject("publicKey");
		return RsaKeys.encode(new BigInteger(1, HexFormat.of().parseHex(key.get("modulus").getAsString())),
				new BigInteger(1, HexFormat.of().parseHex(key.get("publicExponent").getAsString())));
	}

	private static void run(String file, SignatureVerifier verifier) throws Exception {
		int run = 0;
		for (Wycheproof.Case vector : Wycheproof.cases(file)) {
			byte[] digest = MessageDigest.getInstance(vector.group.get("sha").getAsString()).digest(vector.bytes("msg"));
			boolean valid = RsaKeys.verify(verifier, key(vector), digest, vector.bytes("sig"));
			// "acceptable" is the DigestInfo without NULL, which RFC 8017 does not generate: refused
			assertEquals(vector.isValid(), valid, vector.toString());
			run++;
		}
		System.out.println("Wycheproof " + file + ": " + run + " cases run");
		assertTrue(run > 50);
	}

	@Test
	void pkcs1With2048BitsAndSha256() throws Exception {
		run("rsa_signature_2048_sha256_test.json", new RsaPkcs1Verifier(this.work));
	}

	@Test
	void pkcs1With3072BitsAndSha384() throws Exception {
		run("rsa_signature_3072_sha384_test.json", new RsaPkcs1Verifier(this.work));
	}

	@Test
	void pkcs1With4096BitsAndSha512() throws Exception {
		run("rsa_signature_4096_sha512_test.json", new RsaPkcs1Verifier(this.work));
	}

	private SignatureVerifier pss() {
		return new RsaPssVerifier(this.work, new Sha256(), null, null);
	}

	@Test
	void pssWith2048Bits() throws Exception {
		run("rsa_pss_2048_sha256_mgf1_32_test.json", pss());
	}

	@Test
	void pssWith3072Bits() throws Exception {
		run("rsa_pss_3072_sha256_mgf1_32_test.json", pss());
	}

	@Test
	void pssWith4096Bits() throws Exception {
		run("rsa_pss_4096_sha256_mgf1_32_test.json", pss());
	}
}
