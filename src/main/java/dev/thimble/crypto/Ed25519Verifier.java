/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

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

	/** Products that decoding a multiple of B costs as much as. */
	private static final int DECODING = 6;

	/** Odd multiples of B: 1 to 15, constants. */
	private static final int B_WIDTH = 5;
	/** Odd multiples of A: 1 to 7. */
	private static final int A_WIDTH = 4;

	// The memory: the point, A's multiples as addends, S, k and their marks with a word more each, temporary words.
	private static final int A_TABLE = EdwardsPoint.MEMORY;
	private static final int A_ENTRIES = 1 << A_WIDTH - 2;
	private static final int S = A_TABLE + A_ENTRIES * EdwardsPoint.STORED;
	private static final int K = S + Edwards25519.WORDS + 1;
	private static final int S_MARKS = K + Edwards25519.WORDS + 1;
	private static final int K_MARKS = S_MARKS + Edwards25519.WORDS + 1;
	private static final int TEMPORARY = K_MARKS + Edwards25519.WORDS + 1;
	/** Words of memory: the temporary ones are as many as an addend has, for 2A, which is enough for the rest. */
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
	 *            the provider's shared memory, of at least {@link EcScratch#WORDS_ED25519} words.
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
		this.curve.order.load(w, TEMPORARY);
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
		int[] w = this.scratch.words;
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
			EdwardsPoint.startEncoding(w);
			this.phase = ENCODING_FINISH;
			return false;
		case ENCODING_FINISH:
			EdwardsPoint.finishEncoding(w, this.scratch.key, 0);
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
		this.sha512.digest(this.scratch.takeKey(null), 0);
		int[] w = this.scratch.words;
		this.curve.reduce(this.scratch.key, w, K, TEMPORARY);
		w[K + Edwards25519.WORDS] = 0;
		this.phase = ROOT_START;
	}

	/**
	 * Decodes the key (RFC 8032 §5.1.3): x<sup>2</sup> = u / v with u = y<sup>2</sup> - 1 and v = d y<sup>2</sup> + 1, and the candidate
	 * for x is u v<sup>3</sup> (u v<sup>7</sup>)<sup>(p - 5) / 8</sup>. Gives false if y is not below p.
	 */
	private boolean startRoot() {
		int[] w = this.scratch.words;
		Words.fromLittleEndian(this.key, this.keyOffset, w, TEMPORARY, Edwards25519.WORDS);
		if (!Field25519.isReduced(w, TEMPORARY)) {
			return false;
		}
		int u = 0;
		int y = Field25519.DIGITS;
		int v = 2 * Field25519.DIGITS;
		int base = 3 * Field25519.DIGITS;
		System.arraycopy(w, TEMPORARY, w, y, Edwards25519.WORDS);
		Field25519.spread(w, y);
		Field25519.sqr(w, u, y);
		Edwards25519.load(Edwards25519.D, w, v);
		Field25519.mul(w, v, u, v);
		w[u]--;
		w[v]++;
		// base = u v^7
		Field25519.sqr(w, base, v);
		Field25519.mul(w, base, base, v);
		Field25519.sqr(w, base, base);
		Field25519.mul(w, base, base, v);
		Field25519.mul(w, base, base, u);
		Field25519.startPower(w, base, 4 * Field25519.DIGITS, 5 * Field25519.DIGITS, 6 * Field25519.DIGITS, 7 * Field25519.DIGITS);
		return true;
	}

	/** Makes -A out of the candidate, in the point's place. Gives false if the key is no point or is x = 0 with a sign. */
	private boolean finishRoot() {
		int[] w = this.scratch.words;
		int u = 0;
		int y = Field25519.DIGITS;
		int v = 2 * Field25519.DIGITS;
		int base = 3 * Field25519.DIGITS;
		int power = 5 * Field25519.DIGITS;
		int x = 4 * Field25519.DIGITS;
		int check = 6 * Field25519.DIGITS;
		Field25519.finishPower(w, power, check, 7 * Field25519.DIGITS);
		// (p - 5) / 8 = 4 (2^250 - 1) + 1
		Field25519.sqr(w, power, power, 2);
		Field25519.mul(w, power, power, base);
		Field25519.sqr(w, x, v);
		Field25519.mul(w, x, x, v);
		Field25519.mul(w, x, x, u);
		Field25519.mul(w, x, x, power);
		Field25519.sqr(w, check, x);
		Field25519.mul(w, check, check, v);
		Field25519.normalize(w, check);
		Field25519.normalize(w, u);
		if (!Field25519.areEqual(w, check, u)) {
			Field25519.neg(w, u, u);
			Field25519.carry(w, u);
			Field25519.normalize(w, u);
			if (!Field25519.areEqual(w, check, u)) {
				return false;
			}
			Edwards25519.load(Edwards25519.ROOT, w, check);
			Field25519.mul(w, x, x, check);
		}
		Field25519.normalize(w, x);
		int sign = this.key[this.keyOffset + 31] >>> 7 & 1;
		if (Words.isZero(w, x, Field25519.DIGITS) != 0) {
			if (sign != 0) {
				return false;
			}
		} else if ((w[x] & 1) == sign) {
			Field25519.neg(w, x, x);
			Field25519.carry(w, x);
		}
		Field25519.copy(w, EdwardsPoint.X, x);
		Field25519.mul(w, EdwardsPoint.T, x, y);
		Field25519.set(w, EdwardsPoint.Z, 1);
		return true;
	}

	private void makeTables() {
		int[] w = this.scratch.words;
		NonAdjacentForm.mark(w, S, S_MARKS, Edwards25519.WORDS, B_WIDTH);
		NonAdjacentForm.mark(w, K, K_MARKS, Edwards25519.WORDS, A_WIDTH);
		EdwardsPoint.store(w, A_TABLE);
		EdwardsPoint.twice(w);
		EdwardsPoint.store(w, TEMPORARY);
		for (int i = 1; i < A_ENTRIES; i++) {
			EdwardsPoint.load(w, i == 1 ? A_TABLE : TEMPORARY);
			EdwardsPoint.add(w, false, false);
			EdwardsPoint.store(w, A_TABLE + i * EdwardsPoint.STORED);
		}
		EdwardsPoint.clear(w);
	}

	/** Goes down some positions. Gives true when the lowest is done. */
	private boolean addDigits() {
		int[] w = this.scratch.words;
		int words = Edwards25519.WORDS;
		int i = this.position;
		for (int budget = PRODUCTS_PER_SLICE; i >= 0 && budget > 0; i--) {
			EdwardsPoint.twice(w);
			budget -= 8;
			int digit = NonAdjacentForm.digit(w, S, S_MARKS, words, i, B_WIDTH);
			if (digit != 0) {
				int constant = Edwards25519.ODD + 3 * ((digit < 0 ? -digit : digit) >> 1);
				Edwards25519.load(constant, w, EdwardsPoint.MINUS);
				Edwards25519.load(constant + 1, w, EdwardsPoint.PLUS);
				Edwards25519.load(constant + 2, w, EdwardsPoint.DT);
				EdwardsPoint.add(w, true, digit < 0);
				budget -= 8 + DECODING;
			}
			digit = NonAdjacentForm.digit(w, K, K_MARKS, words, i, A_WIDTH);
			if (digit != 0) {
				EdwardsPoint.load(w, A_TABLE + ((digit < 0 ? -digit : digit) >> 1) * EdwardsPoint.STORED);
				EdwardsPoint.add(w, false, digit < 0);
				budget -= 9;
			}
		}
		this.position = i;
		return i < 0;
	}

	private boolean isRight() {
		byte[] encoded = this.scratch.key;
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
