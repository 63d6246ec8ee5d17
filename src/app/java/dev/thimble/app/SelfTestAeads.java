/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.CryptoProvider;

/** Known answers of the AEADs, that damage is found, and that two providers agree. */
final class SelfTestAeads {

	private static final int MAX_LENGTH = 560;

	/** "The Galois/Counter Mode of Operation", appendix B, cases 4 and 16. */
	private static final String GCM_KEY = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
	private static final String GCM_NONCE = "cafebabefacedbaddecaf888";
	private static final String GCM_AAD = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
	private static final String GCM_PLAIN = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
			+ "b16aedf5aa0de657ba637b39";
	private static final String GCM_128 = "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa05"
			+ "1ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47";
	private static final String GCM_256 = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
			+ "c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b";

	/** NIST CAVS, VNT128, count 50. */
	private static final String CCM_KEY = "005e8f4d8e0cbf4e1ceeb5d87a275848";
	private static final String CCM_NONCE = "0ec3ac452b547b9062aac8fa";
	private static final String CCM_AAD = "2f1821aa57e5278ffd33c17d46615b77363149dbc98470413f6543a6b749f2ca";
	private static final String CCM_PLAIN = "b6f345204526439daf84998f380dcfb4b4167c959c04ff65";
	private static final String CCM_SEALED = "9575e16f35da3c88a19c26a7b762044f4d7bbbafeff05d754829e2a7752fa3a14890972884b511d8";

	/** SP 800-38C, example 3. */
	private static final String CCM8_KEY = "404142434445464748494a4b4c4d4e4f";
	private static final String CCM8_NONCE = "101112131415161718191a1b";
	private static final String CCM8_AAD = "000102030405060708090a0b0c0d0e0f10111213";
	private static final String CCM8_PLAIN = "202122232425262728292a2b2c2d2e2f3031323334353637";
	private static final String CCM8_SEALED = "e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951";

	/** RFC 8439 §2.8.2. */
	private static final String CHACHA_KEY = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";
	private static final String CHACHA_NONCE = "070000004041424344454647";
	private static final String CHACHA_AAD = "50515253c0c1c2c3c4c5c6c7";
	private static final String CHACHA_PLAIN = "4c616469657320616e642047656e746c656d656e206f662074686520636c617373206f66202739393a204966204920636f"
			+ "756c64206f6666657220796f75206f6e6c79206f6e652074697020666f7220746865206675747572652c2073756e7363"
			+ "7265656e20776f756c642062652069742e";
	private static final String CHACHA_SEALED = "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
			+ "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
			+ "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691";

	private final SelfTestReport report;
	private final byte[] key = new byte[32];
	private final byte[] nonce = new byte[Aead.NONCE_LENGTH];
	private final byte[] aad = new byte[32];
	private final byte[] data = new byte[MAX_LENGTH + 16];

	SelfTestAeads(SelfTestReport report) {
		this.report = report;
	}

	void run(CryptoProvider crypto, String variant) {
		check("AES-128-GCM", variant, crypto, Aead.AES_128_GCM, GCM_KEY, GCM_NONCE, GCM_AAD, GCM_PLAIN, GCM_128);
		check("AES-256-GCM", variant, crypto, Aead.AES_256_GCM, GCM_KEY, GCM_NONCE, GCM_AAD, GCM_PLAIN, GCM_256);
		check("AES-128-CCM", variant, crypto, Aead.AES_128_CCM, CCM_KEY, CCM_NONCE, CCM_AAD, CCM_PLAIN, CCM_SEALED);
		check("AES-128-CCM-8", variant, crypto, Aead.AES_128_CCM_8, CCM8_KEY, CCM8_NONCE, CCM8_AAD, CCM8_PLAIN, CCM8_SEALED);
		check("ChaCha20-Poly1305", variant, crypto, Aead.CHACHA20_POLY1305, CHACHA_KEY, CHACHA_NONCE, CHACHA_AAD, CHACHA_PLAIN, CHACHA_SEALED);
	}

	private void check(String name, String variant, CryptoProvider crypto, int algorithm, String key, String nonce, String aad, String plain,
			String sealed) {
		Aead aead = crypto.newAead(algorithm);
		Hex.read(key, this.key, 0);
		Hex.read(nonce, this.nonce, 0);
		int aadLength = Hex.read(aad, this.aad, 0);
		int length = Hex.read(plain, this.data, 1);
		aead.init(this.key, 0);
		boolean right = seal(aead, aadLength, length) && Hex.matches(sealed, this.data, 1);
		right &= open(aead, aadLength, length) && Hex.matches(plain, this.data, 1);
		Hex.read(sealed, this.data, 1);
		this.data[length + aead.tagLength()] ^= 1;
		right &= !open(aead, aadLength, length) && this.data[1] == 0 && this.data[length] == 0;
		Hex.read(sealed, this.data, 1);
		this.data[1] ^= (byte) 0x80;
		right &= !open(aead, aadLength, length);
		this.report.check(name, variant, right);
	}

	private boolean seal(Aead aead, int aadLength, int length) {
		aead.startSeal(this.nonce, this.aad, 0, aadLength, this.data, 1, length);
		return finish(aead);
	}

	private boolean open(Aead aead, int aadLength, int length) {
		aead.startOpen(this.nonce, this.aad, 0, aadLength, this.data, 1, length);
		return finish(aead);
	}

	private static boolean finish(Aead aead) {
		while (!aead.step()) {
			// a slice, or a unit that is not ready
		}
		return aead.result();
	}

	/** What one provider seals the other opens, for all lengths around blocks and batches. */
	void compare(CryptoProvider one, CryptoProvider other) {
		this.report.check("AES-128-GCM, both ways", agree(one, other, Aead.AES_128_GCM));
		this.report.check("AES-256-GCM, both ways", agree(one, other, Aead.AES_256_GCM));
		this.report.check("AES-128-CCM, both ways", agree(one, other, Aead.AES_128_CCM));
	}

	private boolean agree(CryptoProvider one, CryptoProvider other, int algorithm) {
		Aead a = one.newAead(algorithm);
		Aead b = other.newAead(algorithm);
		a.init(this.key, 0);
		b.init(this.key, 0);
		boolean right = true;
		for (int length = 0; length <= MAX_LENGTH && right; length += length < 34 ? 1 : 23) {
			for (int i = 0; i < length; i++) {
				this.data[1 + i] = (byte) (i * i + length);
			}
			right = seal(a, 5, length) && open(b, 5, length) && seal(b, 13, length) && open(a, 13, length);
			for (int i = 0; i < length; i++) {
				right &= this.data[1 + i] == (byte) (i * i + length);
			}
		}
		return right;
	}
}
