/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import dev.thimble.board.DigestUnit;

/** A hash unit of the JDK's digests, which can be made to break. */
final class FakeHashUnit implements DigestUnit {

	private final int algorithms;
	private int operations;
	int digestsLeft = Integer.MAX_VALUE;

	FakeHashUnit(int algorithms) {
		this.algorithms = algorithms;
	}

	@Override
	public int algorithms() {
		return this.algorithms;
	}

	@Override
	public int capacity() {
		return 512;
	}

	@Override
	public boolean digest(int algorithm, byte[] in, int offset, int length, byte[] out, int outOffset) {
		if (this.digestsLeft-- <= 0) {
			return false;
		}
		try {
			MessageDigest hash = MessageDigest.getInstance(algorithm == SHA_256 ? "SHA-256" : algorithm == SHA_384 ? "SHA-384" : "SHA-512");
			hash.update(in, offset, length);
			byte[] digest = hash.digest();
			System.arraycopy(digest, 0, out, outOffset, digest.length);
			this.operations++;
			return true;
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	@Override
	public int operations() {
		return this.operations;
	}
}
