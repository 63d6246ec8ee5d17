/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;

import dev.thimble.support.FixedRandom;
import dev.thimble.support.Slices;

/** Public-key operations of different providers, step by step in turn: nothing but a provider's own memory holds intermediate values. */
class SlicedCurvesTest {

	/** Everything one provider has. */
	private static final class Set {

		final EcScratch scratch = new EcScratch(EcScratch.WORDS_P256);
		final EcCurve p256 = EcCurve.p256();
		final EcCurve p384 = EcCurve.p384();
		final Edwards25519 edwards25519 = new Edwards25519();
		final Hash[] hashes = { new Sha256(), new Sha512(Hash.SHA_512) };
		final KeyAgreement[] agreements = { new Ecdh(this.p256, this.scratch), new Ecdh(this.p384, this.scratch),
				new X25519Agreement(this.scratch, this.edwards25519) };
		final Signer[] signers = { new EcdsaSigner(this.p256, key(32), 0, this.hashes, this.scratch),
				new EcdsaSigner(this.p384, key(48), 0, this.hashes, this.scratch),
				new Ed25519Signer(this.edwards25519, key(32), 0, this.hashes[1], this.scratch) };
		final SignatureVerifier[] verifiers = { new EcdsaVerifier(this.p256, this.scratch), new EcdsaVerifier(this.p384, this.scratch),
				new Ed25519Verifier(this.edwards25519, this.hashes[1], this.scratch) };
	}

	private static byte[] key(int length) {
		byte[] key = new byte[length];
		Arrays.fill(key, (byte) 0x42);
		return key;
	}

	@Test
	void operationsOfDifferentProvidersDoNotDisturbEachOther() {
		byte[] digest = key(32);
		List<BooleanSupplier> running = new ArrayList<>();
		List<Runnable> checks = new ArrayList<>();
		Set alone = new Set();
		for (int i = 0; i < 3; i++) {
			int which = i;
			byte[] privateKey = key(i == 1 ? 48 : 32);
			byte[] publicKey = Slices.publicKey(alone.agreements[i], privateKey);
			byte[] secret = Slices.agree(alone.agreements[i], privateKey, publicKey);
			byte[] signature = Slices.sign(alone.signers[i], digest);
			byte[] signerKey = publicKey;
			if (i == 2) {
				signerKey = new byte[32];
				((Ed25519Signer) alone.signers[i]).publicKey(signerKey, 0);
			}
			assertTrue(Slices.verify(alone.verifiers[i], signerKey, digest, signature));

			KeyAgreement making = new Set().agreements[i];
			making.startKeyPair(new FixedRandom(privateKey));
			running.add(making::step);
			checks.add(() -> {
				byte[] out = new byte[publicKey.length];
				making.result(out, 0);
				assertArrayEquals(publicKey, out, "key pair " + which);
			});
			KeyAgreement agreeing = new Set().agreements[i];
			agreeing.startKeyPair(new FixedRandom(privateKey));
			agreeing.startAgreement(publicKey, 0, publicKey.length);
			running.add(agreeing::step);
			checks.add(() -> {
				byte[] out = new byte[secret.length];
				agreeing.result(out, 0);
				assertArrayEquals(secret, out, "agreement " + which);
			});
			Signer signing = new Set().signers[i];
			signing.start(digest, 0, digest.length);
			running.add(signing::step);
			checks.add(() -> {
				byte[] out = new byte[signing.maxSignatureLength()];
				int length = signing.result(out, 0);
				assertArrayEquals(signature, Arrays.copyOf(out, length), "signature " + which);
			});
			SignatureVerifier verifying = new Set().verifiers[i];
			verifying.start(signerKey, 0, signerKey.length, digest, 0, digest.length, signature, 0, signature.length);
			running.add(verifying::step);
			checks.add(() -> assertTrue(verifying.result(), "verification " + which));
		}
		boolean[] done = new boolean[running.size()];
		int left = done.length;
		while (left > 0) {
			for (int i = 0; i < done.length; i++) {
				if (!done[i] && running.get(i).getAsBoolean()) {
					done[i] = true;
					left--;
				}
			}
		}
		checks.forEach(Runnable::run);
	}

	@Test
	void oneProvidersOperationsFollowEachOtherInAnyOrder() {
		Set set = new Set();
		byte[] digest = key(32);
		for (int i = 0; i < 9; i++) {
			int which = i % 3;
			int next = (i / 3 + which) % 3;
			byte[] privateKey = key(which == 1 ? 48 : 32);
			KeyAgreement agreement = set.agreements[which];
			byte[] publicKey = Slices.publicKey(agreement, privateKey);
			// Between the two halves of an agreement others use the memory, all but Ed25519, which takes the key's place.
			byte[] signature = Slices.sign(set.signers[next], digest);
			byte[] signerKey = next == 2 ? new byte[32] : Slices.publicKey(new Set().agreements[next], key(next == 1 ? 48 : 32));
			if (next == 2) {
				((Ed25519Signer) set.signers[2]).publicKey(signerKey, 0);
			}
			assertTrue(Slices.verify(set.verifiers[next], signerKey, digest, signature));
			agreement.startAgreement(publicKey, 0, publicKey.length);
			Slices.finish(agreement);
			byte[] secret = new byte[agreement.secretLength()];
			if (next == 2) {
				assertEquals(-1, agreement.result(secret, 0));
				continue;
			}
			assertEquals(secret.length, agreement.result(secret, 0));
			assertArrayEquals(Slices.agree(new Set().agreements[which], privateKey, publicKey), secret);
		}
	}
}
