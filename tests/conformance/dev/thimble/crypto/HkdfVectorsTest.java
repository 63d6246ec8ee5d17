/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;

/** RFC 5869, appendix A (the cases with SHA-256). */
class HkdfVectorsTest {

	private static final HexFormat HEX = HexFormat.of();

	private static void check(String ikmHex, String saltHex, String infoHex, String prkHex, String okmHex) {
		Hkdf hkdf = new Hkdf(new Hmac(new Sha256()));
		byte[] ikm = HEX.parseHex(ikmHex);
		byte[] salt = HEX.parseHex(saltHex);
		byte[] info = HEX.parseHex(infoHex);
		byte[] prk = new byte[hkdf.length()];
		hkdf.extract(salt, 0, salt.length, ikm, 0, ikm.length, prk, 0);
		assertEquals(prkHex, HEX.formatHex(prk));
		byte[] okm = new byte[okmHex.length() / 2];
		hkdf.expand(prk, 0, prk.length, info, 0, info.length, okm, 0, okm.length);
		assertEquals(okmHex, HEX.formatHex(okm));
	}

	private static String range(int from, int to) {
		StringBuilder hex = new StringBuilder();
		for (int i = from; i <= to; i++) {
			hex.append(String.format("%02x", i));
		}
		return hex.toString();
	}

	@Test
	void a1() {
		check("0b".repeat(22), range(0, 12), range(0xf0, 0xf9), "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
				"3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
	}

	@Test
	void a2LongInputs() {
		check(range(0, 0x4f), range(0x60, 0xaf), range(0xb0, 0xff), "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
				"b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8"
						+ "367793a9aca3db71"
						+ "cc30c58179ec3e87c14c01d5c1f3434f1d87");
	}

	@Test
	void a3NoSaltNoInfo() {
		check("0b".repeat(22), "", "", "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
				"8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
	}
}
