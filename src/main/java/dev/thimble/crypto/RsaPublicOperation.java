/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * RSA's public operation s^e mod n (RFC 8017 §5.2.2) on fixed arrays, in slices.
 *
 * <p>Montgomery multiplication, one row (one word of a factor) after the other, so that a slice can end after any row. Only public values
 * pass through it, so its time may depend on them. The work array is cut into n, base, x and the accumulator, each as long as the largest
 * modulus, least significant word first; nothing in it survives from one operation to the next, so it may be shared with other sliced
 * operations.
 */
/* package */ final class RsaPublicOperation {

	/** Shortest modulus, in bits; shorter ones are refused (SP 800-131A). */
	private static final int MIN_BITS = 2048;
	/** Words beyond four numbers the work array needs: the accumulator's carry word. */
	private static final int EXTRA_WORDS = 4;
	/** Word multiplications a slice may cost: about 22 instructions each on a Cortex-M4, array checks included. */
	private static final int SLICE = 11000;
	/** Doublings instead of squarings for the low part of the exponent of R^2: a doubling costs a 256th of a squaring at most. */
	private static final int DOUBLINGS = 64;

	private static final long MASK = 0xffffffffL;

	private static final int FAILED = 0;
	private static final int TO_MONTGOMERY = 1;
	private static final int ENTER = 2;
	private static final int POWER = 3;
	private static final int DONE = 4;

	private final int[] work;
	private final int maxWords;
	private byte[] signature;
	private int signatureOffset;
	/** Length of the modulus in 32-bit words; the offsets of the four numbers are multiples of it. */
	private int words;
	private int modulusBits;
	private int modulusLength;
	/** -1/n mod 2^32. */
	private int inverse;
	private int exponent;
	private int state;
	/** Bit of the exponent, or of the exponent of R, that is worked on. */
	private int bit;
	/** Next row of the product in progress; -1: no product in progress. */
	private int row;
	/** Offset of the second factor of the product in progress (the first is x). */
	private int factor;
	/** Whether the bit's squaring is done and its multiplication follows. */
	private boolean multiply;
	private boolean last;

	/**
	 * Creates the operation.
	 *
	 * @param work
	 *            shared scratch: 4 words for every 32 bits of the largest modulus and 4 more (516 for 4096 bits). Kept.
	 */
	RsaPublicOperation(int[] work) {
		this.work = work;
		this.maxWords = (work.length - EXTRA_WORDS) / 4;
		this.state = FAILED;
	}

	/**
	 * Starts to compute signature^e mod n.
	 *
	 * @param key
	 *            the public key as {@link SignatureVerifier#RSA_PKCS1} says.
	 * @param keyOffset
	 *            its first byte.
	 * @param keyLength
	 *            its length.
	 * @param signatureBytes
	 *            the signature, big-endian; kept until the operation is finished.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length: that of the modulus.
	 */
	void start(byte[] key, int keyOffset, int keyLength, byte[] signatureBytes, int offset, int length) {
		this.state = FAILED;
		if (keyLength < 6) {
			return;
		}
		int n = (key[keyOffset] & 0xff) << 8 | key[keyOffset + 1] & 0xff;
		if (n < MIN_BITS / 8 || n > this.maxWords * 4 || keyLength != n + 6 || length != n) {
			return;
		}
		int e = 0;
		for (int i = 0; i < 4; i++) {
			e = e << 8 | key[keyOffset + 2 + n + i] & 0xff;
		}
		int top = key[keyOffset + 2] & 0xff;
		if (top == 0 || (key[keyOffset + 1 + n] & 1) == 0 || (e & 1) == 0 || e == 1) {
			return;
		}
		int bits = n * 8;
		for (int b = top; (b & 0x80) == 0; b <<= 1) {
			bits--;
		}
		if (bits < MIN_BITS) {
			return;
		}
		this.modulusLength = n;
		this.modulusBits = bits;
		this.words = n + 3 >> 2;
		this.exponent = e;
		this.signature = signatureBytes;
		this.signatureOffset = offset;
		load(key, keyOffset + 2, 0);
		int base = this.words;
		load(signatureBytes, offset, base);
		// RFC 8017 §5.2.2 step 1: a representative out of range is an invalid signature
		if (!less(base)) {
			return;
		}
		startMontgomery();
	}

	/** Sets x to 2^(top bit of n), the accumulator's factor to nothing, and -1/n. */
	private void startMontgomery() {
		int[] w = this.work;
		this.inverse = Montgomery.inverse(w[0]);
		int x = 2 * this.words;
		for (int i = 0; i < this.words; i++) {
			w[x + i] = 0;
		}
		int topBit = this.modulusBits - 1;
		w[x + (topBit >> 5)] = 1 << (topBit & 31);
		this.state = TO_MONTGOMERY;
		this.row = -1;
		this.bit = -1;
	}

	/**
	 * Works for one slice.
	 *
	 * @return true once finished.
	 */
	boolean step() {
		int budget = SLICE;
		while (budget > 0 && this.state != FAILED && this.state != DONE) {
			if (this.row >= 0) {
				int rows = budget / (2 * this.words);
				budget -= 2 * this.words * multiplyRows(rows > 0 ? rows : 1);
			} else {
				switch (this.state) {
				case TO_MONTGOMERY:
					budget -= squareR();
					break;
				case ENTER:
					// base = mont(s, R^2) = sR; x holds R^2 now
					enterDone();
					break;
				default:
					nextBit();
					break;
				}
			}
		}
		return this.state == FAILED || this.state == DONE;
	}

	/**
	 * Brings x from 2^(bits-1) to R·2^(32·words) = R^2 mod n: doublings up to R·2^DOUBLINGS-ish, then squarings, each of which doubles the
	 * exponent beside R (mont(2^a·R, 2^a·R) = 2^2a·R).
	 *
	 * @return what this cost, in word multiplications.
	 */
	private int squareR() {
		int target = 32 * this.words;
		int shift = 0;
		while (target >> shift > DOUBLINGS) {
			shift++;
		}
		if (this.bit < 0) {
			int doublings = target - this.modulusBits + 1 + (target >> shift);
			for (int i = 0; i < doublings; i++) {
				twice();
			}
			this.bit = shift;
			return doublings * this.words;
		}
		if (this.multiply) {
			// a squaring has just ended; the exponent's next bit may ask for a doubling
			this.multiply = false;
			if ((target >> this.bit & 1) != 0) {
				twice();
			}
		}
		if (this.bit == 0) {
			this.state = ENTER;
			beginProduct(this.words);
		} else {
			this.bit--;
			this.multiply = true;
			beginProduct(2 * this.words);
		}
		return this.words;
	}

	/** Keeps sR as base and as the running power, and looks for the exponent's top bit. */
	private void enterDone() {
		System.arraycopy(this.work, 2 * this.words, this.work, this.words, this.words);
		int b = 31;
		while ((this.exponent >>> b & 1) == 0) {
			b--;
		}
		this.bit = b;
		this.multiply = false;
		this.last = false;
		this.state = POWER;
	}

	/**
	 * Left-to-right square and multiply. The exponent is odd, so its last step is a multiplication: that one takes s itself instead of sR,
	 * which leaves Montgomery's domain at no cost.
	 */
	private void nextBit() {
		if (this.last) {
			this.state = DONE;
		} else if (this.multiply) {
			this.multiply = false;
			if ((this.exponent >>> this.bit & 1) != 0) {
				if (this.bit == 0) {
					load(this.signature, this.signatureOffset, this.words);
					this.signature = null;
					this.last = true;
				}
				beginProduct(this.words);
			}
		} else {
			this.bit--;
			this.multiply = true;
			beginProduct(2 * this.words);
		}
	}

	private void beginProduct(int factorOffset) {
		this.factor = factorOffset;
		this.row = 0;
		int[] w = this.work;
		int acc = 3 * this.words;
		for (int i = this.words; i >= 0; i--) {
			w[acc + i] = 0;
		}
	}

	/**
	 * Works on the product x·factor/R mod n for some rows; after the last the result is x.
	 *
	 * @return the number of rows done.
	 */
	private int multiplyRows(int rows) {
		int[] w = this.work;
		int length = this.words;
		int x = 2 * length;
		int acc = 3 * length;
		int first = this.row;
		int end = length - first < rows ? length : first + rows;
		Montgomery.rows(w, length, x, this.factor, acc, this.inverse, first, end);
		this.row = end;
		if (end == length) {
			this.row = -1;
			System.arraycopy(w, acc, w, x, length);
			if (w[acc + length] != 0 || !less(x)) {
				subtract(x);
			}
		}
		return end - first;
	}

	/** x = 2x mod n. */
	private void twice() {
		int[] w = this.work;
		int x = 2 * this.words;
		int carry = 0;
		for (int i = 0; i < this.words; i++) {
			int v = w[x + i];
			w[x + i] = v << 1 | carry;
			carry = v >>> 31;
		}
		if (carry != 0 || !less(x)) {
			subtract(x);
		}
	}

	private void subtract(int number) {
		int[] w = this.work;
		long borrow = 0;
		for (int i = 0; i < this.words; i++) {
			borrow += (w[number + i] & MASK) - (w[i] & MASK);
			w[number + i] = (int) borrow;
			borrow >>= 32;
		}
	}

	/** Tells whether a number is below the modulus. */
	private boolean less(int number) {
		int[] w = this.work;
		for (int i = this.words - 1; i >= 0; i--) {
			if (w[number + i] != w[i]) {
				return (w[number + i] ^ 0x80000000) < (w[i] ^ 0x80000000);
			}
		}
		return false;
	}

	/** Loads a big-endian number of the modulus's length. */
	private void load(byte[] in, int offset, int number) {
		int[] w = this.work;
		for (int i = 0; i < this.words; i++) {
			w[number + i] = 0;
		}
		int last = this.modulusLength - 1;
		for (int i = 0; i <= last; i++) {
			w[number + (i >> 2)] |= (in[offset + last - i] & 0xff) << ((i & 3) << 3);
		}
	}

	/**
	 * Tells whether the operation is finished and had valid inputs.
	 *
	 * @return false for a malformed key or a signature out of range.
	 */
	boolean done() {
		return this.state == DONE;
	}

	/**
	 * Gets the length of the modulus.
	 *
	 * @return a number of bytes.
	 */
	int modulusLength() {
		return this.modulusLength;
	}

	/**
	 * Gets the length of the modulus.
	 *
	 * @return a number of bits.
	 */
	int modulusBits() {
		return this.modulusBits;
	}

	/**
	 * Gets a byte of the finished result.
	 *
	 * @param index
	 *            0 for the most significant of {@link #modulusLength()} bytes.
	 * @return 0 to 255.
	 */
	int result(int index) {
		int i = this.modulusLength - 1 - index;
		return this.work[2 * this.words + (i >> 2)] >>> ((i & 3) << 3) & 0xff;
	}

	/**
	 * Combines a byte of the finished result with a mask.
	 *
	 * @param index
	 *            as in {@link #result}.
	 * @param mask
	 *            what to combine it with by exclusive or.
	 */
	void mask(int index, int mask) {
		int i = this.modulusLength - 1 - index;
		this.work[2 * this.words + (i >> 2)] ^= (mask & 0xff) << ((i & 3) << 3);
	}
}
