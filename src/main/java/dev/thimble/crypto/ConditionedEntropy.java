/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import dev.thimble.board.EntropySource;
import dev.thimble.board.NoiseSource;

/**
 * Makes seeds of full entropy out of raw noise with SHA-256, one of the vetted conditioning functions (SP 800-90B §3.1.5.1.1).
 *
 * <p>Of each block of noise whose min-entropy is at least 256 + 64 bits, the digest of 32 bytes counts as full entropy (SP 800-90C §3.2.2.2): with
 * a source of 4 bits a byte that is 80 bytes of noise for 32 of seed. A block is never used twice, and one whose noise failed a health test is
 * thrown away with the whole seed.
 */
public final class ConditionedEntropy implements EntropySource {

	private static final int DIGEST_LENGTH = 32;
	/** The digest's bits, and 64 more so that what the hash loses does not count. */
	private static final int ENTROPY_NEEDED = 8 * DIGEST_LENGTH + 64;

	private final Hash sha256;
	private final NoiseSource source;
	private final byte[] noise;
	private final byte[] digest;

	/**
	 * Makes a source of seeds.
	 *
	 * @param sha256
	 *            the hash it computes with, for itself or shared with others who leave it idle.
	 * @param source
	 *            where the noise comes from.
	 */
	public ConditionedEntropy(Hash sha256, NoiseSource source) {
		this.sha256 = sha256;
		this.source = source;
		this.noise = new byte[noiseLength(source.minEntropy())];
		this.digest = new byte[DIGEST_LENGTH];
	}

	/**
	 * Gets how much noise becomes one digest.
	 *
	 * @param minEntropy
	 *            bits a byte.
	 * @return a number of bytes.
	 */
	public static int noiseLength(int minEntropy) {
		return (ENTROPY_NEEDED + minEntropy - 1) / minEntropy;
	}

	@Override
	public boolean read(byte[] seed, int offset, int length) {
		byte[] noise = this.noise;
		byte[] digest = this.digest;
		boolean healthy = true;
		for (int done = 0; done < length && healthy; done += DIGEST_LENGTH) {
			healthy = this.source.read(noise, 0, noise.length);
			this.sha256.reset();
			this.sha256.update(noise, 0, noise.length);
			this.sha256.digest(digest, 0);
			System.arraycopy(digest, 0, seed, offset + done, Math.min(DIGEST_LENGTH, length - done));
		}
		if (!healthy) {
			Bytes.zero(seed, offset, length);
		}
		Bytes.zero(noise, 0, noise.length);
		Bytes.zero(digest, 0, DIGEST_LENGTH);
		return healthy;
	}
}
