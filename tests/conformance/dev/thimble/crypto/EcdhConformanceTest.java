/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import dev.thimble.support.Slices;
import dev.thimble.support.Wycheproof;

/** ECDH on P-256 and P-384 against RFC 5903 and Wycheproof. */
class EcdhConformanceTest {

	private final Ecdh p256 = new Ecdh(EcCurve.p256(), new EcScratch(EcScratch.WORDS_P256));
	private final Ecdh p384 = new Ecdh(EcCurve.p384(), new EcScratch(EcScratch.WORDS_P384));

	private static byte[] hex(String text) {
		return HexFormat.of().parseHex(text);
	}

	@Test
	void agreesAsRfc5903Section8Point1() {
		byte[] i = hex("c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433");
		byte[] publicI = hex("04dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180"
				+ "5271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3");
		byte[] r = hex("c6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53");
		byte[] publicR = hex("04d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"
				+ "56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab");
		byte[] secret = hex("d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de");
		assertArrayEquals(publicI, Slices.publicKey(this.p256, i));
		assertArrayEquals(publicR, Slices.publicKey(this.p256, r));
		assertArrayEquals(secret, Slices.agree(this.p256, i, publicR));
		assertArrayEquals(secret, Slices.agree(this.p256, r, publicI));
	}

	@Test
	void agreesAsRfc5903Section8Point2() {
		byte[] i = hex("099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655e35b538041e649ee3faef896783ab194");
		byte[] publicI = hex("04667842d7d180ac2cde6f74f37551f55755c7645c20ef73e31634fe72b4c55ee6de3ac808acb4bdb4c88732aee95f41aa"
				+ "9482ed1fc0eeb9cafc4984625ccfc23f65032149e0e144ada024181535a0f38eeb9fcff3c2c947dae69b4c634573a81c");
		byte[] r = hex("41cb0779b4bdb85d47846725fbec3c9430fab46cc8dc5060855cc9bda0aa2942e0308312916b8ed2960e4bd55a7448fc");
		byte[] publicR = hex("04e558dbef53eecde3d3fccfc1aea08a89a987475d12fd950d83cfa41732bc509d0d1ac43a0336def96fda41d0774a3571"
				+ "dcfbec7aacf3196472169e838430367f66eebe3c6e70c416dd5f0c68759dd1fff83fa40142209dff5eaad96db9e6386c");
		byte[] secret = hex("11187331c279962d93d604243fd592cb9d0a926f422e47187521287e7156c5c4d603135569b9e9d09cf5d4a270f59746");
		assertArrayEquals(publicI, Slices.publicKey(this.p384, i));
		assertArrayEquals(publicR, Slices.publicKey(this.p384, r));
		assertArrayEquals(secret, Slices.agree(this.p384, i, publicR));
		assertArrayEquals(secret, Slices.agree(this.p384, r, publicI));
	}

	@Test
	void agreesWithWycheproof() {
		check(this.p256, 32, "ecdh_secp256r1_ecpoint_test.json");
		check(this.p384, 48, "ecdh_secp384r1_ecpoint_test.json");
	}

	private static void check(Ecdh ecdh, int bytes, String file) {
		int agreed = 0;
		for (Wycheproof.Case c : Wycheproof.cases(file)) {
			byte[] given = c.bytes("private");
			byte[] key = new byte[bytes];
			if (given.length > bytes) {
				key = Arrays.copyOfRange(given, given.length - bytes, given.length);
			} else {
				System.arraycopy(given, 0, key, bytes - given.length, given.length);
			}
			byte[] secret = Slices.agree(ecdh, key, c.bytes("public"));
			if (c.isValid()) {
				assertArrayEquals(c.bytes("shared"), secret, c.toString());
				agreed++;
			} else {
				// "Acceptable" are compressed points, which TLS 1.3 does not know (RFC 8446 §4.2.8.2).
				assertNull(secret, c.toString());
			}
		}
		assertTrue(agreed > 300);
	}
}
