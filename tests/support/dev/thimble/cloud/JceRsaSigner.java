/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;

import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;

/** A key that is somewhere else: RSA with PKCS #1 v1.5 and SHA-256, by the JDK. */
public final class JceRsaSigner implements Signer {

	private static final byte[] DIGEST_INFO = { 0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, (byte) 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20 };

	private final PrivateKey key;
	private byte[] signature;

	/** Creates a signer. */
	public JceRsaSigner(PrivateKey key) {
		this.key = key;
	}

	@Override
	public int algorithm() {
		return SignatureVerifier.RSA_PKCS1;
	}

	@Override
	public int maxSignatureLength() {
		// A secure element may not know better.
		return 512;
	}

	@Override
	public void start(byte[] digest, int offset, int length) {
		byte[] info = Arrays.copyOf(DIGEST_INFO, DIGEST_INFO.length + length);
		System.arraycopy(digest, offset, info, DIGEST_INFO.length, length);
		try {
			Signature rsa = Signature.getInstance("NONEwithRSA");
			rsa.initSign(this.key);
			rsa.update(info);
			this.signature = rsa.sign();
		} catch (GeneralSecurityException e) {
			this.signature = null;
		}
	}

	@Override
	public boolean step() {
		return true;
	}

	@Override
	public int result(byte[] output, int offset) {
		if (this.signature == null) {
			return -1;
		}
		System.arraycopy(this.signature, 0, output, offset, this.signature.length);
		return this.signature.length;
	}

	@Override
	public void wipe() {
		this.signature = null;
	}
}
