/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import java.util.Arrays;
import java.util.Random;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;
import dev.thimble.host.AnchorTableBuilder;
import dev.thimble.support.FixedTime;
import dev.thimble.support.JceCrypto;

/** Feeds chains to a validator. */
final class PathRun {

	static final CryptoProvider CRYPTO = new JceCrypto();
	/** As {@link #CRYPTO} without RSA: the smallest records. */
	static final CryptoProvider EC_CRYPTO = new CryptoProvider() {

		@Override
		public Hash newHash(int algorithm) {
			return CRYPTO.newHash(algorithm);
		}

		public Hash workHash(int algorithm) {
			return CRYPTO.newHash(algorithm);
		}

		@Override
		public Aead newAead(int algorithm) {
			return null;
		}

		@Override
		public KeyAgreement newKeyAgreement(int group) {
			return null;
		}

		@Override
		public SignatureVerifier newVerifier(int algorithm) {
			return algorithm < SignatureVerifier.RSA_PKCS1 ? CRYPTO.newVerifier(algorithm) : null;
		}

		@Override
		public Signer newSigner(int algorithm, byte[] key, int offset) {
			return null;
		}

		@Override
		public int maxKeyLength() {
			return 97;
		}

		@Override
		public int maxSignatureLength() {
			return 104;
		}
	};

	/** Works in memory that is lent in part, and is not clean. */
	PathValidator validator = new PathValidator(CRYPTO, CRYPTO.newHash(Hash.SHA_256), CRYPTO.newHash(Hash.SHA_384),
			CRYPTO.newHash(Hash.SHA_512), CRYPTO.newHash(Hash.SHA_256), 1, 384, 1024, dirty(1600), 7, 1593);
	TrustAnchors anchors;
	TimeSource time = new FixedTime(TimeSource.TRUSTED, Forge.NOW.getEpochSecond());
	int purpose = PathValidator.SERVER_AUTH;
	String name = "";
	byte[] pins;
	/** Bytes a piece; 0: all at once; -1: random pieces. */
	int piece;
	Random random = new Random(1);

	PathRun(Forge... roots) {
		this.anchors = anchors(roots);
	}

	private static byte[] dirty(int length) {
		byte[] memory = new byte[length];
		Arrays.fill(memory, (byte) 0xa5);
		return memory;
	}

	static TrustAnchors anchors(Forge... roots) {
		AnchorTableBuilder builder = new AnchorTableBuilder();
		for (Forge root : roots) {
			builder.add(root.der());
		}
		if (builder.count() != roots.length) {
			throw new IllegalStateException(builder.skipped().toString());
		}
		return new TrustAnchors(builder.build());
	}

	PathRun name(String host) {
		this.name = host;
		return this;
	}

	PathRun validator(int pending, int names, int ed25519) {
		this.validator = new PathValidator(CRYPTO, pending, names, ed25519);
		return this;
	}

	/** Validates and gives the name of the error, NONE for a valid path. */
	String run(Forge... chain) {
		byte[][] certificates = new byte[chain.length][];
		for (int i = 0; i < chain.length; i++) {
			certificates[i] = chain[i].der();
		}
		return PathError.name(run(certificates));
	}

	int run(byte[]... chain) {
		PathValidator v = this.validator;
		v.start(this.anchors, this.time, this.purpose);
		byte[] host = Der.ascii(this.name);
		v.setServerName(host, 0, host.length);
		v.setPins(this.pins);
		for (byte[] certificate : chain) {
			v.startCertificate(certificate.length);
			feed(v, certificate);
			v.endCertificate();
			finish(v);
		}
		v.endChain();
		finish(v);
		if (v.isValid() != (v.error() == PathError.NONE)) {
			throw new IllegalStateException("isValid() and error() disagree: " + PathError.name(v.error()));
		}
		return v.error();
	}

	private void feed(PathValidator v, byte[] certificate) {
		int p = 0;
		while (p < certificate.length) {
			int left = certificate.length - p;
			int n = this.piece == 0 ? left : this.piece > 0 ? Math.min(this.piece, left) : Math.min(this.random.nextInt(60), left);
			v.update(certificate, p, n);
			p += n;
		}
	}

	private static void finish(PathValidator v) {
		int steps = 0;
		while (!v.step()) {
			if (++steps > 100000) {
				throw new IllegalStateException("step() never ends");
			}
		}
	}
}
