/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * Verifies Ed25519 (RFC 8032 §5.1.7), in slices, in variable time: everything it sees is public. The "digest" is the message.
 *
 * <p>Strict where implementations differ: S must be below L, the key must be the canonical encoding of a point, and the equation is checked
 * without the cofactor, by comparing the encoding of S B - k A with the signature's R. (Go and BoringSSL do the same, but for taking keys
 * whose y is p or more, which no honest signer has.)
 */
public final class Ed25519Verifier implements SignatureVerifier {

	private static final int KEY_LENGTH = 32;
	private static final int SIGNATURE_LENGTH = 64;
	private static final int MESSAGE_BYTES_PER_SLICE = 1024;
	private static final int PRODUCTS_PER_SLICE = 200;

	/** Odd multiples of B: 1 to 15. */
	private static final int B_WIDTH = 5;
	/** Odd multiples of A: 1 to 7. */
	private static final int A_WIDTH = 4;

	// The memory: B's multiples of 3 numbers of 8 words, A's as addends, S, k and their marks with a word more each, temporary words.
	private static final int B_TABLE = 0;
	private static final int B_ENTRY = 3 * Edwards25519.WORDS;
	private static final int B_ENTRIES = 1 << B_WIDTH - 2;
	private static final int A_TABLE = B_TABLE + B_ENTRIES * B_ENTRY;
	private static final int A_ENTRIES = 1 << A_WIDTH - 2;
	private static final int S = A_TABLE + A_ENTRIES * EdwardsPoint.STORED;
	private static final int K = S + Edwards25519.WORDS + 1;
	private static final int S_MARKS = K + Edwards25519.WORDS + 1;
	private static final int K_MARKS = S_MARKS + Edwards25519.WORDS + 1;
	private static final int TEMPORARY = K_MARKS + Edwards25519.WORDS + 1;
	/** Words of memory: the temporary ones are 40, for 2A as an addend. */
	/* package */ static final int MEMORY = TEMPORARY + EdwardsPoint.STORED;

	private static final int IDLE = 0;
	private static final int HASH = 1;
	private static final int ROOT_START = 2;
	private static final int ROOT_FINISH = 3;
	private static final int TABLES = 4;
	private static final int DIGITS = 5;
	private static final int ENCODING_START = 6;
	private static final int ENCODING_FINISH = 7;
	private static final int VALID = 8;

	private final Edwards25519 curve;
	private final Hash sha512;
	private final EcScratch scratch;
	private int phase;
	/** The next byte of the message, then the next position of the scalars. */
	private int position;
	private byte[] key;
	private int keyOffset;
	private byte[] message;
	private int messageEnd;
	private byte[] signature;
	private int signatureOffset;

	/**
	 * Allocates an object.
	 *
	 * @param curve
	 *            the provider's curve.
	 * @param sha512
	 *            a SHA-512 that nothing else uses while an operation is in progress.
	 * @param scratch
	 *            the provider's shared memory, of at least {@link EcScratch#WORDS_ED25519} words and {@link EcScratch#ELEMENTS_ED25519}
	 *            elements.
	 */
	public Ed25519Verifier(Edwards25519 curve, Hash sha512, EcScratch scratch) {
		this.curve = curve;
		this.sha512 = sha512;
		this.scratch = scratch;
	}

	@Override
	public void start(byte[] key, int keyOffset, int keyLength, byte[] digest, int digestOffset, int digestLength, byte[] signature,
			int signatureOffset, int signatureLength) {
		this.phase = IDLE;
		if (keyLength != KEY_LENGTH || signatureLength != SIGNATURE_LENGTH) {
			return;
		}
		int[] w = this.scratch.words;
		Words.fromLittleEndian(signature, signatureOffset + 32, w, S, Edwards25519.WORDS);
		w[S + Edwards25519.WORDS] = 0;
		if (this.curve.order.isBelow(w, S) == 0) {
			return;
		}
		this.key = key;
		this.keyOffset = keyOffset;
		this.message = digest;
		this.position = digestOffset;
		this.messageEnd = digestOffset + digestLength;
		this.signature = signature;
		this.signatureOffset = signatureOffset;
		this.sha512.reset();
		this.sha512.update(signature, signatureOffset, 32);
		this.sha512.update(key, keyOffset, KEY_LENGTH);
		this.phase = HASH;
	}

	@Override
	public boolean step() {
		int[][] e = this.scratch.elements;
		switch (this.phase) {
		case HASH:
			hash();
			return false;
		case ROOT_START:
			if (!startRoot()) {
				this.phase = IDLE;
				return true;
			}
			this.phase = ROOT_FINISH;
			return false;
		case ROOT_FINISH:
			if (!finishRoot()) {
				this.phase = IDLE;
				return true;
			}
			this.phase = TABLES;
			return false;
		case TABLES:
			makeTables();
			this.position = 32 * Edwards25519.WORDS;
			this.phase = DIGITS;
			return false;
		case DIGITS:
			if (addDigits()) {
				this.phase = ENCODING_START;
			}
			return false;
		case ENCODING_START:
			EdwardsPoint.startEncoding(e);
			this.phase = ENCODING_FINISH;
			return false;
		case ENCODING_FINISH:
			EdwardsPoint.finishEncoding(e, this.scratch.bytes, 0);
			this.phase = isRight() ? VALID : IDLE;
			return true;
		default:
			return true;
		}
	}

	private void hash() {
		int left = this.messageEnd - this.position;
		if (left > MESSAGE_BYTES_PER_SLICE) {
			this.sha512.update(this.message, this.position, MESSAGE_BYTES_PER_SLICE);
			this.position += MESSAGE_BYTES_PER_SLICE;
			return;
		}
		this.sha512.update(this.message, this.position, left);
		this.sha512.digest(this.scratch.bytes, 0);
		int[] w = this.scratch.words;
		this.curve.reduce(this.scratch.bytes, w, K, TEMPORARY);
		w[K + Edwards25519.WORDS] = 0;
		this.phase = ROOT_START;
	}

	/**
	 * Decodes the key (RFC 8032 §5.1.3): x<sup>2</sup> = u / v with u = y<sup>2</sup> - 1 and v = d y<sup>2</sup> + 1, and the candidate
	 * for x is u v<sup>3</sup> (u v<sup>7</sup>)<sup>(p - 5) / 8</sup>. Gives false if y is not below p.
	 */
	private boolean startRoot() {
		int[] w = this.scratch.words;
		int[][] e = this.scratch.elements;
		Words.fromLittleEndian(this.key, this.keyOffset, w, TEMPORARY, Edwards25519.WORDS);
		if (!Field25519.isReduced(w, TEMPORARY)) {
			return false;
		}
		int[] u = e[0];
		int[] y = e[1];
		int[] v = e[2];
		int[] base = e[3];
		X25519Field.decode(w, TEMPORARY, y);
		X25519Field.sqr(y, u);
		Edwards25519.load(Edwards25519.D, w, TEMPORARY, v);
		X25519Field.mul(u, v, v);
		X25519Field.subOne(u);
		X25519Field.addOne(v);
		// base = u v^7
		X25519Field.sqr(v, base);
		X25519Field.mul(base, v, base);
		X25519Field.sqr(base, base);
		X25519Field.mul(base, v, base);
		X25519Field.mul(base, u, base);
		Field25519.startPower(base, e[4], e[5], e[6], e[7]);
		return true;
	}

	/** Makes -A out of the candidate, in the point's place. Gives false if the key is no point or is x = 0 with a sign. */
	private boolean finishRoot() {
		int[][] e = this.scratch.elements;
		int[] u = e[0];
		int[] y = e[1];
		int[] v = e[2];
		int[] base = e[3];
		int[] power = e[5];
		int[] x = e[4];
		int[] check = e[6];
		Field25519.finishPower(power, check, e[7]);
		// (p - 5) / 8 = 4 (2^250 - 1) + 1
		X25519Field.sqr(power, 2, power);
		X25519Field.mul(power, base, power);
		X25519Field.sqr(v, x);
		X25519Field.mul(x, v, x);
		X25519Field.mul(x, u, x);
		X25519Field.mul(x, power, x);
		X25519Field.sqr(x, check);
		X25519Field.mul(check, v, check);
		X25519Field.normalize(check);
		X25519Field.normalize(u);
		if (!X25519Field.areEqualVar(check, u)) {
			X25519Field.negate(u, u);
			X25519Field.carry(u);
			X25519Field.normalize(u);
			if (!X25519Field.areEqualVar(check, u)) {
				return false;
			}
			Edwards25519.load(Edwards25519.ROOT, this.scratch.words, TEMPORARY, check);
			X25519Field.mul(x, check, x);
		}
		X25519Field.normalize(x);
		int sign = this.key[this.keyOffset + 31] >>> 7 & 1;
		if (X25519Field.isZeroVar(x)) {
			if (sign != 0) {
				return false;
			}
		} else if ((x[0] & 1) == sign) {
			X25519Field.negate(x, x);
			X25519Field.carry(x);
		}
		X25519Field.copy(x, 0, e[EdwardsPoint.X], 0);
		X25519Field.mul(x, y, e[EdwardsPoint.T]);
		X25519Field.one(e[EdwardsPoint.Z]);
		return true;
	}

	private void makeTables() {
		int[] w = this.scratch.words;
		int[][] e = this.scratch.elements;
		NonAdjacentForm.mark(w, S, S_MARKS, Edwards25519.WORDS, B_WIDTH);
		NonAdjacentForm.mark(w, K, K_MARKS, Edwards25519.WORDS, A_WIDTH);
		for (int i = 0; i < 3 * B_ENTRIES; i++) {
			Edwards25519.loadWords(Edwards25519.ODD + i, w, B_TABLE + Edwards25519.WORDS * i);
		}
		EdwardsPoint.store(e, w, A_TABLE);
		EdwardsPoint.twice(e);
		EdwardsPoint.store(e, w, TEMPORARY);
		for (int i = 1; i < A_ENTRIES; i++) {
			EdwardsPoint.load(e, w, i == 1 ? A_TABLE : TEMPORARY);
			EdwardsPoint.add(e, false, false);
			EdwardsPoint.store(e, w, A_TABLE + i * EdwardsPoint.STORED);
		}
		EdwardsPoint.clear(e);
	}

	/** Goes down some positions. Gives true when the lowest is done. */
	private boolean addDigits() {
		int[] w = this.scratch.words;
		int[][] e = this.scratch.elements;
		int words = Edwards25519.WORDS;
		int i = this.position;
		for (int budget = PRODUCTS_PER_SLICE; i >= 0 && budget > 0; i--) {
			EdwardsPoint.twice(e);
			budget -= 8;
			int digit = NonAdjacentForm.digit(w, S, S_MARKS, words, i, B_WIDTH);
			if (digit != 0) {
				int entry = B_TABLE + ((digit < 0 ? -digit : digit) >> 1) * B_ENTRY;
				X25519Field.decode(w, entry, e[EdwardsPoint.MINUS]);
				X25519Field.decode(w, entry + words, e[EdwardsPoint.PLUS]);
				X25519Field.decode(w, entry + 2 * words, e[EdwardsPoint.DT]);
				EdwardsPoint.add(e, true, digit < 0);
				budget -= 8;
			}
			digit = NonAdjacentForm.digit(w, K, K_MARKS, words, i, A_WIDTH);
			if (digit != 0) {
				EdwardsPoint.load(e, w, A_TABLE + ((digit < 0 ? -digit : digit) >> 1) * EdwardsPoint.STORED);
				EdwardsPoint.add(e, false, digit < 0);
				budget -= 9;
			}
		}
		this.position = i;
		return i < 0;
	}

	private boolean isRight() {
		byte[] encoded = this.scratch.bytes;
		for (int i = 0; i < 32; i++) {
			if (encoded[i] != this.signature[this.signatureOffset + i]) {
				return false;
			}
		}
		return true;
	}

	@Override
	public boolean result() {
		boolean valid = this.phase == VALID;
		this.phase = IDLE;
		this.key = null;
		this.message = null;
		this.signature = null;
		return valid;
	}
}
