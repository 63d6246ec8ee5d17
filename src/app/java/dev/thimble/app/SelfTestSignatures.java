/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.SignatureVerifier;

/** Signatures that are right, and that become wrong with one bit. */
final class SelfTestSignatures {

	/** Made once with OpenSSL: SHA-256 of "Thimble measures", salt of 32 bytes. The private key is gone. */
	static final String RSA_PSS_KEY =
			"0100c87f7c7315f9df428302989b179add2c76534b3823cbd892572ee54b1cf0a01214685382723cabe4813118ecdaac95eb"
			+ "3f52e8ce02ccdfaf7d327f686430ba021c800b3e41127325501b16f67dc326882bb9314e39407fe5b963c5c4ff8487606419"
			+ "41ead119003cb0956c744576015dcb5653a51b3b80bba239b010c6af6623a090940ffb4b036c7b376c1317f0ec47c16a2238"
			+ "385d2ead7d060766e7df22583088c35312c1fce5a3e7408c4c35c4efbbc35cb3e209653a478f601397d973a46ff18a7be474"
			+ "d0e7085c1e2c04fb96dcb653b077ee78dbecd6e58d6b8ae24418ac62b5fb861557222cc58b40f57b49e89fe0dd18f17afff8"
			+ "9f9af55b4d40f73900010001";
	static final String RSA_PSS_SIGNATURE =
			"39d2e8d54d86e82258df3170f7f46fd3e2289abfc1bc9d18df583a252c09496d426f55621b0ab02be1f48e7f0e3a894271e5"
			+ "8da84f1c7609e3b9ce26f7159e393c00026eb440586f8743364420f0231a55778fa8b09e27c6e1a781cb602fb67b68723221"
			+ "561266a2867b2bdb2458c92ad7fcc8a345f7ab9bbad46d4ddf911b480c111d30c62568cbad6edf74dc022ffe8486c82c7cbb"
			+ "672d9b900453ee32ef2db4155f9f6689e57dc844e3134b10dd930dea284e278fb39fc3a51f03b9492459fcb2482e567792e5"
			+ "425ce466ee20ff2d0d5cd3e0b5a08d70ef2a626d657b0134a33d92ad913fef2ce4fa6617b1c9fad237b7fea45cbdc4b3ad1f"
			+ "70c6a343d089";

	private final SelfTestReport report;
	private final byte[] key = new byte[518];
	private final byte[] digest = new byte[64];
	private final byte[] signature = new byte[512];

	SelfTestSignatures(SelfTestReport report) {
		this.report = report;
	}

	void run(CryptoProvider crypto) {
		check("ECDSA P-256", crypto, SignatureVerifier.ECDSA_P256, BenchVectors.P256_KEY, BenchVectors.P256_DIGEST, BenchVectors.P256_SIGNATURE);
		check("ECDSA P-384", crypto, SignatureVerifier.ECDSA_P384, BenchVectors.P384_KEY, BenchVectors.P384_DIGEST, BenchVectors.P384_SIGNATURE);
		check("Ed25519", crypto, SignatureVerifier.ED25519, BenchVectors.ED25519_KEY, BenchVectors.ED25519_MESSAGE, BenchVectors.ED25519_SIGNATURE);
		check("RSA-2048 PKCS#1", crypto, SignatureVerifier.RSA_PKCS1, BenchVectors.RSA2048_KEY, BenchVectors.RSA_DIGEST,
				BenchVectors.RSA2048_SIGNATURE);
		check("RSA-4096 PKCS#1", crypto, SignatureVerifier.RSA_PKCS1, BenchVectors.RSA4096_KEY, BenchVectors.RSA_DIGEST,
				BenchVectors.RSA4096_SIGNATURE);
		check("RSA-2048 PSS", crypto, SignatureVerifier.RSA_PSS, RSA_PSS_KEY, BenchVectors.RSA_DIGEST, RSA_PSS_SIGNATURE);
	}

	private void check(String name, CryptoProvider crypto, int algorithm, String key, String digest, String signature) {
		SignatureVerifier verifier = crypto.newVerifier(algorithm);
		int keyLength = Hex.read(key, this.key, 0);
		int digestLength = Hex.read(digest, this.digest, 0);
		int signatureLength = Hex.read(signature, this.signature, 0);
		boolean right = verify(verifier, keyLength, digestLength, signatureLength);
		this.digest[3] ^= 4;
		right &= !verify(verifier, keyLength, digestLength, signatureLength);
		this.digest[3] ^= 4;
		this.signature[signatureLength - 5] ^= 4;
		right &= !verify(verifier, keyLength, digestLength, signatureLength);
		this.report.check(name, right);
	}

	private boolean verify(SignatureVerifier verifier, int keyLength, int digestLength, int signatureLength) {
		verifier.start(this.key, 0, keyLength, this.digest, 0, digestLength, this.signature, 0, signatureLength);
		while (!verifier.step()) {
			// a slice
		}
		return verifier.result();
	}
}
