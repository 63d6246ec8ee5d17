/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.EcCurve;
import dev.thimble.crypto.EcScratch;
import dev.thimble.crypto.EcdsaSigner;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;

/** Counts the instructions of the portable primitives. */
final class BenchPrimitives {

	private static final int RECORD = 1024;
	private static final int MESSAGE = 4096;

	private final BenchReport report;
	private final PortableCrypto crypto = new PortableCrypto();
	private final byte[] data = new byte[MESSAGE + 32];
	private final byte[] key = new byte[1100];
	private final byte[] digest = new byte[64];
	private final byte[] signature = new byte[520];
	private final byte[] nonce = new byte[Aead.NONCE_LENGTH];

	/** The longest slice of the running operation, in instructions. */
	private long longest;

	BenchPrimitives(BenchReport report) {
		this.report = report;
	}

	boolean run() {
		hash("sha256", Hash.SHA_256);
		hash("sha384", Hash.SHA_384);
		aead("chacha20-poly1305", Aead.CHACHA20_POLY1305);
		aead("aes-128-gcm", Aead.AES_128_GCM);
		aead("aes-256-gcm", Aead.AES_256_GCM);
		aead("aes-128-ccm", Aead.AES_128_CCM);
		agreement("x25519", KeyAgreement.X25519);
		agreement("p256", KeyAgreement.SECP256R1);
		agreement("p384", KeyAgreement.SECP384R1);
		boolean ok = verify("ecdsa-p256", SignatureVerifier.ECDSA_P256, BenchVectors.P256_KEY, BenchVectors.P256_DIGEST, BenchVectors.P256_SIGNATURE);
		ok &= verify("ecdsa-p384", SignatureVerifier.ECDSA_P384, BenchVectors.P384_KEY, BenchVectors.P384_DIGEST, BenchVectors.P384_SIGNATURE);
		ok &= verify("ed25519", SignatureVerifier.ED25519, BenchVectors.ED25519_KEY, BenchVectors.ED25519_MESSAGE, BenchVectors.ED25519_SIGNATURE);
		ok &= verify("rsa-2048", SignatureVerifier.RSA_PKCS1, BenchVectors.RSA2048_KEY, BenchVectors.RSA_DIGEST, BenchVectors.RSA2048_SIGNATURE);
		ok &= verify("rsa-4096", SignatureVerifier.RSA_PKCS1, BenchVectors.RSA4096_KEY, BenchVectors.RSA_DIGEST, BenchVectors.RSA4096_SIGNATURE);
		sign("ecdsa-p256", EcCurve.p256(), Hash.SHA_256, EcScratch.WORDS_P256);
		sign("ecdsa-p384", EcCurve.p384(), Hash.SHA_384, EcScratch.WORDS_P384);
		signRsa("rsa-2048", 2048);
		signRsa("rsa-4096", 4096);
		return ok;
	}

	private void sign(String name, EcCurve curve, int algorithm, int words) {
		Hash[] hashes = { this.crypto.workHash(algorithm) };
		// Any number below the order is a private key.
		this.key[0] = 0;
		sign(name, new EcdsaSigner(curve, this.key, 0, hashes, new EcScratch(words)), hashes[0].length());
	}

	/** With numbers that are no primes: no signature comes of it, but every step is the same. */
	private void signRsa(String name, int bits) {
		byte[] numbers = new byte[bits / 8 * 7 / 2 + 6];
		for (int i = numbers.length; --i >= 0;) {
			numbers[i] = (byte) 0xff;
		}
		numbers[0] = (byte) (bits >> 11);
		numbers[1] = (byte) (bits >> 3);
		// the exponent: 65537
		numbers[bits / 8 + 2] = 0;
		numbers[bits / 8 + 3] = 1;
		numbers[bits / 8 + 4] = 0;
		numbers[bits / 8 + 5] = 1;
		sign(name, this.crypto.newRsaSigner(SignatureVerifier.RSA_PSS, numbers, 0), 32);
	}

	private void sign(String name, Signer signer, int length) {
		int start = this.report.start();
		signer.start(this.digest, 0, length);
		long sum = this.report.since(start);
		this.longest = sum;
		boolean done = false;
		while (!done) {
			start = this.report.start();
			done = signer.step();
			long spent = this.report.since(start);
			sum += spent;
			this.longest = Math.max(this.longest, spent);
		}
		signer.result(this.signature, 0);
		this.report.figure(name.concat("-sign"), sum);
		this.report.figure(name.concat("-sign-step"), this.longest);
	}

	private void hash(String name, int algorithm) {
		Hash hash = this.crypto.newHash(algorithm);
		hash.update(this.data, 0, 64);
		hash.digest(this.digest, 0);
		int start = this.report.start();
		hash.update(this.data, 0, MESSAGE);
		hash.digest(this.digest, 0);
		this.report.ratio(name.concat("/B"), this.report.since(start), MESSAGE);
	}

	private void aead(String name, int algorithm) {
		Aead aead = this.crypto.newAead(algorithm);
		aead.init(this.key, 0);
		int start = this.report.start();
		aead.startSeal(this.nonce, this.key, 0, 5, this.data, 0, RECORD);
		while (!aead.step()) {
			// goes on
		}
		aead.result();
		this.report.ratio(name.concat("/B"), this.report.since(start), RECORD);

		this.longest = 0;
		start = this.report.start();
		aead.startOpen(this.nonce, this.key, 0, 5, this.data, 0, RECORD);
		this.longest = this.report.since(start);
		boolean done = false;
		while (!done) {
			start = this.report.start();
			done = aead.step();
			this.longest = Math.max(this.longest, this.report.since(start));
		}
		this.report.figure(name.concat("-step"), this.longest);
	}

	private void agreement(String name, int group) {
		KeyAgreement agreement = this.crypto.newKeyAgreement(group);
		BenchRandom random = new BenchRandom(1);
		this.longest = 0;
		int start = this.report.start();
		agreement.startKeyPair(random);
		this.report.figure(name.concat("-keygen"), this.report.since(start) + run(agreement));
		agreement.result(this.key, 0);
		start = this.report.start();
		// With its own public key: the other side's would do as well.
		agreement.startAgreement(this.key, 0, agreement.publicKeyLength());
		this.report.figure(name.concat("-agree"), this.report.since(start) + run(agreement));
		this.report.figure(name.concat("-step"), this.longest);
	}

	private long run(KeyAgreement agreement) {
		long sum = 0;
		boolean done = false;
		while (!done) {
			int start = this.report.start();
			done = agreement.step();
			long spent = this.report.since(start);
			sum += spent;
			this.longest = Math.max(this.longest, spent);
		}
		return sum;
	}

	private boolean verify(String name, int algorithm, String keyText, String digestText, String signatureText) {
		SignatureVerifier verifier = this.crypto.newVerifier(algorithm);
		int keyLength = bytes(keyText, this.key);
		int digestLength = bytes(digestText, this.digest);
		int signatureLength = bytes(signatureText, this.signature);
		int start = this.report.start();
		verifier.start(this.key, 0, keyLength, this.digest, 0, digestLength, this.signature, 0, signatureLength);
		long sum = this.report.since(start);
		this.longest = sum;
		boolean done = false;
		while (!done) {
			start = this.report.start();
			done = verifier.step();
			long spent = this.report.since(start);
			sum += spent;
			this.longest = Math.max(this.longest, spent);
		}
		this.report.figure(name.concat("-verify"), sum);
		this.report.figure(name.concat("-verify-step"), this.longest);
		if (!verifier.result()) {
			this.report.say("the signature was refused");
			return false;
		}
		return true;
	}

	/** Decodes hexadecimal digits; gives the number of bytes. */
	static int bytes(String text, byte[] out) {
		for (int i = 0; i < text.length(); i += 2) {
			out[i / 2] = (byte) (nibble(text.charAt(i)) << 4 | nibble(text.charAt(i + 1)));
		}
		return text.length() / 2;
	}

	private static int nibble(char digit) {
		return digit <= '9' ? digit - '0' : digit - 'a' + 10;
	}
}
