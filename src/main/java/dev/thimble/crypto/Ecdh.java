/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * ECDH on P-256 or P-384 (SP 800-56A §5.7.1.2, RFC 8446 §4.2.8.2 and §7.4.2) as a sliced key agreement. Constant time but for what is
 * public: whether the peer's key is valid.
 */
public final class Ecdh implements KeyAgreement {

	/** A candidate is rejected with a probability of at most 2<sup>-32</sup>; a generator that makes this many useless ones is broken. */
	private static final int CANDIDATES = 8;

	private static final int IDLE = 0;
	private static final int CHECK = 1;
	private static final int MULTIPLY = 2;
	private static final int DONE = 3;

	private final EcCurve curve;
	private final EcScratch scratch;
	private boolean agreeing;
	private byte phase;

	/**
	 * Allocates an object.
	 *
	 * @param curve
	 *            the provider's P-256 or P-384.
	 * @param scratch
	 *            the provider's shared memory, of at least {@link EcScratch#WORDS_P256} or {@link EcScratch#WORDS_P384} words.
	 */
	public Ecdh(EcCurve curve, EcScratch scratch) {
		this.curve = curve;
		this.scratch = scratch;
	}

	private SecretMultiplication multiplication() {
		return this.scratch.multiplication(this.curve);
	}

	@Override
	public int publicKeyLength() {
		return 1 + 2 * secretLength();
	}

	@Override
	public int secretLength() {
		return 4 * this.curve.field.words;
	}

	@Override
	public void startKeyPair(Random random) {
		this.agreeing = false;
		this.phase = IDLE;
		if (!makePrivateKey(random)) {
			wipe();
			return;
		}
		multiplication().startBase();
		this.phase = MULTIPLY;
	}

	/** Takes the first candidate from 1 to n - 1 (FIPS 186-5 §A.2.2). */
	private boolean makePrivateKey(Random random) {
		byte[] key = this.scratch.takeKey(this);
		int length = secretLength();
		int[] w = this.scratch.words;
		int words = this.curve.field.words;
		int scalar = multiplication().scalar();
		OrderField order = multiplication().loadOrder();
		for (int i = 0; i < CANDIDATES; i++) {
			if (!random.generate(key, 0, length)) {
				return false;
			}
			Words.fromBytes(key, 0, length, w, scalar, words);
			if ((order.isBelow(w, scalar) & ~Words.isZero(w, scalar, words)) != 0) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void startAgreement(byte[] peerKey, int offset, int length) {
		this.agreeing = true;
		this.phase = IDLE;
		SecretMultiplication multiplication = multiplication();
		if (!this.scratch.hasKey(this)
				|| !this.curve.decodePoint(peerKey, offset, length, this.scratch.words, multiplication.point(), multiplication.free())) {
			return;
		}
		Words.fromBytes(this.scratch.key, 0, secretLength(), this.scratch.words, multiplication.scalar(), this.curve.field.words);
		multiplication.start();
		this.phase = CHECK;
	}

	@Override
	public boolean step() {
		switch (this.phase) {
		case CHECK:
			// The order is prime and infinity has no uncompressed form, so a point on the curve has order n (SP 800-56A §5.6.2.3.4).
			boolean onCurve = this.curve.enterCurve(this.scratch.words, multiplication().point(), multiplication().free());
			this.phase = (byte) (onCurve ? MULTIPLY : IDLE);
			return !onCurve;
		case MULTIPLY:
			if (!multiplication().step()) {
				return false;
			}
			this.phase = DONE;
			return true;
		default:
			return true;
		}
	}

	@Override
	public int result(byte[] output, int offset) {
		int length = -1;
		if (this.phase == DONE) {
			int[] w = this.scratch.words;
			int words = this.curve.field.words;
			int x = multiplication().result();
			if (this.agreeing) {
				Words.toBytes(w, x, words, output, offset);
				length = secretLength();
			} else {
				output[offset] = 4;
				Words.toBytes(w, x, words, output, offset + 1);
				Words.toBytes(w, multiplication().resultY(), words, output, offset + 1 + 4 * words);
				length = publicKeyLength();
			}
		}
		if (this.agreeing) {
			wipe();
		} else {
			multiplication().wipe();
			this.phase = IDLE;
		}
		return length;
	}

	@Override
	public void wipe() {
		this.scratch.dropKey(this);
		this.phase = IDLE;
		multiplication().wipe();
	}
}
