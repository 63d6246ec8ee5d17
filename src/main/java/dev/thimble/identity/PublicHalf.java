/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.identity;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Ed25519Signer;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.Random;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;

/** Computes the public key that belongs to a private key in RAM, as a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
/* package */ final class PublicHalf {

	private static final String UNKNOWN = "The provider cannot compute the public key; give it";

	private PublicHalf() {
	}

	/**
	 * Computes it.
	 *
	 * @param signer
	 *            what signs with the private key.
	 * @param key
	 *            holds the private key itself.
	 * @param offset
	 *            its first byte.
	 * @return the structure in DER.
	 * @throws IllegalArgumentException
	 *             if the provider cannot.
	 */
	/* package */ static byte[] of(CryptoProvider crypto, Signer signer, byte[] key, int offset) {
		int algorithm = signer.algorithm();
		int length = KeyAlgorithm.publicLength(algorithm);
		String identifier = KeyAlgorithm.identifier(algorithm);
		int n = identifier.length();
		byte[] info = new byte[2 + n + 2 + 1 + length];
		info[0] = DerView.SEQUENCE;
		info[1] = (byte) (info.length - 2);
		for (int i = 0; i < n; i++) {
			info[2 + i] = (byte) identifier.charAt(i);
		}
		int at = 2 + n;
		info[at] = DerView.BIT_STRING;
		info[at + 1] = (byte) (1 + length);
		at += 3;
		if (algorithm == SignatureVerifier.ED25519) {
			if (!(signer instanceof Ed25519Signer)) {
				throw new IllegalArgumentException(UNKNOWN);
			}
			((Ed25519Signer) signer).publicKey(info, at);
		} else {
			point(crypto.newKeyAgreement(algorithm == SignatureVerifier.ECDSA_P256 ? KeyAgreement.SECP256R1 : KeyAgreement.SECP384R1),
					new Scalar(key, offset), info, at);
		}
		return info;
	}

	/** A key pair of a key agreement is one of a signature as well: the base point times a number. */
	private static void point(KeyAgreement agreement, Scalar scalar, byte[] output, int offset) {
		if (agreement == null) {
			throw new IllegalArgumentException(UNKNOWN);
		}
		agreement.startKeyPair(scalar);
		while (!agreement.step()) {
			continue;
		}
		int length = agreement.result(output, offset);
		agreement.wipe();
		if (length != output.length - offset) {
			throw new IllegalArgumentException(UNKNOWN);
		}
	}

	/** Gives the private key where a key agreement asks for random bytes. What is made of it is proved with a signature afterwards. */
	private static final class Scalar implements Random {

		private final byte[] key;
		private final int at;

		/* package */ Scalar(byte[] key, int offset) {
			this.key = key;
			this.at = offset;
		}

		@Override
		public boolean generate(byte[] output, int offset, int length) {
			System.arraycopy(this.key, this.at, output, offset, length);
			return true;
		}
	}
}
