/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.Random;

/** Known answers of the key agreements. */
final class SelfTestCurves implements Random {

	/** RFC 7748 §6.1. */
	private static final String X25519_KEY = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
	private static final String X25519_PUBLIC = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
	private static final String X25519_PEER = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
	private static final String X25519_SECRET = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

	/** RFC 5903 §8.1. */
	private static final String P256_KEY = "c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433";
	private static final String P256_PUBLIC = "04dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180"
			+ "5271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3";
	private static final String P256_PEER = "04d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"
			+ "56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab";
	private static final String P256_SECRET = "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de";

	/** RFC 5903 §8.2. */
	private static final String P384_KEY = "099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655e35b538041e649ee3faef896783ab194";
	private static final String P384_PUBLIC = "04667842d7d180ac2cde6f74f37551f55755c7645c20ef73e31634fe72b4c55ee6de3ac808acb4bdb4c88732aee95f41aa"
			+ "9482ed1fc0eeb9cafc4984625ccfc23f65032149e0e144ada024181535a0f38eeb9fcff3c2c947dae69b4c634573a81c";
	private static final String P384_PEER = "04e558dbef53eecde3d3fccfc1aea08a89a987475d12fd950d83cfa41732bc509d0d1ac43a0336def96fda41d0774a3571"
			+ "dcfbec7aacf3196472169e838430367f66eebe3c6e70c416dd5f0c68759dd1fff83fa40142209dff5eaad96db9e6386c";
	private static final String P384_SECRET = "11187331c279962d93d604243fd592cb9d0a926f422e47187521287e7156c5c4d603135569b9e9d09cf5d4a270f59746";

	private final SelfTestReport report;
	private final byte[] peer = new byte[97];
	private final byte[] output = new byte[97];
	private String privateKey;

	SelfTestCurves(SelfTestReport report) {
		this.report = report;
	}

	void run(CryptoProvider crypto) {
		this.report.check("X25519", agrees(crypto.newKeyAgreement(KeyAgreement.X25519), X25519_KEY, X25519_PUBLIC, X25519_PEER, X25519_SECRET));
		this.report.check("ECDH P-256", agrees(crypto.newKeyAgreement(KeyAgreement.SECP256R1), P256_KEY, P256_PUBLIC, P256_PEER, P256_SECRET));
		this.report.check("ECDH P-384", agrees(crypto.newKeyAgreement(KeyAgreement.SECP384R1), P384_KEY, P384_PUBLIC, P384_PEER, P384_SECRET));
		this.report.check("ECDH P-256 refuses a point beside the curve", refuses(crypto.newKeyAgreement(KeyAgreement.SECP256R1)));
	}

	private boolean agrees(KeyAgreement agreement, String key, String publicKey, String peerKey, String secret) {
		this.privateKey = key;
		agreement.startKeyPair(this);
		boolean right = finish(agreement) == publicKey.length() / 2 && Hex.matches(publicKey, this.output, 0);
		agreement.startAgreement(this.peer, 0, Hex.read(peerKey, this.peer, 0));
		return finish(agreement) == secret.length() / 2 && Hex.matches(secret, this.output, 0) && right;
	}

	private boolean refuses(KeyAgreement agreement) {
		this.privateKey = P256_KEY;
		agreement.startKeyPair(this);
		finish(agreement);
		int length = Hex.read(P256_PEER, this.peer, 0);
		this.peer[length - 1] ^= 1;
		agreement.startAgreement(this.peer, 0, length);
		return finish(agreement) == -1;
	}

	private int finish(KeyAgreement agreement) {
		while (!agreement.step()) {
			// a slice
		}
		return agreement.result(this.output, 0);
	}

	/** The private key of the known answer. */
	@Override
	public boolean generate(byte[] output, int offset, int length) {
		return Hex.read(this.privateKey, output, offset) == length;
	}
}
