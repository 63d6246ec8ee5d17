/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

/** Published examples of the AEADs: the GCM specification's, NIST's CAVS files, SP 800-38C, RFC 8439. */
class AeadVectorsTest {

	private static final HexFormat HEX = HexFormat.of();

	/** Key, nonce, associated data, plaintext, ciphertext and tag, all hexadecimal. */
	private static void check(int algorithm, String key, String nonce, String aad, String plain, String sealed) {
		Aead aead = new PortableCrypto().newAead(algorithm);
		byte[] keyBytes = HEX.parseHex(key);
		byte[] nonceBytes = HEX.parseHex(nonce);
		byte[] aadBytes = HEX.parseHex(aad);
		assertEquals(aead.keyLength(), keyBytes.length);
		int length = plain.length() / 2;
		byte[] data = Arrays.copyOf(HEX.parseHex(plain), length + aead.tagLength());
		aead.init(keyBytes, 0);
		aead.startSeal(nonceBytes, aadBytes, 0, aadBytes.length, data, 0, length);
		while (!aead.step()) {
			continue;
		}
		assertTrue(aead.result());
		assertEquals(sealed, HEX.formatHex(data));
		aead.startOpen(nonceBytes, aadBytes, 0, aadBytes.length, data, 0, length);
		while (!aead.step()) {
			continue;
		}
		assertTrue(aead.result());
		assertEquals(plain, HEX.formatHex(data, 0, length));
		data = HEX.parseHex(sealed);
		data[data.length - 1] ^= 1;
		aead.startOpen(nonceBytes, aadBytes, 0, aadBytes.length, data, 0, length);
		while (!aead.step()) {
			continue;
		}
		assertFalse(aead.result());
	}

	private static String range(int from, int to) {
		StringBuilder hex = new StringBuilder();
		for (int i = from; i <= to; i++) {
			hex.append(String.format("%02x", i));
		}
		return hex.toString();
	}

	/** D. McGrew, J. Viega, "The Galois/Counter Mode of Operation", appendix B, cases 1 to 4. */
	@Test
	void gcmSpecificationWith128BitKeys() {
		String zero = "00".repeat(16);
		check(Aead.AES_128_GCM, zero, "00".repeat(12), "", "", "58e2fccefa7e3061367f1d57a4e7455a");
		check(Aead.AES_128_GCM, zero, "00".repeat(12), "", zero, "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf");
		String key = "feffe9928665731c6d6a8f9467308308";
		String nonce = "cafebabefacedbaddecaf888";
		String plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657"
				+ "ba637b391aafd255";
		String cipher = "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa05"
				+ "1ba30b396a0aac973d58e091473f5985";
		check(Aead.AES_128_GCM, key, nonce, "", plain, cipher + "4d5c2af327cd64a62cf35abd2ba6fab4");
		check(Aead.AES_128_GCM, key, nonce, "feedfacedeadbeeffeedfacedeadbeefabaddad2", plain.substring(0, 120),
				cipher.substring(0, 120) + "5bc94fbc3221a5db94fae95ae7121a47");
	}

	/** The same, cases 13 to 16. */
	@Test
	void gcmSpecificationWith256BitKeys() {
		String zero = "00".repeat(16);
		check(Aead.AES_256_GCM, zero + zero, "00".repeat(12), "", "", "530f8afbc74536b9a963b4f1c4cb738b");
		check(Aead.AES_256_GCM, zero + zero, "00".repeat(12), "", zero, "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
		String key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
		String nonce = "cafebabefacedbaddecaf888";
		String plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657"
				+ "ba637b391aafd255";
		String cipher = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
				+ "c5f61e6393ba7a0abcc9f662898015ad";
		check(Aead.AES_256_GCM, key, nonce, "", plain, cipher + "b094dac5d93471bdec1a502270e3cc6c");
		check(Aead.AES_256_GCM, key, nonce, "feedfacedeadbeeffeedfacedeadbeefabaddad2", plain.substring(0, 120),
				cipher.substring(0, 120) + "76fc6ece0f4e1768cddf8853bb2d551b");
	}

	/** NIST CAVS: gcmEncryptExtIV128 and gcmEncryptExtIV256, count 0 of some sections. */
	@Test
	void gcmCavs() {
		check(Aead.AES_128_GCM, "c939cc13397c1d37de6ae0e1cb7c423c", "b3d8cc017cbb89b39e0f67e2", "24825602bd12a984e0092d3e448eda5f",
				"c3b3c41f113a31b73d9a5cd432103069", "93fe7d9e9bfd10348a5606e5cafa73540032a1dc85f1c9786925a2e71d8272dd");
		check(Aead.AES_128_GCM, "7fddb57453c241d03efbed3ac44e371c", "ee283a3fc75575e33efd4887", "", "d5de42b461646c255c87bd2962d3b9a2",
				"2ccda4a5415cb91e135c2a0f78c9b2fdb36d1df9b9d5e596f83e8b7f52971cb3");
		check(Aead.AES_128_GCM, "77be63708971c4e240d1cb79e8d77feb", "e0e00f19fed7ba0136a797f3", "7a43ec1d9c0a5a78a0b16533a6213cab", "",
				"209fcc8d3675ed938e9c7166709dd946");
		check(Aead.AES_256_GCM, "31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22", "0d18e06c7c725ac9e362e1ce", "",
				"2db5168e932556f8089a0622981d017d", "fa4362189661d163fcd6a56d8bf0405ad636ac1bbedd5cc3ee727dc2ab4a9489");
		check(Aead.AES_256_GCM, "92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b", "ac93a1a6145299bde902f21a",
				"1e0889016f67601c8ebea4943bc23ad6", "2d71bcfa914e4ac045b2aa60955fad24",
				"8995ae2e6df3dbf96fac7b7137bae67feca5aa77d51d4a0a14d9c51e1da474ab");
	}

	/** SP 800-38C, example 3: the one with a nonce of 12 bytes. */
	@Test
	void ccmExample3() {
		check(Aead.AES_128_CCM_8, range(0x40, 0x4f), range(0x10, 0x1b), range(0, 0x13), range(0x20, 0x37),
				"e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951");
	}

	/** NIST CAVS: VNT128, count 50, the section with a nonce of 12 bytes. */
	@Test
	void ccmCavs() {
		check(Aead.AES_128_CCM, "005e8f4d8e0cbf4e1ceeb5d87a275848", "0ec3ac452b547b9062aac8fa",
				"2f1821aa57e5278ffd33c17d46615b77363149dbc98470413f6543a6b749f2ca", "b6f345204526439daf84998f380dcfb4b4167c959c04ff65",
				"9575e16f35da3c88a19c26a7b762044f4d7bbbafeff05d754829e2a7752fa3a14890972884b511d8");
	}

	/** RFC 8439 §2.8.2 (the same in RFC 7539). */
	@Test
	void chaCha20Poly1305Example() {
		String plain = HEX.formatHex(("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
				+ "sunscreen would "
				+ "be it.").getBytes(StandardCharsets.US_ASCII));
		check(Aead.CHACHA20_POLY1305, range(0x80, 0x9f), "070000004041424344454647", "50515253c0c1c2c3c4c5c6c7", plain,
				"d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b29"
						+ "05d6a5b67ecd3b36"
						+ "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116"
						+ "1ae10b594f09e26a7e902ecbd0600691");
	}

	/** RFC 8439 appendix A.5. */
	@Test
	void chaCha20Poly1305Decryption() {
		String plain = HEX.formatHex(("Internet-Drafts are draft documents valid for a maximum of six months and may be updated, "
				+ "replaced, or "
				+ "obsoleted by other documents at any time. It is inappropriate to use Internet-Drafts as reference material or to cite "
				+ "them other than as /\u201cwork in progress./\u201d").getBytes(StandardCharsets.UTF_8));
		check(Aead.CHACHA20_POLY1305, "1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0", "000000000102030405060708",
				"f33388860000000000004e91", plain,
				"64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb24c6cfc18755d43eea09ee94e382d26b0bdb7b73c321b0100"
						+ "d4f03b7f355894cf"
						+ "332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1ff37c8559797a06ef4f0ef61c186324e2b350638"
						+ "3606907b6a7c02b0f9f6157b"
						+ "53c867e4b9166c767b804d46a59b5216cde7a4e99040c5a40433225ee282a1b0a06c523eaf4534d7f83fa1155b004771"
						+ "8cbc546a0d072b04b3564eea"
						+ "1b422273f548271a0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a1049e617d91d361094"
						+ "fa68f0ff77987130305beaba"
						+ "2eda04df997b714d6c6f2c29a6ad5cb4022b02709beead9d67890cbb22392336fea1851f38");
	}
}
