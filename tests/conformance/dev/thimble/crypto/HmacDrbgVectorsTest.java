/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;

/** NIST CAVS 14.3, HMAC_DRBG with SHA-256, no prediction resistance, no personalization string, no additional input. */
class HmacDrbgVectorsTest {

	/** Entropy input and nonce; entropy input of the reseeding, or nothing; the second 1024 bits. */
	private static void check(String seed, String reseed, String returned) {
		byte[] material = HexFormat.of().parseHex(seed + reseed);
		int[] taken = new int[1];
		HmacDrbg drbg = new HmacDrbg(new Sha256(), (output, offset, length) -> {
			System.arraycopy(material, taken[0], output, offset, length);
			taken[0] += length;
			return true;
		});
		byte[] output = new byte[128];
		if (!reseed.isEmpty()) {
			assertTrue(drbg.reseed(), "instantiates");
			assertTrue(drbg.reseed(), "reseeds");
		}
		assertTrue(drbg.generate(output, 0, 128));
		assertTrue(drbg.generate(output, 0, 128));
		assertEquals(returned, HexFormat.of().formatHex(output));
		assertEquals(material.length, taken[0], "all entropy was taken, and no more");
	}

	@Test
	void withoutReseeding() {
		check("ca851911349384bffe89de1cbdc46e6831e44d34a4fb935ee285dd14b71a7488" + "659ba96c601dc69fc902940805ec0ca8", "",
				"e528e9abf2dece54d47c7e75e5fe302149f817ea9fb4bee6f4199697d04d5b89d54fbb978a15b5c443c9ec21036d2460b6f73ebad0dc2aba"
						+ "6e624abf07745bc1"
						+ "07694bb7547bb0995f70de25d6b29e2d3011bb19d27676c07162c8b5ccde0668961df86803482cb37ed6d5c0bb8d50cf"
						+ "1f50d476aa0458bdaba806f4"
						+ "8be9dcb8");
	}

	@Test
	void withReseeding() {
		check("06032cd5eed33f39265f49ecb142c511da9aff2af71203bffaf34a9ca5bd9c0d" + "0e66f71edc43e42a45ad3c6fc6cdc4df",
				"01920a4e669ed3a85ae8a33b35a74ad7fb2a6bb4cf395ce00334a9c9a5a5d552",
				"76fc79fe9b50beccc991a11b5635783a83536add03c157fb30645e611c2898bb2b1bc215000209208cd506cb28da2a51bdb03826aaf2bd23"
						+ "35d576d519160842"
						+ "e7158ad0949d1a9ec3e66ea1b1a064b005de914eac2e9d4f2d72a8616a80225422918250ff66a41bd2f864a6a38cc5b6"
						+ "499dc43f7f2bd09e1e0f8f58"
						+ "85935124");
		check("aadcf337788bb8ac01976640726bc51635d417777fe6939eded9ccc8a378c76a" + "9ccc9d80c89ac55a8cfe0f99942f5a4d",
				"03a57792547e0c98ea1776e4ba80c007346296a56a270a35fd9ea2845c7e81e2",
				"17d09f40a43771f4a2f0db327df637dea972bfff30c98ebc8842dc7a9e3d681c61902f71bffaf5093607fbfba9674a70d048e562ee88f027"
						+ "f630a78522ec6f70"
						+ "6bb44ae130e05c8d7eac668bf6980d99b4c0242946452399cb032cc6f9fd96284709bd2fa565b9eb9f2004be6c9ea9ff"
						+ "9128c3f93b60dc30c5fc8587"
						+ "a10de68c");
	}
}
