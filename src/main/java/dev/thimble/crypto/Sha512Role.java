/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * One of the two algorithms of a {@link Sha512} that is SHA-384 now and SHA-512 then: a whole object for each would cost 240 bytes of heap.
 *
 * <p>Using one role ends what the other was doing; {@link #reset()} or {@link #copyFrom} comes first.
 */
final class Sha512Role implements Hash {

	private final int algorithm;
	private final Sha512 shared;

	Sha512Role(int algorithm, Sha512 shared) {
		this.algorithm = algorithm;
		this.shared = shared;
	}

	@Override
	public int algorithm() {
		return this.algorithm;
	}

	@Override
	public int length() {
		return this.algorithm == SHA_384 ? 48 : 64;
	}

	@Override
	public int blockLength() {
		return this.shared.blockLength();
	}

	@Override
	public void reset() {
		this.shared.reset(this.algorithm);
	}

	@Override
	public void update(byte[] input, int offset, int length) {
		this.shared.update(input, offset, length);
	}

	@Override
	public void digest(byte[] output, int offset) {
		this.shared.digest(output, offset);
	}

	@Override
	public void copyFrom(Hash other) {
		this.shared.reset(this.algorithm);
		this.shared.copyFrom(other);
	}
}
