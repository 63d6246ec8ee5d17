/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import dev.thimble.board.DigestUnit;

/**
 * A SHA-2 hash whose short inputs go to a board's hash unit as one piece: what is signed, blocks of HMAC, the bodies of small certificates.
 *
 * <p>The unit keeps no running state, so input is gathered until {@link #digest}. Once there is more than the gathering array holds, and that is
 * how a transcript or a large certificate ends, everything goes through the portable hash; and so it does once the unit has failed.
 */
final class UnitHash implements Hash {

	private final BoardCrypto provider;
	private final DigestUnit unit;
	private final Hash portable;
	private final int unitAlgorithm;
	private final byte[] gathered;
	private int filled;
	/** Whether the portable hash has taken over. */
	private boolean running;

	/**
	 * Makes a hash.
	 *
	 * @param provider
	 *            knows whether the unit still works.
	 * @param unit
	 *            the unit.
	 * @param portable
	 *            a hash of its own, of the same algorithm.
	 * @param room
	 *            the longest input that goes to the unit, in bytes.
	 */
	UnitHash(BoardCrypto provider, DigestUnit unit, Hash portable, int room) {
		this.provider = provider;
		this.unit = unit;
		this.portable = portable;
		this.unitAlgorithm = unitAlgorithm(portable.algorithm());
		this.gathered = new byte[room];
	}

	/** Translates a constant of {@link Hash} into one of {@link DigestUnit}. */
	static int unitAlgorithm(int algorithm) {
		switch (algorithm) {
		case SHA_256:
			return DigestUnit.SHA_256;
		case SHA_384:
			return DigestUnit.SHA_384;
		default:
			return DigestUnit.SHA_512;
		}
	}

	@Override
	public int algorithm() {
		return this.portable.algorithm();
	}

	@Override
	public int length() {
		return this.portable.length();
	}

	@Override
	public int blockLength() {
		return this.portable.blockLength();
	}

	@Override
	public void reset() {
		if (this.running) {
			this.portable.reset();
			this.running = false;
		}
		Bytes.zero(this.gathered, 0, this.filled);
		this.filled = 0;
	}

	@Override
	public void update(byte[] input, int offset, int length) {
		if (!this.running) {
			if (length <= this.gathered.length - this.filled) {
				System.arraycopy(input, offset, this.gathered, this.filled, length);
				this.filled += length;
				return;
			}
			takeOver();
		}
		this.portable.update(input, offset, length);
	}

	private void takeOver() {
		this.portable.reset();
		this.portable.update(this.gathered, 0, this.filled);
		Bytes.zero(this.gathered, 0, this.filled);
		this.filled = 0;
		this.running = true;
	}

	@Override
	public void digest(byte[] output, int offset) {
		if (!this.running && this.provider.hashState() == BoardCrypto.USED) {
			if (this.unit.digest(this.unitAlgorithm, this.gathered, 0, this.filled, output, offset)) {
				reset();
				return;
			}
			this.provider.hashFailed();
		}
		if (!this.running) {
			takeOver();
		}
		this.portable.digest(output, offset);
		this.running = false;
	}

	@Override
	public void copyFrom(Hash other) {
		UnitHash from = (UnitHash) other;
		reset();
		System.arraycopy(from.gathered, 0, this.gathered, 0, from.filled);
		this.filled = from.filled;
		this.running = from.running;
		if (from.running) {
			this.portable.copyFrom(from.portable);
		}
	}
}
