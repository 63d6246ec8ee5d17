/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * X25519 (RFC 7748 §5) as a sliced key agreement, on Bouncy Castle's field arithmetic.
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

	/** Words for the comb: the scalar, behind the multiplication's memory, and temporary ones. */
	private static final int SCALAR = EdwardsBaseMultiplication.MEMORY;
	private static final int TEMPORARY = SCALAR + Edwards25519.WORDS;

	private final EcScratch scratch;
	private final byte[] privateKey;
	private final Edwards25519 curve;
	private final EdwardsBaseMultiplication multiplication;
	private boolean hasKey;
	private boolean agreeing;
	private int phase;
	/** Ladder: the bits of the scalar still to do. */
	private int bits;
	/** Ladder: 1 if the two points stand exchanged. Secret. */
	private int swapped;

	/**
	 * Allocates an object.
	 *
	 * @param scratch
	 *            the provider's shared memory, with at least {@link EcScratch#ELEMENTS_X25519} elements.
	 */
	public X25519Agreement(EcScratch scratch) {
		this.scratch = scratch;
		this.privateKey = new byte[KEY_LENGTH];
		this.curve = null;
		this.multiplication = null;
	}

	/**
	 * Allocates an object that makes key pairs by way of edwards25519.
	 *
	 * @param scratch
	 *            the provider's shared memory, with at least {@link EcScratch#WORDS_ED25519} words and {@link EcScratch#ELEMENTS_ED25519}
	 *            elements.
	 * @param curve
	 *            the provider's curve.
	 */
	public X25519Agreement(EcScratch scratch, Edwards25519 curve) {
		this.scratch = scratch;
		this.privateKey = new byte[KEY_LENGTH];
		this.curve = curve;
		this.multiplication = new EdwardsBaseMultiplication(curve, scratch);
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
		this.hasKey = random.generate(this.privateKey, 0, KEY_LENGTH);
		if (!this.hasKey) {
			this.phase = IDLE;
			return;
		}
		if (this.multiplication != null) {
			this.curve.clamp(this.privateKey, this.scratch, SCALAR, TEMPORARY);
			this.multiplication.start(SCALAR);
			this.phase = COMB;
			return;
		}
		int[] u = this.scratch.elements[0];
		X25519Field.zero(u);
		u[0] = 9; // the base point
		startLadder();
	}

	@Override
	public void startAgreement(byte[] peerKey, int offset, int length) {
		this.agreeing = true;
		if (!this.hasKey || length != KEY_LENGTH) {
			this.phase = IDLE;
			return;
		}
		// The top bit is ignored, values from p to 2^255 - 1 are taken modulo p (RFC 7748 §5).
		X25519Field.decode(peerKey, offset, this.scratch.elements[0]);
		startLadder();
	}

	private void startLadder() {
		int[][] elements = this.scratch.elements;
		X25519Field.one(elements[1]);
		X25519Field.zero(elements[2]);
		X25519Field.copy(elements[0], 0, elements[3], 0);
		X25519Field.one(elements[4]);
		this.bits = 255;
		this.swapped = 0;
		this.phase = LADDER;
	}

	@Override
	public boolean step() {
		int[][] elements = this.scratch.elements;
		switch (this.phase) {
		case LADDER:
			ladder();
			return false;
		case COMB:
			if (this.multiplication.step()) {
				// u = (1 + y) / (1 - y) (RFC 7748 §4.1); y is not 1, because the scalar is not a multiple of L.
				X25519Field.apm(elements[EdwardsPoint.Z], elements[EdwardsPoint.Y], elements[1], elements[2]);
				X25519Field.carry(elements[1]);
				X25519Field.carry(elements[2]);
				this.phase = POWER_START;
			}
			return false;
		case POWER_START:
			Field25519.startPower(elements[2], elements[3], elements[4], elements[5], elements[6]);
			this.phase = POWER_FINISH;
			return false;
		case POWER_FINISH:
			Field25519.finishPower(elements[4], elements[5], elements[6]);
			Field25519.invert(elements[4], elements[3], elements[2]);
			X25519Field.mul(elements[1], elements[2], elements[1]);
			X25519Field.normalize(elements[1]);
			this.phase = DONE;
			return true;
		default:
			return true;
		}
	}

	/**
	 * Some bits of the Montgomery ladder of RFC 7748 §5, from the top, with sums left uncarried where the field's bounds allow it (at most one
	 * addition or subtraction between products).
	 */
	private void ladder() {
		int[][] elements = this.scratch.elements;
		int[] u = elements[0];
		int[] x2 = elements[1];
		int[] z2 = elements[2];
		int[] x3 = elements[3];
		int[] z3 = elements[4];
		int[] s = elements[5];
		int[] t = elements[6];
		byte[] key = this.privateKey;
		int swap = this.swapped;
		int bit = this.bits;
		int last = bit > BITS_PER_SLICE ? bit - BITS_PER_SLICE : 0;
		while (--bit >= last) {
			int value = scalarBit(key, bit);
			swap ^= value;
			X25519Field.cswap(swap, x2, x3);
			X25519Field.cswap(swap, z2, z3);
			swap = value;

			X25519Field.apm(x2, z2, s, x2); // A, B
			X25519Field.apm(x3, z3, x3, z3); // C, D
			X25519Field.mul(z3, s, z3); // DA
			X25519Field.mul(x3, x2, x3); // CB
			X25519Field.sqr(s, s); // AA
			X25519Field.sqr(x2, t); // BB
			X25519Field.mul(s, t, x2);
			X25519Field.sub(s, t, s); // E
			// AA + 121665 E = BB + 121666 E
			X25519Field.mul(s, 121666, z2);
			X25519Field.add(z2, t, z2);
			X25519Field.mul(z2, s, z2);
			X25519Field.apm(z3, x3, x3, z3);
			X25519Field.sqr(x3, x3);
			X25519Field.sqr(z3, z3);
			X25519Field.mul(z3, u, z3);
		}
		this.bits = last;
		this.swapped = swap;
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
			wipeKey();
		}
		if (!done) {
			return -1;
		}
		X25519Field.encode(this.scratch.elements[1], output, offset);
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

	private void wipeKey() {
		Bytes.zero(this.privateKey, 0, KEY_LENGTH);
		this.hasKey = false;
	}

	private void wipeScratch() {
		this.scratch.wipeElements();
		if (this.multiplication != null) {
			this.curve.order.wipe();
			Words.clear(this.scratch.words, 0, TEMPORARY + 2 * Edwards25519.WORDS);
		}
	}

	@Override
	public void wipe() {
		wipeKey();
		this.swapped = 0;
		this.phase = IDLE;
		wipeScratch();
	}
}
