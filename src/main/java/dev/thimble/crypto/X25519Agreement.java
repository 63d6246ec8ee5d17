/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * X25519 (RFC 7748 §5) as a sliced key agreement.
 *
 * <p>Constant time: the ladder runs over all 255 bits with arithmetic swaps; inversion is a fixed power. 13 slices an operation, each at
 * most 250 field products. Where there is Ed25519 anyway, a public key is computed on the equivalent curve edwards25519 instead, with the
 * comb for its base point, in two fifths of the products.
 */
public final class X25519Agreement implements KeyAgreement {

	private static final int KEY_LENGTH = 32;
	/** A ladder step has 10 products, so a slice has 250. */
	private static final int BITS_PER_SLICE = 25;

	private static final int IDLE = 0;
	private static final int LADDER = 1;
	private static final int POWER_START = 2;
	private static final int POWER_FINISH = 3;
	private static final int DONE = 4;
	private static final int COMB = 5;

	// The ladder's elements.
	private static final int U = 0;
	private static final int X2 = Field25519.DIGITS;
	private static final int Z2 = 2 * Field25519.DIGITS;
	private static final int X3 = 3 * Field25519.DIGITS;
	private static final int Z3 = 4 * Field25519.DIGITS;
	private static final int S = 5 * Field25519.DIGITS;
	private static final int T = 6 * Field25519.DIGITS;
	/** Words the ladder needs. */
	/* package */ static final int LADDER_MEMORY = 7 * Field25519.DIGITS;

	/** The scalar for the comb, behind the multiplication's memory. */
	private static final int SCALAR = EdwardsBaseMultiplication.MEMORY;

	private final EcScratch scratch;
	private final Edwards25519 curve;
	private boolean agreeing;
	private byte phase;
	/** Ladder: the bits of the scalar still to do. */
	private short bits;
	/** Ladder: 1 if the two points stand exchanged. Secret. */
	private byte swapped;

	/**
	 * Allocates an object.
	 *
	 * @param scratch
	 *            the provider's shared memory, with at least {@link EcScratch#WORDS_X25519} words.
	 */
	public X25519Agreement(EcScratch scratch) {
		this.scratch = scratch;
		this.curve = null;
	}

	/**
	 * Allocates an object that makes key pairs by way of edwards25519.
	 *
	 * @param scratch
	 *            the provider's shared memory, with at least {@link EcScratch#WORDS_ED25519} words.
	 * @param curve
	 *            the provider's curve.
	 */
	public X25519Agreement(EcScratch scratch, Edwards25519 curve) {
		this.scratch = scratch;
		this.curve = curve;
	}

	@Override
	public int publicKeyLength() {
		return KEY_LENGTH;
	}

	@Override
	public int secretLength() {
		return KEY_LENGTH;
	}

	@Override
	public void startKeyPair(Random random) {
		this.agreeing = false;
		int[] w = this.scratch.words;
		byte[] key = this.scratch.takeKey(this);
		if (!random.generate(key, 0, KEY_LENGTH)) {
			this.scratch.dropKey(this);
			this.phase = IDLE;
			return;
		}
		if (this.curve != null) {
			this.curve.clamp(key, 0, w, SCALAR, EdwardsBaseMultiplication.TABLE);
			EdwardsBaseMultiplication.start(this.curve, this.scratch, SCALAR);
			this.phase = COMB;
			return;
		}
		Field25519.set(w, U, 9); // the base point
		startLadder();
	}

	@Override
	public void startAgreement(byte[] peerKey, int offset, int length) {
		this.agreeing = true;
		if (!this.scratch.hasKey(this) || length != KEY_LENGTH) {
			this.phase = IDLE;
			return;
		}
		// The top bit is ignored, values from p to 2^255 - 1 are taken modulo p (RFC 7748 §5).
		int[] w = this.scratch.words;
		Words.fromLittleEndian(peerKey, offset, w, U, 8);
		Field25519.spread(w, U);
		startLadder();
	}

	private void startLadder() {
		int[] w = this.scratch.words;
		Field25519.set(w, X2, 1);
		Field25519.set(w, Z2, 0);
		Field25519.copy(w, X3, U);
		Field25519.set(w, Z3, 1);
		this.bits = 255;
		this.swapped = 0;
		this.phase = LADDER;
	}

	@Override
	public boolean step() {
		int[] w = this.scratch.words;
		switch (this.phase) {
		case LADDER:
			ladder();
			return false;
		case COMB:
			if (EdwardsBaseMultiplication.step(this.scratch)) {
				// u = (1 + y) / (1 - y) (RFC 7748 §4.1); y is not 1, because the scalar is not a multiple of L.
				Field25519.addSub(w, X2, Z2, EdwardsPoint.Z, EdwardsPoint.Y);
				this.phase = POWER_START;
			}
			return false;
		case POWER_START:
			Field25519.startPower(w, Z2, X3, Z3, S, T);
			this.phase = POWER_FINISH;
			return false;
		case POWER_FINISH:
			Field25519.finishPower(w, Z3, S, T);
			Field25519.invert(w, Z3, X3, Z2);
			Field25519.mul(w, X2, X2, Z2);
			Field25519.normalize(w, X2);
			this.phase = DONE;
			return true;
		default:
			return true;
		}
	}

	/** Some bits of the Montgomery ladder of RFC 7748 §5, from the top, with one addition at most uncarried between products. */
	private void ladder() {
		int[] w = this.scratch.words;
		byte[] key = this.scratch.key;
		int swap = this.swapped;
		int bit = this.bits;
		int last = bit > BITS_PER_SLICE ? bit - BITS_PER_SLICE : 0;
		while (--bit >= last) {
			int value = scalarBit(key, bit);
			swap ^= value;
			Field25519.swap(w, swap, X2, X3);
			Field25519.swap(w, swap, Z2, Z3);
			swap = value;

			Field25519.addSub(w, S, X2, X2, Z2); // A, B
			Field25519.addSub(w, X3, Z3, X3, Z3); // C, D
			Field25519.mul(w, Z3, S, Z3); // DA
			Field25519.mul(w, X3, X2, X3); // CB
			Field25519.sqr(w, S, S); // AA
			Field25519.sqr(w, T, X2); // BB
			Field25519.mul(w, X2, S, T);
			Field25519.sub(w, S, S, T); // E
			// AA + 121665 E = BB + 121666 E
			Field25519.times(w, Z2, S, 121666);
			Field25519.add(w, Z2, Z2, T);
			Field25519.mul(w, Z2, Z2, S);
			Field25519.addSub(w, X3, Z3, Z3, X3);
			Field25519.sqr(w, X3, X3);
			Field25519.sqr(w, Z3, Z3);
			Field25519.mul(w, Z3, Z3, U);
		}
		this.bits = (short) last;
		this.swapped = (byte) swap;
		if (last == 0) {
			// The lowest bits of a clamped scalar are 0, so nothing stands exchanged.
			this.phase = POWER_START;
		}
	}

	/** A bit of the scalar, clamped as RFC 7748 §5 says: bits 0 to 2 are 0, bit 254 is 1. The number of the bit is public. */
	private static int scalarBit(byte[] key, int bit) {
		if (bit == 254) {
			return 1;
		}
		return bit < 3 ? 0 : key[bit >> 3] >>> (bit & 7) & 1;
	}

	@Override
	public int result(byte[] output, int offset) {
		boolean done = this.phase == DONE;
		this.phase = IDLE;
		if (this.agreeing) {
			this.scratch.dropKey(this);
		}
		if (!done) {
			return -1;
		}
		Field25519.encode(this.scratch.words, X2, output, offset);
		wipeScratch();
		if (!this.agreeing) {
			return KEY_LENGTH;
		}
		// RFC 7748 §6.1, RFC 8446 §7.4.2: a secret of zeros is refused. All bytes are looked at before the one decision.
		int all = 0;
		for (int i = 0; i < KEY_LENGTH; i++) {
			all |= output[offset + i];
		}
		return all == 0 ? -1 : KEY_LENGTH;
	}

	private void wipeScratch() {
		Words.clear(this.scratch.words, 0, this.curve == null ? LADDER_MEMORY : SCALAR + Edwards25519.WORDS);
	}

	@Override
	public void wipe() {
		this.scratch.dropKey(this);
		this.swapped = 0;
		this.phase = IDLE;
		wipeScratch();
	}
}
