/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

/** RFC 4231: HMAC with SHA-256, SHA-384 and SHA-512. */
class HmacVectorsTest {

	private static final HexFormat HEX = HexFormat.of();

	private static void check(byte[] key, byte[] data, String sha256, String sha384, String sha512) {
		Hash[] hashes = { new Sha256(), new Sha512(Hash.SHA_384), new Sha512(Hash.SHA_512) };
		String[] expected = { sha256, sha384, sha512 };
		for (int i = 0; i < 3; i++) {
			Hmac hmac = new Hmac(hashes[i]);
			hmac.init(key, 0, key.length);
			for (int run = 0; run < 2; run++) {
				hmac.update(data, 0, data.length);
				byte[] mac = new byte[hmac.length() + 2];
				hmac.mac(mac, 1);
				String hex = HEX.formatHex(mac, 1, mac.length - 1);
				assertEquals(expected[i], hex.substring(0, expected[i].length()), "run " + run);
			}
		}
	}

	private static byte[] repeat(int value, int length) {
		return HEX.parseHex(String.format("%02x", value).repeat(length));
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	@Test
	void case1() {
		check(repeat(0x0b, 20), text("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
				"afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6",
				"87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4"
						+ "be9d914eeb61f1702e696c203a126854");
	}

	@Test
	void case2ShortKey() {
		check(text("Jefe"), text("what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
				"af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
				"164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd"
						+ "caeab1a34d4a6b4b636e070a38bce737");
	}

	@Test
	void case3() {
		check(repeat(0xaa, 20), repeat(0xdd, 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
				"88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27",
				"fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807"
						+ "b946a337bee8942674278859e13292fb");
	}

	@Test
	void case4() {
		check(HEX.parseHex("0102030405060708090a0b0c0d0e0f10111213141516171819"), repeat(0xcd, 50),
				"82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
				"3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e6801dd23c4a7d679ccf8a386c674cffb",
				"b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063"
						+ "a5f19741120c4f2de2adebeb10a298dd");
	}

	@Test
	void case5Truncated() {
		check(repeat(0x0c, 20), text("Test With Truncation"), "a3b6167473100ee06e0c796c2955552b", "3abf34c3503b2a23a46efc619baef897",
				"415fad6271580a531d4179bc891d87a6");
	}

	@Test
	void case6KeyLongerThanBlock() {
		check(repeat(0xaa, 131), text("Test Using Larger Than Block-Size Key - Hash Key First"),
				"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
				"4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952",
				"80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e52"
						+ "95e64f73f63f0aec8b915a985d786598");
	}

	@Test
	void case7KeyAndDataLongerThanBlock() {
		check(repeat(0xaa, 131),
				text("This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed "
						+ "before being used by the HMAC algorithm."),
				"9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
				"6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5a678cc31e799176d3860e6110c46523e",
				"e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15"
						+ "134676fb6de0446065c97440fa8c6a58");
	}
}
