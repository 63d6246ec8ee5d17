/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Verifies ECDSA on P-256 or P-384 (FIPS 186-5 §6.4.2), in slices, in variable time: everything it sees is public.
 *
 * <p>u G + v Q is computed by one chain of doublings for both scalars, which stand in width-w non-adjacent form; G's odd multiples come
 * from the curve's constants, Q's are made. The x coordinates are compared without a division.
 */
public final class EcdsaVerifier implements SignatureVerifier {

	private static final int IDLE = 0;
	private static final int CHECK = 1;
	private static final int INVERSION = 2;
	private static final int TABLES = 3;
	private static final int DIGITS = 4;
	private static final int VALID = 5;

	/** Width of the form of u: the odd multiples of G from 1 to 15 are constants. */
	private static final int G_WIDTH = 5;

	/** Offset of Q and its odd multiples. */
	private static final int Q_TABLE = 0;

	/** Products that decoding a multiple of G costs as much as. */
	private static final int DECODING = 3;

	private final EcCurve curve;
	private final EcScratch scratch;
	private byte phase;
	private short position;
	private byte[] signature;
	private int signatureOffset;
	private int signatureLength;
	private byte[] digest;
	private int digestOffset;
	private int digestLength;

	/**
	 * Allocates an object.
	 *
	 * @param curve
	 *            the provider's P-256 or P-384.
	 * @param scratch
	 *            the provider's shared memory, of at least {@link EcScratch#WORDS_P256} or {@link EcScratch#WORDS_P384} words.
	 */
	public EcdsaVerifier(EcCurve curve, EcScratch scratch) {
		this.curve = curve;
		this.scratch = scratch;
	}

	// The memory, in numbers: Q's table of 12 or 6, one of G's multiples, the sum, temporaries; then u, v and their marks, with one word
	// more each, and the order.

	/** Width of the form of v: 4, or 3 for P-384, whose table would take too much of the scratch memory. */
	private int width() {
		return this.curve.group == KeyAgreement.SECP256R1 ? 4 : 3;
	}

	private int gMultiple() {
		return (3 << width() - 2) * this.curve.field.limbs;
	}

	private int sum() {
		return gMultiple() + 2 * this.curve.field.limbs;
	}

	private int temporaries() {
		return sum() + 3 * this.curve.field.limbs;
	}

	private int u() {
		return temporaries() + JacobianPoint.TEMPORARIES * this.curve.field.limbs;
	}

	private int v() {
		return u() + this.curve.field.words + 1;
	}

	private int uMarks() {
		return v() + this.curve.field.words + 1;
	}

	private int vMarks() {
		return uMarks() + this.curve.field.words + 1;
	}

	private int order() {
		return vMarks() + this.curve.field.words + 1;
	}

	@Override
	public void start(byte[] key, int keyOffset, int keyLength, byte[] digest, int digestOffset, int digestLength, byte[] signature,
			int signatureOffset, int signatureLength) {
		this.digest = digest;
		this.digestOffset = digestOffset;
		this.digestLength = digestLength;
		this.signature = signature;
		this.signatureOffset = signatureOffset;
		this.signatureLength = signatureLength;
		this.curve.order.load(this.scratch.words, order());
		boolean decoded = this.curve.decodePoint(key, keyOffset, keyLength, this.scratch.words, Q_TABLE, temporaries()) && loadSignature();
		this.phase = (byte) (decoded ? CHECK : IDLE);
	}

	/** Decodes r and s to the first two temporaries and tells whether both are from 1 to n - 1. */
	private boolean loadSignature() {
		EcCurve curve = this.curve;
		int[] w = this.scratch.words;
		int words = curve.field.words;
		int r = temporaries();
		int s = r + words;
		if (!EcdsaSignature.decode(this.signature, this.signatureOffset, this.signatureLength, w, r, words)) {
			return false;
		}
		return (curve.order.isBelow(w, r) & ~Words.isZero(w, r, words) & curve.order.isBelow(w, s) & ~Words.isZero(w, s, words)) != 0;
	}

	@Override
	public boolean step() {
		switch (this.phase) {
		case CHECK:
			return check();
		case INVERSION:
			if (this.scratch.inversion.step(this.scratch.words)) {
				this.phase = TABLES;
			}
			return false;
		case TABLES:
			makeScalars();
			makeTables();
			this.position = (short) (32 * this.curve.field.words);
			this.phase = DIGITS;
			return false;
		case DIGITS:
			if (!addDigits()) {
				return false;
			}
			this.phase = (byte) (hasRightX() ? VALID : IDLE);
			return true;
		default:
			return true;
		}
	}

	/** Checks that the key is on the curve and starts 1/s. Gives true if it is not. */
	private boolean check() {
		EcCurve curve = this.curve;
		int[] w = this.scratch.words;
		if (!curve.enterCurve(w, Q_TABLE, temporaries())) {
			this.phase = IDLE;
			return true;
		}
		loadSignature();
		// Works where the multiple of G and the sum will be.
		this.scratch.inversion.start(curve, w, gMultiple(), temporaries() + curve.field.words);
		this.phase = INVERSION;
		return false;
	}

	/** Computes u = e / s and v = r / s. The factor R of 1/s goes out in these products. */
	private void makeScalars() {
		EcCurve curve = this.curve;
		int[] w = this.scratch.words;
		int words = curve.field.words;
		int u = u();
		int v = v();
		loadSignature();
		// The leftmost bits of the digest; that they may be n or more does not matter to the product.
		int length = this.digestLength < 4 * words ? this.digestLength : 4 * words;
		Words.fromBytes(this.digest, this.digestOffset, length, w, u, words);
		curve.order.mul(w, u, u, gMultiple());
		curve.order.mul(w, v, temporaries(), gMultiple());
		w[u + words] = 0;
		w[v + words] = 0;
		NonAdjacentForm.mark(w, u, uMarks(), words, G_WIDTH);
		NonAdjacentForm.mark(w, v, vMarks(), words, width());
	}

	private void makeTables() {
		EcCurve curve = this.curve;
		CurveField field = curve.field;
		int[] w = this.scratch.words;
		int limbs = field.limbs;
		int size = 3 * limbs;
		int sum = sum();
		int end = gMultiple();
		int t = temporaries();
		field.load(EcCurve.ONE, w, Q_TABLE + 2 * limbs);
		System.arraycopy(w, Q_TABLE, w, sum, size);
		JacobianPoint.twice(field, w, sum, t);
		for (int entry = Q_TABLE + size; entry < end; entry += size) {
			System.arraycopy(w, entry - size, w, entry, size);
			JacobianPoint.add(field, w, entry, sum, false, false, 0, t);
		}
		Words.clear(w, sum, size);
	}

	/** Goes down some positions. Gives true when the lowest is done. */
	private boolean addDigits() {
		CurveField field = this.curve.field;
		int[] w = this.scratch.words;
		int words = field.words;
		int sum = sum();
		int t = temporaries();
		int u = u();
		int v = v();
		int uMarks = uMarks();
		int vMarks = vMarks();
		int i = this.position;
		for (int budget = field.productsPerSlice; i >= 0 && budget > 0; i--) {
			JacobianPoint.twice(field, w, sum, t);
			budget -= 8;
			int digit = NonAdjacentForm.digit(w, u, uMarks, words, i, G_WIDTH);
			if (digit != 0) {
				addMultiple(digit, true);
				budget -= 11 + DECODING;
			}
			digit = NonAdjacentForm.digit(w, v, vMarks, words, i, width());
			if (digit != 0) {
				addMultiple(digit, false);
				budget -= 16;
			}
		}
		this.position = (short) i;
		return i < 0;
	}

	/** Adds an odd multiple of G, which is affine, or of Q. */
	private void addMultiple(int digit, boolean affine) {
		boolean negative = digit < 0;
		int magnitude = negative ? -digit : digit;
		int[] w = this.scratch.words;
		int sum = sum();
		int t = temporaries();
		CurveField field = this.curve.field;
		int limbs = field.limbs;
		int entry = Q_TABLE + (magnitude >> 1) * 3 * limbs;
		if (affine) {
			entry = gMultiple();
			field.load(EcCurve.G + magnitude - 1, w, entry);
			field.load(EcCurve.G + magnitude, w, entry + limbs);
			if (Words.isZero(w, sum + 2 * limbs, limbs) != 0) {
				field.load(EcCurve.ONE, w, t);
			}
		}
		JacobianPoint.add(field, w, sum, entry, affine, negative, t, t);
	}

	/** Tells whether the sum is not infinity and x = r modulo n: X = r Z^2, or X = (r + n) Z^2 if r + n is below p. */
	private boolean hasRightX() {
		EcCurve curve = this.curve;
		CurveField field = curve.field;
		int[] w = this.scratch.words;
		int limbs = field.limbs;
		int x = sum();
		int z = x + 2 * limbs;
		if (Words.isZero(w, z, limbs) != 0) {
			return false;
		}
		int r = temporaries();
		int p = r + 2 * limbs;
		field.sqr(w, z, z);
		field.load(EcCurve.RR, w, r);
		field.mul(w, z, z, r); // Z^2 with one R more, so that the plain r can be multiplied
		loadSignature();
		field.spread(w, r);
		if (isRightX(r)) {
			return true;
		}
		loadSignature();
		field.loadWords(EcCurve.P, w, p);
		if (curve.order.addModulus(w, r, r) != 0 || Words.isLess(w, r, p, field.words) == 0) {
			return false;
		}
		field.spread(w, r);
		return isRightX(r);
	}

	/** Tells whether X = r Z^2, where Z^2 stands prepared for a plain r. */
	private boolean isRightX(int r) {
		CurveField field = this.curve.field;
		int[] w = this.scratch.words;
		int limbs = field.limbs;
		int t = r + limbs;
		int x = sum();
		field.mul(w, t, r, x + 2 * limbs);
		field.sub(w, t, t, x);
		return field.isZero(w, t, t + limbs, t + 2 * limbs);
	}

	@Override
	public boolean result() {
		boolean valid = this.phase == VALID;
		this.phase = IDLE;
		this.digest = null;
		this.signature = null;
		return valid;
	}
}
