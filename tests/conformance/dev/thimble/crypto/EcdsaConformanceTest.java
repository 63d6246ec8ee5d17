/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import dev.thimble.support.Slices;
import dev.thimble.support.Wycheproof;

/** ECDSA against RFC 6979 (signing) and Wycheproof (verification). */
class EcdsaConformanceTest {

	/** RFC 6979 §A.2.5: hash, message, r, s. */
	private static final String[][] P256 = {
			{ "SHA-256", "sample", "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
					"F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8" },
			{ "SHA-384", "sample", "0EAFEA039B20E9B42309FB1D89E213057CBF973DC0CFC8F129EDDDC800EF7719",
					"4861F0491E6998B9455193E34E7B0D284DDD7149A74B95B9261F13ABDE940954" },
			{ "SHA-512", "sample", "8496A60B5E9B47C825488827E0495B0E3FA109EC4568FD3F8D1097678EB97F00",
					"2362AB1ADBE2B8ADF9CB9EDAB740EA6049C028114F2460F96554F61FAE3302FE" },
			{ "SHA-256", "test", "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
					"019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083" },
			{ "SHA-384", "test", "83910E8B48BB0C74244EBDF7F07A1C5413D61472BD941EF3920E623FBCCEBEB6",
					"8DDBEC54CF8CD5874883841D712142A56A8D0F218F5003CB0296B6B509619F2C" },
			{ "SHA-512", "test", "461D93F31B6540894788FD206C07CFA0CC35F46FA3C91816FFF1040AD1581A04",
					"39AF9F15DE0DB8D97E72719C74820D304CE5226E32DEDAE67519E840D1194E55" } };

	/** RFC 6979 §A.2.6. */
	private static final String[][] P384 = {
			{ "SHA-256", "sample",
					"21B13D1E013C7FA1392D03C5F99AF8B30C570C6F98D4EA8E354B63A21D3DAA33BDE1E888E63355D92FA2B3C36D8FB2CD",
					"F3AA443FB107745BF4BD77CB3891674632068A10CA67E3D45DB2266FA7D1FEEBEFDC63ECCD1AC42EC0CB8668A4FA0AB0" },
			{ "SHA-384", "sample",
					"94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46",
					"99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8" },
			{ "SHA-512", "sample",
					"ED0959D5880AB2D869AE7F6C2915C6D60F96507F9CB3E047C0046861DA4A799CFE30F35CC900056D7C99CD7882433709",
					"512C8CCEEE3890A84058CE1E22DBC2198F42323CE8ACA9135329F03C068E5112DC7CC3EF3446DEFCEB01A45C2667FDD5" },
			{ "SHA-384", "test",
					"8203B63D3C853E8D77227FB377BCF7B7B772E97892A80F36AB775D509D7A5FEB0542A7F0812998DA8F1DD3CA3CF023DB",
					"DDD0760448D42D8A43AF45AF836FCE4DE8BE06B485E9B61B827C2F13173923E06A739F040649A667BF3B828246BAA5A5" } };

	@Test
	void signsAsRfc6979SectionA2Point5() throws Exception {
		checkSigning(EcCurve.p256(), "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", P256);
	}

	@Test
	void signsAsRfc6979SectionA2Point6() throws Exception {
		checkSigning(EcCurve.p384(),
				"6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5", P384);
	}

	private static void checkSigning(EcCurve curve, String key, String[][] vectors) throws Exception {
		Hash[] hashes = { new Sha256(), new Sha512(Hash.SHA_384), new Sha512(Hash.SHA_512) };
		EcdsaSigner signer = new EcdsaSigner(curve, HexFormat.of().parseHex(key), 0, hashes, new EcScratch(EcScratch.WORDS_P256));
		int words = curve.field.words;
		int[] w = new int[2 * words];
		for (String[] v : vectors) {
			byte[] signature = Slices.sign(signer, MessageDigest.getInstance(v[0]).digest(v[1].getBytes(StandardCharsets.US_ASCII)));
			assertTrue(EcdsaSignature.decode(signature, 0, signature.length, w, 0, words));
			byte[] number = new byte[4 * words];
			Words.toBytes(w, 0, words, number, 0);
			assertEquals(v[2], HexFormat.of().withUpperCase().formatHex(number), v[0] + " " + v[1]);
			Words.toBytes(w, words, words, number, 0);
			assertEquals(v[3], HexFormat.of().withUpperCase().formatHex(number), v[0] + " " + v[1]);
		}
	}

	@Test
	void verifiesP256AsWycheproof() throws Exception {
		check(new EcdsaVerifier(EcCurve.p256(), new EcScratch(EcScratch.WORDS_P256)), "SHA-256", "ecdsa_secp256r1_sha256_test.json");
	}

	@Test
	void verifiesP384AsWycheproof() throws Exception {
		check(new EcdsaVerifier(EcCurve.p384(), new EcScratch(EcScratch.WORDS_P384)), "SHA-384", "ecdsa_secp384r1_sha384_test.json");
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
