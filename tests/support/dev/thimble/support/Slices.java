/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;

/** Drives sliced primitives to their end, for tests that are about results. */
public final class Slices {

	private static final int TOO_MANY = 100_000;

	private Slices() {
	}

	/** The public key that belongs to a private key, or null if the primitive refuses. */
	public static byte[] publicKey(KeyAgreement agreement, byte[] privateKey) {
		agreement.startKeyPair(new FixedRandom(privateKey));
		finish(agreement);
		byte[] key = new byte[agreement.publicKeyLength()];
		return agreement.result(key, 0) == key.length ? key : null;
	}

	/** The shared secret of a private key and a peer's public key, or null if the primitive refuses. */
	public static byte[] agree(KeyAgreement agreement, byte[] privateKey, byte[] peerKey) {
		agreement.startKeyPair(new FixedRandom(privateKey));
		agreement.startAgreement(peerKey, 0, peerKey.length);
		finish(agreement);
		byte[] secret = new byte[agreement.secretLength()];
		return agreement.result(secret, 0) == secret.length ? secret : null;
	}

	/** Steps until finished and gives the number of steps. */
	public static int finish(KeyAgreement agreement) {
		int steps = 1;
		while (!agreement.step()) {
			check(++steps);
		}
		return steps;
	}

	/** Whether a signature is valid. */
	public static boolean verify(SignatureVerifier verifier, byte[] key, byte[] digest, byte[] signature) {
		verifier.start(key, 0, key.length, digest, 0, digest.length, signature, 0, signature.length);
		finish(verifier);
		return verifier.result();
	}

	/** Steps until finished and gives the number of steps. */
	public static int finish(SignatureVerifier verifier) {
		int steps = 1;
		while (!verifier.step()) {
			check(++steps);
		}
		return steps;
	}

	/** The signature, or null if the primitive refuses. */
	public static byte[] sign(Signer signer, byte[] digest) {
		signer.start(digest, 0, digest.length);
		finish(signer);
		byte[] signature = new byte[signer.maxSignatureLength()];
		int length = signer.result(signature, 0);
		return length < 0 ? null : java.util.Arrays.copyOf(signature, length);
	}

	/** Steps until finished and gives the number of steps. */
	public static int finish(Signer signer) {
		int steps = 1;
		while (!signer.step()) {
			check(++steps);
		}
		return steps;
	}

	private static void check(int steps) {
		if (steps > TOO_MANY) {
			throw new AssertionError("still not finished after " + TOO_MANY + " steps");
		}
	}
}
