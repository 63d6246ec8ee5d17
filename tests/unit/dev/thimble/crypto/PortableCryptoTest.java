/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** What the two portable providers offer. */
class PortableCryptoTest {

	private static void checkSymmetric(CryptoProvider crypto) {
		int[] hashes = { Hash.SHA_256, Hash.SHA_384, Hash.SHA_512 };
		int[] hashLengths = { 32, 48, 64 };
		for (int i = 0; i < hashes.length; i++) {
			Hash hash = crypto.newHash(hashes[i]);
			assertEquals(hashes[i], hash.algorithm());
			assertEquals(hashLengths[i], hash.length());
			assertEquals(i == 0 ? 64 : 128, hash.blockLength());
		}
		int[] aeads = { Aead.AES_128_GCM, Aead.AES_256_GCM, Aead.AES_128_CCM, Aead.AES_128_CCM_8, Aead.CHACHA20_POLY1305 };
		int[] keyLengths = { 16, 32, 16, 16, 32 };
		for (int i = 0; i < aeads.length; i++) {
			Aead aead = crypto.newAead(aeads[i]);
			assertEquals(keyLengths[i], aead.keyLength());
			assertEquals(aeads[i] == Aead.AES_128_CCM_8 ? 8 : 16, aead.tagLength());
		}
		assertNull(crypto.newHash(0));
		assertNull(crypto.newAead(0));
	}

	private static void checkCommon(CryptoProvider crypto) {
		checkSymmetric(crypto);
		int[] groups = { KeyAgreement.SECP256R1, KeyAgreement.SECP384R1, KeyAgreement.X25519 };
		int[] publicLengths = { 65, 97, 32 };
		for (int i = 0; i < groups.length; i++) {
			assertEquals(publicLengths[i], crypto.newKeyAgreement(groups[i]).publicKeyLength());
		}
		assertNotNull(crypto.newVerifier(SignatureVerifier.ECDSA_P256));
		assertNotNull(crypto.newVerifier(SignatureVerifier.ECDSA_P384));
		assertNotNull(crypto.newVerifier(SignatureVerifier.ED25519));
		assertNull(crypto.newKeyAgreement(0));
		assertNull(crypto.newVerifier(0));
	}

	@Test
	void fullProfile() {
		CryptoProvider crypto = new PortableCrypto();
		checkCommon(crypto);
		assertNotNull(crypto.newVerifier(SignatureVerifier.RSA_PKCS1));
		assertNotNull(crypto.newVerifier(SignatureVerifier.RSA_PSS));
		assertEquals(518, crypto.maxKeyLength());
		assertEquals(512, crypto.maxSignatureLength());
	}

	@Test
	void profileWithoutRsa() {
		CryptoProvider crypto = new PortableEcCrypto();
		checkCommon(crypto);
		assertNull(crypto.newVerifier(SignatureVerifier.RSA_PKCS1));
		assertNull(crypto.newVerifier(SignatureVerifier.RSA_PSS));
		assertEquals(97, crypto.maxKeyLength());
		assertEquals(104, crypto.maxSignatureLength());
	}

	@Test
	void profileWithoutPublicKeys() {
		CryptoProvider crypto = new PortableSymmetricCrypto();
		checkSymmetric(crypto);
		assertEquals(32, crypto.workHash(Hash.SHA_256).length());
		assertEquals(48, crypto.workHash(Hash.SHA_384).length());
		assertNull(crypto.newKeyAgreement(KeyAgreement.X25519));
		assertNull(crypto.newVerifier(SignatureVerifier.ECDSA_P256));
		assertNull(crypto.newSigner(SignatureVerifier.ECDSA_P256, new byte[32], 0));
		assertEquals(0, crypto.maxKeyLength());
		assertEquals(0, crypto.maxSignatureLength());
	}
}
