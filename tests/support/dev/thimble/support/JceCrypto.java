/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;

/**
 * Primitives of the JDK behind the engine's interfaces (CCM: Bouncy Castle's): fast enough for very many handshakes, and a second opinion on
 * the portable ones. They allocate, and every operation is done in two steps, so that callers that do not step are found out.
 */
public final class JceCrypto implements CryptoProvider {

	@Override
	public Hash newHash(int algorithm) {
		return new JceHash(algorithm);
	}

	@Override
	public Hash workHash(int algorithm) {
		return newHash(algorithm);
	}

	@Override
	public Aead newAead(int algorithm) {
		return new JceAead(algorithm);
	}

	@Override
	public KeyAgreement newKeyAgreement(int group) {
		return new JceKeyAgreement(group);
	}

	@Override
	public SignatureVerifier newVerifier(int algorithm) {
		return new JceVerifier(algorithm);
	}

	/** Signing is rare in tests, so it is ours. */
	@Override
	public Signer newSigner(int algorithm, byte[] key, int offset) {
		return new PortableEcCrypto().newSigner(algorithm, key, offset);
	}

	@Override
	public int maxKeyLength() {
		return 2 + 512 + 4;
	}

	@Override
	public int maxSignatureLength() {
		return 512;
	}

	private static final class JceHash implements Hash {

		private final int algorithm;
		private MessageDigest digest;

		JceHash(int algorithm) {
			this.algorithm = algorithm;
			try {
				this.digest = MessageDigest.getInstance(algorithm == SHA_256 ? "SHA-256" : algorithm == SHA_384 ? "SHA-384" : "SHA-512");
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException(e);
			}
		}

		@Override
		public int algorithm() {
			return this.algorithm;
		}

		@Override
		public int length() {
			return this.digest.getDigestLength();
		}

		@Override
		public int blockLength() {
			return this.algorithm == SHA_256 ? 64 : 128;
		}

		@Override
		public void reset() {
			this.digest.reset();
		}

		@Override
		public void update(byte[] input, int offset, int length) {
			this.digest.update(input, offset, length);
		}

		@Override
		public void digest(byte[] output, int offset) {
			byte[] result = this.digest.digest();
			System.arraycopy(result, 0, output, offset, result.length);
		}

		@Override
		public void copyFrom(Hash other) {
			try {
				this.digest = (MessageDigest) ((JceHash) other).digest.clone();
			} catch (CloneNotSupportedException e) {
				throw new IllegalStateException(e);
			}
		}
	}
}
