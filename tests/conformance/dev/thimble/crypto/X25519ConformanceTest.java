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

import java.util.Arrays;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import dev.thimble.support.Slices;
import dev.thimble.support.Wycheproof;

/** X25519 against RFC 7748 and Wycheproof. */
class X25519ConformanceTest {

	private final KeyAgreement x25519 = new X25519Agreement(new EcScratch(EcScratch.WORDS_X25519));

	private static byte[] hex(String text) {
		return HexFormat.of().parseHex(text);
	}

	@Test
	void multipliesAsRfc7748Section5() {
		assertArrayEquals(hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"),
				Slices.agree(this.x25519, hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
						hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")));
		assertArrayEquals(hex("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"),
				Slices.agree(this.x25519, hex("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
						hex("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493")));
	}

	@Test
	void iteratesAsRfc7748Section5() {
		byte[] k = new byte[32];
		k[0] = 9;
		byte[] u = k;
		for (int i = 1; i <= 1000; i++) {
			byte[] next = Slices.agree(this.x25519, k, u);
			u = k;
			k = next;
			if (i == 1) {
				assertArrayEquals(hex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"), k);
			}
		}
		assertArrayEquals(hex("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"), k);
	}

	@Test
	void agreesAsRfc7748Section6() {
		byte[] a = hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
		byte[] b = hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
		byte[] publicA = hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
		byte[] publicB = hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
		byte[] secret = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
		assertArrayEquals(publicA, Slices.publicKey(this.x25519, a));
		assertArrayEquals(publicB, Slices.publicKey(this.x25519, b));
		assertArrayEquals(secret, Slices.agree(this.x25519, a, publicB));
		assertArrayEquals(secret, Slices.agree(this.x25519, b, publicA));
	}

	@Test
	void agreesWithWycheproof() {
		int refused = 0;
		for (Wycheproof.Case c : Wycheproof.cases("x25519_test.json")) {
			byte[] secret = c.bytes("shared");
			byte[] computed = Slices.agree(this.x25519, c.bytes("private"), c.bytes("public"));
			if (Arrays.equals(secret, new byte[32])) {
				assertNull(computed, c.toString());
				refused++;
			} else {
				assertArrayEquals(secret, computed, c.toString());
			}
		}
		assertEquals(true, refused > 0, "the vectors hold low-order points");
	}
}
